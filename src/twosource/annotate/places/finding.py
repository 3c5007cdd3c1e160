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
from twosource.annotate.places.gazetteer import Entry, gazetteer, short_names, state_names
from twosource.annotate.places.streets import of_street
from twosource.model import Span

_NAME = re.compile(
    r"W\.\s?Va\.|(?:[NS]\.\s?[CDHJMY]|R\.\s?I|D\.\s?C|B\.\s?C)\.|[A-ZÀ-ÖØ-Þ](?:\.[A-Z])+\.?|[A-ZÀ-ÖØ-Þ][\w’']*(?:\.(?=[\s,;:]))?"
)
_LINKS = re.compile(
    r"\s+(?:(?:of|the|de|del|la|al|el|du|des|da|do|dos|and|upon|on|am|bin|le)\s+){0,2}|[-–/](?:(?:on|upon|de|le|la|al|el|sur|in|of|the)-){0,2}"
)
_MOST_WORDS = 5
_WELL_KNOWN = 100_000
_KNOWN = 15_000
_KNOWN_LONG = 1_000  # a name of two words is seldom anything else


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


@lru_cache(maxsize=8)
def _cue_words(kind: str) -> frozenset[str]:
    return frozenset(words()["cues"][kind])


@lru_cache(maxsize=1)
def _not_places() -> frozenset[str]:
    return frozenset(words()["not_places"]["words"])


def find_names(
    text: str, sentences: Iterable[Span], entities: Sequence[tuple[Span, str]] = ()
) -> list[Named]:
    """The stretches that name places, in order, never overlapping; entities carry OntoNotes labels."""
    labels = _Labels(sorted(entities))
    ordered = sorted(sentences)
    surnames = frozenset(
        fold(s.of(text)).split()[-1]
        for s, label in entities
        if label == "PERSON" and " " in s.of(text).strip()
    )
    first = [
        n for sentence in ordered for n in _in_sentence(_View(text, sentence, labels, surnames, frozenset()))
    ]
    settled = frozenset(fold(n.name) for n in first if n.entries and n.sure) - surnames
    if not settled:
        return first
    return [n for sentence in ordered for n in _in_sentence(_View(text, sentence, labels, surnames, settled))]


class _Labels:
    """The recogniser's labels, by stretch."""

    def __init__(self, labelled: Sequence[tuple[Span, str]]) -> None:
        self._labelled = labelled
        self._starts = [s.start for s, _ in labelled]

    def over(self, span: Span) -> tuple[Span, str] | None:
        """The entity that shares characters with the span."""
        at = bisect_left(self._starts, span.end)
        for n in range(max(0, at - 3), at):
            if self._labelled[n][0].overlaps(span):
                return self._labelled[n]
        return None


@dataclass(frozen=True, slots=True)
class _View:
    """One sentence with what helps to read it: labels, the surnames of the report, the names settled to be places."""

    text: str
    sentence: Span
    labels: _Labels
    surnames: frozenset[str]
    settled: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Run:
    """A candidate: the capitalised words from `at` to `last`, trimmed, and what the gazetteer has for them."""

    tokens: Sequence[Span]
    at: int
    last: int
    span: Span
    name: str
    entries: tuple[Entry, ...]

    @property
    def known(self) -> bool:
        """Whether it is a country, a water, a well-known area or a state."""
        return any(
            e.feature in ("country", "continent", "water", "area")
            or (e.feature == "region" and not e.county and e.country in ("US", "CA", "AU", "GB"))
            for e in self.entries
        )

    @property
    def people(self) -> int:
        """How many live in the largest place of the name, counties left out."""
        return max((e.people for e in self.entries if not e.county), default=0)


def _in_sentence(view: _View) -> list[Named]:
    tokens = [Span(*m.span()) for m in _NAME.finditer(view.text, view.sentence.start, view.sentence.end)]
    found: list[Named] = []
    at = 0
    while at < len(tokens):
        named, used = _longest(view, tokens, at)
        if named is not None:
            found.append(named)
        at += used
    return found


