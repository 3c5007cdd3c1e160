"""Which stretches of a text name places: the entity recogniser's, and those that the gazetteer adds.

The small recogniser finds under half of the places in local news, and the gazetteer has a town for nearly every word:
a name that only the gazetteer knows counts as a place when the words beside it say so, or when it is well known.
"""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

from twosource.annotate.places.folding import fold
from twosource.annotate.places.gazetteer import Entry, gazetteer, state_names
from twosource.model import Span

_NAME = re.compile(
    r"(?:[A-ZÀ-ÖØ-Þ][\w’']*(?:\.(?=[A-Z][a-z.]|[\s,]))?(?:[A-Z]\.)*|[A-Z](?:\.[A-Z])+\.?)(?:[-–/][A-Za-z][\w’']*)*"
)
_LINKS = re.compile(r"\s+(?:(?:of|the|de|del|la|al|el|du|des|da|do|dos|and|upon|on|am|bin|le)\s+){0,2}")
_MOST_WORDS = 5
_WELL_KNOWN = 150_000
_KNOWN = 15_000


@dataclass(frozen=True, slots=True)
class Named:
    """A stretch that names a place, what the gazetteer has for it, and the larger place named right after it."""

    span: Span
    name: str
    entries: tuple[Entry, ...]
    within: str | None = None  # "Minn." in "Fergus Falls, Minn."
    sure: bool = False  # the recogniser or the words beside it say that it is a place


@lru_cache(maxsize=1)
def words() -> dict[str, Any]:
    """The word lists of `places.toml`."""
    return tomllib.loads((files(__package__) / "places.toml").read_text(encoding="utf-8"))


@lru_cache(maxsize=1)
def _not_places() -> frozenset[str]:
    return frozenset(words()["not_places"]["words"])


def find_names(
    text: str, sentences: Iterable[Span], entities: Sequence[tuple[Span, str]] = ()
) -> list[Named]:
    """The stretches that name places, in order, never overlapping; entities carry OntoNotes labels."""
    labelled = sorted(entities)
    starts = [s.start for s, _ in labelled]
    found: list[Named] = []
    for sentence in sorted(sentences):
        found += _in_sentence(text, sentence, _Labels(labelled, starts))
    return found


class _Labels:
    """The recogniser's labels, by stretch."""

    def __init__(self, labelled: Sequence[tuple[Span, str]], starts: Sequence[int]) -> None:
        self._labelled = labelled
        self._starts = starts

    def over(self, span: Span) -> tuple[Span, str] | None:
        """The entity that shares characters with the span."""
        at = bisect_left(self._starts, span.end)
        for n in range(max(0, at - 3), at):
            if self._labelled[n][0].overlaps(span):
                return self._labelled[n]
        return None


def _in_sentence(text: str, sentence: Span, labels: _Labels) -> list[Named]:
    tokens = [Span(*m.span()) for m in _NAME.finditer(text, sentence.start, sentence.end)]
    found: list[Named] = []
    at = 0
    while at < len(tokens):
        named, used = _longest(text, sentence, tokens, at, labels)
        if named is not None:
            found.append(named)
        at += used
    return found


def _longest(
    text: str, sentence: Span, tokens: list[Span], at: int, labels: _Labels
) -> tuple[Named | None, int]:
    """The longest name that begins at this word and is a place, and how many words it takes."""
    ends = [at]
    while (
        len(ends) < _MOST_WORDS
        and ends[-1] + 1 < len(tokens)
        and _LINKS.fullmatch(text, tokens[ends[-1]].end, tokens[ends[-1] + 1].start)
    ):
        ends.append(ends[-1] + 1)
    for last in reversed(ends):
        span = _trimmed(text, Span(tokens[at].start, tokens[last].end))
        name = span.of(text)
        entries = _entries(name)
        if entries and _is_place(text, sentence, span, name, entries, labels, tokens, at, last):
            within = _within(text, span.end, sentence.end)
            sure = within is not None or _labelled_place(labels.over(span))
            return Named(span, name, entries, within, sure), last - at + 1
    entity = labels.over(tokens[at])
    if (
        entity
        and entity[1] in ("GPE", "LOC")
        and entity[0].start == tokens[at].start
        and not _entries(entity[0].of(text))
    ):
        count = sum(1 for t in tokens[at:] if t.start < entity[0].end)
        name = entity[0].of(text)
        if fold(name) not in _not_places() and name[:1].isupper():
            return Named(entity[0], name, (), _within(text, entity[0].end, sentence.end), True), max(1, count)
    return None, 1


