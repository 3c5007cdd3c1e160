"""TIMEX3 values written as Extended Date/Time Format (ISO 8601-2)."""

from __future__ import annotations

import datetime as dt
import re

_DAY = re.compile(r"(\d{4}|XXXX)-(\d\d|XX)-(\d\d|XX)")
_SEASONS = {
    "SP": 21,
    "SU": 22,
    "FA": 23,
    "WI": 24,
    "Q1": 33,
    "Q2": 34,
    "Q3": 35,
    "Q4": 36,
    "H1": 40,
    "H2": 41,
}


def edtf_of(value: str, *, about: bool = False) -> str | None:
    """The same time as EDTF; None for what EDTF cannot say (durations, sets, "recently", a weekday of no known week)."""
    written = _plain(value)
    if written is None or not any(c.isdigit() for c in written):
        return None
    return written + "~" if about and "/" not in written and "T" not in written else written


def _plain(value: str) -> str | None:
    if re.fullmatch(r"\d{4}(-\d\d)?|XXXX-\d\d", value):
        return value
    if m := _DAY.fullmatch(value[:10]):
        clock = value[10:]
        if re.fullmatch(r"T\d\d(:\d\d){0,2}", clock) and "X" not in m.group() and clock < "T24":
            return m.group() + clock + {2: ":00:00", 5: ":00", 8: ""}[len(clock) - 1]
        return m.group()
    if re.fullmatch(r"\d{2,3}", value):
        return value + "X" * (4 - len(value))
    if m := re.fullmatch(r"(\d{4})-([A-Z][A-Z0-9])", value):
        code = _SEASONS.get(m[2])
        return f"{m[1]}-{code}" if code else m[1]
    if m := re.fullmatch(r"(\d{4})-W(\d\d)(-WE)?", value):
        return _week(int(m[1]), int(m[2]), weekend=bool(m[3]))
    return None


def _week(year: int, week: int, *, weekend: bool) -> str | None:
    try:
        first = dt.date.fromisocalendar(year, week, 6 if weekend else 1)
        return f"{first.isoformat()}/{dt.date.fromisocalendar(year, week, 7).isoformat()}"
    except ValueError:
        return None
