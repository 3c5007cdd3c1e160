"""The word lists of event.toml."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files


@dataclass(frozen=True)
class EventWords:
    """Words of the event, of what came after it, and of where it was not."""

    happening: frozenset[str]
    following: frozenset[str]
    after: frozenset[str]
    elsewhere: frozenset[str]
    alike: tuple[frozenset[str], ...]
    coextensive: Mapping[str, str]


@lru_cache(maxsize=1)
def event_words() -> EventWords:
    """The word lists, read once."""
    data = tomllib.loads(files(__package__).joinpath("event.toml").read_text(encoding="utf-8"))
    lists = {k: frozenset(data[k].split()) for k in ("happening", "following", "after", "elsewhere")}
    alike = tuple(frozenset(row.split()) for row in data["alike"])
    return EventWords(**lists, alike=alike, coextensive=data["coextensive"])
