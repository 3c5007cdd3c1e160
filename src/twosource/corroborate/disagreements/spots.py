"""Where it happened: neighbourhoods, addresses, and inside against outside."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from twosource.corroborate.disagreements.build import disagreement
from twosource.corroborate.facts.reading import Reading
from twosource.model import Disagreement, Nature, Side, Span
from twosource.text import normal

_HEAD = 10  # sentences in which the main event is placed
_CAPS = r"(?:[A-Z][\w’'-]+\s+){1,3}"
_QUARTER = re.compile(
    rf"\b(?:in|of|from)\s+(?:the\s+)?(?P<name>{_CAPS})(?P<what>neighbou?rhood|district|suburb|quarter|borough|ward|section|village)\b"
)
_KIND = (
    r"(?:Street|St\.|Avenue|Ave\.|Road|Rd\.|Boulevard|Blvd\.|Drive|Dr\.|Lane|Highway|Parkway|Place|Court|Way)"
)
_PART = r"(?:[A-Z][\w’'-]*\.?|\d+(?:st|nd|rd|th))"
_STREET = re.compile(rf"(?P<block>\b\d+[- ]block (?:of )?)?(?P<name>(?:{_PART}\s+){{1,4}}){_KIND}(?!\w)")
_SIDE = {"north", "south", "east", "west", "n", "s", "e", "w", "n.", "s.", "e.", "w.", "the"}
_INSIDE = re.compile(r"\b(?:inside|into|in)\s+(?:the|a|an|his|her|their)?\s*(?P<what>[a-z]+(?:\s+room)?)\b")
_OUTSIDE = re.compile(r"\boutside\s+(?:of\s+)?(?:the|a|an|his|her|their)?\s*(?P<what>[a-z]+)\b")
_HARM = frozenset({"kill", "shoot", "murder", "stab", "die", "find", "attack", "arrest", "wound", "injure"})


@dataclass(frozen=True)
class _Spot:
    report: str
    name: str
    written: str
    span: Span
    block: bool = False


def differing_spots(readings: Sequence[Reading], heads: Mapping[str, str]) -> list[Disagreement]:
    """Different quarters, one address told finer than another, and people harmed inside in one report and outside in another."""
    own = [r for r in readings if heads[r.id] == r.id]
    found = [_quarters(own), _addresses(own), *_thresholds(own)]
    return [d for d in found if d]


def _heads(reading: Reading) -> Iterator[Span]:
    yield from (s.span for s in reading.annotation.sentences[:_HEAD])
    yield from (f.span for f in reading.article.boilerplate if f.kind == "caption")


def _quarters(own: Sequence[Reading]) -> Disagreement | None:
    named: list[_Spot] = []
    for r in own:
        for span in _heads(r):
            for m in _QUARTER.finditer(r.text, span.start, span.end):
                named.append(_Spot(r.id, normal(m["name"].strip()), m["name"].strip(), Span(*m.span())))
    known = {s.name: s.written for s in named}
    for r in own:
        if any(s.report == r.id for s in named):
            continue
        for span in _heads(r):
            for name in sorted(known):
                plain = re.compile(rf"\bin\s+{re.escape(known[name])}\b").search(r.text, span.start, span.end)
                if plain:
                    named.append(_Spot(r.id, name, known[name], Span(*plain.span())))
    first: dict[str, _Spot] = {}
    for s in sorted(named, key=lambda s: (s.report, s.span)):
        first.setdefault(s.report, s)
    if len({s.name for s in first.values()}) < 2:
        return None
    by_id = {r.id: r for r in own}
    sides = [Side(s.written, by_id[s.report].evidence(s.span)) for s in first.values()]
    said = ", ".join(f"{s.written} in {s.report}" for s in first.values())
    return disagreement("place", "the neighbourhood", "contradiction", sides, f"The place is put in {said}.")


def _addresses(own: Sequence[Reading]) -> Disagreement | None:
    """The first address of each report, where two share a street and one says more."""
    first: dict[str, list[_Spot]] = {}
    for r in own:
        for span in _heads(r):
            here = [
                _Spot(r.id, _street(m["name"]), m.group(), Span(*m.span()), bool(m["block"]))
                for m in _STREET.finditer(r.text, span.start, span.end)
                if _street(m["name"])
            ]
            if here:
                first.setdefault(r.id, here)
    by_id = {r.id: r for r in own}
    sides: set[Side] = set()
    for a, here in sorted(first.items()):
        for b, there in sorted(first.items()):
            x, y = {s.name for s in here}, {s.name for s in there}
            blocks = [any(s.block for s in spots) for spots in (here, there)]
            corner = len(x) > 1 or len(y) > 1
            if a < b and x & y and corner and (x != y or blocks[0] != blocks[1]) and any(blocks):
                for spots in (here, there):
                    value = " and ".join(dict.fromkeys(s.written for s in spots))
                    sides.add(Side(value, by_id[spots[0].report].evidence(spots[0].span)))
    return disagreement(
        "place", "the address", "precision", sides, "One street is shared, the rest of the address is not."
    )


def _street(name: str) -> str:
    return " ".join(w for w in normal(name).split() if w not in _SIDE)


def _thresholds(own: Sequence[Reading]) -> list[Disagreement]:
    """People harmed in or into a room by one report and outside by another."""
    told: dict[str, dict[str, list[tuple[Reading, Span, str]]]] = {}
    for r in own:
        for s in r.annotation.sentences:
            if not any(t.lemma.lower() in _HARM for t in s.tokens):
                continue
            for where, pattern in (("outside", _OUTSIDE), ("inside", _INSIDE)):
                m = pattern.search(r.text, s.span.start, s.span.end)
                if m and (where == "outside" or _room(m["what"])):
                    for who in _people(r, s.span, m.start() if where == "outside" else None):
                        told.setdefault(who, {}).setdefault(where, []).append((r, Span(*m.span()), m.group()))
    found = []
    for who in sorted(told):
        inside, outside = told[who].get("inside", []), told[who].get("outside", [])
        both = {r.id for r, _, _ in inside} & {r.id for r, _, _ in outside}
        sides = [Side(said, r.evidence(span)) for r, span, said in [*inside, *outside] if r.id not in both]
        if {s.value for s in sides} and inside and outside:
            nature: Nature = "contradiction"
            found.append(
                disagreement(
                    "place",
                    f"inside or outside: {who.title()}",
                    nature,
                    sides,
                    "One report says inside, another outside.",
                )
            )
    return [d for d in found if d]


def _room(word: str) -> bool:
    return word.split()[0].endswith(
        (
            "room",
            "house",
            "home",
            "building",
            "court",
            "store",
            "shop",
            "bar",
            "club",
            "school",
            "car",
            "church",
            "office",
        )
    )


def _people(reading: Reading, span: Span, near: int | None) -> list[str]:
    """The surnames of the people named in a sentence; before `near`, only the one that stands nearest."""
    named = [
        m
        for m in reading.annotation.mentions
        if m.kind == "person" and m.form == "name" and span.holds(m.span)
    ]
    if near is not None:
        before = [m for m in named if m.span.end <= near]
        named = before[-1:]
    return sorted({normal(m.name.split()[-1]) for m in named if m.name.split()})
