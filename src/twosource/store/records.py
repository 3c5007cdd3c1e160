"""Records to bytes and back: JSON with every character escaped, compressed, with a digest so that damage is seen.

Half characters and NULs, which no database stores as text, come back as they were.
"""

from __future__ import annotations

import json
import zlib
from typing import Any, TypeVar

import msgspec

from twosource.errors import CaseDamaged
from twosource.model import Report
from twosource.text import digest

LEVEL = 1  # of compression: most of the gain at little of the time
T = TypeVar("T")


def packed(value: object) -> tuple[bytes, str]:
    """The bytes to store and their digest."""
    data = zlib.compress(json.dumps(value, separators=(",", ":")).encode("ascii"), LEVEL)
    return data, check_of(data)


def unpacked(data: bytes, check: str | None, what: str) -> Any:
    """What was stored. Raises CaseDamaged, naming what it was, when the bytes are not those that were stored."""
    if check_of(data) != check:
        raise CaseDamaged(f"{what} is not as it was stored: `twosource case doctor` says how to mend it")
    return json.loads(zlib.decompress(data))


def check_of(data: bytes) -> str:
    """Thirty-two hexadecimal digits of a digest of the bytes."""
    return digest(data.hex())[:32]


def rows_of(record: object) -> Any:
    """A record of the model as plain rows."""
    return msgspec.to_builtins(record)


def record_of(rows: object, kind: type[T]) -> T:
    """A record of the model from plain rows."""
    return msgspec.convert(rows, kind)


def report_of(data: bytes, check: str, name: str) -> Report:
    """A stored report."""
    return record_of(unpacked(data, check, f"report {name}"), Report)


def plain(text: str | None) -> str | None:
    """The text as a database takes it: halves of characters and NULs replaced."""
    if text is None:
        return None
    return text.encode("utf-8", "replace").decode("utf-8").replace("\0", "\ufffd")
