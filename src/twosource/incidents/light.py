"""A report's sketch as plain columns: made where the report is, carried as a few kilobytes to where reports are grouped."""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from datetime import date

import msgspec
import numpy as np
import numpy.typing as npt

from twosource.incidents.sketch import Sketch

__all__ = ["FIGURE", "IN_LEAD", "NAME", "PAIR", "Light", "held", "light", "written"]

IN_LEAD, NAME, FIGURE, PAIR = 1, 2, 4, 8  # marks of a word

Weights = npt.NDArray[np.float32]
Marks = npt.NDArray[np.uint8]


@dataclass(frozen=True, slots=True, eq=False)
class Light:
    """A report's words, then its pairs of words; how often each is used, its marks; and what was no word."""

    words: tuple[str, ...]
    times: Weights
    marks: Marks
    beside: Sketch  # without its words


class _Row(msgspec.Struct, array_like=True):
    words: bytes
    times: bytes
    marks: bytes
    id: bytes
    days: list[int]
    published: int | None
    outlet: bytes | None


_PACK, _UNPACK = msgspec.msgpack.Encoder(), msgspec.msgpack.Decoder(_Row)


def light(sketch: Sketch) -> Light:
    """The columns of a sketch."""
    pairs = sorted(sketch.pairs)
    marks = [
        (IN_LEAD if w in sketch.lead else 0)
        | (NAME if w in sketch.names else 0)
        | (FIGURE if w[0].isdigit() else 0)
        for w in sketch.words
    ]
    return Light(
        words=(*sketch.words, *pairs),
        times=np.array([*sketch.words.values(), *(1 for _ in pairs)], dtype=np.float32),
        marks=np.array([*marks, *(PAIR for _ in pairs)], dtype=np.uint8),
        beside=sketch.without_words(),
    )


def written(one: Light) -> bytes:
    """The bytes that `held` reads."""
    b = one.beside
    row = _Row(
        words=_bytes("\n".join(one.words)),  # no word has a line break in it
        times=one.times.tobytes(),
        marks=one.marks.tobytes(),
        id=_bytes(b.id),
        days=[d.toordinal() for d in b.days],
        published=b.published.toordinal() if b.published else None,
        outlet=None if b.outlet is None else _bytes(b.outlet),
    )
    return zlib.compress(_PACK.encode(row), 1)


def held(data: bytes) -> Light:
    """What `written` wrote, to the last bit."""
    r = _UNPACK.decode(zlib.decompress(data))
    none: frozenset[str] = frozenset()
    words = _text(r.words)
    beside = Sketch(
        _text(r.id),
        {},
        none,
        none,
        none,
        tuple(date.fromordinal(d) for d in r.days),
        None if r.published is None else date.fromordinal(r.published),
        None if r.outlet is None else _text(r.outlet),
    )
    return Light(
        tuple(words.split("\n")) if words else (),
        np.frombuffer(r.times, dtype=np.float32),
        np.frombuffer(r.marks, dtype=np.uint8),
        beside,
    )


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")  # also halves of characters come back


def _text(data: bytes) -> str:
    return data.decode("utf-8", "surrogatepass")
