"""The word lists of this room, read once."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Words that carry no content for comparing, words that are compared as one, and the weights of the comparison."""

    empty: frozenset[str]
    no: frozenset[str]
    idle: tuple[str, ...]  # turns of phrase with a "not" that deny nothing
    same: dict[str, str]
    weights: dict[str, float]


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    """The lists in `claims.toml`."""
    data = tomllib.loads(files("twosource.claims").joinpath("claims.toml").read_text(encoding="utf-8"))
    same = {word: group[0] for group in data["same"]["groups"] for word in group}
    empty, no = (frozenset(data[key]["words"].split()) for key in ("empty", "no"))
    return Lexicon(empty, no, tuple(data["no"]["idle"]), same, dict(data["weights"]))
