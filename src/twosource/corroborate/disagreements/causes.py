"""Why it happened, where reports give different reasons."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from twosource.corroborate.disagreements.build import disagreement
from twosource.corroborate.facts.reading import Reading
from twosource.corroborate.questions.reasons import reasons_of
from twosource.model import Disagreement, Nature, Side


def differing_causes(readings: Sequence[Reading], heads: Mapping[str, str]) -> list[Disagreement]:
    """At most one disagreement: reasons of different reports that share no word.

    A report that takes an earlier reason back makes it an update.
    """
    told = [c for r in readings if heads[r.id] == r.id for c in reasons_of(r)]
    rivals = [
        (a, b)
        for i, a in enumerate(told)
        for b in told[i + 1 :]
        if a.reading.id != b.reading.id and not a.stems & b.stems
    ]
    if not rivals:
        return []
    kept = {c.span: c for pair in rivals for c in pair}
    sides = [Side(c.why, c.reading.evidence(c.span)) for c in kept.values()]
    taken_back = any(c.taken_back for pair in rivals for c in pair)
    nature: Nature = "update" if taken_back else "contradiction"
    (a, b) = rivals[0]
    why = f"{a.why!r} in {a.reading.id}, {b.why!r} in {b.reading.id}."
    made = disagreement("other", "why it happened", nature, sides, why, 1.6)
    return [made] if made else []
