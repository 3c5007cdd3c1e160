"""Grades and verdicts, which are people's alone: the letter of a source, the number of a claim, what a claim was found to be."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from twosource.claims import statements_of
from twosource.model import Backing, Claim, Grade, Origin, Ruling, Statement, Thing, Verdict
from twosource.resolve import Cast

GRADE = re.compile(r"(?=[A-F1-6])([A-F]?)([1-6]?)")


def claims_of(claims: Sequence[Claim], thing: Thing, statements: Mapping[str, Statement]) -> list[Claim]:
    """The claim that has most of the statements that a person saw; none where none of them is left."""
    seen = statements_of(thing, statements)
    best = max(claims, key=lambda c: (len(seen & set(c.statements)), c.id), default=None)
    return [best] if best is not None and seen & set(best.statements) else []


def graded(
    claims: Sequence[Claim],
    backings: Sequence[Backing],
    rulings: Sequence[Ruling],
    cast: Cast,
    statements: Mapping[str, Statement],
) -> list[Backing]:
    """The backings with the grades that people set: a claim's own before its sources', of several sources the best letter."""
    about = [r for r in rulings if r.kind == "grade" and r.things and GRADE.fullmatch(r.value or "")]
    if not about:
        return list(backings)
    made = []
    mine: dict[str, Ruling] = {}
    for r in about:
        if r.about == "claim":
            mine.update((c.id, r) for c in claims_of(claims, r.things[0], statements))
    for b in backings:
        grade = _of_sources(b, [r for r in about if r.about in ("actor", "report")], cast)
        if b.claim in mine:
            grade = _set(grade, mine[b.claim], "graded it")
        made.append(replace(b, grade=grade))
    return made


def _of_sources(backing: Backing, rulings: Sequence[Ruling], cast: Cast) -> Grade:
    """The last word on each source; of several sources the best letter counts, since what one says the others don't weaken."""
    last: dict[str, tuple[str, Ruling, str]] = {}
    for ruling in rulings:
        letter = (ruling.value or "")[:1]
        for o in backing.origins if letter.isalpha() else ():
            source = _source(ruling, o, cast)
            if source is not None:
                last[source] = (letter, ruling, o.who or "its outlet")
    best = min(last.values(), key=lambda x: (x[0], x[1].id), default=None)
    return _set(backing.grade, best[1], f"graded {best[2]} as a source") if best else backing.grade


def _source(ruling: Ruling, origin: Origin, cast: Cast) -> str | None:
    """What the decision and the origin have in common: an actor's id, a report for its outlet; None where nothing."""
    thing = ruling.things[0]
    if ruling.about == "report":  # its outlet, for what nobody else is named for
        mine = sorted(set(thing.ids) & set(origin.reports))
        return mine[0] if mine and origin.kind in ("reporter", "media") else None
    named = cast.named(re.sub(r" \([^()]*\)\Z", "", origin.who)) if origin.who else None
    meant = Counter(a.id for e in thing.rests_on if (a := cast.at(e.report, e.span)) is not None)
    if named is None or not meant:
        return None
    return named.id if max(sorted(meant), key=lambda i: meant[i]) == named.id else None


def _set(grade: Grade, ruling: Ruling, what: str) -> Grade:
    match = GRADE.fullmatch(ruling.value or "")
    letter, number = match.groups() if match else ("", "")
    number = number if ruling.about == "claim" else ""
    suggested = f"; the texts suggest {grade.information}: {grade.why}" if number and int(number) != grade.information else f"; {grade.why}"  # fmt: skip
    return Grade(
        letter or grade.source,
        int(number) if number else grade.information,
        ruling.told(what).rstrip(".") + suggested,
    )


def with_verdicts(
    claims: Sequence[Claim], rulings: Sequence[Ruling], statements: Mapping[str, Statement]
) -> list[Claim]:
    """The claims with what people found them to be, in those people's words."""
    found: dict[str, list[Verdict]] = {}
    for r in rulings:
        if r.kind == "verdict" and r.about == "claim" and r.things and r.value:
            for c in claims_of(claims, r.things[0], statements):
                found.setdefault(c.id, []).append(Verdict(r.value, r.who, r.id, r.why))
    return [replace(c, verdicts=tuple(found[c.id])) if c.id in found else c for c in claims]
