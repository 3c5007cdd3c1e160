"""The capital: "the Kenyan capital", "Kenya's capital", "the capital of Kenya", or that of the report's own country."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence

from twosource.annotate.places.choosing import Choice
from twosource.annotate.places.gazetteer import Entry, capitals, gazetteer
from twosource.model import Place, Span

_CAPITAL = re.compile(
    r"\b(?:(?P<article>the|its|their)\s+(?:nation['’]s\s+|country['’]s\s+)?)?(?P<word>capital)\b"
    r"(?!\s+(?:punishment|of\s+[a-z]|gains?|market|crime|murder|offense|investment|spending|cost|expenditure|city\s+of\s+[a-z]))"
    r"(?:\s+city\b)?"
)
_LEVEL = 1.0  # two countries named equally often: then the text doesn't say whose capital is meant


def find_capitals(text: str, sentences: Sequence[Span], chosen: Sequence[Choice]) -> list[Place]:
    """Each "capital" with the town that it means; none where the text doesn't say whose it is or names the town beside it."""
    if "capital" not in text:
        return []
    starts = [c.named.span.start for c in chosen]
    begins = [s.start for s in sentences]
    subject = _subject(chosen)
    found = []
    for m in _CAPITAL.finditer(text):
        n = bisect_right(begins, m.start()) - 1
        if n < 0 or m.end() > sentences[n].end:
            continue
        at = bisect_left(starts, m.end())
        before, after = (chosen[at - 1] if at else None), (chosen[at] if at < len(chosen) else None)
        place = _capital(text, m, before, after, subject)
        if place is not None:
            found.append(place)
    return found


def _capital(
    text: str, m: re.Match[str], before: Choice | None, after: Choice | None, subject: str
) -> Place | None:
    gap = after.named.span.start - m.end() if after else 99
    if (
        after is not None
        and gap < 8
        and after.entry is not None
        and after.entry.feature in ("town", "region")
        and "of" not in text[m.end() : m.end() + gap]
    ):
        return None  # "the capital, Tripoli": the town is there itself
    owner = None
    if (
        before is not None
        and before.entry is not None
        and before.entry.feature == "country"
        and m.start() - before.named.span.end < 4
    ):
        owner = before
    elif (
        after is not None
        and after.entry is not None
        and after.entry.feature == "country"
        and re.fullmatch(r"\s+of\s+(?:the\s+)?", text[m.end() : after.named.span.start])
    ):
        owner = after
    if owner is None and not m["article"]:
        return None
    entry = _capital_of(owner.entry.country if owner and owner.entry else subject)
    if entry is None:
        return None
    why = (
        f"the capital of {owner.entry.name}"
        if owner and owner.entry
        else "the capital of the country that the report speaks of most"
    )
    start = m.start("word") if owner is before and owner else m.start()
    lead = text[
        max(0, (before.named.span.start if owner is before and before else m.start()) - 20) : m.end()
    ].lower()
    relation = "over" if re.match(r".*\b(?:over|above)\s+(?:the\s+)?\S*\s*(?:the\s+)?capital", lead) else "in"
    return Place(
        Span(start, m.end()),
        entry.name,
        entry.geonameid,
        entry.lat,
        entry.lon,
        entry.radius_km,
        entry.full_name,
        "town",
        relation,
        why,
    )


def _subject(chosen: Sequence[Choice]) -> str:
    """The country that the report's places lie in most; none when two are level."""
    weight = Counter(c.entry.country for c in chosen if c.entry is not None and c.entry.country)
    ranked = sorted(weight.items(), key=lambda item: (-item[1], item[0]))
    if not ranked or (len(ranked) > 1 and ranked[0][1] - ranked[1][1] < _LEVEL):
        return ""
    return ranked[0][0]


def _capital_of(country: str) -> Entry | None:
    name = capitals().get(country)
    if not name:
        return None
    towns = [e for e in gazetteer().lookup(name) if e.country == country and e.feature == "town"]
    return max(towns, key=lambda e: e.people) if towns else None
