"""What can happen to people, and the words that say so."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Literal

from twosource.model import Span

Fate = Literal["killed", "injured", "struck"]


@dataclass(frozen=True, slots=True)
class Casualty:
    """Somebody, or a number of people, killed, injured or struck (nothing said of whether they live)."""

    fate: Fate
    low: int
    high: int | None
    span: Span  # the words that say so
    counted: bool  # a number is written
    rest: bool = False  # "and three others": on top of those named in the same breath
    breath: int = 0  # those joined by "and" have the same number


@dataclass(frozen=True)
class Lexicon:
    """The word lists of casualties.toml."""

    kill: frozenset[str]
    die: frozenset[str]
    hurt: frozenset[str]
    hit: frozenset[str]
    weak: frozenset[str]
    fatal: frozenset[str]
    dead_nouns: frozenset[str]
    dead_words: frozenset[str]
    hurt_words: frozenset[str]
    person: frozenset[str]
    things: frozenset[str]
    take: frozenset[str]
    suffer: frozenset[str]
    leave: frozenset[str]
    conditions: frozenset[str]
    weapons: frozenset[str]
    unreal: frozenset[str]
    modal: frozenset[str]
    background: re.Pattern[str]


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    """The word lists, read once."""
    data = tomllib.loads(files(__package__).joinpath("casualties.toml").read_text(encoding="utf-8"))
    lists = {
        k: frozenset(v.split() if isinstance(v, str) else v) for k, v in data.items() if k != "background"
    }
    return Lexicon(**lists, background=re.compile(rf"\b(?:{data['background']})\b", re.IGNORECASE))
