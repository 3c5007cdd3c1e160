"""Families of copies, and the order of their versions.

That A resembles B and B resembles C doesn't make C a copy of A: a family is a tree of the pairs that are copies, not a heap.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import combinations, pairwise
from typing import TypeVar

import numpy as np

from twosource.reuse.shingles import Keys

LARGEST = 24  # a family with more versions than this is ordered pair by pair
STEPS = 25.0  # weight of small steps between neighbouring versions against growth
COPIES = ("same_text", "revised", "shared_text")

Name = TypeVar("Name", str, int)


def families(pairs: Sequence[tuple[Name, Name]]) -> list[list[Name]]:
    """The reports that pairs connect, each family in the order of ids."""
    parent: dict[Name, Name] = {}

    def root(x: Name) -> Name:
        parent.setdefault(x, x)
        while parent[x] != x:
            parent[x] = parent[parent[x]]
            x = parent[x]
        return x

    for a, b in pairs:
        ra, rb = root(a), root(b)
        if ra != rb:
            parent[max(ra, rb)] = min(ra, rb)
    held: dict[Name, list[Name]] = defaultdict(list)
    for x in sorted(parent):
        held[root(x)].append(x)
    return [held[r] for r in sorted(held)]


def connected(a: Keys, b: Keys, n: int) -> Keys:
    """For each of n reports the lowest number of its family, which pairs (a, b) connect; its own where none does."""
    low = np.arange(n)
    while len(a):
        one, other = low[a], low[b]
        apart = one != other
        a, b, one, other = a[apart], b[apart], one[apart], other[apart]
        np.minimum.at(low, np.maximum(one, other), np.minimum(one, other))
        while (low[low] != low).any():
            low = low[low]
    return low


def in_order(
    family: Sequence[str], first: Mapping[tuple[str, str], float], apart: Mapping[tuple[str, str], float]
) -> list[str]:
    """The family's versions from the oldest on.

    `first[a, b]`, a < b: what speaks for a being older than b; `apart[a, b]`: the share of words that differ. The best order has
    neighbours that differ little and as much growth as possible; found by moving one version at a time from several starts.
    """
    names = sorted(family)
    ahead = dict.fromkeys(names, 0.0)
    for (x, y), value in sorted(first.items()):
        ahead[x] += value
        ahead[y] -= value
    borda = sorted(names, key=lambda x: (-ahead[x], x))
    if len(names) > LARGEST:
        return borda
    if len(names) == 2:
        return names if ahead[names[0]] > 1e-9 else names[::-1]
    starts = [borda, *(_walk(names, x, apart) for x in names)]
    starts += [s[::-1] for s in starts]
    return max(
        (_improve(s, first, apart) for s in starts), key=lambda o: (round(_worth(o, first, apart), 9), o)
    )


def _signed(first: Mapping[tuple[str, str], float], x: str, y: str) -> float:
    return first.get((x, y), 0.0) if x < y else -first.get((y, x), 0.0)


def _step(apart: Mapping[tuple[str, str], float], x: str, y: str) -> float:
    return apart.get((x, y) if x < y else (y, x), 1.0)


def _worth(
    order: Sequence[str], first: Mapping[tuple[str, str], float], apart: Mapping[tuple[str, str], float]
) -> float:
    steps = sum(_step(apart, x, y) for x, y in pairwise(order))
    return sum(_signed(first, x, y) for x, y in combinations(order, 2)) - STEPS * steps


def _walk(names: Sequence[str], start: str, apart: Mapping[tuple[str, str], float]) -> list[str]:
    """From one version always on to the one that differs least."""
    order, left = [start], [n for n in names if n != start]
    while left:
        last = order[-1]
        following = min(left, key=lambda x: (_step(apart, last, x), x))
        order.append(following)
        left.remove(following)
    return order


def _improve(
    order: list[str], first: Mapping[tuple[str, str], float], apart: Mapping[tuple[str, str], float]
) -> list[str]:
    """Move one version at a time while that makes the order better; at most once over the family for each version."""
    worth = _worth(order, first, apart)
    for _ in order:
        better = False
        for x in sorted(order):
            rest = [y for y in order if y != x]
            tries = [[*rest[:at], x, *rest[at:]] for at in range(len(order))]
            found = max(tries, key=lambda o: (_worth(o, first, apart), o))
            gain = _worth(found, first, apart)
            if gain > worth + 1e-9:
                order, worth, better = found, gain, True
        if not better:
            break
    return order
