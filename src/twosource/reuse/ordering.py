"""The older of each pair: as the two say themselves or, between undated versions of one article, as their family has it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from twosource.model import Reuse
from twosource.reuse.direction import CERTAIN, Growth, grown
from twosource.reuse.judge import Judged
from twosource.reuse.lineage import families, in_order

TELLING = 0.0  # growth below this speaks against the order that the family gives
ONE_ARTICLE = 0.05  # two versions far apart have still this share of the one in the other


class Rank(NamedTuple):
    """Where a version of an article stands: its family, its place there from the oldest on, and how far it has grown."""

    family: int
    place: int
    growth: Growth


def put_in_order(judged: Iterable[Judged]) -> list[Reuse]:
    """The pairs in the order of ids with the older of each, undated versions of one article put in order by family."""
    held = sorted(judged, key=lambda j: (j.a, j.b))
    number = {
        x: n for n, family in enumerate(families([(j.a, j.b) for j in held if j.growth])) for x in family
    }
    inside: dict[int, list[Judged]] = defaultdict(list)
    for j in held:
        n = number.get(j.a, -1)
        if n >= 0 and n == number.get(j.b):
            inside[n].append(j)
    ranks = {x: rank for n, some in inside.items() if undecided(some) for x, rank in ranked(n, some).items()}
    return [with_older(j, ranks.get(j.a), ranks.get(j.b)) for j in held]


def undecided(judged: Iterable[Judged]) -> bool:
    """Whether there are versions of one article of which nothing says which is the older."""
    return any(j.growth and j.older is None for j in judged)


def ranked(number: int, judged: Sequence[Judged]) -> dict[str, Rank]:
    """Where each report of a family stands; `judged`: all pairs within it, those that are no versions too."""
    growth: dict[str, Growth] = {}
    for j in judged:
        if j.growth:
            growth[j.a], growth[j.b] = j.growth
    evidence = {(j.a, j.b): _evidence(j, growth[j.a], growth[j.b]) for j in judged}
    apart = {(j.a, j.b): _apart(j, growth) for j in judged}
    order = in_order(sorted(growth), evidence, apart)
    return {x: Rank(number, at, growth[x]) for at, x in enumerate(order)}


def with_older(j: Judged, a: Rank | None, b: Rank | None) -> Reuse:
    """The pair as others see it, given where the two stand in a family."""
    if j.older or a is None or b is None or a.family != b.family or j.containment < ONE_ARTICLE:
        return j.shared(j.older, j.why)
    first = j.a if a.place < b.place else j.b
    if _evidence(j, a.growth, b.growth) * (1 if first == j.a else -1) < TELLING:
        return j.shared(None, j.why)
    return j.shared(
        first, f"{j.why} {first} is likely older: undated, but its family's versions grow from it."
    )


def _evidence(j: Judged, a: Growth, b: Growth) -> float:
    if j.older:
        return CERTAIN if j.older == j.a else -CERTAIN
    return grown(a, b)


def _apart(j: Judged, growth: Mapping[str, Growth]) -> float:
    """The share of the words of both that only one of them has."""
    na, nb = growth[j.a].words, growth[j.b].words
    return (na * (1 - j.ours) + nb * (1 - j.theirs)) / (na + nb + 1)
