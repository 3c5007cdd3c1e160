"""Whether somebody died, where statements of one claim have the same person dead and alive."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from twosource.corroborate.disagreements.build import disagreement
from twosource.corroborate.facts.reading import Reading
from twosource.corroborate.origins.contraries import is_dead
from twosource.model import Claim, Disagreement, Evidence, Nature, Side, Span, Statement

_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_SEVERAL = re.compile(
    r"\b(?:one of|one was|one is|another|the others?|others|both|all of|neither|each|either)\b", re.IGNORECASE
)
_DOUBTED = re.compile(
    r"\b(?:hoax|rumou?rs?|rumou?red|alleged|claims?|fake|false(?:ly)?|viral|reportedly)\b", re.IGNORECASE
)
_SAME = 3  # content words that two tellings of one person's fate have in common


@dataclass(frozen=True, slots=True)
class _Fate:
    """What one statement says of whether somebody lives."""

    reading: Reading
    span: Span
    text: str
    content: frozenset[str]
    dead: bool


def differing_deaths(
    claims: Sequence[Claim], readings: Sequence[Reading], heads: Mapping[str, str]
) -> list[Disagreement]:
    """One disagreement for each claim in which a report has somebody dead whom another has alive.

    Who was alive in the earlier reports and is dead in the later ones has died since, which is an update.
    """
    by_id = {r.id: r for r in readings if heads[r.id] == r.id}
    statements = {s.id: s for r in by_id.values() for s in r.annotation.statements}
    found = []
    for claim in claims:
        fates = [f for i in claim.statements if i in statements and (f := _fate(statements[i], by_id))]
        dead, alive = [f for f in fates if f.dead], [f for f in fates if not f.dead]
        if not any(_of_one(a, b) for a in dead for b in alive):
            continue
        shortest = min(alive, key=lambda f: (len(f.text), f.reading.id, f.span))
        sides = [Side("dead" if f.dead else "alive", _evidence(f)) for f in (*dead, *alive)]
        why = f"dead in {', '.join(sorted({f.reading.id for f in dead}))}, alive in {', '.join(sorted({f.reading.id for f in alive}))}."
        about = f"whether: {shortest.text}"
        made = disagreement("occurrence", about, _nature(dead, alive), sides, why)
        found += [made] if made else []
    return found


def _fate(statement: Statement, by_id: Mapping[str, Reading]) -> _Fate | None:
    """What a statement says, where it speaks of one person only: of several, one may live and another not."""
    reading = by_id[statement.report]
    text = " ".join(w for c in statement.content for w in c.of(reading.text).split())
    dead = is_dead(text)
    if dead is None or statement.stance == "asks" or _SEVERAL.search(text) or _DOUBTED.search(text):
        return None
    counted = [q for q in reading.annotation.quantities if any(c.overlaps(q.span) for c in statement.content)]
    if any(q.role in ("killed", "injured") and (q.high is None or q.high > 1) for q in counted):
        return None
    span = statement.content[0]
    sentences = [s for s in reading.annotation.sentences if s.span.overlaps(span)]
    words = frozenset(w for s in sentences for w in reading.content(s, span))
    return _Fate(reading, span, text, words, dead)


def _of_one(a: _Fate, b: _Fate) -> bool:
    return a.reading.id != b.reading.id and len(a.content & b.content) >= _SAME


def _evidence(fate: _Fate) -> Evidence:
    return fate.reading.evidence(fate.span)


def _nature(dead: Sequence[_Fate], alive: Sequence[_Fate]) -> Nature:
    """An update, unless a report has somebody alive on a later day than another has them dead."""
    days = [[(f.reading.article.published or "")[:10] for f in fates] for fates in (dead, alive)]
    known = [[d for d in row if _DAY.fullmatch(d)] for row in days]
    if all(known) and max(known[1]) > min(known[0]):
        return "contradiction"
    return "update"
