"""Rules for lengths of time, for units counted from a day ("last week", "two years ago") and for quarters."""

from __future__ import annotations

import re

from twosource.annotate.times.anchors import Anchor, shift_days, shift_months, week_of, write_day
from twosource.annotate.times.grammar import lexicon
from twosource.annotate.times.rules import Context, Reading, direction, group, rule, year_in
from twosource.text.numbers import parse_number

_NTH = {
    "first": 1,
    "second": 2,
    "third": 3,
    "fourth": 4,
    "1st": 1,
    "2nd": 2,
    "3rd": 3,
    "4th": 4,
    "final": 4,
    "last": 4,
}


def unit_of(word: str) -> tuple[str, int, str]:
    """A unit's TIMEX3 letter, how many of it, and "T" for parts of a day."""
    units = lexicon()["units"]
    word = word.lower()
    letter, times, clock = units.get(word) or units.get(word.removesuffix("s")) or units["year"]
    return letter, times, clock


def length(unit: str, number: float | None) -> str:
    """A TIMEX3 duration: P3D, PT1H30M, PXY where the text gives no number."""
    letter, times, clock = unit_of(unit)
    if letter == "WE":
        return f"P{(2 * int(number)) if number else 'X'}D"
    if number is None:
        return f"P{clock}X{letter}"
    value = number * times
    if letter == "Q":
        letter, value = "M", value * 3
    whole = int(value)
    rest = value - whole
    smaller = {
        "Y": (12, "M"),
        "H": (60, "M"),
        "M": (60, "S") if clock else (30, "D"),
        "D": (24, "H"),
        "W": (7, "D"),
    }.get(letter)
    if rest and smaller:
        small, name = round(rest * smaller[0]), smaller[1]
        if letter == "D":
            return f"P{whole}DT{small}H" if whole else f"PT{small}H"
        head = f"{whole}{letter}" if whole else ""
        return f"P{clock}{head}{small}{name}"
    return f"P{clock}{whole}{letter}"


def _count(m: re.Match[str]) -> float | None:
    if written := m.groupdict().get("number"):
        return parse_number(written)
    if group(m, "vague").endswith("couple of"):
        return 2.0
    return 1.0 if group(m, "one") else None


_HEDGES = ("about", "around", "approximately", "roughly", "some", "nearly", "almost")


def _about(m: re.Match[str]) -> bool:
    return group(m, "hedge") in _HEDGES or bool(group(m, "orso"))


_RATE = re.compile(
    r"(?:[\d%]|percent|times|twice|once|dollars|cents|million|billion|thousand|share|hundred|hours|minutes|days|weeks)\s+$"
)


@rule("length")
def _length(m: re.Match[str], context: Context) -> Reading | None:
    unit, number = group(m, "unit"), _count(m)
    before = context.text[max(0, m.start() - 18) : m.start()].lower()
    if m["old"]:
        return None  # an age: a quantity, not a time
    if (
        group(m, "one") in ("a", "an")
        and not m["half"]
        and (unit in ("second", "quarter") or _RATE.search(before))
    ):
        return None
    if m["half"] and number is not None:
        number += 0.5
    return Reading("DURATION", length(unit, number), "a length of time", about=_about(m))


@rule("half_unit")
def _half(m: re.Match[str], _context: Context) -> Reading | None:
    return Reading("DURATION", length(group(m, "unit"), 0.5), "half of a unit")


@rule("unit_long")
def _long(m: re.Match[str], _context: Context) -> Reading | None:
    unit = group(m, "unit")
    return Reading("DURATION", length(unit, None if unit.endswith("s") else 1), "a length of time")


@rule("vague_plural")
def _vague(m: re.Match[str], _context: Context) -> Reading | None:
    if group(m, "ago") == "ago":
        return Reading("DATE", "PAST_REF", "some time ago")
    if (group(m, "lead") in ("of", "in", "the") and unit_of(group(m, "unit"))[2]) or group(m, "lead") == "of":
        return None
    return Reading(
        "DURATION", length(group(m, "unit"), None), "a length of time that the text doesn't number"
    )


@rule("plural_ago")
def _plural_ago(m: re.Match[str], _context: Context) -> Reading | None:
    return Reading(
        "DATE",
        "PAST_REF" if group(m, "ago") == "ago" else "FUTURE_REF",
        "a length of time that the text doesn't number",
    )


@rule("coming")
def _coming(m: re.Match[str], _context: Context) -> Reading | None:
    number = parse_number(m["number"]) if m["number"] else None
    if "couple" in m.group().lower():
        number = 2.0
    return Reading(
        "DURATION",
        length(group(m, "unit"), number),
        "a length of time next to the report's date",
        about=_about(m),
    )


