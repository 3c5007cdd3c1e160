"""Text reuse as passim writes it: JSON Lines, one a stretch, `cluster, size, begin, end, src` beside the report's id.

Stretches that say the same are one cluster; `src` is where an older report has the text, when it can be told which is older.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from twosource.export.encoding import encoded, known
from twosource.export.shape import View
from twosource.model import Evidence, Span
from twosource.text import digest
from twosource.wire import Row

MOST_NEAR = 50  # stretches of one report that lie over one another


@dataclass(frozen=True, slots=True, order=True)
class Stretch:
    """A passage of one report that others have too, and the older passages that it goes back to."""

    at: Evidence
    sources: tuple[Evidence, ...]


def chunks(views: Iterable[View]) -> Iterator[bytes]:
    """The stretches of all incidents, cluster by cluster."""
    for view in views:
        for row in rows(view):
            yield encoded(row) + b"\n"


def rows(view: View) -> Iterator[Row]:
    """Each stretch with its cluster, the clusters in the order of their first stretch."""
    for cluster in clusters(view):
        name = int(
            digest(*(s.at for s in cluster))[:13], 16
        )  # passim numbers clusters; JavaScript counts to 2**53
        for s in cluster:
            article = view.articles[s.at.report]
            yield known(
                {
                    "id": s.at.report,
                    "series": article.outlet,
                    "date": article.published,
                    "cluster": name,
                    "size": len(cluster),
                    "begin": s.at.span.start,
                    "end": s.at.span.end,
                    "text": view.passage(s.at),
                }
            ) | {"src": [{"id": e.report, "begin": e.span.start, "end": e.span.end} for e in s.sources]}


def clusters(view: View) -> list[list[Stretch]]:
    """Passages that are the same text: joined by a pair, or by lying over one another for the most part."""
    pairs = [
        (Evidence(r.a, p.ours), Evidence(r.b, p.theirs), r.older)
        for r in view.account.reuse
        for p in r.passages
    ]
    over = _over({e for a, b, _ in pairs for e in (a, b)})
    group = {e: e for e in over.values()}

    def first(e: Evidence) -> Evidence:
        while group[e] != e:
            group[e] = group[group[e]]
            e = group[e]
        return e

    older: dict[Evidence, set[Evidence]] = defaultdict(set)
    for a, b, old in pairs:
        x, y = over[a], over[b]
        low, high = sorted((first(x), first(y)))
        group[high] = low
        if old == a.report:
            older[y].add(a)
        elif old == b.report:
            older[x].add(b)
    held: dict[Evidence, list[Stretch]] = defaultdict(list)
    for e in sorted(group):
        held[first(e)].append(Stretch(e, tuple(sorted(older[e]))))
    return [held[e] for e in sorted(held)]


def _over(found: Iterable[Evidence]) -> dict[Evidence, Evidence]:
    """Each passage with the stretch that it is part of: those of a report that share over half of the longer are one."""
    groups: list[list[Evidence]] = []
    near: list[list[Evidence]] = []  # those that a passage which starts here may still lie over
    for e in sorted(found):
        near = [g for g in near if g[0].report == e.report and _ends(g) > e.span.start][-MOST_NEAR:]
        group = next((g for g in near if _alike(g, e)), None)
        if group is None:
            groups.append(group := [])
            near.append(group)
        group.append(e)
    return {e: Evidence(e.report, Span(g[0].span.start, _ends(g))) for g in groups for e in g}


def _alike(group: list[Evidence], e: Evidence) -> bool:
    start, end = group[0].span.start, _ends(group)
    shared = min(end, e.span.end) - e.span.start
    return shared * 2 > max(end - start, e.span.end - e.span.start)


def _ends(group: list[Evidence]) -> int:
    return max(e.span.end for e in group)
