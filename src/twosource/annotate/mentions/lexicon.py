"""The word lists behind mentions, read once from the TOML files beside this module."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

from twosource.text import normal


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Word lists by what they tell; every word lower case, full stops of abbreviations left out."""

    titles: frozenset[str]
    also_names: frozenset[str]
    title_modifiers: frozenset[str]
    roles: frozenset[str]
    kin_and_parts: frozenset[str]
    ranks: frozenset[str]
    speakers: frozenset[str]
    leaders: frozenset[str]
    institution_tails: frozenset[tuple[str, ...]]
    institution_heads: frozenset[str]
    media_heads: frozenset[str]
    outlet_words: frozenset[str]
    place_tails: frozenset[str]
    people_words: frozenset[str]
    people_modifiers: frozenset[str]
    months: frozenset[str]
    weekdays: frozenset[str]
    never_names: frozenset[str]
    male_titles: frozenset[str]
    female_titles: frozenset[str]


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    """The lists of `lexicon.toml`."""
    data = _read("lexicon.toml")
    tails = frozenset(tuple(line.split()) for line in data.pop("institution_tails"))
    return Lexicon(institution_tails=tails, **{k: frozenset(v.split()) for k, v in data.items()})


@lru_cache(maxsize=1)
def body_forms() -> dict[str, str]:
    """Each short form of a well-known body or country, folded, with its full name."""
    data = _read("shortforms.toml")
    return {bare(form): forms[0] for forms in (*data["bodies"], *data["places"]) for form in forms}


@lru_cache(maxsize=1)
def place_forms() -> frozenset[str]:
    """The folded forms of `body_forms` that are countries' names."""
    return frozenset(bare(form) for forms in _read("shortforms.toml")["places"] for form in forms)


@lru_cache(maxsize=1)
def given_forms() -> dict[str, frozenset[int]]:
    """Each given name and short form with the numbers of the families of forms it belongs to."""
    found: dict[str, set[int]] = {}
    for n, forms in enumerate(_read("shortforms.toml")["given"]):
        for form in forms:
            found.setdefault(form, set()).add(n)
    return {form: frozenset(numbers) for form, numbers in found.items()}


@lru_cache(maxsize=65536)
def bare(word: str) -> str:
    """A word as the lists hold it: lower case, no full stops."""
    return normal(word).replace(".", "")


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((files(__package__) / name).read_text(encoding="utf-8"))
