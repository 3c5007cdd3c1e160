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
    easter,
    nth_weekday,
    shift_days,
    shift_months,
    week_of,
    weekday_near,
    write_day,
)
from twosource.annotate.times.grammar import any_of, lexicon, numbers_of
from twosource.text.numbers import ORDINALS, TENS, parse_number

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
_REACH = 70  # characters; a verb farther away says little about the date


def direction(m: re.Match[str], context: Context) -> int:
    """Whether the words round a date say that it lies ahead (+1) or behind (-1); behind unless they say otherwise."""
    if context.text.startswith(("'s", "’s"), m.end()):
        return -1  # "Wednesday's ruling"
    before = context.text[max(context.sentence[0], m.start() - _REACH) : m.start()]
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
        return int(group(m, "year")) if len(group(m, "year")) == 4 else _full_year(int(group(m, "year")))
    if group(m, "spoken"):
        return spoken_year(group(m, "spoken"))
    if group(m, "short"):
        return _full_year(int(group(m, "short")))
    if group(m, "rel") and context.report.year:
        return context.report.year + {"last": -1, "this": 0, "next": 1}[group(m, "rel")]
    return None


def _full_year(two: int) -> int:
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
    if abs((nearest - today).days) <= 60:
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


@rule("iso")
def _iso(m: re.Match[str], context: Context) -> Reading | None:
    found = dated(m, context, int(m["mm"]), int(m["dd"]), int(m["year"]))
    if found is None or not m["hh"]:
        return found
    return Reading("TIME", f"{found.value}T{m['hh']}:{m['min']}", found.why, day=found.day)


@rule("slashed")
def _slashed(m: re.Match[str], context: Context) -> Reading | None:
    a, b = int(m["a"]), int(m["b"])
    month, day = (b, a) if a > 12 else (a, b)
    return dated(m, context, month, day, year_in(m, context))


@rule("month_day")
def _month_day(m: re.Match[str], context: Context) -> Reading | None:
    month = number_in(m, "months", "month")
    day = int(m["day"]) if m["day"] else ORDINALS[group(m, "nth")]
    if month is None or not capital(m, "month"):
        return None
    found = dated(m, context, month, day, year_in(m, context))
    if found and found.day and m.groupdict().get("weekday"):
        context.weekdays.setdefault(number_in(m, "weekdays", "weekday") or 0, found.day)
    return found


@rule("day_month")
def _day_month(m: re.Match[str], context: Context) -> Reading | None:
    month = number_in(m, "months", "month")
    if month is None or not capital(m, "month"):
        return None
    return dated(m, context, month, int(m["day"]), year_in(m, context))


@rule("month_days")
def _month_days(m: re.Match[str], context: Context) -> Reading | None:
    month = number_in(m, "months", "month")
    first, last = int(m["day"]), int(m["day2"])
    if month is None or not capital(m, "month") or not first < last <= 31:
        return None
    return dated(m, context, month, first, year_in(m, context))


@rule("week_of")
def _week_of(m: re.Match[str], context: Context) -> Reading | None:
    found = dated(m, context, number_in(m, "months", "month") or 0, int(m["day"]), year_in(m, context))
    if found is None or found.day is None or found.day.date is None:
        return None
    return Reading("DATE", week_of(found.day.date), "the week that holds that day")


@rule("month_year")
def _month_year(m: re.Match[str], context: Context) -> Reading | None:
    month, year = number_in(m, "months", "month"), year_in(m, context)
    if month is None or not capital(m, "month"):
        return None
    return Reading("DATE", write_day(Anchor(year, month))[:7], "month and year as the text gives them")


_LEADS = re.compile(
    r"(?:\b(?:in|last|this|next|since|until|by|of|from|to|through|till|before|after|and|or|late|early|mid|during|every|each|past|between|for|for)\s+|-)$",
    re.IGNORECASE,
)


@rule("month_alone")
def _month_alone(m: re.Match[str], context: Context) -> Reading | None:
    month = number_in(m, "months", "month")
    if month is None or not capital(m, "month"):
        return None
    which = group(m, "which")
    bare = not which and not group(m, "span")
    name = m["month"].lower()
    if len(name) < 5 and name not in ("june", "july", "may", "sept") and not name.endswith("."):
        return None
    if bare and (len(name) < 4 or name in ("march", "may", "april", "june", "august", "jan.", "mar.")):
        lead = context.text[max(0, m.start() - 12) : m.start()]
        if not _LEADS.search(lead) and (len(name) < 5 or name in ("march", "april")):
            return None
        if re.match(
            r"\s+(?:[A-Z][a-z]+|[a-z]+(?:ed|s)\b)", context.text[m.end() : m.end() + 20]
        ) and not _LEADS.search(lead):
            return None
    if which in ("each", "every"):
        return Reading("SET", f"XXXX-{month:02d}", "every year's month")
    report = context.report
    if report.year is None:
        return Reading("DATE", f"XXXX-{month:02d}", "no year is given or known")
    if report.month is None:
        return Reading("DATE", f"XXXX-{month:02d}", "the report's month isn't known")
    ahead = which in ("next", "this coming") or (
        which not in ("last", "past", "this past") and direction(m, context) > 0
    )
    if which == "this":
        year = report.year
    elif ahead:
        year = report.year + (month < report.month or (which == "next" and month == report.month))
    else:
        year = report.year - (month > report.month or (which == "last" and month == report.month))
        if not which and month - report.month in (1,):
            year = report.year
    anchor = Anchor(year, month)
    return Reading(
        "DATE",
        write_day(anchor)[:7],
        f"the month {'after' if ahead else 'before'} the report's date that has this name",
    )


