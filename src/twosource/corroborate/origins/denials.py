"""Who denies a claim: the claim itself, what it presupposes, or only something near it."""

from __future__ import annotations

from collections.abc import Sequence

from twosource.claims import Point
from twosource.model import Denial, Statement


def opponents(points: Sequence[Point]) -> tuple[list[Point], list[Point]]:
    """The statements of a claim that support it and those that go against it.

    A claim of denials alone is the denial: then they support it.
    """
    doubting = [p for p in points if p.statement.stance != "asks"] or list(points)
    against = [p for p in doubting if p.statement.stance == "denies"]
    support = [p for p in doubting if p.statement.stance != "denies"]
    if not support:
        return against, []
    return support, against


def denials_in(against: Sequence[Point], within: dict[str, Statement]) -> list[Denial]:
    """Denials of the claim itself: those that were brought together with it."""
    return [Denial(p.statement.id, "claim", _relay(p.statement, within)) for p in against]


def _relay(statement: Statement, within: dict[str, Statement]) -> str | None:
    outer = within.get(statement.within or "")
    if outer is not None and outer.who and outer.who != statement.who:
        return outer.who
    return statement.via