def _longest(view: _View, tokens: list[Span], at: int) -> tuple[Named | None, int]:
    """The longest name that begins at this word and is a place, and how many words it takes."""
    text, sentence = view.text, view.sentence
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
        run = _Run(tokens, at, last, span, name, _entries(name))
        if run.entries and of_street(text, span, sentence.end, known=run.known):
            return None, last - at + 1
        if run.entries and _is_place(view, run):
            within = _within(text, span.end, sentence.end)
            sure = (
                within is not None
                or _labelled_place(view.labels.over(span))
                or run.known
                or _cue(text, sentence, span) == 2
            )
            return Named(span, name, run.entries, within, sure), last - at + 1
    entity = view.labels.over(tokens[at])
    if (
        entity
        and entity[1] in ("GPE", "LOC")
        and entity[0].start == tokens[at].start
        and not _entries(entity[0].of(text))
    ):
        count = sum(1 for t in tokens[at:] if t.start < entity[0].end)
        name = entity[0].of(text)
        if name.lower().startswith("the "):
            return None, 1  # "The United States": the name begins with the next word
        if _part_of_known(name):
            return None, 1  # "North Northport": the city itself begins with the next word
        said = _cue(text, sentence, entity[0]) > 0 or _within(text, entity[0].end, sentence.end) is not None
        said = said or _CALLED.match(text, entity[0].end, sentence.end) is not None
        if said and fold(name) not in _not_places() and name[:1].isupper():
            return Named(entity[0], name, (), _within(text, entity[0].end, sentence.end), True), max(1, count)
    return None, 1


def _part_of_known(name: str) -> bool:
    """Whether a name that no gazetteer has is a side of a city or region that it does have ("west Northport")."""
    side, _, rest = name.partition(" ")
    return side.lower() in _cue_words("sides") and any(
        not e.county and (e.people >= _KNOWN or e.feature != "town") for e in _entries(rest)
    )


# ", a village": what follows a name calls it a place
_CALLED = re.compile(
    r",\s+(?:an?|the)\s+(?:[\w-]+\s+){0,3}(?:village|town|city|suburb|hamlet|settlement|port|island|area|district|province|region|"
    r"neighborhood|neighbourhood|county|community)\b"
)


def _trimmed(text: str, span: Span) -> Span:
    name = span.of(text)
    for tail in ("'s", "’s", "'", "’"):
        if name.endswith(tail):
            return Span(span.start, span.end - len(tail))
    if (
        name.endswith(".")
        and name.replace(" ", "") not in state_names()
        and not re.fullmatch(r"(?:[A-Z]\.)+", name)
    ):
        return Span(span.start, span.end - 1)
    return span


@lru_cache(maxsize=20_000)
def _entries(name: str) -> tuple[Entry, ...]:
    name = " ".join(name.split())
    if name in short_names():
        return gazetteer().lookup(short_names()[name])[:1]
    if name.replace(" ", "") in state_names() and "." in name:
        name = name.replace(" ", "")
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


_SAINT = re.compile(r"(?:St\.?|Saint|Santa|San)\s")


def _is_place(view: _View, run: _Run) -> bool:
    text, sentence, span, name = view.text, view.sentence, run.span, run.name
    key = fold(name)
    if name in short_names() or ("." in name and name.replace(" ", "") in state_names()):
        return True
    after_name = _after_name(text, run.tokens, run.at)
    if len(key) > 3 and not after_name and _within(text, span.end, sentence.end) is not None:
        return True
    if key in _not_places() or (len(key) < 3 and not name.isupper()):
        return False
    if _SAINT.match(name) and text.startswith(("'s", "’s"), span.end):
        return False  # "St. Patrick's Day"
    cue = _cue(text, sentence, span)
    if key in view.surnames and cue < 2:
        return False
    entity = view.labels.over(span)
    if entity is not None and entity[0].holds(span):
        said = _by_label(view, run, entity, cue)
        if said is not None:
            return said or (key in view.settled and not after_name and _alone(text, run, entity[0]))
    return _unlabelled(view, run, cue, after_name) or (
        key in view.settled and not after_name and _alone(text, run, None)
    )


