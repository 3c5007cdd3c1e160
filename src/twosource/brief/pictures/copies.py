"""Who copied whom, as a tree: each report under the one it is closest to, the older above."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

from twosource.brief.evidence import Desk
from twosource.brief.pictures.lettering import cut
from twosource.brief.wording import count, date_in_words, one_line
from twosource.model import Reuse

CHILDREN = 12  # of one parent, before the rest is counted only
ROWS = 60
_ROW, _INDENT, _TOP, _WIDTH = 46, 26, 8, 420
_CLOSE = ("same_text", "revised", "shared_text", "shared_source")


@dataclass(frozen=True, slots=True)
class Node:
    """A report in the tree, where it is drawn, and how it hangs on the one above."""

    number: int
    name: str
    how: str
    loose: bool  # same origin only, no shared text
    x: int
    y: int
    from_y: int  # the parent's row; 0 for a root
    from_x: int
    sure: bool  # which is older is known


@dataclass(frozen=True, slots=True)
class TreeView:
    """The tree with its size; `alone` are the reports that share nothing with any other."""

    nodes: tuple[Node, ...]
    width: int
    height: int
    alone: tuple[int, ...]
    left_off: int


def tree(desk: Desk) -> TreeView:
    """The families of reports that share text or an origin."""
    best = parents(desk)
    children: dict[str, list[str]] = {}
    for child, r in best.items():
        children.setdefault(_other(r, child), []).append(child)
    for below in children.values():
        below.sort(key=lambda c: (_CLOSE.index(best[c].relation), desk.numbers[c]))
    nodes: list[Node] = []
    left_off = 0
    in_family = set(best) | set(children)
    for root in (a.id for a in desk.reading_order if a.id in children and a.id not in best):
        stack: list[tuple[str, int, Node | None]] = [(root, 0, None)]
        while stack:
            report, depth, parent = stack.pop()
            if len(nodes) >= ROWS:
                left_off += 1
                continue
            node = _node(desk, report, depth, parent, best.get(report), len(nodes))
            nodes.append(node)
            below = children.get(report, [])
            left_off += max(0, len(below) - CHILDREN)
            stack += [(c, depth + 1, node) for c in reversed(below[:CHILDREN])]
    alone = tuple(desk.numbers[a.id] for a in desk.reading_order if a.id not in in_family)
    return TreeView(tuple(nodes), _WIDTH, _TOP * 2 + _ROW * len(nodes), alone, left_off)


def parents(desk: Desk) -> dict[str, Reuse]:
    """For each report the pair that ties it to an earlier one of the order: the closest relation, then the most shared."""
    pairs: dict[str, list[Reuse]] = {}
    for r in desk.account.reuse:
        if r.relation in _CLOSE and r.a in desk.numbers and r.b in desk.numbers:
            pairs.setdefault(r.a, []).append(r)
            pairs.setdefault(r.b, []).append(r)
    placed: set[str] = set()
    best: dict[str, Reuse] = {}
    for report in _oldest_first(desk, pairs):
        ties = [r for r in pairs.get(report, []) if _other(r, report) in placed]
        if ties:
            best[report] = min(
                ties,
                key=lambda r: (
                    _CLOSE.index(r.relation),
                    r.older == report,
                    -round(r.containment, 4),
                    desk.numbers[_other(r, report)],
                ),
            )
        placed.add(report)
    return best


def copied_from(desk: Desk) -> dict[str, tuple[str, str]]:
    """For each report that shares running text with an earlier one of the order: which one, and the relation."""
    found = desk.kept.get("copied_from")
    if found is None:
        found = desk.kept["copied_from"] = {
            child: (_other(r, child), r.relation)
            for child, r in parents(desk).items()
            if r.relation != "shared_source"
        }
    return cast(dict[str, tuple[str, str]], found)


def _oldest_first(desk: Desk, pairs: dict[str, list[Reuse]]) -> list[str]:
    """Reports so that an older one comes before what was made from it; where that runs in a circle, by number."""
    older_than = {
        a.id: {r.older for r in pairs.get(a.id, []) if r.older not in (None, a.id)}
        for a in desk.reading_order
    }
    order: list[str] = []
    done: set[str | None] = set()
    waiting = [a.id for a in desk.reading_order]
    while waiting:
        free = [r for r in waiting if older_than[r] <= done] or waiting[:1]
        order += free
        done.update(free)
        gone = set(free)
        waiting = [r for r in waiting if r not in gone]
    return order


def _other(r: Reuse, report: str) -> str:
    return r.b if r.a == report else r.a


def _node(desk: Desk, report: str, depth: int, parent: Node | None, r: Reuse | None, row: int) -> Node:
    article = desk.articles[report]
    name = one_line(article.outlet) or one_line(article.report.title) or "outlet unknown"
    if article.published:
        name += f", {date_in_words(article.published)}"
    x = 14 + _INDENT * min(depth, 6)
    how = "first of its family as far as the texts show" if r is None else _how(desk, report, r)
    room = _WIDTH - x - 24
    return Node(
        number=desk.numbers[report],
        name=cut(name, room, 13.5, bold=True),
        how=cut(how, room, 12),
        loose=r is not None and r.relation == "shared_source",
        x=x,
        y=_TOP + _ROW * row + 18,
        from_y=parent.y if parent else 0,
        from_x=parent.x if parent else 0,
        sure=r is not None and r.older == _other(r, report),
    )


def _how(desk: Desk, report: str, r: Reuse) -> str:
    """The relation in words, with the lines of furniture that a copy adds."""
    number = desk.numbers[_other(r, report)]
    said = {
        "same_text": f"same text as {number}",
        "revised": f"another version of {number}",
        "shared_text": f"shares text with {number}",
    }.get(r.relation, f"own words, same origin as {number}")
    more = len(desk.articles[report].boilerplate) - len(desk.articles[_other(r, report)].boilerplate)
    if r.relation == "same_text" and more > 0:
        said += f" + {count(more, 'piece')} of furniture"
    if r.relation != "shared_source" and r.older is None:
        said += "; order not known"
    return said
