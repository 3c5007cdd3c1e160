"""Rules for days, months, years and times of day: what each shape means as a date."""

from __future__ import annotations

import datetime as dt
import re

from twosource.annotate.times.anchors import (
    Anchor,
    easter,
    nth_weekday,
    shift_days,
    week_of,
    weekday_near,
    write_day,
)
from twosource.annotate.times.grammar import lexicon
from twosource.annotate.times.rules import (
    Context,
    Kind,
    Reading,
    capital,
    dated,
    direction,
    full_year,
    group,
    number_in,
    rule,
    spoken_year,
    year_in,
)
from twosource.text.numbers import ORDINALS, TENS, parse_number


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
def _overnight(_m: re.Match[str], context: Context) -> Reading | None:
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


def _season_year(_m: re.Match[str], context: Context, code: str, which: str) -> int:
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
    if name in lists["floating"]:
        return Reading(
            "DATE", f"XXXX-{lists['floating'][name][0]:02d}-XX", "a movable holiday, the year unknown"
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
def _spoken(m: re.Match[str], _context: Context) -> Reading | None:
    year = spoken_year(group(m, "spoken"))
    return Reading("DATE", str(year), "a year in words") if year else None


@rule("fiscal")
def _fiscal(m: re.Match[str], _context: Context) -> Reading | None:
    return Reading("DATE", m["year"], "a fiscal year as the text gives it")


@rule("decade")
def _decade(m: re.Match[str], _context: Context) -> Reading | None:
    groups = m.groupdict()
    if word := groups.get("word"):
        return Reading(
            "DATE",
            f"19{TENS[word.lower().replace('ies', 'y')] // 10}",
            "a decade, taken as the last century's",
        )
    digits = groups["year"] or str(full_year(int(groups["short"])))
    return Reading("DATE", digits[:3], "a decade")


@rule("century")
def _century(m: re.Match[str], _context: Context) -> Reading | None:
    word = group(m, "word").replace("-", " ")
    n = int(m["number"]) if m["number"] else 21 if word == "twenty first" else ORDINALS.get(word)
    return Reading("DATE", f"{n - 1:02d}", "a century") if n and 1 <= n <= 30 else None
