"""One person's age given differently."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from twosource.corroborate.disagreements.build import disagreement
from twosource.corroborate.facts.reading import Reading
from twosource.model import Disagreement, Nature, Side, Span
from twosource.text import normal

_WORD = r"[A-Z](?:\.|[\w’'-]+)"
_NAME = rf"{_WORD}(?:[ \t]+(?:(?:de|la|van|von|bin|al|el|del|da|dos)[ \t]+)?{_WORD}){{1,3}}"
_AFTER = re.compile(
    rf"(?P<name>{_NAME}),?[ \t]*[,(][ \t]*(?:an? |the |age |aged )?(?P<age>\d{{1,3}})(?:-year-old\b|[ \t]*(?=[,;.)\n]|and\b|$))"
)
_BEFORE = re.compile(rf"(?P<age>\d{{1,3}})-year-old[ \t]+(?:\w+[ \t]+){{0,2}}?(?P<name>{_NAME})")
_TITLES = frozenset(
    [
        "mr",
        "mrs",
        "ms",
        "dr",
        "sgt",
        "lt",
        "capt",
        "col",
        "gen",
        "officer",
        "deputy",
        "detective",
        "image",
        "photo",
        "police",
        "sheriff",
        "chief",
        "judge",
    ]
)


@dataclass(frozen=True)
class Aged:
    """A person's name with the age that stands beside it."""

    report: str
    name: tuple[str, ...]
    age: int
    span: Span


def aged(reading: Reading) -> list[Aged]:
    """Every name of two words or more with an age beside it; captions are read too, since names stand in them."""
    found = []
    hidden = [f.span for f in reading.article.boilerplate if f.kind != "caption"]
    for pattern in (_AFTER, _BEFORE):
        for m in pattern.finditer(reading.text):
            span = Span(*m.span())
            name = tuple(w for w in (normal(w).strip(".'") for w in m["name"].split()) if w not in _TITLES)
            if len(name) > 1 and 0 < int(m["age"]) < 115 and not any(h.overlaps(span) for h in hidden):
                found.append(Aged(reading.id, name, int(m["age"]), span))
    return found


def differing_ages(readings: Sequence[Reading], heads: Mapping[str, str]) -> list[Disagreement]:
    """One disagreement for each person with two ages; a year more in a report that is a year later is an update."""
    by_id = {r.id: r for r in readings}
    people: dict[tuple[str, str], list[Aged]] = defaultdict(list)
    for r in readings:
        if heads[r.id] == r.id:
            for a in aged(r):
                people[a.name[0], a.name[-1]].append(a)
    found = []
    for key in sorted(people):
        mentions = _first_of_each(people[key])
        if len({a.age for a in mentions}) < 2:
            continue
        sides = [Side(str(a.age), by_id[a.report].evidence(a.span)) for a in mentions]
        name = " ".join(by_id[mentions[0].report].text[mentions[0].span.start : mentions[0].span.end].split())
        nature = _nature(mentions, by_id)
        about = f"age of {_display(mentions[0], by_id)}"
        why = f"{name!r} against {', '.join(str(a.age) for a in mentions[1:] if a.age != mentions[0].age)}."
        made = disagreement("quantity", about, nature, sides, why)
        found += [made] if made else []
    return found


def _first_of_each(mentions: Sequence[Aged]) -> list[Aged]:
    first: dict[tuple[str, int], Aged] = {}
    for a in sorted(mentions, key=lambda a: (a.report, a.span)):
        first.setdefault((a.report, a.age), a)
    return list(first.values())


def _display(a: Aged, by_id: Mapping[str, Reading]) -> str:
    m = _AFTER.match(by_id[a.report].text, a.span.start) or _BEFORE.match(by_id[a.report].text, a.span.start)
    return " ".join(m["name"].split()) if m else " ".join(w.title() for w in a.name)


def _nature(mentions: Sequence[Aged], by_id: Mapping[str, Reading]) -> Nature:
    """An update where every higher age stands in a report so much later that a birthday explains it."""
    for a in mentions:
        for b in mentions:
            if a.age < b.age and a.report != b.report:
                years = _years(by_id[a.report].article.published, by_id[b.report].article.published)
                if years is None or not (b.age - a.age - 1 <= years <= b.age - a.age + 1 and years >= 0.02):
                    return "contradiction"
    return "update"


def _years(a: str | None, b: str | None) -> float | None:
    """Years from one plain date to another."""
    days = []
    for d in (a, b):
        m = re.match(r"(\d{4})-(\d\d)-(\d\d)", d or "")
        if not m:
            return None
        days.append(int(m[1]) + (int(m[2]) - 1) / 12 + int(m[3]) / 365)
    return days[1] - days[0]
