"""Figures of the first word on an event, before anybody counted: what a caller said, what witnesses took for so, what was reported at first."""

from __future__ import annotations

import re

from twosource.corroborate.facts.reading import Reading
from twosource.model import Span

_BEFORE = 130  # characters before a figure in which its source stands
# Sources of the first word, from what police press desks and the agencies' stylebooks list as unconfirmed.
_FIRST = re.compile(
    r"\b(?:911|999|112|anonymous|emergency|phone|frantic|distress) calls?\b|\bcallers?\b|\bdispatch(?:ers?)?\b"
    r"|\bcalls? (?:of|about|for|that|saying|stating|reporting)\b|\breports? (?:of|that)\b"
    r"|\b(?:initial|early|earlier|first|unconfirmed) (?:\w+ )?(?:reports?|information|accounts?|word|figures?|counts?)\b"
    r"|\b(?:witness(?:es)?|bystanders?|neighbou?rs?|passers?-?by) (?:\w+ ){0,2}?(?:said|told|reported|say|saw|heard|thought|believed|estimated)\b"
    r"|\b(?:initially|originally|at first|earlier|first|previously) (?:\w+ ){0,2}?(?:said|reported|believed|thought|told|announced|put|listed|indicated)\b",
    re.IGNORECASE,
)
# Words after which the text speaks of what was then found, or of another source.
_THEN = re.compile(
    r"[;:.]\s|\b(?:but|found|finding|discover(?:ed|ing)|located|later|now|confirmed|when they arrived|police said|officials said)\b",
    re.IGNORECASE,
)
_CALLER = re.compile(
    r"\b(?:callers?|call|911|999|112|dispatch\w*|witness(?:es)?|bystanders?|neighbou?rs?|passers?-?by)\b",
    re.IGNORECASE,
)


def is_first_word(reading: Reading, span: Span) -> bool:
    """Whether what stands there is told on the word of a caller or of passers-by, or as what was said at first.

    What police then found, or officials later gave, replaces it; it is never a second figure beside theirs.
    """
    sentence = reading.sentence(span.start)
    if sentence is None:
        return False
    start = max(sentence.span.start, span.start - _BEFORE)
    for m in _FIRST.finditer(reading.text, start, span.start):
        if not _THEN.search(reading.text, m.end(), span.start):
            return True
    return any(
        _CALLER.search(source.of(reading.text))
        for s in reading.annotation.statements
        if any(c.overlaps(span) for c in s.content)
        for source in s.source
    )
