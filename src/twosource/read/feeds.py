"""Feeds: RSS, Atom and RDF, each entry a report of its own."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from typing import Any

from twosource.errors import ReportRefused
from twosource.model import Refusal, Report
from twosource.read.dates import to_edtf
from twosource.read.decode import decode, whole
from twosource.read.fields import line_of
from twosource.read.items import Item
from twosource.read.page import plain
from twosource.settings import Settings

_MARKUP = re.compile(r"<[a-zA-Z/!][^>]{0,2000}>|&[a-z]{2,8};|&#\d{1,6};")
_ENTRY = re.compile(rb"<(?:[a-z]{1,10}:)?(?:item|entry)[\s>]", re.I)
_ENTITY = re.compile(r"<!ENTITY|<!DOCTYPE[^\[<>]{0,1000}\[", re.I)


def read_feed(item: Item, settings: Settings) -> Iterator[Report | Refusal]:
    """A report from every entry: its whole content where given, else its summary; `<source>` names the outlet.

    A feed that declares entities of its own is refused: no feed needs them, and they are how bombs are built.
    """
    import feedparser

    data = item.whole(settings.max_bytes)
    if _ENTITY.search(decode(data, item.encoding)):
        raise ReportRefused(
            item.name, "a feed that declares XML entities of its own, as entity bombs do: remove its DOCTYPE"
        )
    if len(_ENTRY.findall(data)) > settings.max_entries:
        raise ReportRefused(
            item.name,
            f"a feed of more than {settings.max_entries} entries: split it, or raise the setting max_entries",
        )
    feed = feedparser.parse(data, sanitize_html=False, resolve_relative_uris=False)
    if not feed.entries:
        raise ReportRefused(
            item.name, "XML that is no feed with entries: give RSS, Atom, or the pages themselves"
        )
    for number, entry in enumerate(feed.entries, 1):
        name = f"{item.name}#{number}"
        text = _text(entry)
        if not text.strip():
            yield Refusal(name, "an entry without text: give the page that it points to")
            continue
        yield _report(entry, feed.feed, text, name)


def _report(entry: Any, feed: Any, text: str, name: str) -> Report:
    source = entry.get("source") or {}
    outlet = (
        line_of(source.get("title"))
        or line_of(entry.get("dc_source"))
        or line_of(entry.get("publisher"))
        or line_of(feed.get("title"))
    )
    published = to_edtf(dict.get(entry, "published") or dict.get(entry, "created"))
    updated = to_edtf(dict.get(entry, "updated"))  # its own `get` answers with the other date
    return Report(
        id="",
        text=text,
        title=line_of(
            plain(entry.get("title") or "")
            if _MARKUP.search(entry.get("title") or "")
            else entry.get("title")
        ),
        byline=line_of([a.get("name") for a in entry.get("authors", []) if a.get("name")])
        or line_of(entry.get("author")),
        outlet=outlet,
        published=published or updated,
        modified=updated if published and updated != published else None,
        url=line_of(entry.get("link")),
        language=line_of(entry.get("language") or feed.get("language")),
        sha256=hashlib.sha256(
            repr(sorted((k, str(v)) for k, v in entry.items())).encode("utf-8", "surrogatepass")
        ).hexdigest(),
        media_type="application/rss+xml",
        original=name,
    )


def _text(entry: Any) -> str:
    """The longest of what the entry carries: content:encoded or Atom content before the summary."""
    whole_texts = [c.get("value") or "" for c in entry.get("content", [])]
    said = max(whole_texts, key=len, default="") or entry.get("summary") or entry.get("description") or ""
    return plain(said) if _MARKUP.search(said) else whole(said)
