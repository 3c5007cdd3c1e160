"""Mail: one message (EML) or a box of them (MBOX)."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from email.utils import parseaddr

from twosource.errors import ReportRefused
from twosource.model import Refusal, Report
from twosource.read.dates import to_edtf
from twosource.read.decode import decode
from twosource.read.fields import line_of
from twosource.read.items import Item, lines
from twosource.read.page import plain
from twosource.settings import Settings


def read_mail(item: Item, settings: Settings) -> Iterator[Report]:
    """One report from a message: its text part, or its HTML part when there is no other."""
    yield report_of_mail(item.whole(settings.max_bytes), item.name)


def read_mbox(item: Item, settings: Settings) -> Iterator[Report | Refusal]:
    """A report from every message of a box, one message in memory at a time."""
    number = 0
    for number, message in enumerate(_messages(item, settings.max_bytes), 1):
        name = f"{item.name}#{number}"
        if message is None:
            yield Refusal(name, "a message longer than the setting max_bytes: raise it to read this")
            continue
        try:
            yield report_of_mail(message, name)
        except ReportRefused as e:
            yield Refusal(e.input, e.reason)
        except Exception as e:
            yield Refusal(name, f"a message that cannot be read ({type(e).__name__})")


def report_of_mail(data: bytes, name: str) -> Report:
    """The report that a message carries; attachments are not followed."""
    message = BytesParser(policy=policy.default).parsebytes(data)
    text = _text(message)
    if not text.strip():
        raise ReportRefused(name, "a message without text: save its attachment and give that")
    sender, address = parseaddr(_header(message, "from"))
    return Report(
        id="",
        text=text,
        title=line_of(_header(message, "subject")),
        byline=line_of(sender) if _header(message, "organization") else None,
        outlet=line_of(_header(message, "organization") or sender or address),
        published=to_edtf(_header(message, "date")),
        url=line_of(_header(message, "archived-at").strip("<> ")),
        sha256=hashlib.sha256(data).hexdigest(),
        media_type="message/rfc822",
        original=name,
    )


def _header(message: EmailMessage, name: str) -> str:
    try:
        return str(message.get(name) or "")
    except Exception:  # the standard library raises many kinds on malformed headers
        return ""


def _text(message: EmailMessage) -> str:
    found: dict[str, str] = {}
    for part in message.walk():
        kind = part.get_content_type()
        if (
            kind not in ("text/plain", "text/html")
            or kind in found
            or part.get_content_disposition() == "attachment"
        ):
            continue
        payload = part.get_payload(decode=True)
        if isinstance(payload, bytes):
            found[kind] = decode(payload, part.get_content_charset())
    if found.get("text/plain", "").strip():
        return found["text/plain"]
    return plain(found.get("text/html", ""))


def _messages(item: Item, limit: int) -> Iterator[bytes | None]:
    parts: list[bytes] = []
    held = 0
    started = False
    blank = True
    for _, line in lines(item.stream, limit):
        if line is not None and blank and line.startswith(b"From "):
            if started:
                yield b"".join(parts) if held <= limit else None
            parts, held, started, blank = [], 0, True, False
            continue
        held += limit + 1 if line is None else len(line)
        if line is not None and held <= limit:
            parts.append(line[1:] if line.startswith(b">From ") else line)
        blank = line is not None and not line.strip()
    if started:
        yield b"".join(parts) if held <= limit else None
