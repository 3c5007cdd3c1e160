"""Statements grouped into claims by average linkage over the pairs worth comparing."""

from __future__ import annotations

from collections.abc import Callable, Mapping

_SAMPLE = 12  # members of a large group that stand for it


def grouped(
    size: int,
    close: Mapping[tuple[int, int], float],
    score: Callable[[int, int], float],
    threshold: float,
    may_join: Callable[[list[int], list[int]], bool],
) -> list[list[int]]:
    """Partition 0..size-1: close pairs are taken best first, and two groups join when their mean score is enough.

    The mean, not the best pair, decides: A like B and B like C do not make A like C. Ties go to the lower numbers,
    so the result depends only on the order of the points.
    """
    known = dict(close)
    refused: dict[tuple[int, int], tuple[int, int]] = {}  # groups that did not join, and their sizes then
    group_of = list(range(size))
    members = {n: [n] for n in range(size)}

    def similarity(i: int, j: int) -> float:
        pair = (i, j) if i < j else (j, i)
        if pair not in known:
            known[pair] = score(*pair)
        return known[pair]

    for (i, j), value in sorted(close.items(), key=lambda item: (-item[1], item[0])):
        if value < threshold:
            break
        a, b = group_of[i], group_of[j]
        if a > b:
            a, b = b, a
        sizes = len(members[a]), len(members[b])
        if a == b or refused.get((a, b)) == sizes:
            continue
        some = [(x, y) for x in members[a][:_SAMPLE] for y in members[b][:_SAMPLE]]
        if sum(similarity(x, y) for x, y in some) / len(some) < threshold or not may_join(
            members[a], members[b]
        ):
            refused[a, b] = sizes
            continue
        for n in members[b]:
            group_of[n] = a
        members[a] = sorted(members[a] + members.pop(b))
    return [members[n] for n in sorted(members)]