@rule("set")
def _set(m: re.Match[str], context: Context) -> Reading | None:
    if m.group()[0].isupper() and m.start() > context.sentence[0]:
        return None  # a newspaper's name
    return Reading("SET", lexicon()["sets"][group(m, "set")], "again and again")


@rule("every")
def _every(m: re.Match[str], _context: Context) -> Reading | None:
    number = parse_number(m["number"]) if m["number"] else 2.0 if group(m, "other") else 1.0
    letter, times, clock = unit_of(group(m, "unit"))
    return Reading("SET", f"P{clock}{int((number or 1) * times)}{letter}", "again and again")


@rule("every_part")
def _every_part(m: re.Match[str], _context: Context) -> Reading | None:
    return Reading("SET", "XXXX-XX-XX" + lexicon()["parts"][group(m, "part")], "every day")


@rule("ago")
def _ago(m: re.Match[str], context: Context) -> Reading | None:
    way, unit, number = group(m, "way"), group(m, "unit"), _count(m)
    letter, times, clock = unit_of(unit)
    sign = -1 if way in ("ago", "earlier", "before") else 1
    if number is None and way in ("earlier", "later", "before", "after"):
        return Reading("DURATION", length(unit, None), "a length of time that the text doesn't number")
    if number is None:
        return Reading(
            "DATE", "PAST_REF" if sign < 0 else "FUTURE_REF", "a length of time that the text doesn't number"
        )
    if way in ("before", "after"):
        return Reading("DURATION", length(unit, number), "a length of time")
    base = (
        context.last
        if way in ("earlier", "later") and context.last.day and letter in "DW"
        else context.report
    )
    return _counted(letter, times, clock, sign * number, base, context, about=_about(m))


def _counted(
    letter: str, times: int, clock: str, number: float, base: Anchor, context: Context, *, about: bool
) -> Reading:
    why = "counted from the report's date"
    steps = round(number * times)
    if clock:
        return Reading("DATE" if not base.day else "TIME", write_day(base), why, about=True)
    if letter == "D" or letter == "WE":
        day = shift_days(base, steps)
        return Reading("DATE", write_day(day), why, about=about, day=day)
    if letter == "W":
        moved = shift_days(base, 7 * steps).date
        return Reading("DATE", week_of(moved) if moved else "XXXX-WXX", why, about=about)
    if letter in ("M", "Q"):
        month = shift_months(base, steps * (3 if letter == "Q" else 1))
        return Reading("DATE", write_day(month)[:7], why, about=about)
    if abs(steps) == 1 and context.quarter:
        year, quarter = context.quarter
        return Reading("DATE", f"{year + steps}-Q{quarter}", "the same quarter of another year")
    return Reading("DATE", "XXXX" if base.year is None else f"{base.year + steps:04d}", why, about=about)


@rule("year_ago")
def _year_ago(m: re.Match[str], context: Context) -> Reading | None:
    nth = _NTH.get(group(m, "nth"))
    quarter = (
        (context.quarter or _last_quarter(context))
        if ("quarter" in m.group() or "period" in m.group() or context.quarter)
        else None
    )
    if quarter:
        return Reading("DATE", f"{quarter[0] - 1}-Q{nth or quarter[1]}", "the same quarter a year before")
    return Reading(
        "DATE",
        f"{context.report.year - 1}" if context.report.year else "XXXX",
        "counted from the report's date",
    )


_BACK = ("last", "past", "previous", "preceding", "prior")
_AHEAD = ("next", "coming", "following")


@rule("unit")
def _unit(m: re.Match[str], context: Context) -> Reading | None:
    which, unit = group(m, "which"), group(m, "unit")
    which = which.split()[-1]
    letter, times, clock = unit_of(unit)
    if clock or unit in ("night", "quarter", "second"):
        return _unit_quarter("same" if which == "the" else which, context) if unit == "quarter" else None
    if letter == "Y" and re.match(r"\s+(?:ended|ending)\b", context.text[m.end() : m.end() + 10]):
        return Reading("DURATION", "P1Y", "a year that ends on another day than 31 December")
    if (
        which == "the"
        and letter != "WE"
        and not group(m, "span")
        and not (unit in ("year", "week", "day", "month") and not group(m, "fiscal"))
    ):
        return None if not group(m, "fiscal") else Reading("DURATION", "P1Y", "a fiscal year")
    step = -1 if which in _BACK else 1 if which in _AHEAD else 0
    if which in ("that", "same"):
        return _that(letter, context)
    if times > 1:
        if which == "this" and times == 100:
            return Reading(
                "DATE",
                f"{context.report.year // 100}" if context.report.year else "XX",
                "the report's century",
            )
        return Reading("DURATION", length(unit, 1), "a length of time next to the report's date")
    if letter == "D":
        return (
            None
            if which == "the"
            else Reading(
                "DATE", write_day(shift_days(context.report, step)), "counted from the report's date"
            )
        )
    base = context.last if which in ("following", "preceding") and context.last.year else context.report
    return _stepped(letter, step, base)


