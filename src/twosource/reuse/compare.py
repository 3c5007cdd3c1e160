"""All pairs of reports that share something, found without comparing every two."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from twosource.model import Article, Reuse
from twosource.reuse.candidates import CROWD, FAMILY, Candidates, candidates
from twosource.reuse.direction import CERTAIN, Growth, grown
from twosource.reuse.judge import Judged
from twosource.reuse.lineage import COPIES, families, in_order
from twosource.reuse.workers import Workers

TELLING = 0.0  # growth below this speaks against the order that the family gives
ONE_ARTICLE = 0.05  # two versions far apart have still this share of the one in the other

Found = dict[tuple[int, int], Judged]
Ranks = dict[str, tuple[int, int]]  # of a report: its family and its place there


def compare(articles: Sequence[Article], *, processes: int = 1) -> list[Reuse]:
    """Every pair that shares a passage, `a` < `b`, in the order of ids; the order of the articles doesn't matter.

    A pair is judged by its own two texts, and its order by their family's: a report that shares nothing with them changes nothing.
    More than one process pays from thousands of reports on, and changes nothing either.
    """
    ordered = sorted(articles, key=lambda x: (x.published or "9999", x.id))
    with Workers(ordered, processes) as workers:
        near = candidates(workers.fingerprints())
        judged = workers.judged((i, j) for i, j in near.pairs.tolist())
        judged |= workers.judged(_rest_of_families(near, judged))
    return put_in_order(judged.values())


def put_in_order(judged: Iterable[Judged]) -> list[Reuse]:
    """The pairs in the order of ids with the older of each, undated versions of one article put in order by family."""
    held = sorted(judged, key=lambda j: (j.a, j.b))
    growth: dict[str, Growth] = {}
    for j in held:
        if j.growth:
            growth[j.a], growth[j.b] = j.growth
    undecided = any(j.growth and j.older is None for j in held)
    place = _places(held, growth) if undecided else {}
    return [_with_older(j, place, growth) for j in held]


def _places(judged: Sequence[Judged], growth: dict[str, Growth]) -> Ranks:
    """Where each version of an article stands in its family, from the oldest on."""
    held = families([(j.a, j.b) for j in judged if j.growth])
    number = {x: n for n, family in enumerate(held) for x in family}
    evidence: list[dict[tuple[str, str], float]] = [{} for _ in held]
    apart: list[dict[tuple[str, str], float]] = [{} for _ in held]
    for j in judged:
        n = number.get(j.a, -1)
        if n >= 0 and n == number.get(j.b):
            evidence[n][j.a, j.b] = _evidence(j, growth)
            apart[n][j.a, j.b] = _apart(j, growth)
    return {
        x: (n, at)
        for n, family in enumerate(held)
        for at, x in enumerate(in_order(family, evidence[n], apart[n]))
    }


def _evidence(j: Judged, growth: dict[str, Growth]) -> float:
    if j.older:
        return CERTAIN if j.older == j.a else -CERTAIN
    return grown(growth[j.a], growth[j.b])


def _apart(j: Judged, growth: dict[str, Growth]) -> float:
    """The share of the words of both that only one of them has."""
    na, nb = growth[j.a].words, growth[j.b].words
    return (na * (1 - j.ours) + nb * (1 - j.theirs)) / (na + nb + 1)


def _with_older(j: Judged, place: Ranks, growth: dict[str, Growth]) -> Reuse:
    pa, pb = place.get(j.a), place.get(j.b)
    if j.older or pa is None or pb is None or pa[0] != pb[0] or j.containment < ONE_ARTICLE:
        return j.shared(j.older, j.why)
    first = j.a if pa[1] < pb[1] else j.b
    if _evidence(j, growth) * (1 if first == j.a else -1) < TELLING:
        return j.shared(None, j.why)
    return j.shared(
        first, f"{j.why} {first} is likely older: undated, but its family's versions grow from it."
    )


def _rest_of_families(near: Candidates, judged: Found) -> list[tuple[int, int]]:
    """The pairs of a family that the crowded fingerprints left out, unless the family is too large to list."""
    copies = [
        (i, j) for i, j in near.crowded.tolist() if (i, j) in judged and judged[i, j].relation in COPIES
    ]
    listed = {x for family in families(copies) if len(family) <= FAMILY for x in family}
    of: dict[int, set[int]] = defaultdict(set)
    for i, j in copies:
        if i in listed:
            of[i].add(j)
            of[j].add(i)
    more: set[tuple[int, int]] = set()
    for i, others in of.items():
        if len(others) >= CROWD - 1:
            held = sorted({i, *others})
            more.update((x, y) for at, y in enumerate(held) for x in held[:at])
    return sorted(more - judged.keys())
