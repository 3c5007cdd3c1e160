"""The rules that say which lines and sentences are furniture, read once from `furniture.toml`."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

LONGEST = 700  # characters: no rule is tried on a longer line, so that no pattern can be made slow


@dataclass(frozen=True, slots=True)
class Rule:
    """One kind of furniture: what it looks like, how long it may be, and whether only the edges of a report hold it."""

    kind: str
    why: str
    words: int
    edge: bool
    pattern: re.Pattern[str]


@lru_cache(maxsize=1)
def line_rules() -> tuple[Rule, ...]:
    """The rules for whole lines and sentences, in the order in which they are tried."""
    table = tomllib.loads(files("twosource.clean").joinpath("furniture.toml").read_text(encoding="utf-8"))
    return tuple(
        Rule(
            kind=row["kind"],
            why=row["why"],
            words=row["words"],
            edge=row.get("edge", False),
            pattern=re.compile("|".join(f"(?:{p})" for p in row["patterns"]), re.I),
        )
        for row in table["line"]
    )


@dataclass(frozen=True, slots=True)
class Inside:
    """Furniture inside a line that is otherwise the article's."""

    kind: str
    why: str
    pattern: re.Pattern[str]


@lru_cache(maxsize=1)
def inside_rules() -> tuple[Inside, ...]:
    """The rules for stretches of a line, in the order in which they are tried."""
    table = tomllib.loads(files("twosource.clean").joinpath("furniture.toml").read_text(encoding="utf-8"))
    return tuple(Inside(r["kind"], r["why"], re.compile(r["pattern"], re.I)) for r in table["inside"])


# Blanks that a tokenizer or a layout put into an hour or a date: "17: 50", "09 / 10 / 10", "8: 41 p. m.".
_LOOSE = re.compile(r"(?<=\d) ?([:/]) ?(?=\d)")
_HALF = re.compile(r"\b([ap])\. m\.", re.I)


def tightened(text: str) -> str:
    """A line with its hours and dates written without blanks, as the rules have them."""
    return _HALF.sub(r"\1.m.", _LOOSE.sub(r"\1", text))


def matching(text: str, *, at_edge: bool) -> Rule | None:
    """The first rule that the whole of the text obeys."""
    if not text or len(text) > LONGEST:
        return None
    text = tightened(text)
    count = text.count(" ") + 1
    for rule in line_rules():
        if count <= rule.words and (at_edge or not rule.edge) and rule.pattern.fullmatch(text):
            return rule
    return None
