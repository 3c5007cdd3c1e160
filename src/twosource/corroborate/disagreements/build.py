"""A disagreement put together from what a comparison found: sides sorted, at most two passages of a report, an id of content."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from twosource.model import Disagreement, DisagreementKind, Nature, Side
from twosource.text import make_id

# How much an editor minds, before counting how many reports are on either side.
WEIGHTS: Mapping[str, float] = {
    "occurrence": 1.0,
    "responsibility": 0.95,
    "quantity": 0.85,
    "time": 0.7,
    "place": 0.75,
    "certainty": 0.65,
    "attribution": 0.6,
    "name": 0.55,
    "quotation": 0.5,
    "other": 0.5,
}
_NATURES: Mapping[str, float] = {"contradiction": 1.0, "update": 0.9, "precision": 0.6, "variant": 0.7}


def disagreement(
    kind: DisagreementKind, about: str, nature: Nature, sides: Iterable[Side], why: str, factor: float = 1.0
) -> Disagreement | None:
    """The disagreement, or None where fewer than two values of two reports are left."""
    kept = _at_most_two(sorted(set(sides), key=lambda s: (s.evidence, s.value)))
    if len({s.value for s in kept}) < 2 or len({s.evidence.report for s in kept}) < 2:
        return None
    weight = round(WEIGHTS[kind] * _NATURES[nature] * factor, 4)
    return Disagreement(
        make_id("d", kind, about, *((s.value, s.evidence) for s in kept)),
        kind,
        about,
        nature,
        tuple(kept),
        why,
        weight,
    )


def _at_most_two(sides: Sequence[Side]) -> list[Side]:
    """Two passages of a report at most, one for each value first."""
    kept: list[Side] = []
    per_report: Counter[str] = Counter()
    values: set[tuple[str, str]] = set()
    for fresh in (True, False):
        for side in sides:
            key = (side.evidence.report, side.value)
            if side in kept or per_report[side.evidence.report] >= 2 or (key in values) == fresh:
                continue
            kept.append(side)
            values.add(key)
            per_report[side.evidence.report] += 1
    return sorted(kept, key=lambda s: (s.evidence, s.value))
