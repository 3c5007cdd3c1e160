"""Fingerprints of texts: hashes of word shingles, one text's by themselves or many texts' in one table.

A shingle is eight words, hashed. Two reports that share one share a run of eight words, however long either is: a short report
inside a long one is found as surely as a twin. MinHash, which estimates the likeness of wholes, misses exactly that;
`benchmarks/reuse.py` has both side by side.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from twosource.reuse.encoding import Codes
from twosource.reuse.prose import Given, words_of
from twosource.reuse.shingles import SHINGLE, Keys, new_at, shingles

LETTERS = 1 << 15  # of texts that are turned into fingerprints at a time

Owners = npt.NDArray[np.int32]


@dataclass(frozen=True, slots=True, eq=False)
class Prints:
    """The fingerprints of some texts that come one after another: each a number that begins with the fingerprint and ends with
    the text's own number, in ascending order, each once; and how many each text has.
    """

    keys: Codes
    sizes: Keys


def fingerprints(codes: Codes) -> Codes:
    """The shingles of a text, each once, in ascending order."""
    found = np.sort(shingles(codes))
    return found[new_at(found)]


def own_bits(texts: int) -> int:
    """How many bits the number of each of so many texts takes; what is left of 64 is the fingerprint's."""
    return max(1, (texts - 1).bit_length())


def prints_of(given: Sequence[Given], numbers: Sequence[int] | Keys, bits: int) -> Prints:
    """The fingerprints of texts that have these numbers, which ascend."""
    low = np.uint64((1 << bits) - 1)
    parts = [np.zeros(0, dtype=np.uint64)]
    for at, past in _batches(given):
        codes, owner = words_of(given[at:past])
        owner += at
        whole = owner[SHINGLE - 1 :] == owner[: 1 - SHINGLE]  # no shingle reaches into the next text
        keys = (shingles(codes) & ~low) | owner[: len(whole)].astype(np.uint64)
        parts.append(keys[whole])
    keys = np.sort(np.concatenate(parts))
    keys = keys[new_at(keys)]
    own = (keys & low).astype(np.int64)
    keys = (keys & ~low) | np.asarray(numbers, dtype=np.uint64)[own]
    return Prints(keys, np.bincount(own, minlength=len(given)))


def _batches(given: Sequence[Given]) -> list[tuple[int, int]]:
    """Stretches of texts that are worked on together: small arrays stay in the processor's cache, tiny ones are mere overhead."""
    found, at, letters = [], 0, 0
    for n, (text, _) in enumerate(given):
        letters += len(text)
        if letters >= LETTERS:
            found.append((at, n + 1))
            at, letters = n + 1, 0
    return [*found, (at, len(given))] if at < len(given) else found
