"""Plain text and Markdown: the text is kept as decoded, line ends and all."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator

from twosource.model import Report
from twosource.read.dates import to_edtf
from twosource.read.decode import decode
from twosource.read.fields import line_of
from twosource.read.items import Item
from twosource.settings import Settings

_FRONT = re.compile(r"---[ \t]*\r?\n(.{0,8000}?)\r?\n---[ \t]*(?:\r?\n|$)", re.S)
_ENTRY = re.compile(r"^([A-Za-z_]{2,30}):[ \t]*(.{1,500}?)[ \t]*\r?$", re.M)
_HEADING = re.compile(r"\s*#[ \t]+(\S.{0,300}?)[ \t#]*\r?\n")
_FRONT_NAMES = {
    "title": "title",
    "author": "byline",
    "authors": "byline",
    "byline": "byline",
    "outlet": "outlet",
    "source": "outlet",
    "date": "published",
    "published": "published",
    "updated": "modified",
    "url": "url",
    "lang": "language",
    "language": "language",
}


def read_text(item: Item, settings: Settings) -> Iterator[Report]:
    """One report; a Markdown front matter or first heading gives its title, byline, outlet and date."""
    data = item.whole(settings.max_bytes)
    text = decode(data, item.encoding)
    front = _front_matter(text)
    heading = _HEADING.match(text)
    marked = bool(front) or heading is not None
    yield Report(
        id="",
        text=text,
        title=front.get("title") or (line_of(heading.group(1)) if heading else None),
        byline=front.get("byline"),
        outlet=front.get("outlet"),
        published=to_edtf(front.get("published")),
        modified=to_edtf(front.get("modified")),
        url=front.get("url") or item.url,
        language=front.get("language"),
        sha256=hashlib.sha256(data).hexdigest(),
        media_type="text/markdown" if marked else "text/plain",
        original=item.name,
    )


def _front_matter(text: str) -> dict[str, str]:
    m = _FRONT.match(text)
    found: dict[str, str] = {}
    for entry in _ENTRY.finditer(m.group(1)) if m else ():
        name = _FRONT_NAMES.get(entry.group(1).lower())
        value = line_of(entry.group(2).strip("\"'[]"))
        if name and value:
            found.setdefault(name, value)
    return found
