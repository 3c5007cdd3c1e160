"""The runs of words that two reports share, with their places in both.

A passage reads the same on both sides, word for word. A sentence with one number changed gives two passages: short runs
count when they stand next to longer ones in both texts, so small edits cost only the words edited.
Greedy string tiling (Wise 1993) over hashed shingles lined up by diagonal: near-linear, since of a shingle that a text
repeats over and over only a few places are tried.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from twosource.reuse.encoding import Codes
from twosource.reuse.prose import Prose
from twosource.reuse.shingles import SEED, Keys, Seeds, new_at, seeds_of

ALONE = 8  # a run this long counts wherever it stands
NEAR = 12  # words between a short run and the next run for it to count
EFFORT = (
    8  # places tried for each word of the two texts before repeated shingles are tried at a few places only
)
TRIES = 4


class Run(NamedTuple):
    """`length` words from word `a` of one text and word `b` of the other read the same."""

    a: int
    b: int
    length: int


def runs(ours: Prose, theirs: Prose) -> list[Run]:
    """The shared runs in the order of our words; no word of either text is in two runs.

    Where a text repeats itself there is a choice of runs, which falls the same whichever of the two is ours.
    """
    if _size(theirs) < _size(ours):
        turned = (Run(r.b, r.a, r.length) for r in runs(theirs, ours))
        return sorted(turned)
    a, b = ours.codes, theirs.codes
    head = _alike(a, b)
    tail = _alike(a[head:][::-1], b[head:][::-1])
    head, tail = (head if head >= ALONE else 0), (tail if tail >= ALONE else 0)
    if head or tail:
        framed = [0] * (head > 0) + [len(a) - len(b)] * (tail > 0)
        between = _tiles(seeds_of(a[head : len(a) - tail]), seeds_of(b[head : len(b) - tail]), framed)
    else:
        between = _tiles(ours.seeds, theirs.seeds, [])
    tiles = [Run(0, 0, head)] if head else []
    tiles += [Run(r.a + head, r.b + head, r.length) for r in between] if head else between
    tiles += [Run(len(a) - tail, len(b) - tail, tail)] if tail else []
    kept = _supported(tiles)
    if not (ours.cuts or theirs.cuts):
        return kept
    return [piece for run in kept for piece in _cut(run, ours.cuts, theirs.cuts)]


def _size(prose: Prose) -> tuple[int, str]:
    return len(prose), prose.article.text


def _alike(a: Codes, b: Codes) -> int:
    """How many words the two texts have in common from the first on."""
    n = min(len(a), len(b))
    same = a[:n] == b[:n]
    return n if same.all() else int(same.argmin())


def _tiles(a: Seeds, b: Seeds, framed: list[int]) -> list[Run]:
    """Runs of at least SEED words where a long one is near, the longest first where they compete.

    `framed`: the diagonals of long runs that stand before and after these words.
    """
    if not (len(a.hashes) and len(b.hashes)):
        return []
    free_a, free_b = (
        bytearray(b"\1" * (len(a.hashes) + SEED - 1)),
        bytearray(b"\1" * (len(b.hashes) + SEED - 1)),
    )
    kept = []
    for lacking, i, j in _near_long(_lined_up(*_met(a, b)), framed):
        length = -lacking
        if free_a.find(0, i, i + length) >= 0 or free_b.find(0, j, j + length) >= 0:
            i, j, length = _piece(i, j, length, free_a, free_b)
            if length < SEED:
                continue
        free_a[i : i + length] = free_b[j : j + length] = bytes(length)
        kept.append(Run(i, j, length))
    return sorted(kept)


def _near_long(found: list[tuple[int, int, int]], framed: list[int]) -> list[tuple[int, int, int]]:
    """The runs that are long, and the short ones on a diagonal not far from a long one's: (-length, ours, theirs), sorted."""
    drift = sorted({*framed, *(i - j for i, j, length in found if length >= ALONE)})
    if not drift:
        return []
    kept = []
    for i, j, length in found:
        if length < ALONE:
            at = bisect_left(drift, i - j - 2 * NEAR)
            if at == len(drift) or drift[at] > i - j + 2 * NEAR:
                continue
        kept.append((-length, i, j))
    kept.sort()
    return kept


