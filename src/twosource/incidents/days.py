"""The days that a report names, found without parsing: "March 3", "3 March 2014", "Sunday", "yesterday".

A weekday is the last one on or before the day of publication, since news looks back; without that day it names none.
"""

from __future__ import annotations

import re
from datetime import date, timedelta

_MONTHS = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
_MONTH = r"(january|february|march|april|may|june|july|august|september|october|november|december|jan|feb|mar|apr|jun|jul|aug|sept|sep|oct|nov|dec)"
_MONTH_FIRST = re.compile(
    rf"\b{_MONTH}\.?\s{{1,3}}(\d{{1,2}})(?:st|nd|rd|th)?\b(?:\s?,?\s?((?:19|20)\d\d))?", re.I
)
_DAY_FIRST = re.compile(
    rf"\b(\d{{1,2}})(?:st|nd|rd|th)?\s{{1,3}}{_MONTH}\b\.?(?:\s?,?\s?((?:19|20)\d\d))?", re.I
)
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_RELATIVE = re.compile(
    r"\b(monday|tuesday|wednesday|thursday|friday|saturday|sunday|today|yesterday|this morning)\b", re.I
)
CALENDAR = frozenset(
    [*_MONTHS, *_WEEKDAYS, *(m[:3] for m in _MONTHS), "sept"]
)  # words that no name is made of

# A text with none of these words names no day.
DATED = CALENDAR.union(("today", "yesterday", "morning"))


def day_of(when: str | None) -> date | None:
    """The day of an EDTF value that has a full one."""
    try:
        return date.fromisoformat((when or "")[:10])
    except ValueError:
        return None


def days_in(text: str, published: date | None) -> list[date]:
    """The days named, in the order of the text; a day without a year takes the last one before publication, else none."""
    found: list[tuple[int, date]] = []
    for m in _MONTH_FIRST.finditer(text):
        _add(found, m.start(), _dated(m.group(1), m.group(2), m.group(3), published))
    for m in _DAY_FIRST.finditer(text):
        _add(found, m.start(), _dated(m.group(2), m.group(1), m.group(3), published))
    if published:
        for m in _RELATIVE.finditer(text):
            found.append((m.start(), _relative(m.group(1).lower(), published)))
    return [d for _, d in sorted(found)]


def _add(found: list[tuple[int, date]], at: int, day: date | None) -> None:
    if day:
        found.append((at, day))


def _dated(month: str, day: str, year: str | None, published: date | None) -> date | None:
    number = next(i for i, name in enumerate(_MONTHS, 1) if name.startswith(month.lower()[:3]))
    try:
        if year:
            return date(int(year), number, int(day))
        if published is None:
            return None
        found = date(published.year, number, int(day))
        return found if found <= published + timedelta(2) else found.replace(year=published.year - 1)
    except ValueError:  # no such day
        return None


def _relative(word: str, published: date) -> date:
    if word not in _WEEKDAYS:
        return published - timedelta(1 if word == "yesterday" else 0)
    back = (published.weekday() - _WEEKDAYS.index(word)) % 7
    return published - timedelta(back) if published.toordinal() > back else published
