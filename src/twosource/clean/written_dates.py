"""Dates as mastheads write them, in English, to EDTF."""

from __future__ import annotations

import re
from datetime import date

_MONTHS = {
    m: n
    for n, m in enumerate(
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"], 1
    )
}
_MONTH = r"(?P<month>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.?"
_FORMS = (
    re.compile(rf"{_MONTH} (?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?:,? (?P<year>(?:19|20)\d\d))?(?!\d)", re.I),
    re.compile(rf"(?P<day>\d{{1,2}})(?:st|nd|rd|th)? {_MONTH}(?:,? (?P<year>(?:19|20)\d\d))?(?!\d)", re.I),
    re.compile(r"(?P<year>(?:19|20)\d\d)-(?P<month>\d\d)-(?P<day>\d\d)(?!\d)"),
    re.compile(r"(?P<day>\d{1,2})\.(?P<month>\d{1,2})\.(?P<year>(?:19|20)\d\d)(?!\d)"),
)
_SLASHES = re.compile(r"(?P<a>\d{1,2})/(?P<b>\d{1,2})/(?P<year>(?:19|20)?\d\d)(?!\d)")


def written_date(text: str) -> str | None:
    """The first date in the text; a year that is not written stays X, and 03/04/2020 stays unknown altogether."""
    text = text[:120]
    found = [m for form in _FORMS if (m := form.search(text))]
    for m in sorted(found, key=lambda m: m.start()):
        month = m.group("month").lower()
        value = _edtf(
            m.group("year"), _MONTHS[month] if month in _MONTHS else int(month), int(m.group("day"))
        )
        if value:
            return value
    m = _SLASHES.search(text)
    if m is None:
        return None
    a, b, year = int(m.group("a")), int(m.group("b")), m.group("year")
    year = year if len(year) == 4 else "20" + year
    if a == b or b > 12:
        return _edtf(year, a, b)
    return _edtf(year, b, a) if a > 12 else None


def _edtf(year: str | None, month: int, day: int) -> str | None:
    try:
        date(int(year or 2000), month, day)
    except ValueError:
        return None
    return f"{year or 'XXXX'}-{month:02}-{day:02}"
