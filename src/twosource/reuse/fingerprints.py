"""Which reports may share text: word shingles in one sorted table, so that no report is compared with all.

A shingle is eight words, hashed. Two reports that share one share a run of eight words, however long either is: a short report
inside a long one is found as surely as a twin, and nothing is looked at in vain. MinHash, which estimates the likeness of
wholes, misses exactly that; `benchmarks/reuse.py` has both side by side.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import numpy.typing as npt

from twosource.reuse.prose import Codes

SHINGLE = 8  # words; shorter runs are common to any two reports of one matter
CROWD = 16  # a fingerprint in more reports than this is a template's or a large family's
FAMILY_SHARE = 0.2  # of the shorter text's fingerprints, for two of a crowd to be looked at
SLOTS = 1 << 26  # of the table in which fingerprints are counted before they are sorted
CHUNK = 1 << 20

Pairs = npt.NDArray[np.int64]

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
    """The shingles of a text, each once, in ascending order."""
    return np.unique(shingles(codes))


def pairs(prints: Iterable[Codes]) -> Pairs:
    """Pairs (i, j), i < j, of texts that share a fingerprint, as rows in ascending order.

    The texts should come in the order of likely origin. Where more than sixteen share a fingerprint, only the first with each and
    each with the next are paired, and only if a fifth of the shorter text's fingerprints are shared so: a family of copies is,
    a template that an outlet puts under all its stories isn't, and neither makes a quadratic number of pairs.
    """
    hashes, owner, sizes = _table(prints)
    edges = (
        np.flatnonzero(np.concatenate(([True], hashes[1:] != hashes[:-1], [True])))
        if len(hashes)
        else np.zeros(1, dtype=np.int64)
    )
    del hashes
    n, lengths, first = len(sizes), np.diff(edges), edges[:-1]
    found = [np.zeros(0, dtype=np.int64)]
    for size in np.unique(lengths[(lengths > 1) & (lengths <= CROWD)]).tolist():
        rows = owner[first[lengths == size][:, None] + np.arange(size)]
        i, j = np.triu_indices(size, 1)
        found.append(np.unique(rows[:, i].astype(np.int64) * n + rows[:, j]))
    crowds = zip(first[lengths > CROWD].tolist(), lengths[lengths > CROWD].tolist(), strict=True)
    found.append(_families([owner[at : at + size].astype(np.int64) for at, size in crowds], sizes))
    keys = np.unique(np.concatenate(found))
    return np.stack([keys // max(1, n), keys % max(1, n)], axis=1)


def _table(prints: Iterable[Codes]) -> tuple[Codes, npt.NDArray[np.int32], Pairs]:
    """The fingerprints in ascending order with the text of each, most of those left out that only one has; the size of each text."""
    held = list(prints)
    sizes = np.array([len(p) for p in held], dtype=np.int64)
    hashes = np.concatenate([np.zeros(0, dtype=np.uint64), *held])
    del held
    owner = np.repeat(np.arange(len(sizes), dtype=np.int32), sizes)
    if len(hashes) > CHUNK:
        kept = _met_again(hashes)
        hashes, owner = hashes[kept], owner[kept]
    order = np.argsort(hashes, kind="stable")
    return hashes[order], owner[order], sizes


def _met_again(hashes: Codes) -> npt.NDArray[np.bool_]:
    """Which fingerprints may occur twice: those whose slot does; it saves sorting the many that occur once."""
    slot = (hashes & np.uint64(SLOTS - 1)).astype(np.uint32)
    met = np.zeros(SLOTS, dtype=bool)
    again = np.zeros(SLOTS, dtype=bool)
    for at in range(0, len(slot), CHUNK):
        part = np.sort(slot[at : at + CHUNK])
        again[part[1:][part[1:] == part[:-1]]] = True
        again[part[met[part]]] = True
        met[part] = True
    kept: npt.NDArray[np.bool_] = again[slot]
    return kept


def _families(crowds: list[npt.NDArray[np.int64]], sizes: Pairs) -> npt.NDArray[np.int64]:
    """The first of a crowd with each, and each with the next, where they share enough."""
    if not crowds:
        return np.zeros(0, dtype=np.int64)
    n = len(sizes)
    keys, count = np.unique(
        np.concatenate([k for row in crowds for k in (row[0] * n + row[1:], row[1:-1] * n + row[2:])]),
        return_counts=True,
    )
    enough: Pairs = keys[count >= FAMILY_SHARE * np.minimum(sizes[keys // n], sizes[keys % n])]
    return enough
