"""Words as numbers, a whole text at a time: where each word stands, and a 64-bit code of what it reads.

The words are those of `text.words`, and two words have one code when `text.normal` makes them the same: spellings that differ
in case, accents or apostrophe are one. Codes are the same in every process and on every machine, so that they can be stored.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import numpy.typing as npt

from twosource.text import normal

Codes = npt.NDArray[np.uint64]
Places = npt.NDArray[np.int64]

_PAGE_BITS = 8  # code points in pages of 256, whose worth is worked out when a text first has one of them
_POINTS = 0x110000
_LONGEST = 4096  # letters of a word whose order counts: what is longer isn't a word
_APOSTROPHE, _LETTER, _SEVERAL = (
    1,
    2,
    3,
)  # what a code point is: the last, a letter that is folded to none or several
_STEP = 0x100000001B3
_WORD = np.uint64(0xD6E8FEB86659FD93)
_MASK = (1 << 64) - 1


class _Letters:
    """What each code point is worth, filled in as texts need it: a page at a time."""

    def __init__(self) -> None:
        self.kind = np.zeros(_POINTS, dtype=np.uint8)
        self.worth = np.zeros(_POINTS, dtype=np.uint64)
        self.length = np.ones(_POINTS, dtype=np.uint8)  # letters it is folded to: ß is two
        self.known = np.zeros(_POINTS >> _PAGE_BITS, dtype=bool)
        self.learn(0)

    def learn(self, page: int) -> None:
        """Work out a page of code points."""
        for point in range(page << _PAGE_BITS, (page + 1) << _PAGE_BITS):
            letter = chr(point)
            if not (letter.isalnum() or letter in "_'’"):
                continue
            folded = normal(letter)
            self.length[point] = len(folded)
            self.worth[point] = (
                sum(_mixed(ord(c)) * pow(_STEP, n, 1 << 64) for n, c in enumerate(folded)) & _MASK
            )
            one = _LETTER if len(folded) == 1 else _SEVERAL
            self.kind[point] = _APOSTROPHE if letter in "'’" else one
        self.known[page] = True


@lru_cache(maxsize=1)
def _letters() -> _Letters:
    return _Letters()


@lru_cache(maxsize=1)
def _powers() -> Codes:
    return np.array([pow(_STEP, n, 1 << 64) for n in range(_LONGEST)], dtype=np.uint64)


def encoded(text: str) -> tuple[Places, Places, Codes]:
    """Start, end and code of each word of a text, in order."""
    letters = _letters()
    points = _points(text, letters)
    kind = letters.kind.take(points)
    inside = kind >= _LETTER
    marks = np.flatnonzero(kind == _APOSTROPHE)
    if len(marks):
        marks = marks[(marks > 0) & (marks < len(points) - 1)]
        inside[marks[inside[marks - 1] & inside[marks + 1]]] = True
    edges = _edges(inside)
    starts, ends = edges[::2], edges[1::2]
    if not len(starts):
        return starts, ends, np.zeros(0, dtype=np.uint64)
    worth = np.zeros(len(points) + 1, dtype=np.uint64)
    place = _places_in_word(points, starts, letters, plain=not (kind == _SEVERAL).any())
    np.multiply(letters.worth.take(points), _powers().take(place, mode="clip"), out=worth[:-1])
    codes: Codes = np.add.reduceat(worth, edges)[::2]
    codes ^= codes >> np.uint64(32)
    codes *= _WORD
    codes ^= codes >> np.uint64(29)
    return starts, ends, codes


def _points(text: str, letters: _Letters) -> Places:
    """The code points of a text, once it is known what they are worth."""
    if text.isascii():
        return np.frombuffer(text.encode("ascii"), dtype=np.uint8).astype(np.int64)
    points = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32).astype(np.int64)
    pages = points >> _PAGE_BITS
    known = letters.known.take(pages)
    if not known.all():
        for page in np.unique(pages[~known]).tolist():
            letters.learn(page)
    return points


def _edges(inside: npt.NDArray[np.bool_]) -> Places:
    """Where words begin and end, by turns."""
    turns = np.zeros(len(inside) + 1, dtype=bool)
    if len(inside):
        turns[0], turns[-1] = inside[0], inside[-1]
        np.not_equal(inside[1:], inside[:-1], out=turns[1:-1])
    return np.flatnonzero(turns)


def _places_in_word(points: Places, starts: Places, letters: _Letters, *, plain: bool) -> Places:
    """Which letter of its word each character is, counted as the word is folded."""
    if plain:
        at = np.arange(len(points))
    else:
        long_ = letters.length.take(points).astype(np.int64)
        at = np.cumsum(long_) - long_
    first = np.zeros(len(points), dtype=np.int64)
    first[starts] = at[starts]
    at -= np.maximum.accumulate(first)
    return at


def _mixed(point: int) -> int:
    """A code point as 64 well-spread bits (the finaliser of SplitMix64, Steele, Lea and Flood 2014)."""
    x = ((point + 1) * 0x9E3779B97F4A7C15) & _MASK
    x = ((x ^ (x >> 30)) * 0xBF58476D1CE4E5B9) & _MASK
    x = ((x ^ (x >> 27)) * 0x94D049BB133111EB) & _MASK
    return x ^ (x >> 31)