def _alone(text: str, run: _Run, entity: Span | None) -> bool:
    """Whether no other name is joined to this one, so that it can't be part of a person's."""
    if entity is not None and entity.end - entity.start > run.span.end - run.span.start + 4:
        return False
    ahead = re.match(r"\s+([A-Z][\w'’.]*)", text[run.span.end : run.span.end + 24])
    return ahead is None or ahead[1] in _cue_words("bodies") or ahead[1] in _cue_words("after")


def _by_label(view: _View, run: _Run, entity: tuple[Span, str], cue: int) -> bool | None:
    """What the recogniser's label says; None when it says nothing."""
    label, known, large = entity[1], run.known, run.people
    whole = entity[0].end - entity[0].start <= run.span.end - run.span.start + 6
    if label in ("GPE", "LOC", "NORP"):
        return whole or known or large >= _KNOWN or not _continues(run.tokens, run.last, entity[0].end)
    if label == "PERSON":
        return whole and (known or large >= _WELL_KNOWN) and cue == 2
    if label in ("ORG", "FAC", "EVENT", "PRODUCT", "LAW", "WORK_OF_ART"):
        if whole:
            return known or (cue == 2 and large >= 1_000) or large >= _WELL_KNOWN
        return (known or large >= _KNOWN or run.name.endswith((" County", " Parish"))) and _in_body(
            view.text, run, entity[0]
        )
    if label in ("DATE", "TIME", "MONEY", "PERCENT", "CARDINAL", "ORDINAL", "QUANTITY", "LANGUAGE"):
        return False
    return None


def _unlabelled(view: _View, run: _Run, cue: int, after_name: bool) -> bool:
    """Whether a name that the recogniser left alone is a place."""
    known, large = run.known, run.people
    if after_name:
        return known and cue == 2
    follows = view.text[run.span.end : run.span.end + 24]
    ahead = re.match(r"\s+([A-Z][\w'’.]*)", follows)
    if ahead and ahead[1] not in _cue_words("bodies") and ahead[1] not in _cue_words("after"):
        return known and cue >= 1
    if known or re.match(r"\s+(?:" + "|".join(sorted(_cue_words("after"))) + r")\b", follows):
        return True
    if ahead:
        return large >= _KNOWN
    if cue == 2:
        return True
    if cue == 1:
        return large >= (_KNOWN_LONG if " " in run.name else _KNOWN)
    return large >= _WELL_KNOWN and (
        run.span.start > view.sentence.start or bool(re.match(r"\s+[a-z]", follows))
    )


def _continues(tokens: Sequence[Span], last: int, end: int) -> bool:
    return last + 1 < len(tokens) and tokens[last + 1].end <= end


def _in_body(text: str, run: _Run, entity: Span) -> bool:
    """Whether a place's name stands in a body's where places do: "Dayton Police Department", "University of Iowa"."""
    start = run.span.start
    if start == entity.start or text[max(0, start - 4) : start] in (" of ", " in ", " at ", "for "):
        return True
    lead = text[entity.start : start].lower().strip()
    return lead in ("the", "a", "an", *_cue_words("before"))


def _after_name(text: str, tokens: Sequence[Span], at: int) -> bool:
    """Whether another capitalised word stands right before: then this is more likely a surname."""
    if at == 0 or tokens[at - 1].end + 1 != tokens[at].start:
        return False
    before = tokens[at - 1].of(text)
    if before.lower() in _cue_words("openers"):
        return False
    return before.lower() not in _cue_words("before") and text[tokens[at - 1].end : tokens[at].start] == " "


@lru_cache(maxsize=1)
def _cues() -> tuple[re.Pattern[str], frozenset[str]]:
    listed = sorted(_cue_words("before"), key=lambda w: (-len(w), w))
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
