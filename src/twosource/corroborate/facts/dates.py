"""The day of the main event, from the times that reports attach to it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from twosource.corroborate.facts.reading import Reading
from twosource.model import Claim, Evidence, When

_DAY = re.compile(r"(?:\d{4}|XXXX)-\d\d-\d\d")
_HAPPENING = frozenset(
    [
        "shoot",
        "kill",
        "die",
        "wound",
        "injure",
        "stab",
        "attack",
        "explode",
        "crash",
        "hit",
        "strike",
        "happen",
        "occur",
        "erupt",
        "break",
        "begin",
        "open",
        "fire",
        "respond",
        "call",
        "find",
        "discover",
        "arrive",
        "crash",
        "collapse",
        "flood",
        "burn",
        "rob",
        "storm",
        "collide",
        "detonate",
        "down",
        "bomb",
        "incident",
        "shooting",
        "attack",
    ]
)


def main_date(
    readings: Sequence[Reading], claims: Sequence[Claim]
) -> tuple[str | None, tuple[Evidence, ...]]:
    """The day (EDTF) that most and most prominent mentions agree on, and the passages that show it.

    A mention weighs more near the head of a report and beside a word of happening; a day after the report was
    published is never the event's. Where no day is told, a month or year that the main event's sentences name.
    """
    main = {s for c in claims if c.event == "main" for s in c.statements}
    weights: dict[str, float] = defaultdict(float)
    shown: dict[str, list[Evidence]] = defaultdict(list)
    for reading in readings:
        best: dict[str, float] = {}
        for when in reading.annotation.times:
            day = _day(when)
            if day is None or _later(day, reading.article.published):
                continue
            weight = _weight(reading, when, main)
            best[day] = best.get(day, 0.0) + weight
            shown[day].append(reading.evidence(when.span))
        for day, weight in best.items():
            weights[day] += weight
    if not weights:
        return None, ()
    top = max(sorted(weights), key=lambda d: (weights[d], d))
    return top, tuple(sorted(set(shown[top])))


def _day(when: When) -> str | None:
    if when.type not in ("DATE", "TIME") or not when.edtf:
        return None
    m = _DAY.match(when.edtf)
    return m.group() if m else None


def _later(day: str, published: str | None) -> bool:
    return bool(
        published and re.match(r"\d{4}-\d\d-\d\d", published) and "X" not in day and day > published[:10]
    )


def _weight(reading: Reading, when: When, main: set[str]) -> float:
    n = reading.number(when.span.start)
    sentence = reading.sentence(when.span.start)
    weight = 1.0 / (1 + n / 2)
    if sentence and any(t.lemma.lower() in _HAPPENING for t in sentence.tokens):
        weight *= 2.0
    if any(
        s.id in main and any(c.overlaps(when.span) for c in s.content) for s in reading.annotation.statements
    ):
        weight *= 1.3
    return weight
