"""Places said by where they lie from another: "40 miles southeast of X", "off the coast of X", "between X and Y", "the capital".

The phrase becomes a point with a radius. Only what the words say is used: a direction without a distance gives a wide circle.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from twosource.annotate.places.capitals import find_capitals
from twosource.annotate.places.choosing import Choice
from twosource.annotate.places.folding import fold
from twosource.annotate.places.gazetteer import Entry, distance_km, moved
from twosource.model import Place, Span
from twosource.text.numbers import CARDINAL, parse_number

_BEARINGS = {
    "north": 0.0, "northeast": 45.0, "east": 90.0, "southeast": 135.0, "south": 180.0, "southwest": 225.0, "west": 270.0, "northwest": 315.0,
}  # fmt: skip
_COMPASS = {
    "n": "north",
    "s": "south",
    "e": "east",
    "w": "west",
    "ne": "northeast",
    "se": "southeast",
    "sw": "southwest",
    "nw": "northwest",
}
_UNITS = {"mile": 1.609344, "mi": 1.609344, "km": 1.0, "kilometer": 1.0, "kilometre": 1.0, "kms": 1.0, "meter": 0.001, "metre": 0.001, "m": 0.001,
          "yard": 0.0009144, "foot": 0.0003048, "feet": 0.0003048, "nautical mile": 1.852, "block": 0.15}  # fmt: skip
_HOUR_KM = 80.0  # "an hour's drive"
_UNKNOWN_WAY = 20.0  # km for a direction that comes without a distance
_NEAR = 15.0
_OUTSIDE = 12.0
_OFF = 60.0

_DIRECTION = r"(?P<direction>(?:north|south)[\s-]?(?:east|west)|north|south|east|west|N\.?[EW]?\.?|S\.?[EW]?\.?|E\.?|W\.?)(?:ern|erly|ward)?"
_DISTANCE = re.compile(
    rf"(?P<about>(?:just\s+)?(?:about|around|some|roughly|approximately|nearly|almost|over|more\s+than|less\s+than|under|within)\s+)?"
    rf"(?:(?P<number>{CARDINAL})(?:\s*(?:to|-|–)\s*(?P<number2>{CARDINAL}))?|(?P<few>a\s+few|several))[\s-]*"
    r"(?P<unit>nautical\s+miles?|miles?|mi\.?|kilomet(?:er|re)s?|kms?|met(?:er|re)s?|yards?|feet|foot|blocks?)"
    rf"(?:\s*\((?:about\s+|some\s+)?{CARDINAL}\s*[\w\s]{{1,12}}\))?"
    rf"(?:\s+(?:or\s+so\s+)?(?:(?:to\s+the\s+)?{_DIRECTION}\s+(?:of|from)|(?P<away>away\s+from|from|of|outside(?:\s+of)?|off(?:\s+the\s+coasts?\s+of)?|inland\s+from|offshore\s+from))\s+(?:the\s+(?:[a-z]+\s+){{0,4}}(?:of\s+)?|its\s+[a-z]+\s+)?(?:capital,?\s+(?:city,?\s+)?(?:of\s+)?)?)$",
    re.IGNORECASE,
)
_TIME_AWAY = re.compile(
    rf"(?P<number>{CARDINAL}|an?)[\s-]+hours?(?:['’]s?)?\s+(?:drive\s+)?(?:{_DIRECTION}\s+(?:of|from)|(?:drive\s+)?(?:away\s+)?from)\s+$",
    re.IGNORECASE,
)
_BARE_DIRECTION = re.compile(
    r"(?P<just>just\s+|immediately\s+|far\s+)?(?:to\s+the\s+)?\b(?P<direction>(?:north|south)[\s-]?(?:east|west)|north|south|east|west)"
    r"\s+of\s+(?:the\s+(?:[a-z]+\s+){0,3}of\s+)?(?:the\s+)?$",
    re.IGNORECASE,
)
_NEARBY = re.compile(
    r"(?P<word>near(?:\s+to)?|close\s+to|not\s+far\s+from|in\s+the\s+vicinity\s+of|around|beside|outside(?:\s+of)?|on\s+the\s+(?:[a-z]+\s+)?(?:outskirts|edge|fringes)\s+of|"
    r"just\s+outside(?:\s+of)?|over(?:\s+the\s+skies\s+of)?|above|in\s+the\s+skies\s+(?:over|above|of)|off\s+(?:the\s+)?(?:(?:[a-z]+\s+){0,2}(?:coasts?|shores?)\s+of\s+)?|"
    r"on\s+the\s+(?:[a-z]+\s+)?coast\s+of|along\s+the\s+(?:[a-z]+\s+)?coast\s+of|at\s+the\s+border\s+with|near\s+the\s+border\s+with|on\s+the\s+border\s+with)"
    r"\s*(?:the\s+)?(?:(?:eastern|western|northern|southern|central|coastal|port|border|desert|small|tiny|nearby|mountain|rebel-held|government-held|besieged)\s+){0,2}"
    r"(?:(?:city|town|village|capital|island|port|province|region|community|suburb|hamlet|settlement|district|county)(?:\s+city)?(?:\s+of)?,?\s+)?$",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r"\bbetween\s+(?:the\s+(?:[a-z]+\s+){0,3}(?:of\s+)?)?$", re.IGNORECASE)
_AND = re.compile(r"\s+and\s+(?:the\s+(?:[a-z]+\s+){0,3}(?:of\s+)?)?", re.IGNORECASE)
_LOOK_BACK = 110


@dataclass(frozen=True, slots=True)
class Point:
    """Where a phrase lies: from the start of the phrase, with its relation, radius and reason."""

    start: int
    relation: str
    lat: float
    lon: float
    radius_km: float
    why: str
    exact: bool = False  # a place of its own, not the one it is told from


def relate(text: str, sentences: Sequence[Span], chosen: Sequence[Choice]) -> list[Place]:
    """The chosen places, each with what the words before it say of where it lies; then "the capital"."""
    found: list[Place] = []
    begins = {s.start: s for s in sentences}
    starts = sorted(begins)
    skip = -1
    for n, choice in enumerate(chosen):
        if n == skip:
            continue
        floor = _floor(starts, choice.named.span.start)
        floor = max(floor, chosen[n - 1].named.span.end if n else 0)
        pair = _between(text, chosen, n, floor)
        if pair is not None:
            found.append(pair)
            skip = n + 1
            continue
        point = (
            _point(text, choice, max(floor, choice.named.span.start - _LOOK_BACK)) if choice.entry else None
        )
        found.append(_place(text, choice, point))
    found += find_capitals(text, sentences, chosen)
    return sorted(_lend(text, found), key=lambda p: (p.span, p.name))


def _floor(starts: list[int], at: int) -> int:
    n = bisect_right(starts, at) - 1
    return starts[n] if n >= 0 else 0


def _place(text: str, choice: Choice, point: Point | None) -> Place:
    entry, named = choice.entry, choice.named
    if entry is None:
        return Place(named.span, named.name, why=choice.why)
    if point is None:
        return Place(
            named.span,
            entry.name,
            entry.geonameid,
            entry.lat,
            entry.lon,
            entry.radius_km,
            entry.full_name,
            entry.feature,
            why=choice.why,
        )
    span = Span(point.start, named.span.end)
    if point.exact:
        said = " ".join(span.of(text).split())
        rest = (
            entry.full_name.split(", ", 1)[1:] if entry.full_name.lower().startswith(fold(named.name)) else []
        )
        return Place(
            span,
            said,
            None,
            point.lat,
            point.lon,
            point.radius_km,
            ", ".join([said, *rest]),
            "area",
            point.relation,
            point.why,
        )
    return Place(
        span,
        entry.name,
        entry.geonameid,
        point.lat,
        point.lon,
        point.radius_km,
        entry.full_name,
        entry.feature,
        point.relation,
        point.why,
    )


def _point(text: str, choice: Choice, floor: int) -> Point | None:
    entry = choice.entry
    assert entry is not None
    if entry.adjective:
        return None
    before = text[floor : choice.named.span.start]
    return (
        _at_distance(before, floor, entry) or _toward(before, floor, entry) or _nearby(before, floor, entry)
    )


def _at_distance(before: str, floor: int, entry: Entry) -> Point | None:
    m = _DISTANCE.search(before)
    hours = None if m else _TIME_AWAY.search(before)
    if m is None and hours is None:
        return None
    if m is not None:
        km = _kilometres(m)
        words = " ".join(m.group().split())
        rough = bool(m["about"]) or bool(m["few"])
        found, away = m, (m["away"] or "").lower()
    else:
        assert hours is not None
        km = (parse_number(hours["number"]) or 1.0) * _HOUR_KM
        words, rough, found, away = " ".join(hours.group().split()), True, hours, ""
    if km is None or km > 3_000:
        return None
    if direction := _direction(found):
        lat, lon = moved(entry.lat, entry.lon, _BEARINGS[direction], km)
        radius = max(2.0, km * (0.3 if rough else 0.2) + min(entry.radius_km, 10.0) * 0.5)
        return Point(
            floor + found.start(),
            "offset",
            lat,
            lon,
            round(radius, 1),
            f"{km:.0f} km {direction} of {entry.name}",
            True,
        )
    relation = "outside" if away.startswith("outside") else "near"
    return Point(
        floor + found.start(),
        relation,
        entry.lat,
        entry.lon,
        round(km + entry.radius_km, 1),
        f"“{words} …”: within {km:.0f} km of {entry.name}, no direction is given",
    )


def _kilometres(m: re.Match[str]) -> float | None:
    unit = " ".join(m["unit"].lower().rstrip(".").split())
    factor = _UNITS.get(unit) or _UNITS.get(unit.removesuffix("s"))
    if factor is None:
        return None
    if m["few"]:
        return 4 * factor
    first = parse_number(m["number"])
    second = parse_number(m["number2"]) if m["number2"] else None
    if first is None:
        return None
    return (first if second is None else (first + second) / 2) * factor


def _direction(m: re.Match[str]) -> str | None:
    said = m.groupdict().get("direction")
    if not said:
        return None
    word = re.sub(r"[\s.-]", "", said.lower())
    return _COMPASS.get(word, word) if _COMPASS.get(word, word) in _BEARINGS else None


def _toward(before: str, floor: int, entry: Entry) -> Point | None:
    m = _BARE_DIRECTION.search(before)
    direction = _direction(m) if m else None
    if m is None or direction is None:
        return None
    km = _UNKNOWN_WAY + min(entry.radius_km, 100.0) * 0.5
    if m["just"] and m["just"].lower().startswith(("just", "immed")):
        km = 5.0 + min(entry.radius_km, 30.0) * 0.7
    lat, lon = moved(entry.lat, entry.lon, _BEARINGS[direction], km)
    return Point(
        floor + m.start(),
        "offset",
        lat,
        lon,
        round(km * 1.2, 1),
        f"{direction} of {entry.name}, no distance is given",
        True,
    )


_RELATIONS = (("off", "off the coast of"), ("outside", "outside"), ("outskirts", "on the edge of"), ("edge", "on the edge of"), ("fringes", "on the edge of"),
              ("over", "over"), ("above", "over"), ("skies", "over"))  # fmt: skip


def _nearby(before: str, floor: int, entry: Entry) -> Point | None:
    m = _NEARBY.search(before)
    if m is None or (m.start() and before[m.start() - 1].isalnum()):
        return None
    word = " ".join(m["word"].lower().split())
    large = entry.feature not in ("town", "water") and not entry.county
    if word.startswith("off"):
        reach = entry.radius_km + _OFF if entry.feature != "country" else entry.radius_km * 1.3
        return Point(
            floor + m.start(), "near", entry.lat, entry.lon, round(reach, 1), f"off the coast of {entry.name}"
        )
    if word.startswith(("over", "above", "in the skies")):
        if word in ("over", "above") and large:
            return None  # "the fight over Kashmir"
        return Point(floor + m.start(), "over", entry.lat, entry.lon, entry.radius_km, f"over {entry.name}")
    if "coast" in word or "border" in word:
        return Point(
            floor + m.start(),
            "near",
            entry.lat,
            entry.lon,
            round(entry.radius_km * 1.2, 1),
            f"“{word} {entry.name}”",
        )
    if word.startswith("around") and large:
        return None
    if "outside" in word or "outskirts" in word or "edge" in word or "fringes" in word:
        return Point(
            floor + m.start(),
            "outside",
            entry.lat,
            entry.lon,
            round(entry.radius_km + _OUTSIDE, 1),
            f"outside {entry.name}, not far from it",
        )
    return Point(
        floor + m.start(),
        "near",
        entry.lat,
        entry.lon,
        round(entry.radius_km + _NEAR, 1),
        f"near {entry.name}",
    )


def _between(text: str, chosen: Sequence[Choice], n: int, floor: int) -> Place | None:
    if n + 1 >= len(chosen):
        return None
    a, b = chosen[n], chosen[n + 1]
    lead = _BETWEEN.search(text, max(floor, a.named.span.start - 40), a.named.span.start)
    if (
        lead is None
        or not _AND.fullmatch(text, a.named.span.end, b.named.span.start)
        or a.entry is None
        or b.entry is None
    ):
        return None
    if max(a.entry.radius_km, b.entry.radius_km) > 150:
        return None
    apart = distance_km(a.entry, b.entry)
    if apart > 1_000:
        return None
    lat, lon = (a.entry.lat + b.entry.lat) / 2, (a.entry.lon + b.entry.lon) / 2
    said = f"between {a.entry.name} and {b.entry.name}"
    span = Span(lead.start(), b.named.span.end)
    return Place(
        span,
        said,
        None,
        round(lat, 4),
        round(lon, 4),
        round(max(5.0, apart / 2), 1),
        said,
        "area",
        "between",
        f"half way between the two, which lie {apart:.0f} km apart",
    )


_APPOSED = re.compile(
    r",\s+(?:(?:a|the)\s+(?:[\w-]+\s+){1,4})?(?:(?:which\s+is|that\s+is|located|lying|situated|about|some|around)\s+){0,2}$"
)


def _lend(text: str, places: list[Place]) -> list[Place]:
    """ "Qasr Nowhere, a village 12 miles east of X": a name that isn't in the gazetteer takes the point that the text gives."""
    ordered = sorted(places, key=lambda p: (p.span, p.name))
    lent = []
    for p, after in zip(ordered, [*ordered[1:], None], strict=False):
        if (
            p.lat is None
            and after is not None
            and after.relation in ("offset", "near", "outside")
            and _APPOSED.fullmatch(text, p.span.end, after.span.start)
        ):
            lent.append(
                Place(
                    p.span,
                    p.name,
                    None,
                    after.lat,
                    after.lon,
                    after.radius_km,
                    p.name,
                    "town",
                    "in",
                    f"not in the gazetteer; the text puts it {after.why}",
                )
            )
        else:
            lent.append(p)
    return lent
