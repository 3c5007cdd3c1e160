"""Which reports may share text: word shingles in one sorted table, so that no report is compared with all.

A shingle is eight words, hashed. Two reports that share one share a run of eight words, however long either is: a short report
inside a long one is found as surely as a twin, and nothing is looked at in vain. MinHash, which estimates the likeness of
wholes, misses exactly that; `benchmarks/reuse.py` has both side by side.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from twosource.reuse.encoding import Codes

SHINGLE = 8  # words; shorter runs are common to any two reports of one matter
CROWD = 16  # a fingerprint in more reports than this is a template's or a large family's
FAMILY_SHARE = 0.2  # of the shorter text's fingerprints, for two of a crowd to be looked at
FAMILY = 200  # texts; of a larger family only the pairs with the likely origin of each are listed
SLOTS = 1 << 26  # of the table in which fingerprints are counted before they are sorted
CHUNK = 1 << 20
TEXTS = 2000  # whose slots are looked at together

Keys = npt.NDArray[np.int64]
Counted = tuple[Keys, Keys]
Owners = npt.NDArray[np.int32]

_PRIME = np.uint64(0x9E3779B97F4A7C15)
_MIX = np.uint64(0xBF58476D1CE4E5B9)


@dataclass(frozen=True, slots=True, eq=False)
class Candidates:
    """Pairs (i, j), i < j, of texts that share fingerprints, as rows in ascending order.

    `crowded`: those of them that stand for a family, whose other pairs were left out.
    """

    pairs: Keys
    crowded: Keys


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
    found = np.sort(shingles(codes))
    return found[new_at(found)]


def candidates(prints: Iterable[Codes]) -> Candidates:
    """The texts that share fingerprints; they should come in the order of likely origin.

    Where more than sixteen share a fingerprint, only the first with each and each with the next are paired, and only if a fifth
    of the shorter text's fingerprints are shared so: a family of copies is, a template that an outlet puts under all its stories
    isn't, and neither makes a quadratic number of pairs. A text that shares with more than two hundred others is paired
    with those it shares the most with.
    """
    hashes, owner, sizes = _table(prints)
    edges = np.append(np.flatnonzero(new_at(hashes)), len(hashes))
    del hashes
    lengths, first = np.diff(edges), edges[:-1]
    uncommon = _counted(_uncommon(owner, first, lengths, len(sizes)))
    crowd = lengths > CROWD
    keys, count = _counted(_crowded(owner, first[crowd], lengths[crowd], len(sizes)))
    n = max(1, len(sizes))
    enough = count >= FAMILY_SHARE * np.minimum(sizes[keys // n], sizes[keys % n])
    return _thinned(uncommon, (keys[enough], count[enough]), n)


def _table(prints: Iterable[Codes]) -> tuple[Codes, Owners, Keys]:
    """The fingerprints in ascending order with the text of each, most of those left out that only one has; the size of each text."""
    held = list(prints)
    sizes = np.array([len(p) for p in held], dtype=np.int64)
    if sizes.sum() > CHUNK:
        again = _met_again(held)
        held = [p[again[_slots(p)]] for p in held]
    kept = np.array([len(p) for p in held], dtype=np.int64)
    owner = np.repeat(np.arange(len(kept), dtype=np.int32), kept)
    hashes = np.concatenate([np.zeros(0, dtype=np.uint64), *held])
    del held
    order = np.argsort(hashes, kind="stable")
    return hashes[order], owner[order], sizes


def _met_again(prints: Sequence[Codes]) -> npt.NDArray[np.bool_]:
    """Which slots more than one fingerprint falls into: those in the others occur once, and need not be sorted."""
    met = np.zeros(SLOTS, dtype=bool)
    again = np.zeros(SLOTS, dtype=bool)
    for at in range(0, len(prints), TEXTS):
        part = np.sort(np.concatenate([_slots(p) for p in prints[at : at + TEXTS]]))
        again[part[1:][part[1:] == part[:-1]]] = True
        again[part[met[part]]] = True
        met[part] = True
    return again


def _slots(prints: Codes) -> npt.NDArray[np.uint32]:
    slots: npt.NDArray[np.uint32] = (prints & np.uint64(SLOTS - 1)).astype(np.uint32)
    return slots


def new_at(ordered: Codes | Keys) -> npt.NDArray[np.bool_]:
    """Which of some numbers differ from the one before; the first does."""
    new = np.ones(len(ordered), dtype=bool)
    np.not_equal(ordered[1:], ordered[:-1], out=new[1:])
    return new


def _uncommon(owner: Owners, first: Keys, lengths: Keys, n: int) -> Iterator[Keys]:
    """A key i * n + j for each fingerprint that two texts share, where few share it."""
    for size in range(2, CROWD + 1):
        at = first[lengths == size]
        i, j = np.triu_indices(size, 1)
        step = max(1, CHUNK // len(i))
        for low in range(0, len(at), step):
            rows = owner[at[low : low + step, None] + np.arange(size)].astype(np.int64)
            yield (rows[:, i] * n + rows[:, j]).ravel()


def _crowded(owner: Owners, first: Keys, lengths: Keys, n: int) -> Iterator[Keys]:
    """Of a crowd, the first with each and each with the next."""
    past = np.cumsum(lengths)
    held = owner[np.arange(past[-1] if len(past) else 0) + np.repeat(first - past + lengths, lengths)]
    heads = np.repeat(held[past - lengths], lengths).astype(np.int64)
    at = np.zeros(len(held), dtype=np.int8)  # 1 for the first of a crowd, 2 for the second
    at[past - lengths], at[past - lengths + 1] = 1, 2
    yield (heads * n + held)[at != 1]
    later = np.flatnonzero(at == 0)
    yield held[later - 1].astype(np.int64) * n + held[later]


def _counted(parts: Iterable[Keys]) -> Counted:
    """How often each key comes up; what has come is added up whenever it has grown too large to be kept."""
    keys, count = np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)
    waiting: list[Keys] = []
    size = 0
    for part in parts:
        waiting.append(part)
        size += len(part)
        if size >= max(8 * CHUNK, len(keys)):
            keys, count = _added(keys, count, waiting)
            waiting, size = [], 0
    return _added(keys, count, waiting)


def _added(keys: Keys, count: Keys, more: list[Keys]) -> Counted:
    if not more:
        return keys, count
    found = np.sort(np.concatenate(more))
    at = np.flatnonzero(new_at(found))
    return _summed(np.concatenate((keys, found[at])), np.concatenate((count, np.diff(at, append=len(found)))))


def _summed(keys: Keys, count: Keys) -> Counted:
    order = np.argsort(keys, kind="stable")
    keys = keys[order]
    at = np.flatnonzero(new_at(keys))
    return keys[at], np.add.reduceat(count[order], at) if len(at) else count[:0]


def _thinned(uncommon: Counted, crowd: Counted, n: int) -> Candidates:
    """All pairs, but of a text with very many partners only those that say where it comes from."""
    keys, count = _summed(np.concatenate((uncommon[0], crowd[0])), np.concatenate((uncommon[1], crowd[1])))
    i, j = keys // n, keys % n
    many = np.bincount(np.concatenate((i, j)), minlength=n) >= FAMILY
    parent = np.full(n, -1)
    best = np.lexsort((i, -count, j))
    at = best[np.flatnonzero(new_at(j[best]))]
    parent[j[at]] = i[at]
    dropped = (i != parent[j]) & ((many[i] & many[j]) | (many[parent[j]] & (parent[i] == parent[j])))
    kept = ~dropped
    crowded = np.isin(keys, crowd[0], assume_unique=True)
    rows = np.stack([i, j], axis=1)
    return Candidates(rows[kept], rows[kept & crowded])
