"""What stands beside a report: the claims that rest on it with their passages in it, and the reports it shares text with."""

from __future__ import annotations

from dataclasses import dataclass

from twosource.brief.evidence import Desk
from twosource.brief.view import answer_words
from twosource.brief.wording import RELATION, one_line
from twosource.web.shelf import Shown


@dataclass(frozen=True, slots=True)
class PassageHere:
    """A passage of this report that a claim rests on."""

    anchor: str
    words: str
    note: str


@dataclass(frozen=True, slots=True)
class ClaimHere:
    """A claim with its passages in this report, and what answers it: an accusation never stands alone."""

    anchor: str
    text: str
    label: str
    answers: tuple[str, ...]
    passages: tuple[PassageHere, ...]


@dataclass(frozen=True, slots=True)
class Kin:
    """A report that shares text or an origin with this one."""

    number: int
    relation: str
    why: str


def claims_on(shown: Shown, report: str) -> tuple[ClaimHere, ...]:
    """The claims with a passage in the report, in the account's order."""
    number = next(r.number for r in shown.view.reports if r.id == report)
    found = []
    for c in (*shown.view.claims, *shown.view.background):
        passages = [
            PassageHere(x.anchor, x.words, note)
            for cites, note in [*((s.cites, s.note) for s in (*c.statements, *c.denials)), (c.each, c.by)]
            for x in cites
            if x.report == number
        ]
        if passages:
            found.append(
                ClaimHere(
                    c.anchor,
                    c.text,
                    c.figure.label,
                    answer_words(c.denials, c.responses, c.unanswered),
                    tuple(passages),
                )
            )
    return tuple(found)


def kin_of(shown: Shown, report: str) -> tuple[Kin, ...]:
    """The reports that share something with this one, the closest first."""
    numbers = {r.id: r.number for r in shown.view.reports}
    rank, desk = list(RELATION), Desk(shown.account)
    found = []
    for r in shown.account.reuse:
        if report in (r.a, r.b) and r.relation != "independent":
            other = r.b if r.a == report else r.a
            if other in numbers:
                why = one_line(desk.readable(r.why))
                found.append(
                    (rank.index(r.relation), numbers[other], Kin(numbers[other], RELATION[r.relation], why))
                )
    return tuple(k for _, _, k in sorted(found, key=lambda x: x[:2]))
