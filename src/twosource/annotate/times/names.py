"""Words and numbers that look like times and are names: people called like months, house numbers, small planets."""

from __future__ import annotations

import re
from collections.abc import Sequence

from twosource.model import Mention, Span

_MONTH = re.compile(r"(?:January|April|May|June|July|August)\b")
_TITLED = re.compile(
    r"\b(?:Mr|Mrs|Ms|Miss|Dr|Judge|Justice|Sgt|Lt|Capt|Col|Gen|Officer|Deputy|Detective|Sheriff|Chief|Sen|Rep|Gov)\.?\s+$"
)
_SAYS = re.compile(
    r"(?:['’]s\b|\s+(?:[a-z]+ly\s+)?(?:said|says|told|tells|added|adds|wrote|writes|asked|replied|testified|explained|"
    r"recalled|denied|denies|argued|insisted|warned|tweeted)\b)"
)
# After these a month is a month: "a report released in May said".
_DATED = re.compile(
    r"\b(?:in|since|until|till|by|of|from|to|through|before|after|during|between|and|or|last|this|next|late|early|mid|every|each|past|for|for)[\s-]+$",
    re.IGNORECASE,
)
_HOUSE = re.compile(
    r"(?:\s+(?:[NSEW]\.?|North|South|East|West))?(?:\s+[A-Z0-9][\w’'-]*){1,3}\s+"
    r"(?:Street|St|Avenue|Aves?|Road|Rd|Boulevard|Blvd|Drive|Dr|Lane|Ln|Court|Ct|Way|Place|Pl|Parkway|Pkwy|Terrace|Circle)\b"
)
_SMALL_PLANET = re.compile(r"\s[A-Z]{2}\d{0,3}\b(?!\s+[A-Z])")
_SKY = re.compile(
    r"\b(?:asteroids?|comets?|meteors?|meteoroids?|minor planets?|space rocks?)\b", re.IGNORECASE
)
_NEAR = 80  # characters


def people_in(mentions: Sequence[Mention]) -> tuple[Span, ...]:
    """The stretches that name people, in order."""
    return tuple(sorted(m.span for m in mentions if m.kind == "person" and m.form == "name"))


def is_name(text: str, span: Span, people: Sequence[Span]) -> bool:
    """Whether a time's words are part of a name: "Bernard August", "Mrs. May", "1917 Prospect Ave.", "asteroid 2014 RC"."""
    if (month := _MONTH.match(text, span.start, span.end)) is not None:
        before = text[max(0, span.start - 14) : span.start]
        word = Span(span.start, month.end())
        if any(p.holds(word) and p != word for p in people) or _TITLED.search(before):
            return True
        follows = _SAYS.match(text, month.end()) is not None and month.end() == span.end
        return follows and _DATED.search(before) is None and not (before and before.rstrip()[-1:].isdigit())
    if not text[span.start : span.end].isdigit():
        return False
    if _HOUSE.match(text, span.end):
        lead = text[max(0, span.start - 14) : span.start]
        return _DATED.search(lead) is None or re.search(r"\bof\s+$", lead) is not None
    around = text[max(0, span.start - _NEAR) : span.end + _NEAR]
    return _SMALL_PLANET.match(text, span.end) is not None and _SKY.search(around) is not None
