"""PDF: the text layer, page by page; what has none is refused with that reason."""

from __future__ import annotations

import hashlib
import logging
import re
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from twosource.errors import ReportRefused
from twosource.model import Report
from twosource.read.dates import to_edtf
from twosource.read.decode import whole
from twosource.read.fields import line_of
from twosource.read.items import Item
from twosource.settings import Settings

_STAMP = re.compile(r"D:(\d{4})(\d{2})(\d{2})")
_SOFT = re.compile(r"(?<=[a-z])[-\u00ad]\n(?=[a-z])")
_RUN_ON = re.compile(r"(?<![.!?:;\"”’)])[ \t]*\n(?=[^\n])")


def read_pdf(item: Item, settings: Settings) -> Iterator[Report]:
    """One report from a document; lines of a paragraph are joined, since a PDF breaks them at the margin."""
    from pypdf import PdfReader

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    data = item.whole(settings.max_bytes)
    try:
        document = PdfReader(BytesIO(data))
        if document.is_encrypted and not document.decrypt(""):
            raise ReportRefused(item.name, "a PDF locked with a password: save it without one")
        text, read, missing = _text(document, item.name, settings)
    except ReportRefused:
        raise
    except Exception as e:  # pypdf raises many kinds on malformed documents
        raise ReportRefused(
            item.name, f"a broken PDF ({type(e).__name__}): save it again from its source"
        ) from e
    if not any(c.isalnum() for c in text):
        why = "every page of it is broken" if missing == read else "pictures of pages only"
        raise ReportRefused(item.name, f"a PDF with no text layer ({why}): run text recognition over it")
    yield _report(document, text, data, item)


def _text(document: Any, name: str, settings: Settings) -> tuple[str, int, int]:
    pages: list[str] = []
    read = missing = size = 0
    for page in document.pages:
        read += 1
        try:
            pages.append(page.extract_text() or "")
        except Exception:  # one broken page must not lose the others
            missing += 1
            continue
        size += len(pages[-1])
        if read > settings.max_pages or size > settings.max_bytes:
            raise ReportRefused(
                name, f"more than {settings.max_pages} pages: split it, or raise the setting max_pages"
            )
    return "\n\n".join(_joined(p) for p in pages if p.strip()), read, missing


def _joined(page: str) -> str:
    lines = [line.rstrip() for line in page.replace("\r", "\n").split("\n")]
    return whole(_RUN_ON.sub(" ", _SOFT.sub("", "\n".join(lines))).strip())


def _report(document: Any, text: str, data: bytes, item: Item) -> Report:
    try:
        about = dict(document.metadata or {})
    except Exception:  # malformed metadata says nothing
        about = {}
    return Report(
        id="",
        text=text,
        title=line_of(about.get("/Title")),
        byline=line_of(about.get("/Author")),
        published=_date(about.get("/CreationDate")),
        modified=_date(about.get("/ModDate")),
        url=item.url,
        sha256=hashlib.sha256(data).hexdigest(),
        media_type="application/pdf",
        original=item.name,
    )


def _date(value: object) -> str | None:
    m = _STAMP.match(str(value or ""))
    return to_edtf("-".join(m.groups())) if m else None
