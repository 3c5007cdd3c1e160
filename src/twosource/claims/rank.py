"""Which claims matter most, and which are about something that happened before."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from twosource.claims.points import Point
from twosource.model import Article, Claim

_LEAD = 0.2  # the share of a report that is its lead
_LATE = 0.6  # from here on a report gives its background
_MONTH = re.compile(r"(\d{4}|XXXX)-(\d\d)")
_YEAR = re.compile(r"\d{4}$")
_PAST = re.compile(
    r"\b(?:last (?:month|year|spring|summer|fall|autumn|winter)|earlier this (?:month|year)|so far this year"
    r"|(?:weeks|months|years|decades) (?:ago|earlier|before)|in recent (?:months|years)|not the first time)\b",
    re.IGNORECASE,
)
_BEFORE = range(
    1, 10
)  # months before the event's, round the turn of a year; fewer than three after are after it


def outlets_of(articles: Sequence[Article]) -> dict[str, str]:
    """Each report's outlet; one that isn't known is its own."""
    return {a.id: a.outlet or a.id for a in articles}


def weight(members: Sequence[Point], outlet_of: Mapping[str, str]) -> float:
    """How much a claim matters: how many outlets and reports carry it, and how early and in how many titles they do."""
    first: dict[str, float] = {}
    for p in members:
        first[p.report] = min(first.get(p.report, 1.0), 0.0 if p.headline else p.at)
    outlets = {outlet_of[r] for r in first}
    early = sum(max(0.0, 1 - at / _LEAD) if at < _LEAD else 0.0 for _, at in sorted(first.items()))
    attributed = len({p.report for p in members if p.statement.mode != "narration"})
    return round(2 * len(outlets) + len(first) + 2.5 * early + 0.5 * attributed, 6)


def ranked(made: Sequence[tuple[Claim, Sequence[Point]]], articles: Sequence[Article]) -> list[Claim]:
    """The claims with their members, the most important first.

    Claims that tell a toll of the main event answer one question: a toll that rose from two to three, or on which
    outlets differ, is no less what happened because its reports are spread over several claims.
    """
    tolls = [p for claim, members in made if claim.event == "main" and _is_toll(members) for p in members]
    outlet_of = outlets_of(articles)
    together = weight(tolls, outlet_of)

    def key(pair: tuple[Claim, Sequence[Point]]) -> tuple[float, str]:
        claim, members = pair
        own = weight(members, outlet_of)
        if claim.event == "main" and _is_toll(members):
            own = (own + together) / 2
        return -own, claim.id

    return [claim for claim, _ in sorted(made, key=key)]


def _is_toll(members: Sequence[Point]) -> bool:
    """Whether at least half of the statements count the dead."""
    return 2 * sum(any(q.role == "killed" for q in p.quantities) for p in members) >= len(members)


def is_background(members: Sequence[Point], when: frozenset[str] = frozenset()) -> bool:
    """Whether a claim is about something before or round the event: no report has it early, and none in its title.

    Wherever they stand, statements that mostly speak of "last month" or "years ago" are too, as are those that mostly name
    months before the event's, or years where it has none. How things now stand is of the event.
    """
    past = sum(_PAST.search(p.text) is not None for p in members)
    if not any(p.headline for p in members) and 2 * past > len(members):
        return True
    if any(p.headline or p.at < _LEAD for p in members):
        return False
    if all(p.at > _LATE and p.statement.mode == "narration" and not p.current for p in members):
        return True
    dated = [p.times for p in members if any(_MONTH.match(t) or _YEAR.match(t) for t in p.times)]
    earlier = sum(is_earlier(times, when) for times in dated)
    return bool(when) and 2 * earlier > len(dated) and 2 * earlier >= len(members)


def event_times(points: Sequence[Point]) -> frozenset[str]:
    """The days and months that the reports' leads and titles name."""
    lead = [p for p in points if p.headline or p.at < _LEAD]
    return frozenset(t for p in lead for t in p.times if _MONTH.match(t) and not t.startswith("PAST"))


def is_earlier(times: frozenset[str], when: frozenset[str]) -> bool:
    """Whether all dates name months before every one of the event's, or only a year that it has not."""
    months, events = ([m for t in sorted(row) if (m := _month(t)) is not None] for row in (times, when))
    if months:
        return bool(events) and all(_months_before(m, e) for m in months for e in events)
    years = [t for t in times if _YEAR.match(t)]
    return bool(years) and all(not any(e.startswith(t) for e in when) for t in years)


def _month(value: str) -> tuple[int | None, int] | None:
    """The year (None where it isn't known) and month of a time."""
    m = _MONTH.match(value)
    if m is None or not 1 <= int(m.group(2)) <= 12:
        return None
    return (int(m.group(1)) if m.group(1).isdigit() else None), int(m.group(2))


def _months_before(a: tuple[int | None, int], b: tuple[int | None, int]) -> bool:
    if a[0] is not None and b[0] is not None:
        return (a[0], a[1]) < (b[0], b[1])
    return (b[1] - a[1]) % 12 in _BEFORE
