"""Where the main event was, from the places that reports name in its sentences."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from twosource.corroborate.facts.dates import _HAPPENING
from twosource.corroborate.facts.reading import Reading
from twosource.model import Claim, Evidence, Place

_FINE = {"town": 1.0, None: 0.7, "area": 0.6, "water": 0.5, "region": 0.3, "country": 0.1, "continent": 0.02}


def main_place(
    readings: Sequence[Reading], claims: Sequence[Claim]
) -> tuple[Place | None, tuple[Evidence, ...]]:
    """The place that most and most prominent mentions agree on: towns before regions before countries.

    The dateline is a mention like others, with a weight of its own: a report is often filed from the next big town.
    """
    main = {s for c in claims if c.event == "main" for s in c.statements}
    weights: dict[str, float] = defaultdict(float)
    shown: dict[str, list[tuple[Evidence, Place]]] = defaultdict(list)
    for reading in readings:
        for place in reading.annotation.places:
            if place.lat is None or not place.full_name:
                continue
            weights[place.full_name] += _weight(reading, place, main)
            shown[place.full_name].append((reading.evidence(place.span), place))
    if not weights:
        return None, ()
    top = max(sorted(weights), key=lambda p: weights[p])
    finest = min((p for _, p in shown[top]), key=lambda p: (p.radius_km or 1e9, p.span))
    return finest, tuple(sorted({e for e, _ in shown[top]}))


def _weight(reading: Reading, place: Place, main: set[str]) -> float:
    n = reading.number(place.span.start)
    sentence = reading.sentence(place.span.start)
    weight = _FINE.get(place.feature, 0.5) / (1 + n / 3)
    if sentence and any(t.lemma.lower() in _HAPPENING for t in sentence.tokens):
        weight *= 1.5
    if any(
        s.id in main and any(c.overlaps(place.span) for c in s.content) for s in reading.annotation.statements
    ):
        weight *= 1.3
    return weight
