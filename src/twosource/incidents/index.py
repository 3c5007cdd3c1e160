"""Incidents that grow one report at a time: a new report is placed without looking at more than those that share its keys."""

from __future__ import annotations

import math
from collections import OrderedDict, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from twosource.incidents.candidates import CROWD, KEYS
from twosource.incidents.likeness import likeness, prior
from twosource.incidents.linkage import CLOSEST, JOIN, UNSEEN
from twosource.incidents.sketch import sketch_of
from twosource.incidents.weights import Rarity, Weighed, weigh
from twosource.model import Article, Reuse
from twosource.text import digest, make_id

LOOKED_AT = 40  # reports that are read again for a new one, those first that share the most keys with it
KEPT = 4000  # sketches kept at hand: what comes in is mostly about what came in lately


@dataclass(frozen=True, slots=True)
class Placement:
    """Where a new report was put, and why; `near`: other incidents that speak for it too, for a person to merge."""

    report: str
    incident: str
    new: bool
    near: tuple[str, ...]
    why: str


class Index:
    """Which reports are looked up by which telling words, and the incident of each.

    An incident keeps the id that its first report gave it, whatever is added later. `fetch` gives the article of an id that was
    added before; the texts stay wherever they are stored.
    """

    def __init__(self, fetch: Callable[[str], Article]) -> None:
        self._fetch = fetch
        self._rarity = Rarity()
        self._keys: dict[str, list[str]] = defaultdict(list)
        self._incident: dict[str, str] = {}
        self._size: dict[str, int] = {}
        self._hand: OrderedDict[str, Weighed] = OrderedDict()

    def __len__(self) -> int:
        return len(self._incident)

    def add(self, article: Article, shared: Sequence[Reuse] = ()) -> Placement:
        """Place a report; `shared` is what the reuse index found for it. A report added before stays where it is."""
        if article.id in self._incident:
            held = self._incident[article.id]
            return Placement(article.id, held, False, (), "It was here before.")
        sketch = sketch_of(article)
        self._rarity.add(sketch)
        mine = weigh(sketch, self._rarity, KEYS)
        if article.report.incident is not None:
            name = make_id("i", article.report.incident)
            placed = Placement(article.id, name, name not in self._size, (), "A person put it there.")
        else:
            placed = self._place(article, mine, {_other(r, article.id): r for r in shared})
            for key in mine.keys:
                self._keys[key].append(article.id)
        self._incident[article.id] = placed.incident
        self._size[placed.incident] = self._size.get(placed.incident, 0) + 1
        self._remember(mine)
        return placed

    def _place(self, article: Article, mine: Weighed, shared: dict[str, Reuse]) -> Placement:
        expected = prior(len(self))
        odds: dict[str, list[float]] = defaultdict(list)
        for other in self._candidates(mine, shared):
            value = likeness(mine, self._weighed(other), shared.get(other), expected).value
            odds[self._incident[other]].append(value)
        worth = {name: self._worth(name, values) for name, values in odds.items()}
        for_it = sorted((name for name in worth if worth[name] > JOIN), key=lambda n: (-worth[n], n))
        if not for_it:
            return Placement(
                article.id,
                make_id("i", "", digest(article.text)),
                True,
                (),
                "Nothing here is about the same, as far as names, numbers and days tell.",
            )
        best = for_it[0]
        why = f"Its words, names and days speak for it: log odds {worth[best]:.1f} against {JOIN} needed."
        return Placement(article.id, best, False, tuple(for_it[1:]), why)

    def _worth(self, name: str, values: list[float]) -> float:
        """As in linkage: the average over the incident's reports, those not looked at counting as unalike, and the closest."""
        unseen = max(0, min(self._size[name], LOOKED_AT) - len(values))
        average = (math.fsum(values) + UNSEEN * min(unseen, len(values))) / (
            len(values) + min(unseen, len(values))
        )
        return average + CLOSEST * (max(values) - average)

    def _candidates(self, mine: Weighed, shared: dict[str, Reuse]) -> list[str]:
        count: dict[str, int] = {other: 2 for other in shared if other in self._incident}
        for key in mine.keys:
            for other in self._keys.get(key, [])[-CROWD:]:  # of a crowd, the latest
                count[other] = count.get(other, 0) + 1
        return sorted(count, key=lambda i: (-count[i], i))[:LOOKED_AT]

    def _weighed(self, name: str) -> Weighed:
        found = self._hand.get(name)
        if found is None:
            found = weigh(sketch_of(self._fetch(name)), self._rarity, KEYS)
        self._remember(found)
        return found

    def _remember(self, weighed: Weighed) -> None:
        self._hand[weighed.sketch.id] = weighed
        self._hand.move_to_end(weighed.sketch.id)
        while len(self._hand) > KEPT:
            self._hand.popitem(last=False)


def _other(r: Reuse, name: str) -> str:
    return r.b if r.a == name else r.a
