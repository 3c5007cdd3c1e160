"""Figures that later news has replaced: which statements still give them, and which give the latest."""

from __future__ import annotations

from dataclasses import dataclass

from twosource.brief.evidence import Desk
from twosource.brief.wording import one_line
from twosource.model import Disagreement, Evidence, Side, Statement
from twosource.text import normal


@dataclass(frozen=True)
class Figures:
    """The sentences that give a figure, as they are compared, and the counts that they give: (role, number)."""

    sentences: frozenset[str]
    counts: frozenset[tuple[str, float]]

    def in_statement(self, desk: Desk, statement: Statement) -> bool:
        """Whether the statement gives one of the figures, in these words or in others."""
        article, annotation = desk.articles.get(statement.report), desk.annotations.get(statement.report)
        if article is None or annotation is None or not statement.content or not self.sentences:
            return False
        span = desk.sentence(statement.report, min(statement.content))
        return normal(one_line(span.of(article.text))) in self.sentences or any(
            (q.role or "", q.low) in self.counts
            for q in annotation.quantities
            if any(c.overlaps(q.span) for c in statement.content)
        )


@dataclass(frozen=True)
class _Both:
    old: Figures
    latest: Figures


def figures(desk: Desk) -> tuple[Figures, Figures]:
    """The figures that are overtaken, and the latest; worked out once."""
    kept = desk.kept.get("figures")
    if isinstance(kept, _Both):
        return kept.old, kept.latest
    made: tuple[set[str], set[str]] = (set(), set())
    counts: tuple[set[tuple[str, float]], set[tuple[str, float]]] = (set(), set())
    for d in desk.account.disagreements:
        if d.kind != "quantity" or d.nature != "update":
            continue
        newest = one_line(in_order(desk, d)[-1].value).casefold()
        for side in d.sides:
            which = one_line(side.value).casefold() == newest
            e = side.evidence
            made[which].add(normal(one_line(desk.text(Evidence(e.report, desk.sentence(e.report, e.span))))))
            counts[which].update(_counts(desk, side))
    old, latest = (Figures(frozenset(s), frozenset(c)) for s, c in zip(made, counts, strict=True))
    old = Figures(old.sentences - latest.sentences, old.counts - latest.counts)
    desk.kept["figures"] = _Both(old, latest)
    return old, latest


def _counts(desk: Desk, side: Side) -> set[tuple[str, float]]:
    """The counts with a role that the side's passage gives and that are its value."""
    annotation = desk.annotations.get(side.evidence.report)
    return {
        (q.role, q.low)
        for q in (annotation.quantities if annotation else ())
        if q.role and q.span.overlaps(side.evidence.span) and side.value.strip() == f"{q.low:g}"
    }


def gives_toll(desk: Desk, statement: Statement) -> bool:
    """Whether the statement gives the number of the dead that the account holds to."""
    killed, annotation = desk.account.facts.killed, desk.annotations.get(statement.report)
    if killed is None or annotation is None:
        return False
    return any(
        q.role == "killed" and q.low == killed.low and any(c.overlaps(q.span) for c in statement.content)
        for q in annotation.quantities
    )


def gives_another_toll(desk: Desk, statement: Statement) -> bool:
    """Whether the statement counts the dead otherwise than the account holds to."""
    killed, annotation = desk.account.facts.killed, desk.annotations.get(statement.report)
    if killed is None or annotation is None:
        return False
    counts = [
        q.low
        for q in annotation.quantities
        if q.role == "killed" and any(c.overlaps(q.span) for c in statement.content)
    ]
    return bool(counts) and killed.low not in counts


def in_order(desk: Desk, d: Disagreement) -> list[Side]:
    """One side for each value; of an update the earliest reported first, as it came in."""
    sides: dict[str, Side] = {}
    for side in d.sides:
        sides.setdefault(one_line(side.value).casefold(), side)
    found = list(sides.values())
    if d.nature == "update":
        found.sort(key=lambda s: desk.numbers.get(s.evidence.report, 0))
    return found
