"""Dates as pages, mails, feeds and tables write them, to EDTF; what cannot be told stays unknown."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime

_EDTF = re.compile(r"[\dX]{4}(?:-[\dX]{2}(?:-[\dX]{2})?)?[?~%]?")
_INTERVAL = re.compile(r"[\dX.?~%-]*/[\dX.?~%-]*")
_ISO = re.compile(
    r"(\d{4})-?(\d{2})-?(\d{2})(?:[T ]+(\d{2}):?(\d{2})(?::?(\d{2})(?:[.,]\d+)?)?\s*(Z|UTC|GMT|[+-]\d{2}:?\d{2}|[+-]\d{2})?)?(?!\d)",
    re.I,
)
_INSTANT = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:?\d\d)", re.ASCII)
_LONGEST_INSTANT = 100  # characters
_EPOCH = re.compile(r"\d{10}(?:\d{3})?")


def to_edtf(value: object) -> str | None:
    """A date or time in EDTF (ISO 8601-2), with its time of day and zone where given; None where it cannot be told.

    Day-first and month-first figures ("03/04/2020") cannot be told apart, so they are unknown.
    """
    if isinstance(value, datetime):
        return _time(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bool) or not isinstance(value, (str, int, float)):
        return None
    text = str(value).strip()[:100]
    if _EPOCH.fullmatch(text):
        seconds = int(text) / (1000 if len(text) == 13 else 1)
        return _time(datetime.fromtimestamp(seconds, UTC))
    m = _ISO.match(text)
    if m:
        return _iso(m)
    if _EDTF.fullmatch(text) or (
        "/" in text and len(text) > 1 and re.match(r"[\dX]{4}-", text) and _INTERVAL.fullmatch(text)
    ):
        return text if _possible(text) else None
    try:
        return _time(parsedate_to_datetime(text))
    except (TypeError, ValueError, IndexError, OverflowError):
        return None


def _iso(m: re.Match[str]) -> str | None:
    year, month, day, hour, minute, second, zone = m.groups()
    try:
        date(int(year), int(month), int(day))
    except ValueError:
        return None
    plain = f"{year}-{month}-{day}"
    if (
        hour is None
        or int(hour) > 23
        or int(minute) > 59
        or int(second or 0) > 59
        or (hour, minute, second or "00") == ("00", "00", "00")
    ):
        return plain  # midnight is how programs write "no time given"
    return f"{plain}T{hour}:{minute}:{second or '00'}{_zone(zone)}"


def _zone(zone: str | None) -> str:
    if not zone:
        return ""
    if zone.upper() in ("Z", "UTC", "GMT"):
        return "Z"
    digits = zone[1:].replace(":", "").ljust(4, "0")
    if int(digits[:2]) > 14 or int(digits[2:]) > 59:
        return ""
    return "Z" if digits == "0000" else f"{zone[0]}{digits[:2]}:{digits[2:]}"


def _time(value: datetime) -> str:
    text = value.replace(microsecond=0).isoformat()
    return text.replace("+00:00", "Z") if value.time() != value.time().min else value.date().isoformat()


def _possible(text: str) -> bool:
    parts = re.findall(r"-(\d{2})", text.split("/")[0])
    return not parts or (1 <= int(parts[0]) <= 41 and (len(parts) < 2 or 1 <= int(parts[1]) <= 31))


def instant(value: str | None) -> str | None:
    """A moment that is known to the second and to its zone, as ISO 8601 in UTC: of the head of an answer, or of an archive's record."""
    if not value or len(value) > _LONGEST_INSTANT:
        return None
    try:
        if _INSTANT.fullmatch(value.strip()):
            known = datetime.fromisoformat(value.strip().replace(" ", "T", 1))
        else:
            known = parsedate_to_datetime(value)
        if known.tzinfo is None:
            return None
        return known.astimezone(UTC).replace(microsecond=0).isoformat().replace("+00:00", "Z")
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
