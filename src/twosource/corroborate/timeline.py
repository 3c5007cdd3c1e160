"""What happened when, from the times that reports attach to events; one entry where reports tell the same."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from twosource.corroborate.facts.reading import Reading, open_all
from twosource.model import Annotation, Article, Claim, Evidence, Moment, Sentence, When

_DATED = re.compile(r"(\d{4}|XXXX)(?:-(\d\d|XX))?(?:-(\d\d|XX))?")
_SAME = 0.45  # share of the shorter sentence's content words that two tellings of one moment have in common


@dataclass(frozen=True)
class _Told:
    when: str
    text: str
    evidence: Evidence
    content: frozenset[str]
    claims: frozenset[str]


def timeline(
    articles: Sequence[Article], annotations: Sequence[Annotation], claims: Sequence[Claim]
) -> list[Moment]:
    """The dated events in order, unknown years last; each told in a report's own sentence, so attribution is kept.

    A time is used where its day, month or year is known and its sentence has a verb; durations and habits are left out.
    Tellings are one moment when their times agree and they share a claim or most of their content words.
    """
    claim_of = {s: c.id for c in claims for s in c.statements}
    told = [t for r in open_all(articles, annotations) for t in _told(r, claim_of)]
    groups: list[list[_Told]] = []
    for t in sorted(told, key=lambda t: (_order(t.when), t.evidence)):
        for group in groups:
            if any(_compatible(t.when, g.when) and _alike(t, g) for g in group):
                group.append(t)
                break
        else:
            groups.append([t])
    return sorted((_moment(g) for g in groups), key=lambda m: (_order(m.when), m.text, m.evidence))


def _told(reading: Reading, claim_of: Mapping[str, str]) -> list[_Told]:
    found: dict[int, _Told] = {}
    claimed = [
        (c, claim_of[s.id]) for s in reading.annotation.statements if s.id in claim_of for c in s.content
    ]
    for when in reading.annotation.times:
        sentence = reading.sentence(when.span.start)
        if sentence is None or not usable(when) or not _tells_event(sentence):
            continue
        content = reading.content(sentence)
        if not content:
            continue
        span = reading.passage(when.span)
        held = frozenset(claim for c, claim in claimed if c.overlaps(when.span))
        new = _Told(str(when.edtf), span.of(reading.text), Evidence(reading.id, span), content, held)
        old = found.get(sentence.span.start)
        if old is None or (len(new.when) > len(old.when) and _compatible(new.when, old.when)):
            found[sentence.span.start] = new
    return list(found.values())


def usable(when: When) -> bool:
    """Whether a time says when something was: a date or a time of a date, known at least to its year or month."""
    return (
        when.type in ("DATE", "TIME")
        and bool(when.edtf)
        and bool(_DATED.match(str(when.edtf)))
        and str(when.edtf)[-1] != "X"
    )


def _tells_event(sentence: Sentence) -> bool:
    return any(t.pos == "VERB" for t in sentence.tokens) or not sentence.tokens


def _order(when: str) -> tuple[str, str]:
    """Full years first, in order; then times whose year is not known, by month and day."""
    m = _DATED.match(when)
    year = m.group(1) if m else "XXXX"
    return ("9999" if "X" in year else year, when[4:].replace("X", "0"))


def _compatible(a: str, b: str) -> bool:
    """Whether one time is the other, or a part of it."""
    a, b = sorted((a, b), key=len)
    return b.startswith(a)


def _alike(a: _Told, b: _Told) -> bool:
    shared = len(a.content & b.content)
    return (shared > 1 and bool(a.claims & b.claims)) or shared >= max(
        2, _SAME * min(len(a.content), len(b.content))
    )


def _moment(group: Sequence[_Told]) -> Moment:
    """One entry: the finest time, the telling that shares most with the others, and every place where it is told."""
    when = max((t.when for t in group), key=lambda w: (len(w), w))
    finest = [t for t in group if t.when == when]
    best = min(
        finest, key=lambda t: (-sum(len(t.content & g.content) for g in group), len(t.text), t.evidence)
    )
    return Moment(when, " ".join(best.text.split()), tuple(sorted({t.evidence for t in group})))
