"""Which of its namesakes a name means, from the rest of the report.

A score is a visible sum: how many people live there, whether the report names its country, its region or places near it,
and what the words right after it say. One name means one place in one report, unless the text says otherwise.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from twosource.annotate.places.finding import Named
from twosource.annotate.places.folding import fold
from twosource.annotate.places.gazetteer import Entry, capitals, distance_km, gazetteer, state_names

# Points for each reason; a tenfold population is one point.
COUNTRY = 3.0  # times the country's share of the report's places
REGION = 3.5  # times the region's share
NEAR = 3.0  # times how near the report's other places lie
CONTAINER = 8.0  # the text puts the name in this region or country
STANDING = {"continent": 4.0, "country": 2.5, "water": 2.5, "area": 2.5, "region": 0.8, "town": 0.5}
OTHER_NAME = -2.0  # found by another name than its own ("Paris" for a town once called so)
FORMER_NAME = -3.0  # likewise for a metropolis, where another town has that name for its own
COUNTY = -2.5  # a bare name seldom means a county
NAMESAKE_TOWN = -2.5  # a region named after its own chief town: the bare name means the town
CAPITAL = 1.5  # a country's capital
HOME = 1.0  # the country or region of the outlet or dateline
_NEAR_KM = 120.0
_WIDE_KM = 150  # a region wider than this says little about what lies near
_FAR_DEGREES = 8.0
_NEIGHBOURS = 150  # the places named most often that are compared with: a book has thousands
_ROUNDS = 3
_CHIEF, _BESIDE_KM = 50_000, 100.0  # a chief town's people, and how far its region's middle lies at most
_METROPOLIS, _TOWN = 1_000_000, 1_000
_MOST = 40  # namesakes that are weighed


@dataclass(frozen=True, slots=True)
class Choice:
    """A name with the place it is taken for (None when there is none), and the reason."""

    named: Named
    entry: Entry | None
    why: str


def choose(names: Sequence[Named], home: Sequence[Entry] = ()) -> list[Choice]:
    """Take each name for one place; three rounds, each with what the one before found out."""
    held = _containers(names)
    picked: dict[str, Entry] = {}
    keys = {n.name: n for n in names if n.entries}
    options = {name: _options(n, held.get(fold(name))) for name, n in keys.items()}
    counts = Counter(n.name for n in names)
    for _ in range(_ROUNDS):
        context = _Context(picked, counts, held, home, options)
        picked = {
            name: max(options[name], key=lambda e: (_score(name, e, context), -(e.geonameid or 0)))
            for name in sorted(options)
            if options[name]
        }
    return [_choice(n, picked.get(n.name), options.get(n.name, ()), held) for n in names]


def _choice(named: Named, entry: Entry | None, options: Sequence[Entry], held: dict[str, str]) -> Choice:
    if entry is None:
        return Choice(named, None, "no gazetteer entry has this name")
    container = held.get(fold(named.name))
    if container:
        return Choice(named, entry, f"the text puts it in {container}")
    if len(options) == 1:
        return Choice(named, entry, "the only place of this name in the gazetteer")
    return Choice(
        named,
        entry,
        f"of {len(options)} places of this name, the one that fits its size and the report's other places best",
    )


def _containers(names: Iterable[Named]) -> dict[str, str]:
    """The region or country that the text gives for a name anywhere in the report."""
    found: dict[str, Counter[str]] = {}
    for n in names:
        if n.within:
            found.setdefault(fold(n.name), Counter())[n.within] += 1
    return {key: min(c, key=lambda w: (-c[w], w)) for key, c in found.items()}


def _options(named: Named, container: str | None) -> tuple[Entry, ...]:
    entries = tuple(dict.fromkeys(sorted(named.entries, key=lambda e: -e.people)[:_MOST]))
    if container:
        inside = tuple(e for e in named.entries if _inside(e, container))
        if inside or _surely_holds(container):
            return inside  # none: a town that the gazetteer doesn't have, never a namesake elsewhere
    return entries


def _surely_holds(container: str) -> bool:
    """Whether a container is a state or country, of which the gazetteer knows what lies in it by the same name."""
    return container in state_names() or any(e.feature == "country" for e in gazetteer().lookup(container))


def _inside(entry: Entry, container: str) -> bool:
    key = fold(container)
    if fold(entry.region) == key:
        return True
    if container in state_names():
        return False
    return (
        any(e.country == entry.country for e in gazetteer().lookup(container) if e.feature == "country")
        and entry.feature != "country"
    )


class _Context:
    """What one round knows of the report: the shares of countries and regions, and where its places lie."""

    def __init__(
        self,
        picked: dict[str, Entry],
        counts: Counter[str],
        held: dict[str, str],
        home: Sequence[Entry],
        options: dict[str, tuple[Entry, ...]],
    ) -> None:
        self.picked = picked
        self.counts = counts
        self.countries: Counter[str] = Counter()
        self.regions: Counter[tuple[str, str]] = Counter()
        for name, e in picked.items():
            weight = math.sqrt(counts[name]) * (
                2.0 if fold(name) in held or e.feature in ("country", "region") else 1.0
            )
            if e.country:
                self.countries[e.country] += weight  # type: ignore[assignment]
                region = e.region or (e.name if e.feature == "region" else "")
                if region:
                    self.regions[e.country, region] += weight  # type: ignore[assignment]
        self.total = sum(self.countries.values()) or 1
        self.home = home
        small = [
            (n, e) for n, e in picked.items() if e.feature in ("town", "region") and e.radius_km < _WIDE_KM
        ]
        self.neighbours = sorted(small, key=lambda one: (-counts[one[0]], one[0]))[:_NEIGHBOURS]
        self.options = options


def _score(name: str, entry: Entry, context: _Context) -> float:
    score = math.log10(entry.people + 100) + STANDING[entry.feature]
    if entry.county and not name.endswith((" County", " Parish", " Borough")):
        score += COUNTY
    if entry.feature == "town" and _full(entry.name) != _full(name):
        score += _other_name(name, entry, context)
    if (
        entry.feature == "region"
        and (not entry.county or entry.country != "US")
        and _after_its_town(entry, context.options[name])
    ):
        score += NAMESAKE_TOWN
    if entry.feature == "town" and capitals().get(entry.country) == entry.name:
        score += CAPITAL
    own = context.picked.get(name)
    weight = math.sqrt(context.counts[name]) if own is not None else 0.0
    region = entry.region or (entry.name if entry.feature == "region" else "")
    others = max(context.total - weight, 1.0)
    same_country = context.countries[entry.country] - (weight if own and own.country == entry.country else 0)
    score += COUNTRY * max(0.0, same_country) / others
    if region:
        own_region = (own.region or own.name) if own else ""
        same = context.regions[entry.country, region] - (
            weight if own and own.country == entry.country and own_region == region else 0
        )
        score += REGION * max(0.0, same) / others
    score += NEAR * _nearness(name, entry, context)
    for h in context.home:
        if h.country == entry.country:
            score += HOME * (1.0 if region and region in (h.region, h.name) else 0.5)
    return score


def _other_name(name: str, entry: Entry, context: _Context) -> float:
    """What it costs a town to be found by another name than its own; a metropolis only where a town bears that name today.

    "Bombay" is still said; "Philadelphia" was, two thousand years ago, a city that is now another country's capital.
    """
    if entry.people < _METROPOLIS:
        return OTHER_NAME
    borne = any(
        o.feature == "town" and o.people >= _TOWN and _full(o.name) == _full(name)
        for o in context.options[name]
    )
    return FORMER_NAME if borne else 0.0


def _full(name: str) -> str:
    key = fold(name)
    for short, full in (("st ", "saint "), ("mt ", "mount "), ("ft ", "fort ")):
        if key.startswith(short):
            return full + key[len(short) :]
    return key


def _after_its_town(region: Entry, options: Sequence[Entry]) -> bool:
    towns = (o for o in options if o.feature == "town" and o.people >= _CHIEF and o.country == region.country)
    return any(t.region == region.name or distance_km(t, region) < _BESIDE_KM for t in towns)


def _nearness(name: str, entry: Entry, context: _Context) -> float:
    if entry.feature in ("country", "continent"):
        return 0.0
    near = 0.0
    for other, place in context.neighbours:
        if abs(place.lat - entry.lat) > _FAR_DEGREES or other == name or place.geonameid == entry.geonameid:
            continue
        near += math.exp(-distance_km(entry, place) / _NEAR_KM)
    return min(1.0, near / 2)
