"""Dates as people write them ("21. Mai 2010", "Nov. 21, 2019", "27.01.2022"), to EDTF."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from importlib.resources import files

_YEAR = r"(?P<year>(?:19|20)\d\d)"
_SLASHES = re.compile(r"(?<!\d)(?P<a>\d{1,2})/(?P<b>\d{1,2})/(?P<year>(?:19|20)?\d\d)(?!\d)")


def written_date(text: str) -> str | None:
    """The first date in the text; a year that is not written stays X, and 03/04/2020 stays unknown altogether."""
    return next(written_dates(text[:160]), None)


def written_dates(text: str) -> Iterator[str]:
    """Every date in the text, in order of place."""
    found = [(m.start(), value) for form in _forms() for m in form.finditer(text) if (value := _named(m))]
    found += [(m.start(), value) for m in _SLASHES.finditer(text) if (value := _slashed(m))]
    last = -1
    for start, value in sorted(found):
        if start > last + 5 or last < 0:  # two forms may match one date
            yield value
            last = start


@lru_cache(maxsize=1)
def page_words() -> dict[str, dict[str, list[str]]]:
    """The word lists about pages, from `pages.toml`."""
    table: dict[str, dict[str, list[str]]] = tomllib.loads(
        files("twosource.read").joinpath("pages.toml").read_text(encoding="utf-8")
    )
    return table


@lru_cache(maxsize=1)
def _months() -> dict[str, int]:
    names: list[list[str]] = page_words()["months"]["names"]  # type: ignore[assignment]
    return {word: number for number, words in enumerate(names, 1) for word in words}


@lru_cache(maxsize=1)
def _forms() -> tuple[re.Pattern[str], ...]:
    words = "|".join(sorted(_months(), key=len, reverse=True))
    month = rf"(?P<month>{words})\b\.?"
    return (
        re.compile(rf"\b{month},? (?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?!\d)(?:,? {_YEAR})?(?![\d:])", re.I),
        re.compile(
            rf"(?<![\d.:])(?P<day>\d{{1,2}})(?:st|nd|rd|th|er|\.)?,? (?:de |of )?{month}(?:,? (?:de )?{_YEAR})?(?!\d)",
            re.I,
        ),
        re.compile(rf"(?<!\d){_YEAR}[-/](?P<month>\d\d)[-/](?P<day>\d\d)(?!\d)"),
        re.compile(r"(?<![\d.])(?P<day>\d{1,2})\. ?(?P<month>\d{1,2})\. ?(?P<year>(?:19|20)?\d\d)(?![\d.])"),
        re.compile(rf"(?<!\d){_YEAR}年 ?(?P<month>\d{{1,2}})月 ?(?P<day>\d{{1,2}})日"),
    )


def _named(m: re.Match[str]) -> str | None:
    month = m.group("month").lower()
    return _edtf(m.group("year"), _months().get(month) or int(month), int(m.group("day")))


def _slashed(m: re.Match[str]) -> str | None:
    a, b, year = int(m.group("a")), int(m.group("b")), m.group("year")
    if a == b or b > 12:
        return _edtf(year, a, b)
    return _edtf(year, b, a) if a > 12 else None


def _edtf(year: str | None, month: int, day: int) -> str | None:
    if year and len(year) == 2:
        year = ("20" if int(year) < 70 else "19") + year
    try:
        date(int(year or 2000), month, day)
    except ValueError:
        return None
    return f"{year or 'XXXX'}-{month:02}-{day:02}"
