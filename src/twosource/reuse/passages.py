"""The runs of words that two reports share, with their places in both.

A passage reads the same on both sides, word for word. A sentence with one number changed gives two passages: short runs
count when they stand next to longer ones in both texts, so small edits cost only the words edited.
Greedy string tiling (Wise 1993) seeded by hashed shingles: near-linear, since each word is covered once and a shingle that a
text repeats is tried at a few of its places only.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from twosource.reuse.fingerprints import shingles
from twosource.reuse.prose import Codes, Prose

Free = npt.NDArray[np.bool_]

SEED = 3  # words that must agree before a run is looked at
ALONE = 8  # a run this long counts wherever it stands
NEAR = 12  # words between a short run and the next run for it to count
EFFORT = 24  # words followed for each word of the two texts: only a text that repeats one phrase throughout needs more
TRIES = 6  # places of a repeated shingle that are tried


@dataclass(frozen=True, slots=True, order=True)
class Run:
    """`length` words from word `a` of one text and word `b` of the other read the same."""

    a: int
    b: int
    length: int


def runs(ours: Prose, theirs: Prose) -> list[Run]:
    """The shared runs in the order of our words; no word of either text is in two runs."""
    tiles = _tiles(ours.codes, theirs.codes)
    return [piece for run in _supported(tiles) for piece in _cut(run, ours, theirs)]


def _tiles(a: Codes, b: Codes) -> list[Run]:
    """Runs of at least SEED words, the longest first where they compete."""
    seeds = _seeds(a, b)
    found: list[Run] = []
    until: dict[int, int] = {}  # diagonal -> our word up to which it was followed
    left = EFFORT * (len(a) + len(b))
    for i, j in seeds:
        if until.get(i - j, -1) >= i:
            continue
        length = _extend(a, b, i, j)
        left -= length
        if left < 0:
            break
        until[i - j] = i + length - 1
        found.append(Run(i, j, length))
    found.sort(key=lambda r: (-r.length, r.a, r.b))
    free_a = np.ones(len(a), dtype=bool)
    free_b = np.ones(len(b), dtype=bool)
    kept = []
    for run in found:
        kept += _place(run, free_a, free_b)
    return sorted(kept)


def _seeds(a: Codes, b: Codes) -> list[tuple[int, int]]:
    ha, hb = shingles(a, SEED), shingles(b, SEED)
    order = np.argsort(hb, kind="stable")
    ordered = hb[order]
    low = np.searchsorted(ordered, ha, side="left")
    high = np.searchsorted(ordered, ha, side="right")
    seeds = []
    for i in np.flatnonzero(high > low):
        s, e = int(low[i]), int(high[i])
        seeds += [(int(i), int(j)) for j in order[s : min(e, s + TRIES)]]
    return seeds


def _extend(a: Codes, b: Codes, i: int, j: int) -> int:
    """How many words from a[i] and b[j] on agree."""
    limit = min(len(a) - i, len(b) - j)
    step, done = 16, 0
    while done < limit:
        take = min(step, limit - done)
        same = a[i + done : i + done + take] == b[j + done : j + done + take]
        if not same.all():
            return done + int(np.argmin(same))
        done += take
        step *= 4
    return done


def _place(run: Run, free_a: Free, free_b: Free) -> list[Run]:
    """The longest piece of a run that no longer run has taken, if it is still of use; it is taken."""
    free = free_a[run.a : run.a + run.length] & free_b[run.b : run.b + run.length]
    if not free.all():
        edges = np.flatnonzero(np.diff(np.concatenate(([0], free.astype(np.int8), [0]))))
        begins, ends = edges[::2], edges[1::2]
        if not len(begins):
            return []
        best = int(np.argmax(ends - begins))
        start, length = int(begins[best]), int(ends[best] - begins[best])
        if length < SEED:
            return []
        run = Run(run.a + start, run.b + start, length)
    free_a[run.a : run.a + run.length] = False
    free_b[run.b : run.b + run.length] = False
    return [run]


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


def _cut(run: Run, ours: Prose, theirs: Prose) -> list[Run]:
    """The run in pieces that no furniture interrupts in either text."""
    a = ours.block[run.a : run.a + run.length]
    b = theirs.block[run.b : run.b + run.length]
    cuts = np.flatnonzero((a[1:] != a[:-1]) | (b[1:] != b[:-1])) + 1
    edges = [0, *(int(c) for c in cuts), run.length]
    return [Run(run.a + s, run.b + s, e - s) for s, e in zip(edges, edges[1:], strict=False)]
