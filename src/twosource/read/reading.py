"""From one stream to the reports in it, whatever it is: every reader by the kind it reads."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Future
from dataclasses import replace
from functools import lru_cache
from importlib import import_module

from twosource.errors import ReportRefused
from twosource.model import Refusal, Report
from twosource.read.dates import instant
from twosource.read.detect import detect
from twosource.read.identity import Register
from twosource.read.items import Item
from twosource.read.language import language_of
from twosource.read.parallel import Pages
from twosource.settings import Settings

Reader = Callable[[Item, Settings], Iterator[Report | Refusal | Item]]
Found = Report | Refusal | Future[Report | Refusal]

# What each kind is called, and its module and function: each is loaded when the first of its kind is met.
READERS = {
    "text": ("plain text", "plain", "read_text"),
    "jsonl": ("JSON Lines", "records", "read_jsonl"),
    "json": ("JSON", "records", "read_json"),
    "csv": ("CSV", "records", "read_csv"),
    "parquet": ("Parquet", "records", "read_parquet"),
    "mail": ("mail", "mail", "read_mail"),
    "mbox": ("a mailbox", "mail", "read_mbox"),
    "pdf": ("PDF", "pdf", "read_pdf"),
    "feed": ("a feed", "feeds", "read_feed"),
    "zip": ("a zip archive", "archives", "read_zip"),
    "tar": ("a tar archive", "archives", "read_tar"),
    "gzip": ("a gzip file", "archives", "read_packed"),
    "bzip2": ("a bzip2 file", "archives", "read_packed"),
    "xz": ("an xz file", "archives", "read_packed"),
    "warc": ("a web archive", "webarchives", "read_warc"),
}
COPIED = (
    "text",
    "pdf",
    "feed",
)  # what is of the moment at which it was handed out; records say themselves of when they are


@lru_cache(maxsize=len(READERS))
def _reader(kind: str) -> tuple[str, Reader]:
    what, module, function = READERS[kind]
    return what, getattr(import_module(f"twosource.read.{module}"), function)


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
        what, reader = _reader(kind)
        for found in reader(item, settings):
            if isinstance(found, Item):
                yield from reports_of(found, settings, pages)
            elif isinstance(found, Report) and kind in COPIED:
                yield item.name, replace(found, retrieved=instant(item.seen))
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
    one = usable(found, settings)
    return one if isinstance(one, Refusal) else register.admit(one)


def usable(found: Report | Refusal, settings: Settings) -> Report | Refusal:
    """The report with its language, as it will be admitted when its id is free, or why it cannot be worked on."""
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
    return replace(found, language=language_of(found.text, found.language))