def _trimmed(text: str, span: Span) -> Span:
    name = span.of(text)
    for tail in ("'s", "’s", "'", "’"):
        if name.endswith(tail):
            return Span(span.start, span.end - len(tail))
    if name.endswith(".") and name not in state_names() and not re.fullmatch(r"(?:[A-Z]\.)+", name):
        return Span(span.start, span.end - 1)
    return span


@lru_cache(maxsize=20_000)
def _entries(name: str) -> tuple[Entry, ...]:
    if name in state_names() and (name.endswith(".") or len(name) > 3):
        full, country = state_names()[name]
        states = tuple(
            e
            for e in gazetteer().lookup(full)
            if e.feature == "region" and not e.county and e.country == country
        )
        if states and full != name:
            return states
    if (
        len(name) < 4
        and name not in ("U.S.", "US", "UK", "U.K.", "UAE", "EU", "E.U.", "USA", "DRC")
        and not (name.istitle() and len(name) == 3)
    ):
        return ()
    if name == "us" or name == "Us":
        return ()
    if len(name) > 3 and name.isupper() and " " not in name and "." not in name:
        return gazetteer().lookup(name.title())
    return gazetteer().lookup(name)


def _labelled_place(entity: tuple[Span, str] | None) -> bool:
    return entity is not None and entity[1] in ("GPE", "LOC", "NORP")


_FIRST_WORDS = re.compile(r"(?:^|[\s(“\"'‘])((?:[a-z]+\s+)?[A-Za-z]+)\s+(?:the\s+)?$")


def _is_place(
    text: str,
    sentence: Span,
    span: Span,
    name: str,
    entries: tuple[Entry, ...],
    labels: _Labels,
    tokens: list[Span],
    at: int,
    last: int,
) -> bool:
    key = fold(name)
    entity = labels.over(span)
    if key in _not_places() or (len(key) < 3 and not name.isupper()):
        return False
    large = max(e.people for e in entries if not e.county) if any(not e.county for e in entries) else 0
    known = any(
        e.feature in ("country", "continent", "water", "area")
        or (e.feature == "region" and not e.county and e.country in ("US", "CA", "AU", "GB"))
        for e in entries
    )
    if _within(text, span.end, sentence.end) is not None and not _after_name(text, tokens, at, sentence):
        return True
    if entity is not None and entity[0].start <= span.start and entity[0].end >= span.end:
        label = entity[1]
        whole = entity[0].end - entity[0].start <= span.end - span.start + 6
        if label in ("GPE", "LOC", "NORP"):
            return whole or known or large >= _KNOWN or not _continues(text, tokens, last, entity[0].end)
        if label == "PERSON":
            return whole and (known or large >= _WELL_KNOWN) and _cue(text, sentence, span) == 2
        if label in ("ORG", "FAC", "EVENT", "PRODUCT", "LAW", "WORK_OF_ART"):
            if whole:
                return known or (_cue(text, sentence, span) == 2 and large >= 1_000) or large >= _WELL_KNOWN
            return (known or large >= _KNOWN or name.endswith((" County", " Parish"))) and _in_body(
                text, tokens, at, last, entity[0]
            )
        if label in ("DATE", "TIME", "MONEY", "PERCENT", "CARDINAL", "ORDINAL", "QUANTITY", "LANGUAGE"):
            return False
    return _unlabelled(text, sentence, span, known, large, tokens, at, last)