@rule("weekday")
def _weekday(m: re.Match[str], context: Context) -> Reading | None:
    number = number_in(m, "weekdays", "weekday")
    if number is None or not capital(m, "weekday"):
        return None
    which, code = group(m, "which"), lexicon()["parts"].get(group(m, "part").rstrip("s"), "")
    if which in ("each", "every") or m["many"] or group(m, "part").endswith("s"):
        return Reading("SET", f"XXXX-WXX-{number}{code}", "every week")
    day = _which_weekday(m, context, number, which)
    kind: Kind = "TIME" if code else "DATE"
    if day is None:
        return Reading(kind, f"XXXX-WXX-{number}{code}", "the report's date isn't known")
    return Reading(
        kind,
        write_day(day) + code,
        "the weekday nearest to the report's date in the direction that the verb tells",
        day=day,
    )


def _which_weekday(m: re.Match[str], context: Context, number: int, which: str) -> Anchor | None:
    last = context.last.date
    if which in ("the previous", "the following", "the next") and last:
        day = weekday_near(last, number - 1, -1 if which == "the previous" else 1, strictly=True)
        return Anchor(day.year, day.month, day.day)
    today = context.today
    if today is None:
        known = context.weekdays.get(number)
        return known if known and which not in ("last", "next") else None
    if which in ("last", "past", "this past", "the previous"):
        day = weekday_near(today, number - 1, -1, strictly=True)
    elif which in ("next", "this coming", "coming", "the next", "the following"):
        day = weekday_near(today, number - 1, 1, strictly=True)
    elif which == "this":
        day = weekday_near(today, number - 1, 1)
    else:
        day = weekday_near(today, number - 1, direction(m, context))
    return Anchor(day.year, day.month, day.day)


@rule("relative_day")
def _relative_day(m: re.Match[str], context: Context) -> Reading | None:
    word = group(m, "day")
    days = {
        "yesterday": -1,
        "today": 0,
        "tonight": 0,
        "tomorrow": 1,
        "the day before yesterday": -2,
        "the day after tomorrow": 2,
    }[word]
    day = shift_days(context.report, days) if days else context.report
    code = "TNI" if word == "tonight" else lexicon()["parts"].get(group(m, "part").rstrip("s"), "")
    return Reading(
        "TIME" if code else "DATE", write_day(day) + code, "counted from the report's date", day=day
    )


@rule("part_of_day")
def _part_of_day(m: re.Match[str], context: Context) -> Reading | None:
    which, part = group(m, "which"), group(m, "part")
    code = lexicon()["parts"][part]
    if which == "this":
        day = context.report
    elif which == "last":
        day = shift_days(context.report, -1)
    elif which in ("the next", "the following"):
        day = shift_days(context.last if context.last.day else context.report, 1)
    else:
        day = context.last if context.last.day else context.report
    return Reading(
        "TIME", write_day(day) + code, "counted from the report's date or the day last spoken of", day=day
    )


@rule("overnight")
def _overnight(m: re.Match[str], context: Context) -> Reading | None:
    return Reading(
        "TIME",
        write_day(context.last if context.last.day else context.report) + "TNI",
        "the night of the day last spoken of",
    )


@rule("next_day")
def _next_day(m: re.Match[str], context: Context) -> Reading | None:
    base = context.last if context.last.day else context.report
    day = shift_days(base, {"next": 1, "following": 1, "previous": -1}.get(group(m, "which"), 0))
    return Reading("DATE", write_day(day), "counted from the day last spoken of", day=day)


@rule("season")
def _season(m: re.Match[str], context: Context) -> Reading | None:
    code, which, year = lexicon()["seasons"][group(m, "season")], group(m, "which"), year_in(m, context)
    if which in ("each", "every"):
        return Reading("SET", f"XXXX-{code}", "every year's season")
    if year is None and context.report.year and context.report.month:
        year = _season_year(m, context, code, which)
    return Reading(
        "DATE",
        f"{year or 'XXXX'}-{code}",
        "the season of that name nearest to the report's date" if year else "no year is given or known",
    )


def _season_year(m: re.Match[str], context: Context, code: str, which: str) -> int:
    year, month = context.report.year or 0, context.report.month or 0
    middle = {"SP": 4, "SU": 7, "FA": 10, "WI": 1}[code]
    if which in ("last", "this past", "past"):
        return year if middle + 1 < month and which != "last" else year - (middle + 2 >= month)
    if which in ("next", "this coming"):
        return year + (middle - 1 <= month)
    return year


