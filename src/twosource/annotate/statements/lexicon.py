"""The cue lexicon and the source lexicon, read once from their TOML files."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.resources import files
from typing import Any

from twosource.model import Certainty, Stance


@dataclass(frozen=True, slots=True)
class Frame:
    """What a cue verb takes: its complements, where its addressee stands, and what it says of stance and certainty."""

    takes: frozenset[str]
    to: frozenset[str] = frozenset()
    stance: Stance = "asserts"
    certainty: Certainty = "asserted"
    passive: bool = False
    heard: bool = True  # said or written, not only thought
    spoken: frozenset[str] = field(default=frozenset())  # its classes
    parts: tuple[Frame, ...] = ()  # the frames of a verb in several classes, in the order of the file

    def taking(self, kinds: frozenset[str]) -> Frame:
        """The first of its frames that has one of those complements."""
        return next((f for f in self.parts if f.takes & kinds), self)


@dataclass(frozen=True, slots=True)
class Sources:
    """Nouns by what kind of source they name."""

    organisation: frozenset[str]
    bodies: frozenset[str]
    group: frozenset[str]
    person: frozenset[str]
    anonymous: frozenset[str]
    document: frozenset[str]
    media: frozenset[str]
    spokes: frozenset[str]
    female: frozenset[str]
    male: frozenset[str]


def toml(name: str) -> dict[str, Any]:
    """A data file of this package."""
    return tomllib.loads(files(__package__).joinpath(name).read_text(encoding="utf-8"))


@lru_cache(maxsize=1)
def verbs() -> Mapping[str, Frame]:
    """The frame of each cue verb, by lemma; a verb in several classes takes what any of them takes."""
    found: dict[str, Frame] = {}
    for name, entry in toml("cues.toml")["class"].items():
        frame = Frame(
            frozenset(entry["takes"]),
            frozenset({entry["to"]} if "to" in entry else ()),
            entry.get("stance", "asserts"),
            entry.get("certainty", "asserted"),
            entry.get("passive", False),
            entry.get("heard", True),
            frozenset({name}),
        )
        for lemma in entry["verbs"].split():
            found[lemma] = _joined(found[lemma], frame) if lemma in found else frame
    return found


def _joined(first: Frame, second: Frame) -> Frame:
    """The union of two frames; stance and certainty are those of the class that is named first in the file."""
    return Frame(
        first.takes | second.takes,
        first.to | second.to,
        first.stance,
        first.certainty,
        first.passive or second.passive,
        first.heard or second.heard,
        first.spoken | second.spoken,
        (*(first.parts or (first,)), second),
    )


@lru_cache(maxsize=1)
def nouns() -> Mapping[str, Stance]:
    """The stance of what each message noun holds, by lemma."""
    return {
        lemma: stance for stance, lemmas in toml("cues.toml")["nouns"].items() for lemma in lemmas.split()
    }


@lru_cache(maxsize=1)
def turned_down() -> frozenset[str]:
    """What is turned down rather than denied when somebody rejects or dismisses it, by lemma."""
    return frozenset(toml("cues.toml")["turned_down"]["nouns"].split())


@lru_cache(maxsize=1)
def sources() -> Sources:
    """Nouns by what kind of source they name."""
    return Sources(**{kind: frozenset(lemmas.split()) for kind, lemmas in toml("sources.toml").items()})


@lru_cache(maxsize=1)
def adjectives() -> Mapping[str, Frame]:
    """The frame of each adjective that takes a that-clause, as written."""
    takes = frozenset({"clause"})
    return {
        word: Frame(
            takes, stance=stance, certainty="assessed" if stance == "hedges" else "asserted", heard=False
        )
        for stance, words in toml("cues.toml")["adjectives"].items()
        for word in words.split()
    }


@lru_cache(maxsize=1)
def light_verbs() -> frozenset[str]:
    """Verbs whose subject is the source of the message noun that is their object."""
    return frozenset(toml("cues.toml")["support"]["light"].split())
