"""All pairs of reports that share something, found without comparing every two."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from twosource.model import Article, Reuse
from twosource.reuse.direction import CERTAIN, Growth, grown, growth_of
from twosource.reuse.fingerprints import CROWD, FAMILY, Candidates, candidates
from twosource.reuse.judge import Judged
from twosource.reuse.lineage import COPIES, families, in_order
from twosource.reuse.workers import Workers

TELLING = 0.0  # growth below this speaks against the order that the family gives
ONE_ARTICLE = 0.05  # two versions far apart have still this share of the one in the other

Found = dict[tuple[int, int], Judged]


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
    return sorted(put_in_order(list(judged.values()), ordered), key=lambda r: (r.a, r.b))


def put_in_order(judged: Sequence[Judged], articles: Sequence[Article]) -> list[Reuse]:
    """The pairs with the older of each, undated versions of one article put in order by family."""
    versions = [j for j in judged if j.grows]
    if not any(j.shared.older is None for j in versions):
        return [j.shared for j in judged]
    held = families([(j.shared.a, j.shared.b) for j in versions])
    number = {x: n for n, family in enumerate(held) for x in family}
    sizes = {
        name: size for j in versions for name, size in ((j.shared.a, j.sizes[0]), (j.shared.b, j.sizes[1]))
    }
    members: dict[int, list[Judged]] = defaultdict(list)
    for j in judged:
        if number.get(j.shared.a, -1) == number.get(j.shared.b, -2):
            members[number[j.shared.a]].append(j)
    growth = {a.id: growth_of(a.text, sizes[a.id]) for a in articles if a.id in number}
    place: dict[str, tuple[int, int]] = {}
    for n, family in enumerate(held):
        evidence = {(j.shared.a, j.shared.b): _evidence(j.shared, growth) for j in members[n]}
        apart = {(j.shared.a, j.shared.b): _apart(j, growth) for j in members[n]}
        place.update((x, (n, at)) for at, x in enumerate(in_order(family, evidence, apart)))
    return [_with_older(j, place, growth) for j in judged]


def _evidence(r: Reuse, growth: dict[str, Growth]) -> float:
    if r.older:
        return CERTAIN if r.older == r.a else -CERTAIN
    return grown(growth[r.a], growth[r.b])


def _apart(j: Judged, growth: dict[str, Growth]) -> float:
    """The share of the words of both that only one of them has."""
    na, nb = growth[j.shared.a].words, growth[j.shared.b].words
    return (na * (1 - j.ours) + nb * (1 - j.theirs)) / (na + nb + 1)


def _with_older(j: Judged, place: dict[str, tuple[int, int]], growth: dict[str, Growth]) -> Reuse:
    r = j.shared
    pa, pb = place.get(r.a), place.get(r.b)
    if r.older or pa is None or pb is None or pa[0] != pb[0] or r.containment < ONE_ARTICLE:
        return r
    first = r.a if pa[1] < pb[1] else r.b
    for_it = _evidence(r, growth) * (1 if first == r.a else -1)
    if for_it < TELLING:
        return r
    return replace(
        r,
        older=first,
        why=f"{r.why} {first} is likely older: undated, but its family's versions grow from it.",
    )


def _rest_of_families(near: Candidates, judged: Found) -> list[tuple[int, int]]:
    """The pairs of a family that the crowded fingerprints left out, unless the family is too large to list."""
    copies = [
        (i, j)
        for i, j in near.crowded.tolist()
        if (i, j) in judged and judged[i, j].shared.relation in COPIES
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
