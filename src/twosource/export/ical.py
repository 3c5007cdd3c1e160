"""iCalendar (RFC 5545): what happened on which day.

Only what has a day (or a stretch of days) can stand in a calendar: a moment in an unknown year, or of a month or year
alone, is left out, counted in the calendar's description, and whole in the timeline of the other formats. There is no
clock in it: DTSTAMP is when the newest report that says so was published, 1970 where none says.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta

from twosource.export.shape import View
from twosource.model import Evidence, Moment
from twosource.text import make_id
from twosource.version import __version__

_UNKNOWN = "19700101T000000Z"
_DAY = r"\d{4}-\d\d-\d\d"
_STRETCH = re.compile(rf"({_DAY})/({_DAY})")
_TIME = re.compile(rf"{_DAY}T\d\d:\d\d(:\d\d)?(Z|[+-]\d\d:\d\d)?")


def chunks(views: Iterable[View]) -> Iterator[bytes]:
    """One calendar; an event for each moment of the timelines that has a day."""
    yield _lines(
        "BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:-//twosource//{__version__}//EN", "CALSCALE:GREGORIAN"
    )
    left_out = 0
    for view in views:
        for moment in view.account.timeline:
            times = when(moment.when)
            if times is None:
                left_out += 1
            else:
                yield _lines(*_event(view, moment, times))
    if left_out:
        yield _lines(*_note(left_out))
    yield _lines("END:VCALENDAR")


def when(edtf: str) -> list[str] | None:
    """The lines that say when: a day, days, a time; None for what a calendar has no place for."""
    try:
        if re.fullmatch(_DAY, edtf):
            first = date.fromisoformat(edtf)
            return [_on("DTSTART", first), _on("DTEND", first + timedelta(1))]
        if stretch := _STRETCH.fullmatch(edtf):
            first, last = date.fromisoformat(stretch[1]), date.fromisoformat(stretch[2])
            return [_on("DTSTART", first), _on("DTEND", last + timedelta(1))] if first <= last else None
        if _TIME.fullmatch(edtf):
            return [f"DTSTART:{_moment(datetime.fromisoformat(edtf))}"]
    except (ValueError, OverflowError):  # no such day, or the last one that there is
        return None
    return None


def _event(view: View, moment: Moment, times: list[str]) -> list[str]:
    told = [f"“{view.passage(e)}” ({view.outlet(e.report)})" for e in moment.evidence]
    urls = [u for e in moment.evidence if (u := view.articles[e.report].report.url)]
    return [
        "BEGIN:VEVENT",
        f"UID:{make_id('m', view.account.id, moment.when, moment.text, moment.evidence)}@twosource",
        f"DTSTAMP:{_stamp(view, moment.evidence)}",
        *times,
        "TRANSP:TRANSPARENT",
        f"SUMMARY:{_text(moment.text)}",
        f"DESCRIPTION:{_text(chr(10).join(told))}",
        f"CATEGORIES:{_text(view.account.title or view.account.id)}",
        *([f"URL:{_address(urls[0])}"] if urls else []),
        "END:VEVENT",
    ]


def _note(left_out: int) -> list[str]:
    """That some are missing, as a component: properties of the calendar must stand before the first one."""
    things = "moment has" if left_out == 1 else "moments have"
    return [
        "BEGIN:VJOURNAL",
        f"UID:{make_id('m', 'left out', left_out)}@twosource",
        f"DTSTAMP:{_UNKNOWN}",
        f"SUMMARY:{left_out} {things} no known day and cannot stand in a calendar; the tables have them",
        "END:VJOURNAL",
    ]


def _stamp(view: View, evidence: Iterable[Evidence]) -> str:
    known = []
    for e in evidence:
        published = view.articles[e.report].published or ""
        try:
            known.append(_utc(datetime.fromisoformat(published)))
        except (ValueError, OverflowError):
            continue
    return max(known, default=_UNKNOWN)


def _moment(at: datetime) -> str:
    """A time in UTC where its zone is known, else wherever it is read: none is invented."""
    return _utc(at) if at.tzinfo else _plain(at.isoformat()[:19])


def _utc(at: datetime) -> str:
    return _plain((at if at.tzinfo else at.replace(tzinfo=UTC)).astimezone(UTC).isoformat()[:19]) + "Z"


def _on(name: str, day: date) -> str:
    return f"{name};VALUE=DATE:{_plain(day.isoformat())}"


def _text(value: str) -> str:
    plain = "".join(ch if ch == "\n" or ch.isprintable() else " " for ch in value.replace("\r\n", "\n"))
    return re.sub(r"([\\;,])", r"\\\1", plain).replace("\n", r"\n")


def _address(value: str) -> str:
    return re.sub(r"[\x00-\x20\x7f]", "", value)


def _lines(*lines: str) -> bytes:
    """Lines folded at 75 octets, never inside a character."""
    return b"".join(_folded(line.encode("utf-8", "replace")) for line in lines)


def _folded(line: bytes) -> bytes:
    parts, room = [], 75
    while len(line) > room:
        cut = room
        while line[cut] & 0xC0 == 0x80:
            cut -= 1
        parts.append(line[:cut])
        line, room = line[cut:], 74
    return b"\r\n ".join([*parts, line]) + b"\r\n"


def _plain(iso: str) -> str:
    return re.sub("[-:]", "", iso)
