"""All pairs of reports that share something, found without comparing every two."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from twosource.model import Article, Reuse
from twosource.reuse.changes import changes
from twosource.reuse.direction import CERTAIN, Growth, grown, growth_of, may_grow, stated
from twosource.reuse.fingerprints import CROWD, fingerprints, pairs
from twosource.reuse.lineage import COPIES, families, in_order
from twosource.reuse.overlap import Overlap, measure, passages
from twosource.reuse.passages import runs
from twosource.reuse.prose import Layout, Prose, Vocabulary, codes_of, layout_of, prose_of
from twosource.reuse.relation import relate

TELLING = 0.0  # growth below this speaks against the order that the family gives
ONE_ARTICLE = 0.05  # two versions far apart have still this share of the one in the other
AT_HAND = 20_000  # reports whose words are kept for the next pair
FAMILY = 200  # of a larger family only the pairs with its likely origin are listed


@dataclass(frozen=True, slots=True)
class Judged:
    """A pair with what it was judged by, before its family is known."""

    shared: Reuse
    overlap: Overlap
    sizes: tuple[int, int]  # words
    grows: bool  # the two may be versions of one article


def compare(articles: Sequence[Article]) -> list[Reuse]:
    """Every pair that shares a passage, `a` < `b`, in the order of ids; the order of the articles doesn't matter.

    A pair is judged by its own two texts, and its order by their family's: a report that shares nothing with them changes nothing.
    """
    vocabulary = Vocabulary()
    ordered = sorted(articles, key=lambda x: (x.published or "9999", x.id))
    near = pairs(fingerprints(codes_of(x, vocabulary)) for x in ordered).tolist()
    read = lru_cache(maxsize=AT_HAND)(lambda i: prose_of(ordered[i], vocabulary))
    layouts: dict[str, Layout] = {}
    judged: dict[tuple[int, int], Judged] = {}
    for i, j in near:
        found = judge(read(i), read(j), layouts)
        if found:
            judged[i, j] = found
    for i, j in _rest_of_families(judged):
        found = judge(read(i), read(j), layouts)
        if found:
            judged[i, j] = found
    return sorted(put_in_order(list(judged.values()), ordered), key=lambda r: (r.a, r.b))


def judge(one: Prose, other: Prose, layouts: dict[str, Layout]) -> Judged | None:
    """What two reports share, if anything; `layouts` keeps what was found out about a report for its next pair."""
    a, b = (one, other) if one.id < other.id else (other, one)
    shared = runs(a, b)
    if not shared:
        return None
    for p in (a, b):
        if p.id not in layouts:
            layouts[p.id] = layout_of(p)
    overlap = measure(a, b, shared, layouts[a.id], layouts[b.id])
    verdict = relate(a.article, b.article, overlap)
    older, reason = stated(a.article, b.article)
    found = Reuse(
        a=a.id,
        b=b.id,
        relation=verdict.relation,
        containment=round(overlap.containment, 4),
        older=older,
        passages=passages(a, b, shared, layouts[a.id], layouts[b.id]),
        why=verdict.why + (f" {older} is older: {reason}." if older else ""),
        changes=changes(a, b, shared) if verdict.relation in ("same_text", "revised") else (),
    )
    return Judged(found, overlap, (len(a), len(b)), may_grow(a.article, b.article, verdict.relation))


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
    return (na * (1 - j.overlap.ours) + nb * (1 - j.overlap.theirs)) / (na + nb + 1)


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


def _rest_of_families(judged: dict[tuple[int, int], Judged]) -> list[tuple[int, int]]:
    """The pairs of a large family that the crowded fingerprints left out, unless the family is too large to list."""
    of: dict[int, set[int]] = defaultdict(set)
    for (i, j), found in judged.items():
        if found.shared.relation in COPIES:
            of[i].add(j)
    more: set[tuple[int, int]] = set()
    for i, others in of.items():
        if CROWD - 1 <= len(others) < FAMILY:
            held = sorted({i, *others})
            more.update((x, y) for at, y in enumerate(held) for x in held[:at])
    return sorted(more - judged.keys())
