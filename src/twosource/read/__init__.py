"""Anything a user has, to reports: what cannot be used is refused with a reason, and the rest goes on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from twosource.errors import ReportRefused
from twosource.model import Refusal, Report
from twosource.read.archives import read_packed, read_tar, read_zip
from twosource.read.detect import detect
from twosource.read.feeds import read_feed
from twosource.read.identity import Register
from twosource.read.items import Item
from twosource.read.mail import read_mail, read_mbox
from twosource.read.page import read_page
from twosource.read.pdf import read_pdf
from twosource.read.plain import read_text
from twosource.read.records import read_csv, read_json, read_jsonl, read_parquet
from twosource.read.sources import items
from twosource.read.webarchives import read_warc
from twosource.settings import Settings

__all__ = ["read"]

Reader = Callable[[Item, Settings], Iterator[Report | Refusal | Item]]
_READERS: dict[str, tuple[str, Reader]] = {
    "text": ("plain text", read_text),
    "html": ("a web page", read_page),
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


def read(inputs: Iterable[str], settings: Settings) -> Iterator[Report | Refusal]:
    """Every report in the inputs, and a refusal for each input that cannot be used; nothing is raised or dropped.

    Inputs are paths, folders, `-` for standard input and http(s) addresses. They are read in sorted order, whatever
    the order given, one at a time.
    """
    register = Register()
    for source in items(inputs, settings):
        for found in [source] if isinstance(source, Refusal) else _read(source, settings):
            if isinstance(found, Refusal):
                yield found
                continue
            usable = _usable(found, settings)
            yield register.admit(usable) if isinstance(usable, Report) else usable


def _read(item: Item, settings: Settings) -> Iterator[Report | Refusal]:
    what = "anything known"
    try:
        if item.depth > settings.max_depth:
            raise ReportRefused(
                item.name,
                "archives within archives within archives: unpack it yourself, or raise the setting max_depth",
            )
        kind = detect(item.name, item.head)
        what, reader = _READERS[kind]
        for found in reader(item, settings):
            if isinstance(found, Item):
                yield from _read(found, settings)
            else:
                yield found
    except ReportRefused as e:
        yield Refusal(e.input, e.reason)
    except Exception as e:  # a hostile file can make a parser raise anything
        yield Refusal(
            item.name,
            f"cannot be read as {what} ({type(e).__name__}: {str(e)[:200]}): check that it is whole",
        )
    finally:
        item.stream.close()


def _usable(report: Report, settings: Settings) -> Report | Refusal:
    """The report, or why it cannot be worked on."""
    where = report.original or report.id
    if not any(c.isalnum() for c in report.text):
        return Refusal(where, "no words in it: nothing can be read from it")
    if len(report.text) > settings.max_words and len(report.text.split()) > settings.max_words:
        return Refusal(
            where,
            f"more than {settings.max_words} words: split it into reports, or raise the setting max_words",
        )
    if not report.language:
        return report
    return replace(report, language=report.language.split("-")[0].split("_")[0].lower()[:8])