def _met(a: Seeds, b: Seeds) -> tuple[Keys, Keys]:
    """Where a shingle of ours stands in theirs: word numbers, ours (ascending) and theirs."""
    ha, hb, order, ordered = a.hashes, b.hashes, b.places, b.ordered
    low = np.searchsorted(ordered, ha)
    found = np.flatnonzero(ordered.take(low, mode="clip") == ha)
    low = low[found]
    if b.once:
        return found, order[low]
    times = np.searchsorted(ordered, ha[found], side="right") - low
    capped = int(times.sum()) > EFFORT * (len(ha) + len(hb))
    if capped:
        times = np.minimum(times, TRIES)
    ours = np.repeat(found, times)
    nth = np.arange(len(ours)) - np.repeat(np.cumsum(times) - times, times)
    theirs = order[np.repeat(low, times) + nth]
    if capped:  # a text that repeats itself is at least compared from its start and from its end
        for ahead in {0, len(hb) - len(ha)}:
            here = np.arange(max(0, -ahead), min(len(ha), len(hb) - ahead))
            here = here[ha[here] == hb[here + ahead]]
            ours, theirs = np.append(ours, here), np.append(theirs, here + ahead)
        ours, theirs = np.unique(np.stack([ours, theirs], axis=1), axis=0).T
    return ours, theirs


def _lined_up(ours: Keys, theirs: Keys) -> list[tuple[int, int, int]]:
    """Runs (our word, their word, length): seeds that follow one another on one diagonal."""
    off = ours - theirs
    order = np.argsort(off, kind="stable")
    ours, off = ours[order], off[order]
    first = np.flatnonzero(new_at(off) | new_at(ours - np.arange(len(ours))))
    past = np.append(first[1:], len(ours))
    begins, length = ours[first], past - first + SEED - 1
    return list(zip(begins.tolist(), (begins - off[first]).tolist(), length.tolist(), strict=True))


def _piece(a: int, b: int, length: int, free_a: bytearray, free_b: bytearray) -> tuple[int, int, int]:
    """The longest piece of a run that no longer run has taken, the first of several."""
    both = int.from_bytes(free_a[a : a + length]) & int.from_bytes(free_b[b : b + length])
    free = both.to_bytes(length)
    piece = max(free.split(b"\0"), key=len)
    start = free.index(piece)
    return a + start, b + start, len(piece)


def _supported(tiles: list[Run]) -> list[Run]:
    """The runs that are long, or stand close to a long one on both sides, directly or through other short ones."""
    keep = [r.length >= ALONE for r in tiles]
    for step in (1, -1):
        at = range(len(tiles)) if step == 1 else range(len(tiles) - 1, -1, -1)
        last: Run | None = None
        for i in at:
            r = tiles[i]
            if not keep[i] and last is not None and _close(*((last, r) if step == 1 else (r, last))):
                keep[i] = True
            if keep[i]:
                last = r
    return [r for r, k in zip(tiles, keep, strict=True) if k]


def _close(first: Run, second: Run) -> bool:
    """Whether the second run follows the first within a few words in both texts."""
    gap_a = second.a - first.a - first.length
    gap_b = second.b - first.b - first.length
    return 0 <= gap_a <= NEAR and 0 <= gap_b <= NEAR


def _cut(run: Run, ours: tuple[int, ...], theirs: tuple[int, ...]) -> list[Run]:
    """The run in pieces that no furniture interrupts in either text."""
    edges = {0, run.length}
    for first, cuts in ((run.a, ours), (run.b, theirs)):
        edges.update(
            c - first for c in cuts[bisect_right(cuts, first) : bisect_left(cuts, first + run.length)]
        )
    return [Run(run.a + s, run.b + s, e - s) for s, e in pairwise(sorted(edges))]
