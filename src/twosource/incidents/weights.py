"""How telling each word is: rare words tell incidents apart, and what is rare is asked of general news and of this collection.

In a brief of four reports the collection says nothing, so general news decides; in an archive of shootings "shot" stops
telling, though general news finds it rare. One formula joins them: the reports of the collection are counted on top of
a thousand imagined ones of general news.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from twosource.incidents.sketch import Sketch

IMAGINED = 1000  # reports of general news that stand behind every collection
RAREST = 0.0004  # share of general news in which a word not in its list is expected
LEAD = 1.5  # a word in the lead weighs this much more

Vector = dict[str, float]


@dataclass(frozen=True, slots=True, eq=False)
class Weighed:
    """A sketch with its vectors of unit length, and how telling its words are."""

    sketch: Sketch
    all: Vector
    lead: Vector
    names: Vector
    pairs: Vector
    numbers: Vector
    plain: Vector
    keys: tuple[str, ...]  # its most telling words and pairs, the best first


class Rarity:
    """Document frequencies of a collection that can grow, joined with those of general news."""

    def __init__(self) -> None:
        self.count: Counter[str] = Counter()
        self.size = 0
        self._known: dict[str, float] = {}  # of the present size

    def add(self, sketch: Sketch) -> None:
        """Count one more report."""
        self.count.update(sketch.words.keys())
        self.count.update(sketch.pairs)
        self.size += 1
        self._known.clear()

    def of(self, word: str) -> float:
        """Minus the logarithm of the share of reports that have the word."""
        known = self._known.get(word)
        if known is None:
            imagined = IMAGINED * max(RAREST, general_news().get(word, 0.0))
            known = self._known[word] = -math.log((self.count[word] + imagined) / (self.size + IMAGINED))
        return known


@lru_cache(maxsize=1)
def general_news() -> dict[str, float]:
    """The share of reports of general news in which each common word comes up."""
    found = {}
    for line in (
        files("twosource.incidents").joinpath("general_news.txt").read_text(encoding="utf-8").splitlines()
    ):
        if line and not line.startswith("#"):
            share, _, listed = line.partition(": ")
            found.update(dict.fromkeys(listed.split(), float(share)))
    return found


def weigh(sketch: Sketch, rarity: Rarity, keys: int) -> Weighed:
    """The vectors of a report; `keys` is how many of its most telling words are kept to look it up by."""
    everything: Vector = {}
    for word, n in sketch.words.items():
        boost = LEAD if word in sketch.lead else 1.0
        everything[word] = (1 + math.log(n)) * rarity.of(word) * boost
    pairs = {p: rarity.of(p) for p in sketch.pairs}
    telling = sorted([*((-w, k) for k, w in everything.items()), *((-LEAD * w, k) for k, w in pairs.items())])
    return Weighed(
        sketch,
        all=_unit(everything.items()),
        lead=_unit((w, rarity.of(w)) for w in sketch.lead),
        names=_unit((w, x) for w, x in everything.items() if w in sketch.names),
        pairs=_unit(pairs.items()),
        numbers=_unit((w, x) for w, x in everything.items() if w[0].isdigit()),
        plain=_unit((w, x) for w, x in everything.items() if w not in sketch.names and not w[0].isdigit()),
        keys=tuple(k for _, k in telling[:keys]),
    )


def dot(a: Vector, b: Vector) -> float:
    """The cosine of two vectors of unit length; summed in one order whichever comes first."""
    return math.fsum(a[w] * b[w] for w in a.keys() & b.keys())


def _unit(items: Iterable[tuple[str, float]]) -> Vector:
    kept = dict(items)
    length = math.sqrt(math.fsum(x * x for x in kept.values()))
    return {w: x / length for w, x in kept.items()} if length else {}
