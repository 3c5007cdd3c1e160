"""The timeline drawn: what happened above the line, when reports of it were published below, gaps shortened."""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from twosource.brief.pictures.lettering import width as width_of
from twosource.brief.wording import count, date_in_words

WIDTH = 480
SIZE = 12.0
_MARGIN, _DOT, _STACK, _LEVELS = 34, 19, 5, 3
_EDTF = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?(?:T(\d{2}):(\d{2}))?")


@dataclass(frozen=True, slots=True)
class Dot:
    """One moment, or the rest of a stack; `text` is its number in the list."""

    x: int
    y: int
    text: str
    rest: bool


@dataclass(frozen=True, slots=True)
class Published:
    """How many reports were published then."""

    x: int
    text: str
    w: int


@dataclass(frozen=True, slots=True)
class Tick:
    """A date under the line."""

    x: int
    y: int
    text: str
    anchor: str
    line_to: int


@dataclass(frozen=True, slots=True)
class MomentsView:
    """The line with its dots, its dates and the reports."""

    dots: tuple[Dot, ...]
    published: tuple[Published, ...]
    ticks: tuple[Tick, ...]
    breaks: tuple[int, ...]  # where a long gap was shortened
    line_y: int
    width: int
    height: int
    description: str
    note: str


def moments(when: Sequence[str], published: Sequence[str | None]) -> MomentsView | None:
    """The picture of these dates (EDTF, as numbered in the list) and of when reports came out; None for fewer than two times."""
    placed = [(at, n) for n, w in enumerate(when, 1) if (at := begins(w)) is not None]
    exact = {n: w.partition("/")[0].partition("T")[0] or w for n, w in enumerate(when, 1)}
    came = [at for p in published if p and (at := begins(p)) is not None]
    times = sorted({at for at, _ in placed} | set(came))
    if not placed or len(times) < 2:
        return None
    x_of, breaks = _scale(times)
    stacks = _clusters([(x_of[at], at, str(n)) for at, n in sorted(placed)])
    tallest = min(max(len(s) for s in stacks), _STACK)
    line_y = 14 + tallest * (_DOT + 2)
    dots = tuple(d for s in stacks for d in _stack(s, line_y))
    reports = tuple(
        Published(
            round(sum(x for x, _, _ in s) / len(s)), str(len(s)), max(_DOT - 3, 8 + 8 * len(str(len(s))))
        )
        for s in _clusters([(x_of[at], at, "") for at in sorted(came)])
    )
    ends = [(_middle(s), exact[int(s[0][2])], exact[int(s[-1][2])]) for s in stacks]
    ticks = _ticks(ends, {at.year for at, _ in placed}, line_y + (34 if reports else 8))
    undated = len(when) - len(placed)
    return MomentsView(
        dots,
        reports,
        ticks,
        breaks,
        line_y,
        WIDTH,
        max((t.y for t in ticks), default=line_y + 24) + 10,
        _described(placed, came),
        f"{count(undated, 'moment')} without a year {'stands' if undated == 1 else 'stand'} in the list only"
        if undated
        else "",
    )


def begins(edtf: str) -> dt.datetime | None:
    """When an EDTF date begins; None where its year is not known or it cannot be read."""
    start, _, end = edtf.partition("/")
    m = _EDTF.match(start if start not in ("", "..") else end)
    if m is None:
        return None
    year, month, day, hour, minute = (int(x) if x else None for x in m.groups())
    try:
        return dt.datetime(year or 1, month if month and month <= 12 else 1, day or 1, hour or 0, minute or 0)  # noqa: DTZ001
    except ValueError:
        return None


def _scale(times: Sequence[dt.datetime]) -> tuple[dict[dt.datetime, float], tuple[int, ...]]:
    """A place for each time: a gap takes the logarithm of its hours, so that an hour and a year can share one line."""
    gaps = [math.log2(2 + (b - a).total_seconds() / 3600) for a, b in pairwise(times)]
    unit = (WIDTH - 2 * _MARGIN) / sum(gaps)
    x_of, at, breaks = {times[0]: float(_MARGIN)}, float(_MARGIN), []
    for gap, (a, b) in zip(gaps, pairwise(times), strict=True):
        if (b - a).days > 60 and gap * unit > 24:
            breaks.append(round(at + gap * unit / 2))
        at += gap * unit
        x_of[b] = at
    return x_of, tuple(breaks)


_Placed = tuple[float, dt.datetime, str]


def _clusters(found: Sequence[_Placed]) -> list[list[_Placed]]:
    """Neighbours that would cover one another, together."""
    made: list[list[_Placed]] = []
    for one in found:
        if made and one[0] - made[-1][0][0] < _DOT:
            made[-1].append(one)
        else:
            made.append([one])
    return made


def _middle(stack: Sequence[_Placed]) -> int:
    return round((stack[0][0] + stack[-1][0]) / 2)


def _stack(stack: Sequence[_Placed], line_y: int) -> list[Dot]:
    """The first below; what finds no room is counted in the topmost."""
    numbers = [text for _, _, text in stack]
    if len(numbers) > _STACK:
        numbers = [*numbers[: _STACK - 1], f"+{len(numbers) - _STACK + 1}"]
    x = _middle(stack)
    return [
        Dot(x, line_y - 14 - i * (_DOT + 2), text, text.startswith("+")) for i, text in enumerate(numbers)
    ]


def _ticks(ends: Sequence[tuple[int, str, str]], years: set[int], top: int) -> tuple[Tick, ...]:
    """A date under each stack, as exact as it is known, on the first of a few levels that has room; none where none has."""
    taken = [-10.0] * _LEVELS
    made = []
    for x, first, last in ends:
        text = _short(first, years) if first == last else f"{_short(first, years)} – {_short(last, years)}"
        wide = width_of(text, SIZE)
        anchor, left = "middle", x - wide / 2
        if left < 2:
            anchor, left = "start", float(max(2, x - 8))
        elif left + wide > WIDTH - 2:
            anchor, left = "end", min(x + 8, WIDTH - 2) - wide
        level = next((n for n in range(_LEVELS) if taken[n] + 8 < left), None)
        if level is not None:
            taken[level] = left + wide
            at = {"middle": x, "start": round(left), "end": round(left + wide)}[anchor]
            made.append(Tick(at, top + 14 + level * 16, text, anchor, x))
    return tuple(made)


def _short(edtf: str, years: set[int]) -> str:
    """The date in words, without a year that all share."""
    words = date_in_words(edtf)
    return words.removesuffix(f" {min(years)}") if len(years) == 1 else words


def _described(placed: Sequence[tuple[dt.datetime, int]], came: Sequence[dt.datetime]) -> str:
    first, last = min(placed)[0], max(placed)[0]
    span = date_in_words(first.date().isoformat())
    if last.date() != first.date():
        span += f" to {date_in_words(last.date().isoformat())}"
    said = f"{count(len(placed), 'moment')}, {span}"
    if came:
        said += f"; {count(len(came), 'report')} of known date, the first of {date_in_words(min(came).date().isoformat())}"
    return said + ". The list after the picture has each."
