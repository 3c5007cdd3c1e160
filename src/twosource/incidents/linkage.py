"""Average linkage over a sparse graph: two groups are joined while their reports, on average, speak for it.

One strong pair cannot chain two groups together, as A~B, B~C doesn't make A~C. And two groups of several reports each that
are alike in everything but whom they open with, the one always with one name, the other always with another, stay apart:
look-alikes are told by contrast, which no single pair shows.
"""

from __future__ import annotations

import heapq
import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol

UNSEEN = -5.0  # log odds of two reports that no telling word brought together
JOIN = -1.1  # groups are joined above this
CLOSEST = 0.15  # how much the closest pair counts beside the average of all
CONTRAST = 6.0  # log odds that a complete contrast takes away
SEVERAL = 3  # reports that a group needs for its contrast to count
MOST = 0.6  # share of a group's reports that open with a name for the group to be about it
FEW = 0.25  # share of the other's reports that may have the name all the same


class Telling(Protocol):
    """Says how telling a word is: minus the logarithm of the share of reports that have it."""

    def of(self, word: str) -> float: ...


Near = dict[int, tuple[float, float]]  # group -> average and highest log odds of the pairs between


class Linkage:
    """Groups of the items 0 … size-1 while they are being joined; `names` are what each item opens with."""

    def __init__(
        self, odds: Mapping[tuple[int, int], float], names: Sequence[Iterable[str]], rarity: Telling
    ) -> None:
        self.groups: list[list[int]] = [[i] for i in range(len(names))]
        self._near: list[Near] = [{} for _ in names]
        self._names = names
        self._counted: dict[int, Counter[str]] = {}  # the names of groups large enough to be asked for them
        self._rarity = rarity
        for (i, j), value in odds.items():
            self._near[i][j] = self._near[j][i] = (value, value)

    def run(self) -> list[list[int]]:
        """Join until nothing is left to join; each group in ascending order."""
        heap = [
            (-_worth(v), i, j)
            for i, near in enumerate(self._near)
            for j, v in near.items()
            if i < j and _worth(v) > JOIN
        ]
        heapq.heapify(heap)
        while heap:
            worth, i, j = heapq.heappop(heap)
            if (
                not self.groups[i]
                or not self.groups[j]
                or j not in self._near[i]
                or _worth(self._near[i][j]) != -worth
            ):
                continue  # one of the two has changed since
            if -worth - self._contrast(i, j) <= JOIN:
                continue
            for k in self._join(i, j):
                value = _worth(self._near[i][k])
                if value > JOIN:
                    heapq.heappush(heap, (-value, min(i, k), max(i, k)))
        return [sorted(g) for g in self.groups if g]

    def _join(self, i: int, j: int) -> list[int]:
        """Put group j into group i; the groups whose nearness has changed."""
        near, gone = self._near[i], self._near[j]
        ni, nj = len(self.groups[i]), len(self.groups[j])
        changed = sorted((near.keys() | gone.keys()) - {i, j})
        for k in changed:
            x, y = near.get(k, (UNSEEN, UNSEEN)), gone.get(k, (UNSEEN, UNSEEN))
            near[k] = self._near[k][i] = ((ni * x[0] + nj * y[0]) / (ni + nj), max(x[1], y[1]))
            self._near[k].pop(j, None)
        near.pop(j, None)
        self._near[j] = {}
        self.groups[i] += self.groups[j]
        self.groups[j] = []
        self._counted.pop(i, None)
        self._counted.pop(j, None)
        return changed

    def _contrast(self, i: int, j: int) -> float:
        """How far the two groups are each about names that the other doesn't open with, in log odds."""
        ni, nj = len(self.groups[i]), len(self.groups[j])
        if min(ni, nj) < SEVERAL:
            return 0.0
        ours, theirs = self._told(i), self._told(j)
        only_ours = self._weight(w for w, n in ours.items() if n >= MOST * ni and theirs[w] <= FEW * nj)
        only_theirs = self._weight(w for w, n in theirs.items() if n >= MOST * nj and ours[w] <= FEW * ni)
        both = self._weight(w for w, n in ours.items() if n >= MOST * ni and theirs[w] >= MOST * nj)
        least = min(only_ours, only_theirs)
        return CONTRAST * least / (least + both + 3.0)

    def _told(self, i: int) -> Counter[str]:
        if i not in self._counted:
            self._counted[i] = Counter(n for member in self.groups[i] for n in self._names[member])
        return self._counted[i]

    def _weight(self, names: Iterable[str]) -> float:
        return math.fsum(self._rarity.of(w) for w in names)


def _worth(value: tuple[float, float]) -> float:
    average, highest = value
    return average + CLOSEST * (highest - average)
