"""Denials that stand in the reports and that a draft leaves out."""

from __future__ import annotations

from collections.abc import Sequence

from twosource.claims import is_hollow
from twosource.corroborate.draft.lines import Line, Match
from twosource.corroborate.draft.record import Fault
from twosource.model import Account, Evidence, Statement
from twosource.text import normal

SAME = (
    0.5  # share of a sentence's words that the claim's statement must have for the sentence to make the claim
)


def dropped_denials(
    own: Sequence[Line], behind: Sequence[Sequence[Match]], account: Account, lines: Sequence[Line]
) -> dict[int, Fault]:
    """By the number of the draft's sentence: a denial of what it says that the draft nowhere gives. Once a claim."""
    statement = {s.id: s for s in account.statements}
    claim_of = {s: c.id for c in account.claims for s in c.statements}
    denied = {
        b.claim: [
            statement[d.statement] for d in b.denials if d.target == "claim" and d.statement in statement
        ]
        for b in account.backings
    }
    given = _given(own, behind, statement)
    home = {s.id: x for x in lines for s in x.statements}
    found: dict[int, Fault] = {}
    told: set[str] = set()
    for n, line in enumerate(own):
        if any(s.stance == "denies" or s.negated for s in line.statements):
            continue
        for m in behind[n]:
            if m.share < SAME:
                continue
            for claim in sorted(
                {claim_of[s.id] for s in m.line.statements if s.id in claim_of and s.stance != "denies"}
            ):
                denials = [d for d in denied.get(claim) or [] if _answers(d, line, home)]
                if denials and claim not in told and not any(d.id in given for d in denials):
                    told.add(claim)
                    found.setdefault(n, _fault(line, denials))
    return found


def _answers(denial: Statement, line: Line, where: dict[str, Line]) -> bool:
    """Whether the denial is of what the sentence says, and not by whoever says it.

    Of one claim a denial may answer one sentence and not another: it must share a word with it that is no name, unless it
    has none of its own ("the story is false").
    """
    if denial.who and any(s.who == denial.who for s in line.statements):
        return False
    home = where.get(denial.id)
    if home is None:
        return True
    names = {normal(w) for m in home.mentions for w in m.span.of(home.text).split()}
    said = " ".join(c.of(home.text) for c in denial.content)
    return is_hollow(said) or bool((home.lemmas & line.lemmas) - names)


def _given(
    own: Sequence[Line], behind: Sequence[Sequence[Match]], statement: dict[str, Statement]
) -> set[str]:
    """The denials that some sentence of the draft gives: it stands on their sentence, or denies for the same body."""
    given: set[str] = set()
    deniers = {s.who for line in own for s in line.statements if s.stance == "denies" and s.who}
    for line, near in zip(own, behind, strict=True):
        denies = any(s.stance == "denies" or s.negated for s in line.statements)
        given |= {s.id for m in near if m.share >= SAME and (denies or m.verbatim) for s in m.line.statements}
    return given | {i for i, s in statement.items() if s.stance == "denies" and s.who in deniers}


def _fault(line: Line, denials: Sequence[Statement]) -> Fault:
    who = ", ".join(dict.fromkeys(d.who or "a report in its own voice" for d in denials))
    evidence = tuple(Evidence(d.report, c) for d in denials for c in d.content[:1])
    return Fault("denial", line.span, f"denied by {who} in the reports; the draft does not say so", evidence)
