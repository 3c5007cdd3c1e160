"""Which reports might be about one incident: those that share two telling words, or pairs of words, that few reports use."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt

KEYS = 20  # telling words by which a report is looked up
ALONE = 20  # a word that looks up at most this many speaks alone, otherwise a second one must agree
CROWD = 60  # a word that looks up more reports than this tells too little
NEAREST = 150  # of the reports that one might be with so many are weighed, first those that share the most such words

Pairs = npt.NDArray[np.int64]
_SOME = 1 << 21  # pairs that are counted at a time


def candidates(keys: Sequence[npt.NDArray[np.int32]]) -> Pairs:
    """Pairs (i, j), i < j, in ascending order; their number grows with the number of reports, not with its square."""
    size = len(keys)
    word = np.concatenate([np.zeros(0, dtype=np.int32), *keys])
    owner = np.repeat(np.arange(size), [len(k) for k in keys])
    order = np.argsort(word, kind="stable")
    owner = owner[order]
    first = np.flatnonzero(np.diff(word[order], prepend=-1))
    lengths = np.diff(first, append=len(word))
    pairs, count = np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)
    waiting: list[tuple[Pairs, int]] = []
    for met, worth in _meetings(owner, first, lengths, size):
        waiting.append((met, worth))
        if sum(len(m) for m, _ in waiting) > max(_SOME, len(pairs)):
            pairs, count = _added(pairs, count, waiting)
            waiting = []
    pairs, count = _added(pairs, count, waiting)
    pairs, count = pairs[count >= 2], count[count >= 2]
    return _nearest(pairs // max(1, size), pairs % max(1, size), count, size)


def _meetings(owner: Pairs, first: Pairs, lengths: Pairs, size: int) -> Iterator[tuple[Pairs, int]]:
    """A number i * size + j for each word that looks up two reports, and what the word is worth."""
    for length in range(2, CROWD + 1):
        at = first[lengths == length]
        i, j = np.triu_indices(length, 1)
        step = max(1, _SOME // len(i))
        for low in range(0, len(at), step):
            rows = owner[at[low : low + step, None] + np.arange(length)]
            yield (rows[:, i] * size + rows[:, j]).ravel(), 2 if length <= ALONE else 1


def _added(pairs: Pairs, count: Pairs, more: Sequence[tuple[Pairs, int]]) -> tuple[Pairs, Pairs]:
    every = np.concatenate((pairs, *(m for m, _ in more)))
    worth = np.concatenate((count, *(np.full(len(m), w) for m, w in more)))
    order = np.argsort(every, kind="stable")
    every = every[order]
    at = np.flatnonzero(np.diff(every, prepend=-1))
    return every[at], np.add.reduceat(worth[order], at) if len(at) else count


def _nearest(i: Pairs, j: Pairs, count: Pairs, size: int) -> Pairs:
    """The pairs that are among the nearest of either report."""
    kept = np.zeros(len(i), dtype=bool)
    for one, other in ((i, j), (j, i)):
        order = np.lexsort((other, -count, one))
        begins = np.searchsorted(one[order], np.arange(size))
        kept[order[np.arange(len(order)) - begins[one[order]] < NEAREST]] = True
    return np.stack([i[kept], j[kept]], axis=1)
