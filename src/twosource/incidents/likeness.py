"""Whether two reports are about one incident: a visible weighted list of signs, each with its sentence."""

from __future__ import annotations

import math
from dataclasses import dataclass

from twosource.incidents.sketch import Sketch
from twosource.incidents.weights import Weighed, dot
from twosource.model import Reuse

# What each sign adds, in natural-log odds. Fitted by logistic regression to pairs of reports about shootings, about pairs of
# look-alike events, and about political events told by three outlets, the three counted alike; then rounded.
ODDS = {
    "words": 6.2,
    "lead": 6.7,
    "names": 4.4,
    "pairs": 6.5,
    "numbers": 2.9,
    "plain": -3.4,
    "gap": -3.8,
    "same_day": 2.9,
    "same_outlet": -1.5,
    "shared_text": 0.9,
    "copy": 4.0,
}
START = -4.6
LIMIT = 8.0  # one pair can only say so much
FEW = 300  # reports; what is brought in smaller numbers is more likely about one incident …
PRIOR = 0.3  # … by this for each time they are fewer by a factor of e


@dataclass(frozen=True, slots=True)
class Likeness:
    """The log odds that two reports are about one incident, and what adds to them."""

    value: float
    signs: dict[str, float]


def prior(reports: int) -> float:
    """What the size of a collection adds to the odds: nobody picks four reports of four incidents for a brief."""
    return PRIOR * math.log(FEW / max(2, reports)) if reports < FEW else 0.0


def likeness(a: Weighed, b: Weighed, shared: Reuse | None = None, expected: float = 0.0) -> Likeness:
    """How alike two reports are, with what was expected beforehand; the order of the two doesn't matter."""
    signs = {
        "words": dot(a.all, b.all),
        "lead": dot(a.lead, b.lead),
        "names": dot(a.names, b.names),
        "pairs": dot(a.pairs, b.pairs),
        "numbers": dot(a.numbers, b.numbers),
        "plain": dot(a.plain, b.plain),
        **beside(a.sketch, b.sketch, shared),
    }
    value = START + expected + math.fsum(ODDS[name] * x for name, x in signs.items())
    return Likeness(max(-LIMIT, min(LIMIT, value)), signs)


def beside(a: Sketch, b: Sketch, shared: Reuse | None) -> dict[str, float]:
    """The signs beside words: dates, outlet and shared text."""
    gap = abs((a.published - b.published).days) if a.published and b.published else 0
    return {
        "gap": math.log1p(gap) / 6,
        "same_day": float(bool(a.days and b.days) and not set(a.days).isdisjoint(b.days)),
        "same_outlet": float(a.outlet is not None and a.outlet == b.outlet),
        "copy": float(shared is not None and shared.relation in ("same_text", "revised")),
        "shared_text": float(shared is not None and shared.relation == "shared_text"),
    }
