"""Who denies a claim: the claim itself, what it presupposes, or only something near it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from twosource.claims import Point
from twosource.corroborate.origins.callings import debunks
from twosource.corroborate.origins.voices import Desk, Voice, voice
from twosource.model import Denial, Statement

DENIES, PREMISE = 0.25, 0.18  # closeness of a denial's content to what a claim says
_NEAR = 4  # statements back that "the claim is false" may answer
Close = Callable[[str, str], float]


@dataclass(frozen=True, slots=True)
class Denier:
    """A statement that denies, and the claims that it answers by its place where its words name nothing."""

    point: Point
    voice: Voice
    answers: frozenset[str]  # statement ids; empty where the content itself says what is denied


def opponents(points: Sequence[Point], at: Desk, close: Close) -> tuple[list[Point], list[Point]]:
    """The statements of a claim that support it and those that go against it.

    Against it go those that deny, and those that say the opposite of most while nearly in the same words, where
    somebody else says them. A claim of denials alone is the denial: then they support it.
    """
    said = [p for p in points if p.statement.stance != "asks"] or list(points)
    against = [p for p in said if p.statement.stance == "denies"]
    support = [p for p in said if p.statement.stance != "denies"]
    if not support:
        return against, []
    opposed = _opposed(support, at, close)
    return [p for p in support if p not in opposed], against + opposed


def _opposed(support: Sequence[Point], at: Desk, close: Close) -> list[Point]:
    negative = [p for p in support if p.turned]
    positive = [p for p in support if not p.turned]
    fewer, more = (negative, positive) if len(negative) <= len(positive) else (positive, negative)
    found = []
    for p in fewer:
        mine = voice(p, at)
        if any(
            close(p.statement.id, q.statement.id) >= DENIES and voice(q, at).body != mine.body for q in more
        ):
            found.append(p)
    return found


def deniers(points: Sequence[Point], at: Desk) -> list[Denier]:
    """All statements that deny, in order.

    "The claim is false" answers the nearest statement before it by somebody else; said by the report itself, as
    those do that take a story apart, it answers everything that the report relays from others.
    """
    by_report: dict[str, list[Point]] = {}
    for p in sorted(points, key=lambda p: (p.report, p.statement.content, p.statement.id)):
        by_report.setdefault(p.report, []).append(p)
    found = []
    for ranked in by_report.values():
        for n, p in enumerate(ranked):
            hollow = debunks(p.text)
            if hollow or p.statement.stance == "denies":
                said_by = voice(p, at)
                answers = _answered(n, said_by, ranked, at) if hollow else frozenset()
                found.append(Denier(p, said_by, answers))
    return found


def _answered(n: int, mine: Voice, ranked: Sequence[Point], at: Desk) -> frozenset[str]:
    if mine.role == "own":
        return frozenset(
            p.statement.id
            for p in ranked
            if not debunks(p.text) and (p.statement.stance == "hedges" or voice(p, at).role != "own")
        )
    before = [
        p for p in ranked[max(0, n - _NEAR) : n] if voice(p, at).body != mine.body and not debunks(p.text)
    ]
    return frozenset(p.statement.id for p in before[-1:])


def denials_of(
    members: Sequence[Point],
    support: Sequence[Point],
    against: Sequence[Point],
    all_deniers: Sequence[Denier],
    at: Desk,
    close: Close,
    statements: dict[str, Statement],
) -> list[Denial]:
    """The denials that concern a claim: those brought together with it, and those of its neighbourhood by target."""
    found = {
        p.statement.id: Denial(p.statement.id, "claim", _relay(p.statement, statements)) for p in against
    }
    inside = {p.statement.id for p in members}
    backers = {voice(p, at).body for p in support}
    reports = {p.report for p in members}
    for d in all_deniers:
        s = d.point.statement
        if s.id in inside or d.voice.body in backers:
            continue
        value = max((close(s.id, p.statement.id) for p in support), default=0.0)
        if d.answers & inside or (not d.answers and value >= DENIES):
            found[s.id] = Denial(s.id, "claim", _relay(s, statements))
        elif s.report in reports and not d.answers and value >= PREMISE:
            found[s.id] = Denial(s.id, "premise", _relay(s, statements))
        elif s.report in reports and not d.answers and any(d.point.names & p.names for p in support):
            found[s.id] = Denial(s.id, "related", _relay(s, statements))
    return [found[i] for i in sorted(found)]


def _relay(statement: Statement, statements: dict[str, Statement]) -> str | None:
    outer = statements.get(statement.within or "")
    if outer is not None and outer.who and outer.who != statement.who:
        return outer.who
    return statement.via
