"""One quoted predicate said of different subjects: "the crew “didn't know …”" against "the guards “didn't know …”"."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from twosource.corroborate.disagreements.build import disagreement
from twosource.corroborate.facts.reading import Reading
from twosource.model import Disagreement, Side, Span
from twosource.text import normal, quotations, words

_SHORTEST = 5  # words of a quoted predicate
_REACH = 14  # words before the quotation in which its subject stands
_CLAUSE = re.compile(r"\b(?:that|saying|said|says|believe[sd]?|believed|told \w+|added|whether)\b|[,;:]")
_DULL = frozenset(
    "the a an of at in on and or he she they his her their it its who which that said told believed believes time".split()
)


@dataclass(frozen=True)
class _Framed:
    """A quoted predicate and the words of the report that it is said of."""

    report: str
    span: Span
    quote: tuple[str, ...]
    subject: frozenset[str]
    written: str


def differing_frames(readings: Sequence[Reading], heads: Mapping[str, str]) -> list[Disagreement]:
    """One disagreement for each quoted predicate that reports put after subjects which share not one word."""
    by_id = {r.id: r for r in readings}
    same: dict[tuple[str, ...], list[_Framed]] = defaultdict(list)
    for r in readings:
        if heads[r.id] == r.id:
            for f in _framed(r):
                same[f.quote].append(f)
    found = []
    for quote in sorted(same):
        group = same[quote]
        if not any(a.report != b.report and not a.subject & b.subject for a in group for b in group):
            continue
        sides = [Side(f.written, by_id[f.report].evidence(f.span)) for f in group]
        said = "; ".join(f"{f.written!r} in {f.report}" for f in group)
        made = disagreement(
            "quotation", "of whom it was said", "variant", sides, f"One quotation is said of: {said}.", 0.9
        )
        found += [made] if made else []
    return found


def _framed(reading: Reading) -> list[_Framed]:
    found = []
    for q in quotations(reading.text):
        inner = words(reading.text, q.inner)
        if len(inner) < _SHORTEST or not inner[0].of(reading.text)[0].islower():
            continue
        sentence = reading.sentence(q.span.start)
        start = sentence.span.start if sentence else max(0, q.span.start - 120)
        before = words(reading.text, Span(start, q.span.start))[-_REACH:]
        if not before:
            continue
        lead = Span(before[0].start, q.span.start)
        if re.search(r"[,:]\s*$", lead.of(reading.text)):
            continue  # set off by a comma, the quotation has a subject of its own
        cuts = [m.end() for m in _CLAUSE.finditer(reading.text, lead.start, lead.end)]
        kept = Span(cuts[-1] if cuts else lead.start, lead.end)
        subject = frozenset(normal(w.of(reading.text))[:6] for w in words(reading.text, kept)) - {
            d[:6] for d in _DULL
        }
        if subject:
            quote = tuple(normal(w.of(reading.text)) for w in inner)
            found.append(
                _Framed(
                    reading.id,
                    Span(kept.start, q.inner.end),
                    quote,
                    subject,
                    " ".join(kept.of(reading.text).split()),
                )
            )
    return found