def _unlabelled(
    text: str, sentence: Span, span: Span, known: bool, large: int, tokens: list[Span], at: int, last: int
) -> bool:
    """Whether a name that the recogniser left alone is a place."""
    cue = _cue(text, sentence, span)
    if _after_name(text, tokens, at, sentence):
        return known and cue == 2
    follows = text[span.end : span.end + 24]
    ahead = re.match(r"\s+([A-Z][\w'’.]*)", follows)
    if ahead and ahead[1] not in words()["cues"]["bodies"] and ahead[1] not in words()["cues"]["after"]:
        return known and cue >= 1
    if known:
        return True
    if re.match(r"\s+(?:" + "|".join(words()["cues"]["after"]) + r")\b", follows):
        return True
    if ahead:
        return large >= _KNOWN
    if cue == 2:
        return True
    if cue == 1:
        return large >= _KNOWN
    return large >= _WELL_KNOWN and span.start > sentence.start


def _continues(text: str, tokens: list[Span], last: int, end: int) -> bool:
    return last + 1 < len(tokens) and tokens[last + 1].end <= end


def _in_body(text: str, tokens: list[Span], at: int, last: int, entity: Span) -> bool:
    """Whether a place's name stands in a body's where places do: "Dayton Police Department", "University of Iowa"."""
    if (
        text[: tokens[at].start].endswith((" of ", " in ", " at ", " for "))
        or tokens[at].start == entity.start
    ):
        return True
    lead = text[entity.start : tokens[at].start]
    return lead.lower() in ("the ", "a ", "an ")


def _after_name(text: str, tokens: list[Span], at: int, sentence: Span) -> bool:
    """Whether another capitalised word stands right before: then this is more likely a surname."""
    if at == 0 or tokens[at - 1].end + 1 != tokens[at].start:
        return False
    before = tokens[at - 1].of(text)
    if tokens[at - 1].start == sentence.start and before.lower() in words()["cues"]["before"]:
        return False
    return (
        before.lower() not in words()["cues"]["before"] and text[tokens[at - 1].end : tokens[at].start] == " "
    )


@lru_cache(maxsize=1)
def _cues() -> tuple[re.Pattern[str], frozenset[str]]:
    listed = sorted(words()["cues"]["before"], key=lambda w: (-len(w), w))
    return re.compile(r"\b(" + "|".join(listed) + r")\s+(?:the\s+|nearby\s+)?$", re.IGNORECASE), frozenset(
        words()["cues"]["weak"]
    )


def _cue(text: str, sentence: Span, span: Span) -> int:
    """How much the words before a name say that it is a place: 0 nothing, 1 a little, 2 much."""
    pattern, weak = _cues()
    m = pattern.search(text[max(sentence.start, span.start - 24) : span.start])
    if m is None:
        return 0
    return 1 if m[1].lower() in weak else 2


_CONTAINER = re.compile(r",\s+([A-Z][A-Za-z.’']*\.?(?:\s+[A-Z][a-z.]+){0,2})|\s+\(([A-Z][A-Za-z. ]+)\)")


def _within(text: str, at: int, limit: int) -> str | None:
    """The state, region or country that follows a name after a comma, as it is written."""
    m = _CONTAINER.match(text, at, min(limit, at + 40))
    if m is None:
        return None
    said = m[1] or m[2]
    parts = said.split()
    for n in range(len(parts), 0, -1):
        name = " ".join(parts[:n])
        for form in (name, name.rstrip(".")):
            if form in state_names() and not (
                len(form) <= 3 and form.isalpha() and not form.isupper() and not name.endswith(".")
            ):
                return state_names()[form][0]
            if len(form) > 3 and any(
                e.feature == "country" and not e.adjective for e in gazetteer().lookup(form)
            ):
                return form
            if (
                n == len(parts)
                and len(form) > 4
                and any(e.feature == "region" and not e.county for e in gazetteer().lookup(form))
            ):
                return form
    return None
