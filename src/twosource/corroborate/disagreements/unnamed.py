"""The age of somebody without a name, where every report tells of one such person only: the one struck, the one held."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from twosource.corroborate.disagreements.build import disagreement
from twosource.corroborate.disagreements.steps import patients
from twosource.corroborate.facts.casualties import casualties
from twosource.corroborate.facts.reading import Reading
from twosource.model import Disagreement, Sentence, Side, Span

_Part = Literal["victim", "suspect"]
_PARTS: tuple[tuple[_Part, str], ...] = (
    ("victim", "the one who was hurt or killed"),
    ("suspect", "the one who was held"),
)
_HEAD = 12  # sentences in which the main event's people are told of
_NEAR = 60  # characters before a noun in which its age stands
_BEFORE = re.compile(r"\b(?P<age>\d{1,2})[- ]year[- ]old\b(?:[ \t]+[\w’'-]+){0,3}$")
_AFTER = re.compile(r",[ \t]*(?:aged? )?(?P<age>\d{1,2})(?=[,.;]|[ \t]+(?:of|from|was|has|died)\b)")
_HELD = frozenset({"arrest", "charge", "suspect", "detain", "apprehend"})
_NUMBER = r"two|three|four|five|six|seven|eight|nine|ten|several|multiple|\d+"
_PEOPLE = "people|persons|men|women|boys|girls|teens?|teenagers|children|juveniles|victims|suspects|others|adults|students"
_SEVERAL = re.compile(
    rf"\b(?:{_NUMBER}) (?:\w+ ){{0,2}}?(?:{_PEOPLE})\b"
    r"|\b(?:victims|suspects|another (?:man|woman|boy|girl|teen|victim|suspect|person))\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Person:
    """Somebody whom a report has in one part of what happened."""

    reading: Reading
    age: int | None
    span: Span
    named: bool


def differing_unnamed(readings: Sequence[Reading], heads: Mapping[str, str]) -> list[Disagreement]:
    """At most one disagreement over the age of the only one struck, and one over that of the only one held.

    Reports that speak of several people or of several ages are left out: their one may be another. Where all reports name
    the person, the name tells the ages apart.
    """
    own = [r for r in readings if heads[r.id] == r.id]
    found: list[Disagreement | None] = []
    for part, name in _PARTS:
        told = [p for r in own if (p := _only(r, part))]
        if not all(p.named for p in told):
            sides = [Side(str(p.age), p.reading.evidence(p.span)) for p in told]
            said = ", ".join(f"{p.age} in {p.reading.id}" for p in told[:8])
            found.append(disagreement("quantity", f"age of {name}", "contradiction", sides, f"{said}."))
    return [d for d in found if d]


def _only(reading: Reading, part: _Part) -> _Person | None:
    """The one person in that part, with an age; None where the report may speak of more than one."""
    sentences = reading.annotation.sentences[:_HEAD]
    if any(_SEVERAL.search(reading.text, s.span.start, s.span.end) for s in sentences):
        return None
    people = [p for s in sentences for p in (_struck if part == "victim" else _held)(reading, s)]
    aged = [p for p in people if p.age is not None]
    if len({p.age for p in aged}) != 1:
        return None
    return replace(aged[0], named=any(p.named for p in people))


def _struck(reading: Reading, sentence: Sentence) -> Iterator[_Person]:
    """Those of whom a sentence says that they were killed, hurt or struck."""
    at = {t.span: n for n, t in enumerate(sentence.tokens)}
    for c in casualties(reading.text, sentence):
        if c.span in at:
            yield _person(reading, sentence, at[c.span])


def _held(reading: Reading, sentence: Sentence) -> Iterator[_Person]:
    """Those of whom a sentence says that they were arrested or charged."""
    for n, t in enumerate(sentence.tokens):
        if t.pos == "VERB" and t.lemma.lower() in _HELD:
            for p in patients(sentence.tokens, n):
                yield _person(reading, sentence, p)


def _person(reading: Reading, sentence: Sentence, n: int) -> _Person:
    """What the words round a noun say of whom it means: "a 14-year-old boy", "Otto Brandt, 31,"."""
    t = sentence.tokens[n]
    before = _BEFORE.search(reading.text, max(sentence.span.start, t.span.start - _NEAR), t.span.end)
    after = _AFTER.match(reading.text, t.span.end, sentence.span.end)
    found = before or after
    return _Person(reading, int(found["age"]) if found else None, t.span, t.pos == "PROPN")
