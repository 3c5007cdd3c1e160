"""Hashes of runs of words, and where those of one text stand in another."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from twosource.reuse.encoding import Codes

SHINGLE = 8  # words; shorter runs are common to any two reports of one matter
SEED = 3  # words that must agree before a run of two given reports is looked at

Keys = npt.NDArray[np.int64]

_PRIME = 0x9E3779B97F4A7C15
_MIX = np.uint64(0xBF58476D1CE4E5B9)


@dataclass(frozen=True, slots=True, eq=False)
class Seeds:
    """The short shingles of a text: as they come, the places of all in the order of their hashes, and the hashes in order."""

    hashes: Codes
    places: Keys
    ordered: Codes
    once: bool  # none comes twice


def seeds_of(codes: Codes) -> Seeds:
    """The short shingles of a text, ready to be looked up."""
    hashes = shingles(codes, SEED)
    places = np.argsort(hashes, kind="stable")
    ordered = hashes[places]
    return Seeds(hashes, places, ordered, bool((ordered[1:] != ordered[:-1]).all()))


def shingles(codes: Codes, size: int = SHINGLE) -> Codes:
    """A 64-bit hash of every run of `size` words; none when there are fewer words."""
    if len(codes) < size:
        return np.zeros(0, dtype=np.uint64)
    h, length = (
        codes,
        1,
    )  # … of so many words each: twice as many at every step, and one more where `size` is odd
    for factor, odd in _steps(size):
        h = h[:-length] * factor + h[length:]
        length *= 2
        if odd:
            h = h[:-1] * np.uint64(_PRIME) + codes[length:]
            length += 1
    h = h ^ (h >> np.uint64(31))
    h *= _MIX
    h ^= h >> np.uint64(29)
    return h


@lru_cache(maxsize=8)
def _steps(size: int) -> tuple[tuple[np.uint64, bool], ...]:
    """The factor of each doubling that leads from one word to so many, and whether a word is put behind it."""
    digits = f"{size:b}"
    lengths = [int(digits[:n], 2) for n in range(1, len(digits))]
    return tuple(
        (np.uint64(pow(_PRIME, length, 1 << 64)), digit == "1")
        for length, digit in zip(lengths, digits[1:], strict=True)
    )


def new_at(ordered: Codes | Keys) -> npt.NDArray[np.bool_]:
    """Which of some numbers differ from the one before; the first does."""
    new = np.ones(len(ordered), dtype=bool)
    np.not_equal(ordered[1:], ordered[:-1], out=new[1:])
    return new