@rule("holiday")
def _holiday(m: re.Match[str], context: Context) -> Reading | None:
    name, lists = group(m, "holiday").replace("’", "'"), lexicon()
    year, which = year_in(m, context), group(m, "which")
    if not m["holiday"][0].isupper():
        return None
    if year is None and context.today is not None:
        today = context.today
        options = [d for y in (today.year - 1, today.year, today.year + 1) if (d := _holiday_in(name, y))]
        if which in ("last", "this past"):
            year = max(d for d in options if d < today).year
        elif which == "next":
            year = min(d for d in options if d > today).year
        else:
            year = min(options, key=lambda d: (abs((d - today).days), d)).year
    if year is not None:
        day = _holiday_in(name, year)
        return (
            Reading("DATE", day.isoformat(), "a holiday's date", day=Anchor(day.year, day.month, day.day))
            if day
            else None
        )
    if name in lists["fixed"]:
        return Reading(
            "DATE", "XXXX-{:02d}-{:02d}".format(*lists["fixed"][name]), "a holiday's date, the year unknown"
        )
    return Reading("DATE", "XXXX-XX-XX", "a movable holiday, the year unknown")


def _holiday_in(name: str, year: int) -> dt.date | None:
    lists = lexicon()
    if not 1600 <= year <= 2200:
        return None
    if name in lists["fixed"]:
        month, day = lists["fixed"][name]
        return dt.date(year, month, day)
    if name in lists["floating"]:
        found = nth_weekday(year, *lists["floating"][name])
        if name == "election day" and found.day == 1:
            found += dt.timedelta(days=7)  # the Tuesday after the first Monday
        return found
    return easter(year) + dt.timedelta(days=lists["easter"][name])


@rule("reference")
def _reference(m: re.Match[str], context: Context) -> Reading | None:
    said = group(m, "reference")
    if said == "soon" and re.match(r"\s+(?:as|after)\b", context.text[m.end() : m.end() + 8]):
        return None
    for value, words in lexicon()["references"].items():
        if said in words:
            return Reading("DATE", value, "a time that the text names only by where it lies from now")
    return None


@rule("clock")
def _clock(m: re.Match[str], context: Context) -> Reading | None:
    """A time of day; its date is put in afterwards, from the words beside it."""
    groups = m.groupdict()
    if named := groups.get("named"):
        if named[0].isupper() and m.start("named") > context.sentence[0]:
            return None  # "High Noon"
        hour, minute = {"noon": (12, 0), "midday": (12, 0), "midnight": (24, 0)}[named.lower()]
    elif word := groups.get("word"):
        value = parse_number(word)
        if value is None or not 1 <= value <= 12:
            return None
        hour, minute = int(value), 0
    else:
        hour, minute = int(groups["hh"]), int(groups.get("min") or 0)
    half = group(m, "half").replace(".", "")
    if half and not 1 <= hour <= 12:
        return None
    if (half == "pm" or group(m, "part") in ("afternoon", "evening", "night")) and hour < 12:
        hour += 12
    if half == "am" and hour == 12:
        hour = 0
    if hour > 24 or minute > 59:
        return None
    return Reading("TIME", f"T{hour:02d}:{minute:02d}", "a time of day", about=bool(group(m, "about")))


@rule("year")
def _year(m: re.Match[str], context: Context) -> Reading | None:
    year = int(m["year"])
    lead = context.text[max(0, m.start() - 14) : m.start()].lower()
    firm = re.search(
        r"(?:\b(?:in|since|of|by|until|from|to|during|before|after|and|through|year|than|late|early|mid)\s+|[(–—-])$",
        lead,
    )
    limit = (context.report.year or 2030) + 60
    follows = context.text[m.end() : m.end() + 24]
    if not firm and (not 1900 <= year <= limit or re.match(r"\s+[a-z]+s\b(?!\s*')", follows)):
        return None
    return Reading("DATE", f"{year}", "a year as the text gives it")


@rule("spoken_year")
def _spoken(m: re.Match[str], context: Context) -> Reading | None:
    year = spoken_year(group(m, "spoken"))
    return Reading("DATE", str(year), "a year in words") if year else None


@rule("fiscal")
def _fiscal(m: re.Match[str], context: Context) -> Reading | None:
    return Reading("DATE", m["year"], "a fiscal year as the text gives it")


@rule("decade")
def _decade(m: re.Match[str], context: Context) -> Reading | None:
    groups = m.groupdict()
    if word := groups.get("word"):
        return Reading(
            "DATE",
            f"19{TENS[word.lower().replace('ies', 'y')] // 10}",
            "a decade, taken as the last century's",
        )
    digits = groups["year"] or str(_full_year(int(groups["short"])))
    return Reading("DATE", digits[:3], "a decade")


@rule("century")
def _century(m: re.Match[str], context: Context) -> Reading | None:
    word = group(m, "word").replace("-", " ")
    n = int(m["number"]) if m["number"] else 21 if word == "twenty first" else ORDINALS.get(word)
    return Reading("DATE", f"{n - 1:02d}", "a century") if n and 1 <= n <= 30 else None
