"""From one stream to the reports in it, whatever it is: every reader by the kind it reads."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Future
from dataclasses import replace

from twosource.errors import ReportRefused
from twosource.model import Refusal, Report
from twosource.read.archives import read_packed, read_tar, read_zip
from twosource.read.detect import detect
from twosource.read.feeds import read_feed
from twosource.read.identity import Register
from twosource.read.items import Item
from twosource.read.language import language_of
from twosource.read.mail import read_mail, read_mbox
from twosource.read.parallel import Pages
from twosource.read.pdf import read_pdf
from twosource.read.plain import read_text
from twosource.read.records import read_csv, read_json, read_jsonl, read_parquet
from twosource.read.webarchives import read_warc
from twosource.settings import Settings

Reader = Callable[[Item, Settings], Iterator[Report | Refusal | Item]]
Found = Report | Refusal | Future[Report | Refusal]
READERS: dict[str, tuple[str, Reader]] = {
    "text": ("plain text", read_text),
    "jsonl": ("JSON Lines", read_jsonl),
    "json": ("JSON", read_json),
    "csv": ("CSV", read_csv),
    "parquet": ("Parquet", read_parquet),
    "mail": ("mail", read_mail),
    "mbox": ("a mailbox", read_mbox),
    "pdf": ("PDF", read_pdf),
    "feed": ("a feed", read_feed),
    "zip": ("a zip archive", read_zip),
    "tar": ("a tar archive", read_tar),
    "gzip": ("a gzip file", read_packed),
    "bzip2": ("a bzip2 file", read_packed),
    "xz": ("an xz file", read_packed),
    "warc": ("a web archive", read_warc),
}


def reports_of(item: Item, settings: Settings, pages: Pages) -> Iterator[tuple[str, Found]]:
    """Every report in a stream, those of archives inside it too, with the name of its input.

    What fails is a refusal, never an exception. Web pages may still be under way when they are given here.
    """
    what = "anything known"
    try:
        if item.depth > settings.max_depth:
            raise ReportRefused(
                item.name,
                "too many archives inside one another: unpack it yourself, or raise the setting max_depth",
            )
        kind = detect(item.name, item.head)
        if kind == "html":
            yield item.name, pages.begin(item)
            return
        what, reader = READERS[kind]
        for found in reader(item, settings):
            if isinstance(found, Item):
                yield from reports_of(found, settings, pages)
            else:
                yield item.name, found
    except ReportRefused as e:
        yield item.name, Refusal(e.input, e.reason)
    except Exception as e:  # a hostile file can make a parser raise anything
        why = f"{type(e).__name__}: {str(e)[:200]}"
        yield item.name, Refusal(item.name, f"cannot be read as {what} ({why}): check that it is whole")
    finally:
        item.stream.close()


def admitted(found: Report | Refusal, register: Register, settings: Settings) -> Report | Refusal:
    """The report under its id and with its language, or why it cannot be worked on."""
    if isinstance(found, Refusal):
        return found
    where = found.original or found.id
    if not any(c.isalnum() for c in found.text):
        return Refusal(where, "no words in it: nothing can be read from it")
    if len(found.text) > settings.max_words and len(found.text.split()) > settings.max_words:
        return Refusal(
            where,
            f"more than {settings.max_words} words: split it into reports, or raise the setting max_words",
        )
    return register.admit(replace(found, language=language_of(found.text, found.language)))
