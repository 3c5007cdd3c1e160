"""A report's sketch as an archive keeps it, and what two of them are to each other: the sums of `likeness`, done for many at once.

A report is looked through once; whatever comes later is held against these numbers. General news alone says how telling a word
is, so the odds of two reports hang on the two alone. Every sum runs over shared words in one order, so it comes out the same to
the last digit whichever of the two came first and however many were weighed beside them.
"""

from __future__ import annotations

import hashlib
import math
import zlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

import msgspec
import numpy as np
import numpy.typing as npt

from twosource.incidents.likeness import LIMIT, ODDS, START, beside
from twosource.incidents.sketch import Sketch
from twosource.incidents.weights import LEAD, Rarity
from twosource.model import Reuse

__all__ = ["Kept", "Weights", "held", "kept", "written"]

SIGNS = ("words", "lead", "names", "plain", "numbers", "pairs")
SAME = 16.0  # log odds: two reports of one text are about one incident, whatever else speaks against it
_IN_LEAD, _NAME, _FIGURE, _PAIR = 1, 2, 4, 8  # marks of a word
_OF_SIGN = [ODDS[sign] for sign in SIGNS]
_OFTEN = 255
_LOG = 1 + np.log(np.arange(1, _OFTEN + 1, dtype=np.float64))

Words = npt.NDArray[np.uint32]
Numbers = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Kept:
    """Words and pairs of words as hashes in ascending order, with how telling each is, how often it is used, and its marks.

    `opens` are the names in its lead, `telling` all its names and pairs of words; `keys` and `prints` are whole numbers below
    2**63 to look it up by; `beside` is its sketch without words; `text` a digest of the text.
    """

    words: Words
    rare: npt.NDArray[np.float32]
    times: npt.NDArray[np.uint8]
    marks: npt.NDArray[np.uint8]
    opens: tuple[str, ...]
    telling: tuple[str, ...]
    keys: tuple[int, ...]
    prints: tuple[int, ...]
    beside: Sketch
    text: str


class _Row(msgspec.Struct, array_like=True):
    words: bytes
    rare: bytes
    times: bytes
    marks: bytes
    opens: list[str]
    telling: list[str]
    keys: list[int]
    prints: list[int]
    id: str
    days: list[int]
    published: int | None
    outlet: str | None
    text: str


_PACK, _UNPACK = msgspec.msgpack.Encoder(), msgspec.msgpack.Decoder(_Row)


def kept(sketch: Sketch, rarity: Rarity, keys: int, prints: Sequence[int], text: str) -> Kept:
    """What an archive keeps of a report; `keys` is how many of its most telling words it is looked up by."""
    marked = {
        w: (_IN_LEAD if w in sketch.lead else 0)
        | (_NAME if w in sketch.names else 0)
        | (_FIGURE if w[0].isdigit() else 0)
        for w in sketch.words
    }
    rows = {_hash(w): (rarity.of(w), sketch.words[w], m) for w, m in sorted(marked.items())}
    rows |= {_hash(p): (rarity.of(p), 1, _PAIR) for p in sorted(sketch.pairs)}
    order = sorted(rows)
    telling = [
        (-(1 + math.log(n)) * rarity.of(w) * (LEAD if w in sketch.lead else 1.0), w)
        for w, n in sketch.words.items()
    ]
    telling += [(-LEAD * rarity.of(p), p) for p in sketch.pairs]
    outlet = None if sketch.outlet is None else _safe(sketch.outlet)
    return Kept(
        np.array(order, dtype=np.uint32),
        np.array([rows[h][0] for h in order], dtype=np.float32),
        np.array([min(_OFTEN, rows[h][1]) for h in order], dtype=np.uint8),
        np.array([rows[h][2] for h in order], dtype=np.uint8),
        tuple(_safe(w) for w in sorted(sketch.lead & sketch.names)),
        tuple(_safe(w) for w in sorted(sketch.names | sketch.pairs)),
        tuple(sorted({_number(w) for _, w in sorted(telling)[:keys]})),
        tuple(sorted(set(prints))),
        replace(sketch.without_words(), id=_safe(sketch.id), outlet=outlet),
        text,
    )


def written(one: Kept) -> bytes:
    """The bytes that `held` reads."""
    b = one.beside
    row = _Row(
        one.words.tobytes(),
        one.rare.tobytes(),
        one.times.tobytes(),
        one.marks.tobytes(),
        list(one.opens),
        list(one.telling),
        list(one.keys),
        list(one.prints),
        b.id,
        [d.toordinal() for d in b.days],
        b.published.toordinal() if b.published else None,
        b.outlet,
        one.text,
    )
    return zlib.compress(_PACK.encode(row), 1)