def _stepped(letter: str, step: int, base: Anchor) -> Reading:
    why = "counted from the report's date"
    if letter in ("W", "WE"):
        day = shift_days(base, 7 * step).date
        if day is None:
            return Reading(
                "DATE", "XXXX-WXX" + ("-WE" if letter == "WE" else ""), "the report's date isn't known"
            )
        if letter == "WE" and step == 0 and day.weekday() < 3:
            day = shift_days(base, -7).date or day  # early in a week "the weekend" is the one that has passed
        return Reading("DATE", week_of(day) + ("-WE" if letter == "WE" else ""), why)
    if letter == "M":
        return Reading("DATE", write_day(shift_months(base, step))[:7], why)
    return Reading("DATE", "XXXX" if base.year is None else f"{base.year + step:04d}", why)


def _that(letter: str, context: Context) -> Reading | None:
    last = context.last
    if letter == "Y":
        return Reading("DATE", f"{last.year}" if last.year else "XXXX", "the year last spoken of")
    if letter == "M" and last.month:
        return Reading("DATE", write_day(Anchor(last.year, last.month))[:7], "the month last spoken of")
    if letter == "W" and last.date:
        return Reading("DATE", week_of(last.date), "the week last spoken of")
    return None


@rule("year_end")
def _year_end(_m: re.Match[str], context: Context) -> Reading | None:
    return Reading(
        "DATE", f"{context.report.year}" if context.report.year else "XXXX", "the end of the report's year"
    )


def _last_quarter(context: Context) -> tuple[int, int] | None:
    """The quarter that was over when the report came out."""
    if context.report.year is None or context.report.month is None:
        return None
    n = context.report.year * 4 + (context.report.month - 1) // 3 - 1
    return n // 4, n % 4 + 1


def _unit_quarter(which: str, context: Context) -> Reading | None:
    done = _last_quarter(context)
    if done is None:
        return Reading("DATE", "XXXX-QX", "the report's date isn't known")
    n = done[0] * 4 + done[1] - 1
    if which == "latest":
        context.quarter = done
    if which in ("latest", "same", "that"):
        year, quarter = context.quarter or done
        return Reading("DATE", f"{year}-Q{quarter}", "the quarter last spoken of")
    n += {"this": 1, "current": 1}.get(which, 0) if which not in _AHEAD else 2
    context.quarter = (n // 4, n % 4 + 1)
    return Reading("DATE", f"{n // 4}-Q{n % 4 + 1}", "counted from the report's date")


@rule("quarter")
def _quarter(m: re.Match[str], context: Context) -> Reading | None:
    nth = _NTH[group(m, "nth")]
    if group(m, "unit") == "half":
        nth = 2 if group(m, "nth") in ("second", "last", "final", "2nd") else 1
        if "half" in m.group().lower() and nth > 2:
            return None
    year = year_in(m, context) or (int(m["year2"]) if m["year2"] else None)
    steps = {"last": -1, "this": 0, "next": 1}
    relative = group(m, "before") or group(m, "rel2")
    if year is None and relative and context.report.year:
        year = context.report.year + steps[relative]
    if year is None and context.report.year and context.report.month:
        year = context.report.year
        if (
            group(m, "unit") == "quarter"
            and nth - (context.report.month + 2) // 3 >= 2
            and direction(m, context) < 0
        ):
            year -= 1
        if context.quarter and group(m, "ago"):
            year = context.quarter[0] - 1
        elif group(m, "ago"):
            year -= 1
    if group(m, "unit") == "half":
        return Reading("DATE", f"{year or 'XXXX'}-H{nth}", "half of a year")
    if year and not group(m, "ago"):
        context.quarter = (year, nth)
    return Reading(
        "DATE",
        f"{year or 'XXXX'}-Q{nth}",
        "a quarter, of the year nearest to the report's date unless one is given",
    )


@rule("quarter_of")
def _quarter_of(m: re.Match[str], context: Context) -> Reading | None:
    if context.quarter is None:
        return None
    return Reading(
        "DATE", f"{m['year']}-Q{context.quarter[1]}", "the quarter last spoken of, in the year given"
    )


@rule("the_quarter")
def _the_quarter(m: re.Match[str], context: Context) -> Reading | None:
    if group(m, "which") == "current" and "quarter" in m.group().lower():
        return _unit_quarter("current", context)
    known = context.quarter or (_last_quarter(context) if "quarter" in m.group().lower() else None)
    if known is None:
        return None
    step = {"last": -1, "next": 1}.get(group(m, "before"), 0)
    return Reading("DATE", f"{known[0] + step}-Q{known[1]}", "the quarter last spoken of")
