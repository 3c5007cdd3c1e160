"""Where the main event was, from the places that reports name in its sentences."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from twosource.corroborate.facts.lexicon import event_words
from twosource.corroborate.facts.reading import Reading
from twosource.model import Claim, Evidence, Place

_FINE = {
    "town": 1.0,
    None: 0.5,
    "area": 0.4,
    "water": 0.2,
    "region": 0.22,
    "country": 0.05,
    "continent": 0.01,
}
_STREET = re.compile(
    r"\s+(?:Street|St\b|Ave|Road|Rd\b|Blvd|Boulevard|Drive|Dr\b|Lane|Ln\b|Highway|Hwy|Parkway|Place|Court|Terrace|Circle|Way)\b"
)
_BODY = re.compile(r"(?:['’]s)?\s+(?:[Pp]olice|PD\b|[Ff]ire|[Ss]heriff|[Mm]ayor)")
_LIVES = re.compile(r"(?:\bof|\bfrom|\bresident of|\bnative of)\s+$")
_DEEP = 25
_CREDIT = 9  # words: shorter bracketed lines are picture credits


def main_place(
    readings: Sequence[Reading], claims: Sequence[Claim]
) -> tuple[Place | None, tuple[Evidence, ...]]:
    """The place that most and most prominent mentions agree on: towns before regions before countries.

    Streets named after towns, where people live and where they are treated say little; a town's own police, the
    dateline and the headline say much. Every report has one voice.
    """
    main = {s for c in claims if c.event == "main" for s in c.statements}
    weights: dict[str, float] = defaultdict(float)
    shown: dict[str, list[tuple[Evidence, Place]]] = defaultdict(list)
    for reading in readings:
        here: dict[str, float] = defaultdict(float)
        for place in reading.annotation.places:
            name = _name(place)
            weight = _weight(reading, place, main) if name else 0.0
            if name and weight > 0:
                here[name] += weight
                shown[name].append((reading.evidence(place.span), place))
        total = sum(here.values())
        for name, weight in here.items():
            weights[name] += weight / max(total, 0.5)
    if not weights:
        return None, ()
    top = min(weights, key=lambda p: (-round(weights[p], 6), p))
    finest = min((p for _, p in shown[top]), key=lambda p: (p.radius_km or 1e9, p.span))
    return replace(finest, full_name=top), tuple(sorted({e for e, _ in shown[top]}))


def _name(place: Place) -> str | None:
    if place.lat is None or not place.full_name:
        return None
    return event_words().coextensive.get(place.full_name, place.full_name)


def _weight(reading: Reading, place: Place, main: set[str]) -> float:
    """How much one mention counts."""
    words, text = event_words(), reading.text
    n = reading.number(place.span.start)
    sentence = reading.sentence(place.span.start)
    written = place.span.of(text)
    after = text[place.span.end : place.span.end + 24]
    if sentence is None or n > _DEEP or _STREET.match(after) or "block of" in written:
        return 0.0
    if sentence.span.of(text).startswith("(") and len(sentence.tokens) < _CREDIT:
        return 0.0
    weight = _FINE.get(place.feature, 0.4) / (1 + n / 3)
    lemmas = {t.lemma.lower() for t in sentence.tokens}
    if lemmas & words.happening:
        weight *= 1.6
    before = text[max(sentence.span.start, place.span.start - 30) : place.span.start]
    if _BODY.match(after):
        weight *= 1.8
    elif _LIVES.search(before):
        weight *= 0.4
    elif any(w in before.lower() for w in words.elsewhere) or "ospital" in after:
        weight *= 0.3
    if written.split(",")[0].lower() in (reading.article.report.title or "").lower():
        weight *= 1.5
    if any(
        s.id in main and any(c.overlaps(place.span) for c in s.content) for s in reading.annotation.statements
    ):
        weight *= 1.2
    return weight
