"""JSON and XML as bytes that every reader takes: UTF-8, one way to write each value."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any
from xml.sax.saxutils import escape

import msgspec

_NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def encoded(value: Any) -> bytes:
    """The value as compact JSON; half of a character, which UTF-8 cannot hold, becomes a question mark."""
    try:
        return msgspec.json.encode(value)
    except UnicodeEncodeError:
        return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")


def gathered(head: bytes, items: Iterable[Any], tail: bytes) -> Iterator[bytes]:
    """A JSON document whose list is written as it comes, an item a line."""
    yield head
    for n, item in enumerate(items):
        yield (b",\n" if n else b"\n") + encoded(item)
    yield b"\n" + tail


def known(row: dict[str, Any]) -> dict[str, Any]:
    """The row without what is not known."""
    return {k: v for k, v in row.items() if v is not None and v != [] and v != ""}


def xml(value: object) -> str:
    """A value between tags or in quotation marks; a character that XML has no room for becomes U+FFFD."""
    return escape(
        _NO_XML.sub("\ufffd", str(value)), {'"': "&quot;", "\n": "&#10;", "\r": "&#13;", "\t": "&#9;"}
    )
