"""Who was killed, hurt or struck, as each sentence says it: how many, and whether on top of others."""

from __future__ import annotations

import re

from twosource.corroborate.facts.fates import Casualty, Fate, lexicon
from twosource.corroborate.facts.victims import Victims
from twosource.model import Sentence, Span
from twosource.text.numbers import CARDINAL, parse_number

_PEOPLE = r"(?:(?:[\w-]+ ){0,3}?)"
_ACTIVE: dict[Fate, str] = {
    "killed": "kill(?:s|ed|ing)",
    "injured": "wound(?:s|ed|ing)|injur(?:es|ed|ing)|hurt(?:s|ing)?",
    "struck": "shoots|stabs",
}
_HEADLINE: tuple[tuple[Fate, str], ...] = (
    ("killed", r"killed|dead|slain|die|dies|found dead|fatally shot|shot and killed|shot to death|murdered"),
    ("injured", r"injured|wounded|hurt|hospitalized"),
    ("struck", r"shot|stabbed"),
)


def casualties(text: str, sentence: Sentence) -> list[Casualty]:
    """The killed, injured and struck that one sentence tells of; nothing that is only feared, tried or counted by the year."""
    lex = lexicon()
    if lex.background.search(text, sentence.span.start, sentence.span.end):
        return []
    reader = Victims(sentence.tokens, lex)
    found = [c for n in range(len(sentence.tokens)) for c in reader.at(n)]
    return _distinct(found)


def headline(title: str) -> list[Casualty]:
    """What a headline says of casualties; it has no verbs to parse, so only its set phrases are read."""
    found = []
    for fate, said in _HEADLINE:
        numbers = [
            m["n"] for m in re.finditer(rf"\b(?P<n>{CARDINAL}) {_PEOPLE}(?:{said})\b", title, re.IGNORECASE)
        ]
        active = _ACTIVE[fate]
        numbers += [
            m["n"]
            for m in re.finditer(rf"\b(?:{active})\s+(?P<n>{CARDINAL})\b(?!-| \w*-old)", title, re.IGNORECASE)
        ]
        values = [v for v in map(parse_number, numbers) if v and v == int(v) and v < 1000]
        for value in values:
            found.append(Casualty(fate, int(value), int(value), Span(0, 0), True))
        if not values and re.search(
            rf"\b[A-Za-z][\w’'-]+,?(?: \d+,?)? (?:\w+ )?(?:{said})\b", title, re.IGNORECASE
        ):
            found.append(Casualty(fate, 1, 1, Span(0, 0), False))
    return found


def _distinct(found: list[Casualty]) -> list[Casualty]:
    """One casualty for a noun phrase and a fate; "shot and killed" is a killing only."""
    best: dict[tuple[Span, str], Casualty] = {}
    for c in found:
        best.setdefault((c.span, c.fate), c)
    killed = {span for span, fate in best if fate == "killed"}
    hurt = {span for span, fate in best if fate == "injured"}
    return [
        c
        for (span, fate), c in best.items()
        if not (fate == "struck" and (span in killed or span in hurt))
        and not (fate == "injured" and span in killed)
    ]
