"""Statements in much the same words that say contrary things: neither bears the other out."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from twosource.claims import Point

_THEN = re.compile(r"\b(?:later|then|since|subsequently|eventually|before|until)\b", re.IGNORECASE)
_LONGEST = 600  # characters of a content that are looked at


@dataclass(frozen=True, slots=True)
class _State:
    """Two states that exclude each other, and whether to say the one disputes the other."""

    one: re.Pattern[str]
    other: re.Pattern[str]
    disputes: bool


@dataclass(frozen=True, slots=True)
class _Lists:
    states: tuple[_State, ...]
    reversed: re.Pattern[str]
    ignorance: re.Pattern[str]
    decided: re.Pattern[str]


def _any_of(phrases: Sequence[str]) -> re.Pattern[str]:
    return re.compile(r"\b(?:" + "|".join(re.escape(p) for p in phrases) + r")\b", re.IGNORECASE)


@lru_cache(maxsize=1)
def _lists() -> _Lists:
    data = tomllib.loads(
        files("twosource.corroborate.origins").joinpath("contraries.toml").read_text(encoding="utf-8")
    )
    mind, things = ("|".join(data["ignorance"][key]) for key in ("words", "things"))
    return _Lists(
        tuple(
            _State(_any_of(row["one"]), _any_of(row["other"]), bool(row.get("disputes")))
            for row in data["states"]
        ),
        _any_of(data["reversed"]["words"]),
        re.compile(
            rf"\b(?:not|never|\w+n['’]t)(?: (?:yet|immediately|been|able|to|be|have|\w+ly)){{0,3}} (?:{mind})(?:e?d|n|s)?\b"
            rf"|\bno (?:\w+ )?(?:{things})\b|\bun(?:clear|aware|sure|known)\b",
            re.IGNORECASE,
        ),
        re.compile(
            rf"^\W*(?:(?!to\b|of\b|for\b|that\b|in\b|by\b)[\w’'.-]+ ){{0,6}}(?:{'|'.join(data['decided']['words'].split())})\b",
            re.IGNORECASE,
        ),
    )


def contrary(a: Point, b: Point, *, disputing: bool = False) -> bool:
    """Whether one leaves somebody or something in a state and the other in its contrary.

    Who holds both words without an order of time ("three killed, two in critical condition") is in neither.
    """
    return any(
        {x, y} == {0, 1} and (s.disputes or not disputing)
        for s, x, y in zip(_lists().states, _sides(a.text), _sides(b.text), strict=True)
    )


def is_dead(text: str) -> bool | None:
    """Whether words leave somebody dead (True) or alive (False); None where they say neither, or both of several people."""
    side = _sides(text)[0]
    return None if side is None else side == 0


@lru_cache(maxsize=65_536)
def _sides(text: str) -> tuple[int | None, ...]:
    """On which side of each pair of states a text stands: asked again with every statement that it is held against."""
    return tuple(_side(text, state) for state in _lists().states)


def _side(text: str, state: _State) -> int | None:
    text = text[:_LONGEST]
    ends = [
        max((m.end() for m in pattern.finditer(text)), default=-1) for pattern in (state.one, state.other)
    ]
    if min(ends) >= 0 and ends[0] != ends[1] and not _THEN.search(text):
        return None
    if max(ends) < 0:
        return None
    return 0 if ends[0] > ends[1] else 1  # "not guilty" holds "guilty" and ends where it does


def takes_back(a: Point, b: Point) -> bool:
    """Whether one says that what the other tells of was undone."""
    return (_lists().reversed.search(a.text[:_LONGEST]) is None) != (
        _lists().reversed.search(b.text[:_LONGEST]) is None
    )


def says_nothing_of_it(point: Point) -> bool:
    """Whether its "not" is of the speaker's mind: "they had no information", "she doesn't blame the owner"."""
    return _lists().ignorance.search(point.text[:_LONGEST]) is not None


def is_decision(point: Point) -> bool:
    """Whether what somebody "rejects" is put to him and not said: a veto, a bill, an offer."""
    return _lists().decided.match(point.text[:_LONGEST]) is not None


def bears_out(a: Point, b: Point) -> bool:
    """Whether nothing in the words of two statements keeps one from confirming the other."""
    return a.turned == b.turned and not takes_back(a, b) and not contrary(a, b)
