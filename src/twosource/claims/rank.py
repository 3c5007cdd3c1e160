"""Which claims matter most, and which are about something that happened before."""

from __future__ import annotations

from collections.abc import Sequence

from twosource.claims.points import Point
from twosource.model import Article

_LEAD = 0.2  # the share of a report that is its lead


def weight(members: Sequence[Point], articles: Sequence[Article]) -> float:
    """How much a claim matters: how many outlets and reports carry it, and how early and in how many titles they do."""
    outlet_of = {a.id: a.outlet or a.id for a in articles}
    first: dict[str, float] = {}
    for p in members:
        first[p.report] = min(first.get(p.report, 1.0), 0.0 if p.headline else p.at)
    outlets = {outlet_of[r] for r in first}
    early = sum(max(0.0, 1 - at / _LEAD) if at < _LEAD else 0.0 for _, at in sorted(first.items()))
    attributed = len({p.report for p in members if p.statement.mode != "narration"})
    return round(2 * len(outlets) + len(first) + 1.5 * early + 0.5 * attributed, 6)


def is_background(members: Sequence[Point]) -> bool:
    """Whether a claim is about something before or round the event: no report has it early, and none in its title."""
    return all(not p.headline and p.at > 0.6 for p in members)
