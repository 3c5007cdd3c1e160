"""Average linkage over a sparse graph: two groups are joined while their reports, on average, speak for it.

One strong pair cannot chain two groups together, as A~B, B~C doesn't make A~C.
"""

from __future__ import annotations

import heapq
from collections.abc import Mapping

UNSEEN = -2.5  # log odds of two reports that no telling word brought together
JOIN = -1.0  # groups are joined above these average log odds


def link(size: int, odds: Mapping[tuple[int, int], float]) -> list[list[int]]:
    """The groups of the items 0 … size-1, each in ascending order; `odds` has pairs (i, j), i < j."""
    near: list[dict[int, float]] = [{} for _ in range(size)]
    for (i, j), value in odds.items():
        near[i][j] = near[j][i] = value
    groups: list[list[int]] = [[i] for i in range(size)]
    heap = [(-value, i, j) for (i, j), value in odds.items() if value > JOIN]
    heapq.heapify(heap)
    while heap:
        value, i, j = heapq.heappop(heap)
        if not groups[i] or not groups[j] or near[i].get(j) != -value:
            continue  # one of the two has changed since
        for k, joined in _join(near, groups, i, j):
            if joined > JOIN:
                heapq.heappush(heap, (-joined, min(i, k), max(i, k)))
    return [sorted(g) for g in groups if g]


def _join(near: list[dict[int, float]], groups: list[list[int]], i: int, j: int) -> list[tuple[int, float]]:
    """Put group j into group i; the new averages of its neighbours."""
    ni, nj = len(groups[i]), len(groups[j])
    changed = []
    for k in sorted((near[i].keys() | near[j].keys()) - {i, j}):
        average = (ni * near[i].get(k, UNSEEN) + nj * near[j].get(k, UNSEEN)) / (ni + nj)
        near[i][k] = near[k][i] = average
        near[k].pop(j, None)
        changed.append((k, average))
    near[i].pop(j, None)
    near[j] = {}
    groups[i] += groups[j]
    groups[j] = []
    return changed
