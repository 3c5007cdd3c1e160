"""What can be tinted in a report beside its cited passages: who says what, and the names, places, times and numbers."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from twosource.brief.citing import Layer
from twosource.brief.wording import CERTAINTY
from twosource.model import Account, Article, Statement

MOST = 2_000  # layers of one report

_STANCE = {"asserts": "says", "denies": "denies", "hedges": "says with a hedge", "asks": "asks"}


def layers_of(account: Account) -> Callable[[Article], Sequence[Layer]]:
    """For each report of the account, its statements and what its annotation found."""
    stated: dict[str, list[Statement]] = {}
    for s in account.statements:
        stated.setdefault(s.report, []).append(s)
    notes = {n.report: n for n in account.annotations}

    def layers(article: Article) -> list[Layer]:
        found = [x for s in stated.get(article.id, ()) for x in _of_statement(s)]
        note = notes.get(article.id)
        if note is not None:
            found += [Layer(m.span, "named", f"{m.kind}: {m.name}") for m in note.mentions]
            found += [Layer(p.span, "place", f"place: {p.full_name or p.name}") for p in note.places]
            found += [Layer(w.span, "time", f"time: {w.edtf or w.value}") for w in note.times]
            found += [Layer(q.span, "number", f"number: {_range(q.low, q.high)}") for q in note.quantities]
        return found[:MOST]

    return layers


def _of_statement(s: Statement) -> list[Layer]:
    who = "the report itself" if s.kind == "reporter" else s.who or "somebody not named"
    sure = "" if s.certainty == "asserted" else f", {CERTAINTY[s.certainty]}"
    said = f"{who} {_STANCE[s.stance]}{sure}"
    style = "own" if s.kind == "reporter" else "denied" if s.stance == "denies" else "stated"
    return [
        *(Layer(x, style, said) for x in s.content),
        *(Layer(x, "cue", "the words that make it a statement") for x in s.cue),
        *(Layer(x, "source", f"the source: {who}") for x in s.source),
    ]


def _range(low: float | None, high: float | None) -> str:
    if high is None:
        return f"at least {low:g}" if low is not None else "not known"
    return f"{low:g}" if low == high and low is not None else f"{low} to {high}"
