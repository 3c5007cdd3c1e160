"""Denials brought to the claim that they deny: a denial seldom says again all that it answers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from twosource.claims.alike import Alikeness
from twosource.claims.hollow import is_hollow, is_pointing
from twosource.claims.lexicon import lexicon
from twosource.claims.points import Point
from twosource.claims.rank import outlets_of, weight
from twosource.model import Article
from twosource.text import normal

_FEW = (
    6  # content words of a denial that names nothing: "no such incident occurred in Texas or anywhere else"
)
_NEXT = 160  # characters between what is said and "that is false" of it
Nodes = Sequence[Sequence[Point]]  # statements in the same words together
Shelf = dict[str, list[tuple[int, Point]]]  # the statements of each report, with the number of their words


def answered(
    groups: Sequence[list[int]],
    nodes: Nodes,
    alike: Alikeness,
    pairs: Iterable[tuple[int, int]],
    articles: Sequence[Article],
) -> list[list[int]]:
    """The groups with those that only deny moved into the group that they answer, where one is found.

    What the content names decides, by its closest statement. "That is false" answers what stands right before it;
    "the claim is false" names nothing: it answers the most important of the claims that its report has from somebody else.
    """
    denying = {g for g, group in enumerate(groups) if all(_denies(p) for n in group for p in nodes[n])}
    home = {n: g for g, group in enumerate(groups) if g not in denying for n in group}
    near: dict[int, set[int]] = defaultdict(set)
    deniers = {n for g in denying for n in groups[g]}
    for i, j in pairs:
        if i in deniers:
            near[i].add(j)
        if j in deniers:
            near[j].add(i)
    outlets = outlets_of(articles)
    weights = [weight([p for n in group for p in nodes[n]], outlets) for group in groups] if denying else []
    shelf = _by_report(home, nodes)
    out = [list(group) for group in groups]
    for g in sorted(denying):
        target = _just_before(groups[g], home, nodes, shelf)
        if target is None and _name_nothing(groups[g], nodes):
            target = _most_important(groups[g], home, nodes, shelf, weights)
        if target is None:
            target = _closest(groups[g], home, near, alike)
        if target is None and any(is_hollow(p.text) for n in groups[g] for p in nodes[n]):
            target = _most_important(groups[g], home, nodes, shelf, weights)
        if target is not None:
            out[target] = sorted(out[target] + groups[g])
            out[g] = []
    return [group for group in out if group]


def _by_report(home: Iterable[int], nodes: Nodes) -> Shelf:
    found: Shelf = defaultdict(list)
    for n in sorted(home):
        for p in nodes[n]:
            found[p.report].append((n, p))
    return found


def _just_before(group: list[int], home: dict[int, int], nodes: Nodes, shelf: Shelf) -> int | None:
    """The group of what stands right before a "that was wrong": the nearest statement, of the same report."""
    pointing = [p for n in group for p in nodes[n] if is_pointing(p.text)]
    found = [
        (q.statement.content[-1].end - p.statement.content[0].start, -n)
        for p in pointing
        for n, q in shelf.get(p.report, ())
        if 0 <= p.statement.content[0].start - q.statement.content[-1].end <= _NEXT
    ]
    return home[-max(found)[1]] if found else None


def _name_nothing(group: list[int], nodes: Nodes) -> bool:
    """Whether all of them call false what others say in a few words: those they share with other statements mean nothing."""
    return all(is_hollow(p.text) and len(p.lemmas) <= _FEW for n in group for p in nodes[n])


def _denies(point: Point) -> bool:
    return (point.statement.stance == "denies" and point.clause) or is_hollow(point.text)


def _closest(
    group: list[int], home: dict[int, int], near: dict[int, set[int]], alike: Alikeness
) -> int | None:
    found = [
        (alike.score(min(n, m), max(n, m)), -m)
        for n in group
        for m in near[n]
        if m in home and _beyond_names(alike.points[n], alike.points[m])
    ]
    value, at = max(found, default=(0.0, 0))
    return home[-at] if value >= lexicon().weights["denies"] else None


def _beyond_names(p: Point, q: Point) -> bool:
    """Whether two points share more than a name: that he fired is not answered by his being held."""
    named = {normal(w.strip(".,;:'’\"")) for w in (*p.text.split(), *q.text.split()) if w[:1].isupper()}
    return not p.lemmas & q.lemmas or bool((p.lemmas & q.lemmas) - named)


def _most_important(
    group: list[int], home: dict[int, int], nodes: Nodes, shelf: Shelf, weights: Sequence[float]
) -> int | None:
    """The weightiest group that the deniers' reports have from somebody else."""
    deniers = {(p.report, p.statement.who) for n in group for p in nodes[n]}
    reports = {report for report, _ in deniers}
    told = {
        home[n]
        for report in sorted(reports)
        for n, p in shelf.get(report, ())
        if p.statement.mode != "narration" and (p.report, p.statement.who) not in deniers
    }
    return max(told, key=lambda g: (weights[g], -g), default=None)
