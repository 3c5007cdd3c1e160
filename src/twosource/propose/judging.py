"""A proposal held against what our own code read: it is refused with the first reason that speaks against it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from twosource.claims import Point
from twosource.claims.numbers import clash, fates_apart
from twosource.corroborate.origins.contraries import bears_out
from twosource.corroborate.stance import stand
from twosource.model import Account, Article, Backing, Claim, Disagreement, Evidence, Report, Span
from twosource.propose.asking import Passage

ALIKE = 0.12  # the likeness that any two claims must have before a model is asked of them, or believed: half of what our own grouping needs
_SHARED = 2  # content words, at the least, that two claims have in common
_FEWEST = 3  # words of a quotation
_TIMES = re.compile(r"\A\d{4}-\d\d-\d\d")  # values that name a day


@dataclass(frozen=True, slots=True)
class Side:
    """A claim with what its statements say."""

    claim: Claim
    points: tuple[Point, ...]

    @property
    def telling(self) -> tuple[Point, ...]:
        """Those that say what the claim says; where all deny, those."""
        return tuple(p for p in self.points if p.statement.stance != "denies") or self.points


def against_one(a: Side, b: Side, alike: float, disagreements: Sequence[Disagreement]) -> str:
    """Why two claims cannot be one; empty where nothing that was read speaks against it."""
    if alike < ALIKE or not _akin(a, b):
        return "they have too little in common"
    if not a.telling or not b.telling:
        return "one of them says nothing that can be compared"
    contrary = _contrary(a, b)
    if contrary:
        return contrary
    for what, apart in (
        ("people", _apart(a, b, lambda p: p.people)),
        ("days", _apart(a, b, lambda p: frozenset(t[:10] for t in p.times if _TIMES.match(t)))),
        ("places", _apart(a, b, lambda p: p.places)),
    ):
        if apart:
            return f"they name different {what}"
    if any(d.nature == "contradiction" and _between(d, a) and _between(d, b) for d in disagreements):
        return "the reports contradict each other here"
    return ""


def _akin(a: Side, b: Side) -> bool:
    """Whether two of their statements share most of the shorter one's words, or tell of as many people."""
    return any(
        _one_number(p, q)
        or (
            len(p.lemmas & q.lemmas) >= _SHARED
            and 2 * len(p.lemmas & q.lemmas) > min(len(p.lemmas), len(q.lemmas))
        )
        for p in a.telling
        for q in b.telling
    )


def _one_number(p: Point, q: Point) -> bool:
    mine, theirs = (
        {(x.low, x.high) for x in side.quantities if x.unit in (None, "person") and x.role != "age"}
        for side in (p, q)
    )
    return bool(mine & theirs)


def _contrary(a: Side, b: Side) -> str:
    for p in a.telling:
        for q in b.telling:
            if clash(p.quantities, q.quantities) or fates_apart(p.quantities, q.quantities):
                return "their numbers cannot both be right"
            if p.negative != q.negative or not bears_out(p, q):
                return "one says no to what the other says"
            if "possible" in (p.statement.certainty, q.statement.certainty) and p.statement.certainty != q.statement.certainty:  # fmt: skip
                return "one is sure of it, the other is not"
    return ""


def _apart(a: Side, b: Side, what: Callable[[Point], frozenset[str]]) -> bool:
    mine, theirs = (frozenset().union(*(what(p) for p in side.telling)) for side in (a, b))
    return bool(mine and theirs) and mine.isdisjoint(theirs)


def _between(d: Disagreement, side: Side) -> bool:
    return any(
        x.evidence.report == p.report and any(c.overlaps(x.evidence.span) for c in p.statement.content)
        for x in d.sides
        for p in side.points
    )


# ------------------------------------------------------------------ stances


def quoted(quote: str, passages: Sequence[Passage]) -> Evidence | None:
    """Where the quoted words stand in the passages, verbatim but for white space; None where they don't, or are too few."""
    words = quote.split()[:200]
    if len(words) < _FEWEST:
        return None
    pattern = re.compile(r"(?<!\w)" + r"\s+".join(map(re.escape, words)) + r"(?!\w)")
    for p in passages:
        found = pattern.search(p.text)
        if found:
            start = p.evidence.span.start
            return Evidence(p.evidence.report, Span(start + found.start(), start + found.end()))
    return None


def against_stance(relation: str, quote: str, a: Side, b: Side) -> str:
    """Why the quoted words of the second claim cannot stand so to the first; empty where they can."""
    if stand(a.claim.said, Article(Report("quoted", quote))).verdict is None:
        return "the words quoted are of something else"
    contrary = _contrary(a, b)
    if relation == "supports" and contrary:
        return f"it would be support, but {contrary}"
    if relation == "disputes" and not contrary:
        return "nothing in the words disputes it"
    if relation == "disputes" and contrary.startswith("one is sure"):
        return "to be less sure is not to dispute"
    return ""


# ------------------------------------------------------------------ what groupings do


def origins_risen(before: Account, after: Account, joined: frozenset[str]) -> str:
    """Why the claim that now holds those statements may not stand; empty where no origin was won and no denial lost."""
    held = [(c, b) for c, b in zip(before.claims, before.backings, strict=True) if joined & set(c.statements)]
    now = [(c, b) for c, b in zip(after.claims, after.backings, strict=True) if joined & set(c.statements)]
    most = max((b.independent_origins for _, b in held), default=0)
    if any(b.independent_origins > most for _, b in now):
        return (
            f"by it the claim would have more independent origins than the {most} that our own reading finds"
        )
    if not _denied(b for _, b in held) <= _denied(b for _, b in now):
        return "by it a denial would be lost"
    return ""


def _denied(backings: Iterable[Backing]) -> set[str]:
    return {d.statement for b in backings for d in b.denials if d.target == "claim"}
