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
_AT_HAND = 1 << 16  # places whose powers are kept; a longer text has its own worked out
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
        self.ascii = self.kind[:256].tobytes()  # the kinds of the first page, to translate bytes by

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

    def places(self, points: Places) -> Places:
        """How many letters stand before each character, counted as they are folded."""
        long_ = self.length.take(points).astype(np.int64)
        return np.cumsum(long_) - long_


@lru_cache(maxsize=1)
def _letters() -> _Letters:
    return _Letters()


@lru_cache(maxsize=1)
def _at_hand() -> tuple[Codes, Codes]:
    return _powers(_STEP, _AT_HAND), _powers(pow(_STEP, -1, 1 << 64), _AT_HAND)


def _powers(base: int, size: int) -> Codes:
    """The powers of a number modulo 2**64, from the zeroth on."""
    found = np.full(max(1, size), base, dtype=np.uint64)
    found[0] = 1
    return np.multiply.accumulate(found)


def encoded(text: str) -> tuple[Places, Places, Codes]:
    """Start, end and code of each word of a text, in order."""
    letters = _letters()
    points, kind = _points(text, letters)
    inside = kind >= _LETTER
    marks = np.flatnonzero(kind == _APOSTROPHE)
    if len(marks):
        marks = marks[(marks > 0) & (marks < len(points) - 1)]
        inside[marks[inside[marks - 1] & inside[marks + 1]]] = True
    edges = _edges(inside)
    starts, ends = edges[::2], edges[1::2]
    if not len(starts):
        return starts, ends, np.zeros(0, dtype=np.uint64)
    plain = not (kind == _SEVERAL).any()
    return starts, ends, _codes(letters.worth.take(points), edges, None if plain else letters.places(points))


def _codes(worth: Codes, edges: Places, places: Places | None) -> Codes:
    """The code of each word: its letters' worth, each times the power of its place in the word, well mixed.

    The powers are those of places in the whole text; each word is then brought back to its own beginning by a division, which
    modulo 2**64 is a multiplication too. `places`: of each letter, where some letters count for none or several.
    """
    starts, size = edges[::2], len(worth) if places is None else int(places[-1]) + 1
    up, down = (
        _at_hand() if size <= _AT_HAND else (_powers(_STEP, size), _powers(pow(_STEP, -1, 1 << 64), size))
    )
    worth *= up[: len(worth)] if places is None else up.take(places)
    if edges[-1] == len(worth):  # a word that nothing follows ends with the text
        edges = edges[:-1]
    codes: Codes = np.add.reduceat(worth, edges)[::2]
    codes *= down.take(starts if places is None else places[starts])
    codes ^= codes >> np.uint64(32)
    codes *= _WORD
    codes ^= codes >> np.uint64(29)
    return codes


def _points(text: str, letters: _Letters) -> tuple[Places, npt.NDArray[np.uint8]]:
    """The code points of a text, and of which kind each is, once it is known what they are worth."""
    if text.isascii():
        data = text.encode("ascii")
        kind = np.frombuffer(data.translate(letters.ascii), dtype=np.uint8)
        return np.frombuffer(data, dtype=np.uint8).astype(np.int64), kind
    points = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32).astype(np.int64)
    far = points[points >> _PAGE_BITS > 0]
    for page in np.flatnonzero(np.bincount(far >> _PAGE_BITS)).tolist():
        if not letters.known[page]:
            letters.learn(page)
    return points, letters.kind.take(points)


def _edges(inside: npt.NDArray[np.bool_]) -> Places:
    """Where words begin and end, by turns."""
    turns = np.zeros(len(inside) + 1, dtype=bool)
    if len(inside):
        turns[0], turns[-1] = inside[0], inside[-1]
        np.not_equal(inside[1:], inside[:-1], out=turns[1:-1])
    return np.flatnonzero(turns)


def _mixed(point: int) -> int:
    """A code point as 64 well-spread bits (the finaliser of SplitMix64, Steele, Lea and Flood 2014)."""
    x = ((point + 1) * 0x9E3779B97F4A7C15) & _MASK
    x = ((x ^ (x >> 30)) * 0xBF58476D1CE4E5B9) & _MASK
    x = ((x ^ (x >> 27)) * 0x94D049BB133111EB) & _MASK
    return x ^ (x >> 31)
