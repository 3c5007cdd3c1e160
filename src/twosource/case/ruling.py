"""Decisions as an account applies them: what each id stood for, as stretches of reports."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from twosource.model import Evidence, Ruling, Span, Thing
from twosource.store.decisions import SHAPING, Anchor, Decision

APPLIED = ("actor", "claim", "copy", "origin", "disagreement", "report")
_OF_ACTORS = ("merge", "split", "grade")


def shaping(log: Iterable[Decision], reports: Collection[str]) -> list[Decision]:
    """The decisions that the account of these reports follows, in the order in which they were taken."""
    return [d for d in log if d.kind in SHAPING and d.touches(reports)]


def rulings(
    log: Iterable[Decision], reports: Collection[str], elsewhere: Collection[str] = ()
) -> tuple[Ruling, ...]:
    """The decisions for the account of these reports; what stands `elsewhere`, in another incident, is not missed in it."""
    return tuple(
        Ruling(d.id, d.kind, d.about, _things(d, elsewhere), d.who, d.why, d.value)
        for d in shaping(log, reports)
        if d.about in APPLIED
        and (d.about != "report" or d.kind == "grade")
        and (d.about != "actor" or d.kind in _OF_ACTORS)
    )


def _things(d: Decision, elsewhere: Collection[str]) -> tuple[Thing, ...]:
    return tuple(_thing([a for a in held if a.report not in elsewhere]) for held in d.things)


def _thing(held: Sequence[Anchor]) -> Thing:
    words = tuple(a.words for a in held if a.words is not None)
    stretches = [a for a in held if a.words is None]
    ids = tuple(a.statement or a.report or "" for a in stretches if a.statement or a.start is None)
    places = tuple(
        Evidence(a.report, Span(a.start, a.end or a.start))
        for a in stretches
        if a.report is not None and a.start is not None
    )
    return Thing(places, ids, words)
