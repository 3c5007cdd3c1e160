"""What each shape of a time means: one rule a shape, from the words to a TIMEX3 value.

A rule returns None when the words turn out to name no time ("may", "march on").
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

from twosource.annotate.times.anchors import (
    Anchor,
    write_day,
)
from twosource.annotate.times.grammar import any_of, lexicon, numbers_of
from twosource.text.numbers import parse_number

Kind = Literal["DATE", "TIME", "DURATION", "SET"]


@dataclass(frozen=True, slots=True)
class Reading:
    """What a stretch of text means as a time."""

    type: Kind
    value: str
    why: str
    about: bool = False
    day: Anchor | None = None  # the day it names, from which "the next day" counts


@dataclass(slots=True)
class Context:
    """What is known while a report is read from its beginning: its date, and the time last spoken of."""

    text: str
    report: Anchor
    last: Anchor = field(default_factory=Anchor)
    last_at: int = 0  # where that was said
    first: Anchor | None = None  # the first day spoken of
    quarter: tuple[int, int] | None = None
    weekdays: dict[int, Anchor] = field(default_factory=dict)  # "Thursday, Nov. 21" tells what "Thursday" is
    days: dict[tuple[int, int], int] = field(
        default_factory=dict
    )  # month and day to the year given elsewhere
    sentence: tuple[int, int] = (0, 0)

    @property
    def today(self) -> dt.date | None:
        """The report's date, when all of it is known."""
        return self.report.date


Rule = Callable[[re.Match[str], Context], Reading | None]
RULES: dict[str, Rule] = {}


def rule(name: str) -> Callable[[Rule], Rule]:
    """Register the rule for a shape."""

    def put(f: Rule) -> Rule:
        RULES[name] = f
        return f

    return put


_FUTURE = re.compile(rf"\b{any_of(lexicon()['direction']['future'])}\b", re.IGNORECASE)
_PAST = re.compile(rf"\b(?:{any_of(lexicon()['direction']['past'])}|(?-i:[a-z]\w{{2,}}ed))\b", re.IGNORECASE)
_LIMIT = re.compile(r"\b(?:by|until|through)\s+(?:\d\S*\s+[ap]\.m\.\s+)?$", re.IGNORECASE)
_HAD = re.compile(r"[^.;]{0,40}\b(?:had|was|were|did)\b")
_REACH = 70  # characters; a verb farther away says little about the date
_NEAR_DAYS = 90  # a day and month without a year so near is the nearest one, whatever the verb


def direction(m: re.Match[str], context: Context) -> int:
    """Whether the words round a date say that it lies ahead (+1) or behind (-1); behind unless they say otherwise."""
    if context.text.startswith(("'s", "’s"), m.end()):
        return -1  # "Wednesday's ruling"
    before = context.text[max(context.sentence[0], m.start() - _REACH) : m.start()]
    if _LIMIT.search(before):
        return -1 if _HAD.match(context.text, m.end(), context.sentence[1]) else 1
    future = max((f.end() for f in _FUTURE.finditer(before)), default=-1)
    past = max((p.end() for p in _PAST.finditer(before)), default=-1)
    if future == past == -1:
        after = context.text[m.end() : min(context.sentence[1], m.end() + 30)]
        return 1 if re.match(r"\s*(?:,\s*)?(?:\w+\s+){0,2}(?:will|would)\b", after) else -1
    return 1 if future >= past else -1


def group(m: re.Match[str], name: str) -> str:
    """A named group in lower case with single spaces; empty when the shape hasn't it or it didn't take part."""
    got = m.groupdict().get(name)
    return " ".join(got.lower().split()) if got else ""


def number_in(m: re.Match[str], kind: str, name: str) -> int | None:
    """The number of the month or weekday that a group names."""
    return numbers_of()[kind].get(group(m, name).rstrip("."))


def spoken_year(words: str) -> int | None:
    """ "nineteen ninety-six" is 1996, "the year two thousand" 2000."""
    parts = words.replace("-", " ").split()
    if "thousand" in parts:
        return 2000
    century = {"nineteen": 1900, "eighteen": 1800, "seventeen": 1700, "twenty": 2000}.get(parts[0])
    rest = parse_number(" ".join(p for p in parts[1:] if p != "oh"))
    return None if century is None or rest is None else century + int(rest)


def year_in(m: re.Match[str], context: Context) -> int | None:
    """The year that the words give, in digits, in words, shortened or counted from the report's."""
    if group(m, "year"):
        return int(group(m, "year")) if len(group(m, "year")) == 4 else full_year(int(group(m, "year")))
    if group(m, "spoken"):
        return spoken_year(group(m, "spoken"))
    if group(m, "short"):
        return full_year(int(group(m, "short")))
    if group(m, "rel") and context.report.year:
        return context.report.year + {"last": -1, "this": 0, "next": 1}[group(m, "rel")]
    return None


def full_year(two: int) -> int:
    return 2000 + two if two < 40 else 1900 + two


def near_year(m: re.Match[str], context: Context, month: int, day: int) -> int | None:
    """The year of a month and day given without one, counted from the report's date; None when that isn't known."""
    if (month, day) in context.days:
        return context.days[month, day]
    today = context.today
    if today is None:
        return None
    options = []
    for year in (today.year - 1, today.year, today.year + 1):
        try:
            options.append(dt.date(year, month, day))
        except ValueError:
            continue
    if not options:
        return None
    nearest = min(options, key=lambda d: (abs((d - today).days), d))
    if abs((nearest - today).days) <= _NEAR_DAYS:
        return nearest.year
    ahead = direction(m, context) > 0
    fitting = [d for d in options if (d >= today) == ahead]
    return (min(fitting) if ahead else max(fitting)).year if fitting else nearest.year


def capital(m: re.Match[str], name: str) -> bool:
    """Whether the group begins with a capital: "may" and "march" in small letters are verbs."""
    return m.group(name)[:1].isupper()


def dated(m: re.Match[str], context: Context, month: int, day: int, year: int | None) -> Reading | None:
    """A day of a month, its year given or found."""
    if (
        not (1 <= month <= 12 and 1 <= day <= 31)
        or (month == 2 and day > 29)
        or (day == 31 and month in (4, 6, 9, 11))
    ):
        return None
    given = year is not None
    year = year if given else near_year(m, context, month, day)
    anchor = Anchor(year, month, day)
    why = (
        "the text gives the whole date"
        if given
        else "the year nearest to the report's date"
        if year
        else "no year is given or known"
    )
    return Reading("DATE", write_day(anchor), why, day=anchor)