def held(data: bytes) -> Kept:
    """What `written` wrote. Raises zlib.error or msgspec.DecodeError for bytes that are not as they were written."""
    r = _UNPACK.decode(zlib.decompress(data))
    none: frozenset[str] = frozenset()
    days = tuple(date.fromordinal(d) for d in r.days)
    published = None if r.published is None else date.fromordinal(r.published)
    return Kept(
        np.frombuffer(r.words, dtype=np.uint32),
        np.frombuffer(r.rare, dtype=np.float32),
        np.frombuffer(r.times, dtype=np.uint8),
        np.frombuffer(r.marks, dtype=np.uint8),
        tuple(r.opens),
        tuple(r.telling),
        tuple(r.keys),
        tuple(r.prints),
        Sketch(r.id, {}, none, none, none, days, published, r.outlet),
        r.text,
    )


class Weights:
    """The vectors of some reports, one under the other: a row for each word, a column for each sign."""

    def __init__(self, some: Sequence[Kept]) -> None:
        self._some = some
        self._edges = np.concatenate([[0], np.cumsum([len(k.words) for k in some])]).astype(np.int64)
        self._words: Words = np.concatenate([np.zeros(0, np.uint32), *(k.words for k in some)])
        owner = np.repeat(np.arange(len(some)), np.diff(self._edges))
        rare = np.concatenate([np.zeros(0, np.float32), *(k.rare for k in some)]).astype(np.float64)
        marks = np.concatenate([np.zeros(0, np.uint8), *(k.marks for k in some)])
        times = np.concatenate([np.zeros(0, np.uint8), *(k.times for k in some)])
        every = _LOG[times.astype(np.int64) - 1] * rare
        every[marks & _IN_LEAD > 0] *= LEAD
        self._rows: Numbers = np.zeros((len(rare), len(SIGNS)))
        of_sign = (
            (every, marks & _PAIR == 0),
            (rare, marks & _IN_LEAD > 0),
            (every, marks & _NAME > 0),
            (every, marks & (_NAME | _FIGURE | _PAIR) == 0),
            (every, marks & _FIGURE > 0),
            (rare, marks & _PAIR > 0),
        )
        for sign, (values, has) in enumerate(of_sign):
            length = np.sqrt(np.bincount(owner[has], values[has] ** 2, minlength=len(some)))
            length[length == 0] = 1.0
            self._rows[has, sign] = values[has] / length[owner[has]]

    def odds(self, i: int, others: Sequence[int], shared: Sequence[Reuse | None]) -> list[float]:
        """Natural-log odds that each of the others is about the same incident as report i, as `likeness` has them."""
        if not others:
            return []
        mine = slice(self._edges[i], self._edges[i + 1])
        at = np.concatenate([np.arange(self._edges[j], self._edges[j + 1]) for j in others])
        owner = np.repeat(np.arange(len(others)), [len(self._some[j].words) for j in others])
        place, hit = _places(self._words[mine], self._words[at])
        products = self._rows[mine][place[hit]] * self._rows[at[hit]]
        alike = np.zeros(len(products))
        for sign, weight in enumerate(_OF_SIGN):
            alike += products[:, sign] * weight
        sums = np.bincount(owner[hit], weights=alike, minlength=len(others)).tolist()
        found = []
        for j, words, reuse in zip(others, sums, shared, strict=True):
            one, other = self._some[i], self._some[j]
            signs = beside(one.beside, other.beside, reuse)
            value = START + words + sum(ODDS[name] * x for name, x in signs.items())
            value = max(-LIMIT, min(LIMIT, value))
            found.append(value + SAME if one.text == other.text else value)
        return found


def _places(mine: Words, theirs: Words) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.bool_]]:
    """Where each of their words stands among mine, and whether it does."""
    if not len(mine):
        return np.zeros(len(theirs), dtype=np.int64), np.zeros(len(theirs), dtype=bool)
    place = np.minimum(np.searchsorted(mine, theirs), len(mine) - 1)
    return place, mine[place] == theirs


@lru_cache(maxsize=1 << 17)
def _hash(word: str) -> int:
    return _number(word) & 0xFFFFFFFF


def _number(word: str) -> int:
    data = word.encode("utf-8", "surrogatepass")
    return int.from_bytes(hashlib.blake2b(data, digest_size=8).digest(), "big") >> 1


def _safe(word: str) -> str:
    """The word as bytes can hold it: halves of characters replaced."""
    return word.encode("utf-8", "replace").decode("utf-8")
