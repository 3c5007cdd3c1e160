"""Where the main event was, from the places that reports name in its sentences."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from twosource.annotate.places.gazetteer import gazetteer
from twosource.corroborate.facts.lexicon import event_words
from twosource.corroborate.facts.nearness import distance
from twosource.corroborate.facts.reading import Reading
from twosource.model import Claim, Evidence, Place, Span

_FINE = {
    "town": 1.0,
    None: 0.5,
    "area": 0.4,
    "water": 0.2,
    "region": 0.22,
    "country": 0.05,
    "continent": 0.01,
}
STREET = re.compile(
    r"\s+(?:Street|St\b|Ave|Road|Rd\b|Blvd|Boulevard|Drive|Dr\b|Lane|Ln\b|Highway|Hwy|Parkway|Place|Court|Terrace|Circle|Way)\b"
)
_PAPER = re.compile(
    r"\s+(?:Daily|Evening|Morning|Sunday|Times|News|Herald|Tribune|Post|Star|Express|Chronicle|Journal|Gazette|Sun|Globe|Dispatch|Courier|Observer|"
    r"Examiner|Advertiser|Register|Sentinel|Inquirer|Enquirer|Telegraph|Bee|Standard|Mail|Echo)\b"
)
_PLACED = re.compile(r"\b(?:[Ii]n|[Aa]t|[Nn]ear|of|[Ff]rom|[Oo]utside)\s+$")
_SHIP = re.compile(r"\b(?:INS|USS|HMS|HMAS|HMCS|MV|M/V|MS|SS|RMS|RV|USNS)\s+([A-Z][\w-]{2,})")
BODY = re.compile(r"(?:['’]s)?\s+(?:[Pp]olice|PD\b|[Ff]ire|[Mm]ayor)")
_QUARTER = re.compile(r"(?:['’]s)?\s+(?:(?:[a-z]+\s+)?neighbou?rhood|section|district)\b")
_LIVES = re.compile(r"(?:\bof|\bfrom|\bresident of|\bnative of)\s+$|\b[DRI]-$")
# Whom a member of an assembly was elected by: "a congressman from a district anchored in X", "who represents X".
_SEAT = re.compile(
    r"\b(?:congress(?:wo)?man|representative|rep\.|senator|sen\.|lawmaker|legislator|deputy|member of parliament|MP)\b[^.;]{0,120}"
    r"\b(?:district|constituency|seat|riding)\b[^.;,]{0,40}(?:, )?$|\brepresent(?:s|ed|ing) (?:the )?(?:[\w '’-]{1,30}, )?$",
    re.IGNORECASE,
)
_WORD = r"(?:St\.\s+|Mt\.\s+)?(?!St\b)[A-Z][a-z’'-]+"
_NAMED = re.compile(
    rf"\b(?:in|at|near|outside)\s+(?P<in>{_WORD}(?:\s+{_WORD})?)(?=[.,;]|\s+(?:on|early|late|this|last|[A-Z][a-z]+day|after|when|that|around|about|at)\b)"
    rf"|\b(?P<body>{_WORD}(?:\s+{_WORD})?)\s+(?:[Pp]olice|PD)\b"
)
_NO_TOWN = frozenset(
    """january february march april may june july august september october november december monday tuesday wednesday thursday
    friday saturday sunday the state city county local metro metropolitan highway park district southeast southwest northeast
    northwest north south east west downtown update updated breaking exclusive watch video photo photos live alert news street avenue
    road drive lane boulevard highway hospital school university college church center mall plaza apartments""".split()
)
# Weights of names that the gazetteer doesn't have.
_DATELINE, _IN, _OF_BODY = 0.8, 0.4, 0.3
_AS_REGION = 2.5  # a region's own name tells as much of the region as a town's does
_PASSING = 0.1  # the weight of a name that says little
_CLOSE_KM = 10
_CITY = 100_000  # people
_LARGE = 300_000
_TOLD_FROM = re.compile(r"^[^,]*?\b(?:of|from)\s+(?:the\s+)?(?=[A-Z])")
_DEEP = 25  # sentences after which a report tells of other things
_CREDIT = 9  # words: shorter bracketed lines are picture credits


@dataclass(frozen=True)
class _Vote:
    place: Place
    name: str
    weight: float
    evidence: Evidence
    desk: bool = False  # named in the dateline: where it was written, which may be far off

    @property
    def region(self) -> tuple[str, ...]:
        """The first-level region and country that it lies in."""
        return tuple(p.strip() for p in self.name.split(","))[-2:]

    @property
    def town(self) -> bool:
        """Whether it is finer than a region."""
        return self.place.feature not in ("region", "country", "continent", "water")


def main_place(
    readings: Sequence[Reading], claims: Sequence[Claim]
) -> tuple[Place | None, tuple[Evidence, ...]]:
    """The place that most and most prominent mentions agree on: first the region, then the town in it.

    Streets named after towns, where people live and where they are treated say little; a town's own police, the
    dateline and the headline say much. Every report has one voice. A town that the gazetteer doesn't have keeps its
    name and has no coordinates.
    """
    main = {s for c in claims if c.event == "main" for s in c.statements}
    ships = frozenset(m[1] for r in readings for m in _SHIP.finditer(r.text))
    quarters = frozenset(
        p.name
        for r in readings
        for p in r.annotation.places
        if _QUARTER.match(r.text, p.span.end, p.span.end + 40)
    )
    votes = _within_named(
        readings,
        _settled(
            [
                v
                for r in readings
                for v in _votes(r, main, quarters)
                if not any(w in ships for w in _said(r, v))
            ]
        ),
    )
    regions: dict[tuple[str, ...], float] = defaultdict(float)
    for v in votes:
        if len(v.region) == 2:
            regions[v.region] += v.weight * (_AS_REGION if v.place.feature == "region" else 1.0)
    region = min(regions, key=lambda r: (-round(regions[r], 6), r)) if regions else None
    inside = [v for v in votes if region is None or v.region == region]
    towns = _joined([v for v in inside if v.town] + _unlisted(readings, region))
    return _best(towns or inside or votes)


def _said(reading: Reading, vote: _Vote) -> tuple[str, str]:
    """The name of a voted place, in the gazetteer's words and in the report's."""
    return vote.place.name, vote.place.span.of(reading.text)


def _settled(votes: Sequence[_Vote]) -> list[_Vote]:
    """Votes without those of datelines in regions that the reports themselves never speak of (an agency's desk), and of small
    towns in countries that nothing else speaks of, where others are spoken of: those are mostly people's and things' names.
    """
    told = {v.region for v in votes if not v.desk and v.weight > _PASSING}
    kept = [v for v in votes if not v.desk or not told or v.region in told]
    fine = [v for v in kept if v.place.feature in ("town", "region")]
    names: dict[str, set[str]] = defaultdict(set)
    told_by: dict[str, int] = defaultdict(int)  # a region's name weighs more: few things are called after one
    for v in fine:
        names[v.region[-1]].add(v.name)
        told_by[v.region[-1]] += 1 if v.town else 2
    stray = {
        c for c in names if len(names[c]) == 1 and any(n > told_by[c] for o, n in told_by.items() if o != c)
    }
    return [v for v in kept if not (v.town and v.region[-1] in stray and not _large(v.place))]


def _large(place: Place) -> bool:
    return any(
        e.geonameid == place.geonameid and e.people >= _LARGE
        for e in gazetteer().lookup(place.name)
        if e.geonameid
    )


def _best(votes: Sequence[_Vote]) -> tuple[Place | None, tuple[Evidence, ...]]:
    if not votes:
        return None, ()
    weights: dict[str, float] = defaultdict(float)
    for v in votes:
        weights[v.name] += v.weight
    top = min(weights, key=lambda p: (-round(weights[p], 6), p))
    finest = min((v.place for v in votes if v.name == top), key=lambda p: (p.radius_km or 1e9, p.span))
    return replace(finest, full_name=top), tuple(sorted({v.evidence for v in votes if v.name == top}))


def _joined(votes: Sequence[_Vote]) -> list[_Vote]:
    """Votes in which a quarter that lies inside a city named as well stands under the city: "Quarter, City, Region"."""
    places = {v.name: v.place for v in votes}
    cities = {
        small: big
        for small, p in places.items()
        for big, q in sorted(places.items())
        if small != big
        and p.lat is not None
        and "offset" not in (p.relation, q.relation)
        and (p.radius_km or 0) * 3 <= (q.radius_km or 0)
        and q.lat
        and distance(p, q) <= (q.radius_km or 0)
    }
    told: dict[str, float] = defaultdict(float)
    for v in votes:
        told[v.name] += v.weight
    finest: dict[str, str] = {}
    for small, big in sorted(cities.items()):
        if told[small] >= told[big] / 2 and (big not in finest or told[small] > told[finest[big]]):
            finest[big] = small
    joined = []
    for v in votes:
        big = cities.get(v.name, v.name)
        small = finest.get(big, "")
        if small:
            v = replace(v, place=places[small], name=f"{small.split(',')[0]}, {big}")
        elif big != v.name:
            v = replace(v, place=places[big], name=big)
        joined.append(v)
    return joined


def _votes(reading: Reading, main: set[str], quarters: frozenset[str]) -> list[_Vote]:
    """One report's mentions of places, their weights adding up to one at most."""
    found = []
    dateline = reading.article.masthead.dateline
    desk = dateline.span if dateline else None
    for place in reading.annotation.places:
        if place.lat is None or not place.full_name:
            continue
        weight = _weight(reading, place, main)
        if place.name in quarters:
            weight = min(weight, _PASSING)  # of which city the words beside it say, not the gazetteer
        if weight > 0:
            place = _beside(place)
            name = event_words().coextensive.get(place.full_name or "", place.full_name or "")
            if name != place.full_name:
                place = replace(place, feature="town")
            evidence = reading.evidence(place.span)
            found.append(_Vote(place, name, weight, evidence, bool(desk and desk.overlaps(place.span))))
    total = max(0.5, sum(v.weight for v in found))
    return [replace(v, weight=v.weight / total) for v in found]


def _in_a_name(reading: Reading, place: Place) -> bool:
    """Whether the words are part of another name: a paper's, a ship's, a person's, an armed group's ("al-Northport")."""
    text, span = reading.text, place.span
    if _PAPER.match(text, span.end, span.end + 24):
        return True
    for m in reading.annotation.mentions:
        if m.form != "name" or not m.span.holds(span):
            continue
        lead = text[m.span.start : span.start].lower()
        if lead in ("al-", "al ", "el-", "ash-") or (m.kind == "person" and m.span != span):
            return True
        if (
            m.kind == "person"
            and not _PLACED.search(text, max(0, span.start - 10), span.start)
            and not BODY.match(text, span.end)
        ):
            return True
    return False


def _stood_for(reading: Reading, place: Place) -> bool:
    """Whether somebody speaks for a region or town there ("Senator A of X", "B (D-X)"): it says nothing of where anything was."""
    if _SEAT.search(reading.text[max(0, place.span.start - 200) : place.span.start]):
        return True
    if not any(e.feature == "region" for e in gazetteer().lookup(place.span.of(reading.text))):
        return False  # of a town, it may be where the harmed was from
    before = reading.text[max(0, place.span.start - 6) : place.span.start]
    if re.search(r"\b[DRI]-$", before):
        return True
    end = place.span.start - len(before) + len(before.removesuffix(" of "))
    return end < place.span.start and any(
        m.kind == "person" and m.form == "name" and m.span.end == end for m in reading.annotation.mentions
    )


def _within_named(readings: Sequence[Reading], votes: list[_Vote]) -> list[_Vote]:
    """Votes without towns of countries that most reports don't speak of, where there are some that most do."""
    told: dict[str, set[str]] = defaultdict(set)
    for r in readings:
        for p in r.annotation.places:
            if p.feature in ("country", "region") and p.full_name:
                told[p.full_name.split(", ")[-1]].add(r.id)
    common = {c for c, reports in told.items() if len(readings) > 2 and 2 * len(reports) > len(readings)}
    kept = [v for v in votes if not v.town or not common or v.region[-1] in common]
    return kept or votes


def _beside(place: Place) -> Place:
    """A place told by a town close by ("just north of X") under that town's name; its point and radius stay its own."""
    if place.relation != "offset" or not place.full_name:
        return place
    far = re.match(r"(\d+) km ", place.why)
    if far and int(far[1]) > _CLOSE_KM:
        return place
    return replace(place, full_name=_TOLD_FROM.sub("", place.full_name, count=1), feature="town")


def _weight(reading: Reading, place: Place, main: set[str]) -> float:
    """How much one mention counts."""
    words, text = event_words(), reading.text
    n = reading.number(place.span.start)
    sentence = reading.sentence(place.span.start)
    written = place.span.of(text)
    after = text[place.span.end : place.span.end + 24]
    if (
        sentence is None
        or n > _DEEP
        or STREET.match(after)
        or "block of" in written
        or _in_a_name(reading, place)
        or _stood_for(reading, place)
    ):
        return 0.0
    if sentence.span.of(text).startswith("(") and len(sentence.tokens) < _CREDIT:
        return 0.0
    if BODY.match(after):
        return 2.0 / (1 + n / 12)
    weight = _FINE.get(place.feature, 0.4) / (1 + n / 3)
    lemmas = {t.lemma.lower() for t in sentence.tokens}
    if lemmas & words.happening:
        weight *= 1.6
    before = text[max(sentence.span.start, place.span.start - 30) : place.span.start]
    if _LIVES.search(before):
        weight *= 0.4
    elif any(w in before.lower() for w in words.elsewhere) or "ospital" in after:
        weight *= 0.3
    if written.split(",")[0].lower() in (reading.article.report.title or "").lower():
        weight *= 1.5
    if any(
        s.id in main and any(c.overlaps(place.span) for c in s.content) for s in reading.annotation.statements
    ):
        weight *= 1.2
    return weight


def _unlisted(readings: Sequence[Reading], region: tuple[str, ...] | None) -> list[_Vote]:
    """Towns by their names alone: the dateline, "in X" beside a word of happening, or X's police."""
    found = []
    for reading in readings:
        listed = [p.span for p in reading.annotation.places if p.lat is not None]
        named = [(n, s, w) for n, s, w in _names(reading) if not any(p.overlaps(s) for p in listed)]
        for name, span, weight in named:
            if _known_elsewhere(name, region):
                continue
            full = ", ".join([name, *region]) if region and name not in region else name
            place = Place(span, name, full_name=full, feature="town", why="named, not in the gazetteer")
            found.append(_Vote(place, full, weight / max(1, len(named)), reading.evidence(span)))
    return found


def _known_elsewhere(name: str, region: tuple[str, ...] | None) -> bool:
    """Whether a name is a city's of another region: then it is no unlisted town of this one."""
    towns = [e for e in gazetteer().lookup(name) if e.feature == "town" and e.people >= _CITY]
    return bool(region and towns) and not any(e.region == (region or ("",))[0] for e in towns)


def _names(reading: Reading) -> Iterator[tuple[str, Span, float]]:
    dateline = reading.article.masthead.dateline
    if dateline and dateline.span and "county" not in dateline.value.lower():
        yield dateline.value.split(",")[0].strip().title(), dateline.span, _DATELINE
    words = event_words().happening
    for sentence in reading.annotation.sentences[:8]:
        happening = any(t.lemma.lower() in words for t in sentence.tokens)
        for m in _NAMED.finditer(reading.text, sentence.span.start, sentence.span.end):
            name = m["in"] or m["body"]
            kind = "in" if m["in"] else "body"
            if (
                (happening or m["body"])
                and not {w.lower() for w in name.split()} & _NO_TOWN
                and _capital(reading, m.start(kind))
            ):
                yield name, Span(*m.span(kind)), _IN if m["in"] else _OF_BODY


def _capital(reading: Reading, at: int) -> bool:
    """Whether a capital letter there says that it is a name: at the head of a sentence it doesn't."""
    sentence = reading.sentence(at)
    return sentence is not None and at > sentence.span.start
