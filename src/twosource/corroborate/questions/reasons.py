"""Supposed reasons of the main event: "stemmed from a quarrel", "a possible robbery"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from twosource.corroborate.facts.reading import Reading
from twosource.model import Span
from twosource.text import normal

_FIRST = 40  # sentences of a report that are looked at
# What introduces a supposed reason of the main event; the reason itself follows.
# "Part of" and "the result of" are said of everything: they count after the event's own name.
_REASON = re.compile(
    r"\b(?:stem(?:s|med)? from|(?:be|been|being|was|were|is|are) (?:\w+ ){0,2}(?:part of|(?:the |a )?result of)|result(?:s|ed)? from|caused by|sparked by|triggered by|"
    r"(?:shooting|attack|killing|incident|violence|it|this|deaths?)s? (?:\w+ ){0,4}related to|motivated by|in retaliation for|(?:as|called|is|was|were|be|being) an? (?:possible|apparent|suspected|likely|potential)|"
    r"called a possible|motive (?:is|was)|(?:argument|dispute|fight) over)\s+(?P<why>(?:an?\s+|the\s+)?[“\"]?(?:[\w'’-]+[”\",]?\s*){1,8})",
    re.IGNORECASE,
)
_BARE = re.compile(
    r"\b(?P<why>bad blood[^.,]*|for no reason)",
    re.IGNORECASE,
)
_LOOSELY = re.compile(r"^(?:\w+ ){1,4}(?:part|result) of\b", re.IGNORECASE)
_NAMED = re.compile(
    r"\b(?:shooting|attack|killing|incident|violence|death|fire|crash|explosion|blast|accident|stabbing|murder)s?\b",
    re.IGNORECASE,
)
_EVENT = frozenset(
    "shooting attack incident killing death fire crash explosion murder stabbing it this that violence accident blast deaths shootings".split()
)
_BACK = re.compile(
    r"\b(?:initially|previously|at first|earlier|now (?:believe|say|think)|walked .{0,20}back|no longer|changed)\b",
    re.IGNORECASE,
)
_EARLIER = re.compile(
    r"\b(?:initially|previously|at first|earlier|originally|had (?:said|thought|believed))\b", re.IGNORECASE
)
_NOW = re.compile(r"\b(?:now|but|later)\b", re.IGNORECASE)
_GONE = re.compile(r"\b(?:walked .{0,20}back|no longer|ruled out|dropped)\b", re.IGNORECASE)
_UNKNOWN = re.compile(
    r"\b(?:no (?:known |clear )?motive|not (?:yet )?(?:released|given|established|known|determined) (?:a|the) (?:possible )?motive|"
    r"motive (?:\w+ ){0,3}(?:unclear|unknown|not known))\b",
    re.IGNORECASE,
)
# Where a reason ends and the rest of its sentence goes on: who says so, or what is set against it.
_END = re.compile(
    r",\s|[”\"]|\s(?:but|according|police|officials|authorities|investigators|though|although|and (?:that|then))\b",
    re.IGNORECASE,
)
# What keeps a reason from being one that somebody gives: a "not", a doubt, a question.
_DOUBTED = re.compile(
    r"\b(?:not (?!only)|never|\w+n['’]t|whether|doubts?|doubted|unclear|unlikely|no evidence|nothing|if)\b",
    re.IGNORECASE,
)
# What comes of the event, not the event: charges that stem from it.
_AFTERWARDS = re.compile(
    r"\b(?:charges?|counts?|lawsuit|case|indictment|arrests?|warrant|conviction|sentence)\b(?: [\w.'’]+){0,6} $",
    re.IGNORECASE,
)
_NO_REASON = frozenset(
    "but and or still not unknown unclear under they he she being something anything somebody what how why".split()
)
_LOOSE = frozenset("a an the at of in on by with for or and to from over as that who".split())
_DULL = frozenset(
    "one some a an the of and or in to that be been was is it possible at by on with from their his her".split()
)


@dataclass(frozen=True)
class Reason:
    """A reason that one report names for the main event."""

    reading: Reading
    span: Span
    why: str
    stems: frozenset[str]
    taken_back: bool  # its sentence says that somebody changed their mind
    given_up: bool  # it is the reason that they gave up


def reasons_of(reading: Reading) -> list[Reason]:
    """The supposed reasons of the main event that a report's first sentences name."""
    found = []
    for sentence in reading.annotation.sentences[:_FIRST]:
        words = {normal(t.lemma) for t in sentence.tokens}
        for pattern in (_REASON, _BARE):
            for m in pattern.finditer(reading.text, sentence.span.start, sentence.span.end):
                if pattern is _REASON and not words & _EVENT:
                    continue
                before = reading.text[sentence.span.start : m.start()]
                span = _trimmed(reading.text, Span(*m.span("why")))
                loose = _LOOSELY.search(m.group()) and not _NAMED.search(before)
                if loose or not _is_given(before, span.of(reading.text)):
                    continue
                stems = frozenset(
                    normal(w)[:6] for w in re.findall(r"\w+", span.of(reading.text)) if normal(w) not in _DULL
                )
                if stems:
                    back = bool(_BACK.search(reading.text, sentence.span.start, sentence.span.end))
                    why = " ".join(span.of(reading.text).split())
                    given_up = back and _is_given_up(reading.text, sentence.span, span)
                    found.append(Reason(reading, span, why, stems, back, given_up))
    return found


def _is_given(before: str, why: str) -> bool:
    """Whether words are put forward as a reason: not denied, doubted or asked, and of the event itself."""
    first = normal(why.split()[0]) if why.split() else ""
    doubted = _DOUBTED.search(re.split(r"[.;!?]", before)[-1]) and not _BACK.search(before)
    return not (doubted or _AFTERWARDS.search(before) or first in _NO_REASON)


def _is_given_up(text: str, sentence: Span, reason: Span) -> bool:
    """Whether the reason is what was thought earlier: "at first", with no "but" or "now" between it and the reason."""
    before = text[sentence.start : reason.start]
    at = max((m.end() for m in _EARLIER.finditer(before)), default=-1)
    return (at >= 0 and not _NOW.search(before, at)) or bool(_GONE.search(text, reason.end, sentence.end))


def unknown_reason(reading: Reading) -> list[Span]:
    """Where a report says that the motive is not known or was not given."""
    sentences = reading.annotation.sentences[:_FIRST]
    return [
        Span(*m.span()) for s in sentences for m in _UNKNOWN.finditer(reading.text, s.span.start, s.span.end)
    ]


def _trimmed(text: str, span: Span) -> Span:
    """The reason without what follows it, the quotation marks round it and words that lead nowhere."""
    start, end = span.start, span.end
    while start < end and not text[start].isalnum():
        start += 1
    if m := _END.search(text, start, end):
        end = m.start()
    while True:
        words = list(re.finditer(r"[\w'’-]+", text[start:end]))
        if not words:
            return Span(start, start)
        end = start + words[-1].end()
        if normal(words[-1].group()) not in _LOOSE or len(words) == 1:
            return Span(start, end)
        end = start + words[-1].start()
