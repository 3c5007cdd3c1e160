"""Days, months and years counted from a day of which any part may be unknown."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

_EDTF = re.compile(r"(\d{4}|XXXX)(?:-(\d\d|XX))?(?:-(\d\d|XX))?")
_COMMON_YEAR = 2001  # stands for a year that isn't known: counting days needs some year


@dataclass(frozen=True, slots=True)
class Anchor:
    """A day from which others are counted; a part that is not known is None."""

    year: int | None = None
    month: int | None = None
    day: int | None = None

    @property
    def date(self) -> dt.date | None:
        """The day, when all of it is known."""
        if self.year is None or self.month is None or self.day is None:
            return None
        try:
            return dt.date(self.year, self.month, self.day)
        except ValueError:
            return None


def read_anchor(edtf: str | None) -> Anchor:
    """The day that an EDTF date (or the start of an interval) names; nothing known when it isn't one."""
    m = _EDTF.match(edtf or "")
    if m is None:
        return Anchor()
    part = [int(g) if g and g.isdigit() else None for g in m.groups()]
    anchor = Anchor(*part)
    if anchor.month is not None and not 1 <= anchor.month <= 12:
        return Anchor(anchor.year)
    return anchor


def write_day(anchor: Anchor) -> str:
    """The TIMEX3 value of a day, unknown parts as X."""
    return "-".join(
        (
            "XXXX" if anchor.year is None else f"{anchor.year:04d}",
            "XX" if anchor.month is None else f"{anchor.month:02d}",
            "XX" if anchor.day is None else f"{anchor.day:02d}",
        )
    )


def shift_days(anchor: Anchor, days: int) -> Anchor:
    """The day so many days later; with the year unknown the day of the year still moves, except past a 29 February."""
    if anchor.month is None or anchor.day is None:
        return Anchor(anchor.year if anchor.month is None and abs(days) < 2 else None)
    try:
        start = dt.date(anchor.year or _COMMON_YEAR, anchor.month, anchor.day)
        moved = start + dt.timedelta(days=days)
    except (ValueError, OverflowError):
        return Anchor()
    if anchor.year is not None:
        return Anchor(moved.year, moved.month, moved.day)
    crossed = {d.month for d in (start, moved)} >= {2, 3}
    return Anchor(None, moved.month, None if crossed else moved.day)


def shift_months(anchor: Anchor, months: int) -> Anchor:
    """The month so many months later; the day is dropped."""
    if anchor.month is None:
        return Anchor()
    n = anchor.month - 1 + months
    year = None if anchor.year is None else anchor.year + n // 12
    if year is not None and not 1 <= year <= 9999:
        return Anchor()
    return Anchor(year, n % 12 + 1)


def week_of(day: dt.date) -> str:
    """The TIMEX3 value of the ISO week of a day."""
    year, week, _ = day.isocalendar()
    return f"{year:04d}-W{week:02d}"


def weekday_near(day: dt.date, weekday: int, direction: int, *, strictly: bool = False) -> dt.date:
    """The nearest such weekday (Monday is 0) on or before (direction -1) or on or after (+1) a day."""
    gap = (day.weekday() - weekday) % 7 if direction < 0 else (weekday - day.weekday()) % 7
    if strictly and gap == 0:
        gap = 7
    return day + dt.timedelta(days=gap * direction)


def easter(year: int) -> dt.date:
    """Easter Sunday in the Gregorian calendar (the anonymous algorithm of 1876)."""
    a, b, c = year % 19, year // 100, year % 100
    d = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    e = (32 + 2 * (b % 4) + 2 * (c // 4) - d - c % 4) % 7
    f = d + e - 7 * ((a + 11 * d + 22 * e) // 451) + 114
    return dt.date(year, f // 31, f % 31 + 1)


def nth_weekday(year: int, month: int, weekday: int, nth: int) -> dt.date:
    """The nth such weekday of a month; -1 is the last."""
    if nth > 0:
        first = dt.date(year, month, 1)
        return first + dt.timedelta(days=(weekday - first.weekday()) % 7 + 7 * (nth - 1))
    last = dt.date(year + month // 12, month % 12 + 1, 1) - dt.timedelta(days=1)
    return last - dt.timedelta(days=(last.weekday() - weekday) % 7)
