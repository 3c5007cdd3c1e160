"""What the general words in bodies' names mean, across languages."""

from __future__ import annotations

import tomllib
from functools import lru_cache
from importlib.resources import files


@lru_cache(maxsize=1)
def _tables() -> tuple[dict[str, int], frozenset[str]]:
    data = tomllib.loads((files(__package__) / "vocabulary.toml").read_text(encoding="utf-8"))
    concepts: dict[str, int] = {}
    for number, line in enumerate(data["concepts"], 1):
        for word in line.split():
            concepts.setdefault(word, number)
    return concepts, frozenset(data["general"].split()) | frozenset(concepts)


def concept(word: str) -> int:
    """The number of what a general word means; 0 for a word that is not general."""
    return _tables()[0].get(word, 0)


def is_general(word: str) -> bool:
    """Whether many bodies have the word in their names."""
    return word in _tables()[1]


@lru_cache(maxsize=1)
def _numbers() -> dict[str, str]:
    words = "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth".split()
    return {w: str(n) for n, w in enumerate(words, 1)}


def number_word(word: str) -> str | None:
    """The digits of an ordinal in words ("third"), else None."""
    return _numbers().get(word)
