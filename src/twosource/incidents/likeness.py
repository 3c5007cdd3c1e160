"""Whether two reports are about one incident: a visible weighted list of signs, each with its sentence."""

from __future__ import annotations

import math
from dataclasses import dataclass

from twosource.incidents.sketch import Sketch
from twosource.incidents.weights import Rarity, Weighed, dot
from twosource.model import Reuse

# What each sign adds, in natural-log odds. Fitted by logistic regression to pairs of reports about shootings, about pairs of
# look-alike events, and about political events told by three outlets, the three counted alike; then rounded.
ODDS = {
    "words": 5.5,
    "lead": 8.4,
    "names": 3.5,
    "pairs": 5.8,
    "numbers": 3.4,
    "plain": -2.9,
    "gap": -4.1,
    "same_day": 2.4,
    "undated": -0.2,
    "same_outlet": -2.7,
    "rare_pairs": -0.6,
    "rare_names": 0.7,
    "copy": 6.0,
    "shared_text": 2.0,
}
START = -3.4
LIMIT = 8.0  # one pair can only say so much


@dataclass(frozen=True, slots=True)
class Likeness:
    """The log odds that two reports are about one incident, and what adds to them."""

    value: float
    signs: dict[str, float]


def likeness(a: Weighed, b: Weighed, rarity: Rarity, shared: Reuse | None = None) -> Likeness:
    """How alike two reports are; the order of the two doesn't matter."""
    signs = {
        "words": dot(a.all, b.all),
        "lead": dot(a.lead, b.lead),
        "names": dot(a.names, b.names),
        "pairs": dot(a.pairs, b.pairs),
        "numbers": dot(a.numbers, b.numbers),
        "plain": dot(a.plain, b.plain),
        **_dates(a.sketch, b.sketch),
        "same_outlet": float(a.sketch.outlet is not None and a.sketch.outlet == b.sketch.outlet),
        "rare_pairs": min(3.0, math.fsum(rarity.of(p) for p in a.sketch.pairs & b.sketch.pairs) / 10),
        "rare_names": min(3.0, math.fsum(rarity.of(n) for n in a.sketch.names & b.sketch.names) / 20),
        "copy": float(shared is not None and shared.relation in ("same_text", "revised")),
        "shared_text": float(shared is not None and shared.relation == "shared_text"),
    }
    value = START + math.fsum(ODDS[name] * x for name, x in signs.items())
    return Likeness(max(-LIMIT, min(LIMIT, value)), signs)


def _dates(a: Sketch, b: Sketch) -> dict[str, float]:
    known = a.published is not None and b.published is not None
    gap = abs((a.published - b.published).days) if a.published and b.published else 0
    return {
        "gap": math.log1p(gap) / 6,
        "undated": float(not known),
        "same_day": float(bool(set(a.days) & set(b.days))),
    }
