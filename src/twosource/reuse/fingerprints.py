"""Which reports may share text: winnowed word shingles in one sorted table, so that no report is compared with all.

A shingle is seven words. Of every two neighbouring shingles the one with the smaller hash is kept (winnowing, Schleimer,
Wilkerson, Aiken 2003), so every run of eight words that two reports share leaves at least one fingerprint in both, however
long either is: a short report inside a long one is found as surely as a twin. MinHash estimates likeness of wholes and
misses exactly that; `benchmarks/reuse.py` has both side by side.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from twosource.reuse.prose import Codes

SHINGLE = 7
WINDOW = 2
CROWD = 40  # a fingerprint in more reports than this is furniture or a large family: its reports are joined in a chain

_PRIME = np.uint64(0x9E3779B97F4A7C15)
_MIX = np.uint64(0xBF58476D1CE4E5B9)


def shingles(codes: Codes, size: int = SHINGLE) -> Codes:
    """A 64-bit hash of every run of `size` words; none when there are fewer words."""
    n = len(codes) - size + 1
    if n <= 0:
        return np.zeros(0, dtype=np.uint64)
    h = codes[:n].copy()
    for i in range(1, size):
        h *= _PRIME
        h += codes[i : i + n]
    h ^= h >> np.uint64(31)
    h *= _MIX
    h ^= h >> np.uint64(29)
    return h


def fingerprints(codes: Codes) -> Codes:
    """The winnowed shingles of a text, each once, in ascending order; a text too short to winnow keeps them all."""
    h = shingles(codes)
    if len(h) > WINDOW:
        h = np.lib.stride_tricks.sliding_window_view(h, WINDOW).min(axis=1)
    return np.unique(h)


def pairs(prints: Sequence[Codes]) -> npt.NDArray[np.int64]:
    """Pairs (i, j), i < j, of texts that share a fingerprint, as rows in ascending order.

    The texts should come in the order of likely origin: where more than forty share a fingerprint, only the first with each
    and each with the next are paired, so that a template cannot make a quadratic number of pairs.
    """
    none = np.zeros((0, 2), dtype=np.int64)
    if not prints:
        return none
    sizes = np.array([len(p) for p in prints])
    hashes = np.concatenate(prints)
    owner = np.repeat(np.arange(len(prints), dtype=np.int32), sizes)
    order = np.argsort(hashes, kind="stable")
    hashes, owner = hashes[order], owner[order]
    del order
    if not len(hashes):
        return none
    edges = np.flatnonzero(np.concatenate(([True], hashes[1:] != hashes[:-1], [True])))
    del hashes
    lengths = np.diff(edges)
    first = edges[:-1]
    n = len(prints)
    found: list[npt.NDArray[np.int64]] = []
    for size in np.unique(lengths[(lengths > 1) & (lengths <= CROWD)]):
        rows = owner[first[lengths == size][:, None] + np.arange(size)]
        i, j = np.triu_indices(int(size), 1)
        found.append(np.unique(rows[:, i].astype(np.int64) * n + rows[:, j]))
    for at, size in zip(first[lengths > CROWD], lengths[lengths > CROWD], strict=True):
        row = owner[at : at + size].astype(np.int64)
        found += [row[0] * n + row[1:], row[:-1] * n + row[1:]]
    if not found:
        return none
    keys = np.unique(np.concatenate(found))
    return np.stack([keys // n, keys % n], axis=1)
