"""The dead and the injured of the main event, where reports count them differently."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Literal

from twosource.corroborate.disagreements.build import disagreement
from twosource.corroborate.facts.reading import Reading
from twosource.corroborate.facts.tolls import Count, risen, tally, views_of
from twosource.model import Disagreement, Nature, Side


def differing_tolls(readings: Sequence[Reading], heads: Mapping[str, str]) -> list[Disagreement]:
    """At most one disagreement over the killed and one over the injured, with every report that counts them."""
    own = [(r, views_of(r)) for r in readings if heads[r.id] == r.id]
    killed = [(r, tally(v, 0).killed) for r, v in own]
    deaths = max((c.low for _, c in killed if c), default=0)
    injured = [(r, tally(v, deaths).injured) for r, v in own]
    found = [_difference("killed", killed), _difference("injured", injured)]
    return [d for d in found if d]


def _difference(
    fate: Literal["killed", "injured"], counts: Sequence[tuple[Reading, Count | None]]
) -> Disagreement | None:
    said = [(r, c) for r, c in counts if c and c.evidence and (c.counted or c.low > 1)]
    bounds = {(c.low, c.high) for _, c in said}
    if len(bounds) < 2:
        return None
    sides = [Side(_say(c), e) for _, c in said for e in c.evidence[:2]]
    disjoint = any(a[1] is not None and a[1] < b[0] for a in bounds for b in bounds)
    nature: Nature = "contradiction" if disjoint else "precision"
    if disjoint and _risen(said):
        nature = "update"
    why = "; ".join(f"{_say(c)} in {r.id}" for r, c in said[:8])
    return disagreement(
        "quantity", f"how many were {fate}", nature, sides, f"The {fate} of the event: {why}.", 1.15
    )


def _risen(said: Sequence[tuple[Reading, Count]]) -> bool:
    """Whether the highest figure comes with words of an update, or later than every lower one from the same outlet."""
    top = max(c.low for _, c in said)
    high = [(r, c) for r, c in said if c.low == top]
    low = [(r, c) for r, c in said if c.low < top]
    for r, c in high:
        if risen(r, c):
            return True
        if r.article.outlet and any(o.article.outlet == r.article.outlet and _after(r, o) for o, _ in low):
            return True
    return False


def _after(a: Reading, b: Reading) -> bool:
    x, y = a.article.published or "", b.article.published or ""
    return bool(re.match(r"\d{4}-\d\d-\d\d", x) and re.match(r"\d{4}-\d\d-\d\d", y) and x[:10] > y[:10])


def _say(c: Count) -> str:
    return str(c.low) if c.high == c.low else f"at least {c.low}"
