"""Times that a text names, as TIMEX3 and EDTF, in plain Python and without parsing.

With a report's date, "Friday", "last month" and "Aug. 7" are dated from it; without one, what isn't said stays X.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from twosource.annotate.parse import Parsed
from twosource.annotate.times import days, spans  # they register their rules
from twosource.annotate.times.anchors import Anchor, read_anchor, write_day
from twosource.annotate.times.edtf import edtf_of
from twosource.annotate.times.grammar import Shape, shapes, trigger_of, triggers
from twosource.annotate.times.names import is_name, people_in
from twosource.annotate.times.rules import RULES, Context, Reading
from twosource.model import Mention, Span, When

__all__ = ["find_times", "times"]

_Found = tuple[int, int, Shape, re.Match[str]]
_LONGEST_SENTENCE = 2_000  # characters; a longer stretch is read in pieces, so that odd input stays cheap
_RULE_PAGES = (days, spans)


def times(parsed: Parsed, named: Sequence[Mention] = ()) -> tuple[When, ...]:
    """The times that the article's own sentences name, in order, never overlapping except for ranges.

    A month that is part of the name of a person who is mentioned is no time.
    """
    spans_of = [s.span for s in parsed.sentences]
    return find_times(parsed.article.text, spans_of, parsed.article.published, people_in(named))


def find_times(
    text: str, spans: Iterable[Span], published: str | None, people: Sequence[Span] = ()
) -> tuple[When, ...]:
    """The times named in these stretches (sentences) of the text; `published` is the report's date in EDTF, if known."""
    sentences = [piece for s in sorted(spans) for piece in _pieces(s)]
    context = Context(text, read_anchor(published))
    candidates = [
        (s, [c for c in _candidates(text, around, classes) if not is_name(text, Span(c[0], c[1]), people)])
        for s, classes, around in _wanted(text, sentences)
    ]
    _note_given_years(context, candidates)
    found: list[When] = []
    for sentence, several in candidates:
        context.sentence = (sentence.start, sentence.end)
        found += _read(context, several)
    return tuple(found)


def _pieces(span: Span) -> Iterable[Span]:
    for at in range(span.start, span.end, _LONGEST_SENTENCE):
        yield Span(at, min(span.end, at + _LONGEST_SENTENCE))


_WORD = re.compile(r"\w+")
_BEFORE, _AFTER = 90, 90  # characters round the trigger words in which a shape may lie


def _wanted(text: str, sentences: Sequence[Span]) -> list[tuple[Span, set[str], Span]]:
    """The sentences that hold a trigger word, the classes of the triggers in them, and where these lie."""
    table = triggers()
    found = []
    for sentence in sentences:
        classes: set[str] = set()
        first = last = -1
        for m in _WORD.finditer(text, sentence.start, sentence.end):
            word = m.group()
            letters = table.get(word) or (trigger_of(word) if word[0].isdigit() else "")
            if letters:
                classes.update(letters)
                last = m.end()
                if first < 0:
                    first = m.start()
        if classes:
            around = Span(max(sentence.start, first - _BEFORE), min(sentence.end, last + _AFTER))
            found.append((sentence, classes, around))
    return found


_PREPOSITION = re.compile(
    r"(?:in|of|by|until|since|during|for|after|within|take|took|lasted|spent)\s+",
    re.IGNORECASE,
)


def _candidates(text: str, around: Span, classes: set[str]) -> list[_Found]:
    """The matches in one sentence, the longest of those that overlap, in order."""
    every: list[tuple[int, int, int, _Found]] = []
    for order, shape in enumerate(shapes()):
        if shape.needs & classes:
            for m in shape.regex.finditer(text, around.start, around.end):
                start, end = m.span()
                if lead := _PREPOSITION.match(text, start, end):
                    start = (
                        lead.end()
                    )  # "in recent weeks": the preposition called for the shape but is no part of the time
                while text[start].isspace():
                    start += 1
                every.append((start - end, start, order, (start, end, shape, m)))
    every.sort(key=lambda c: c[:3])
    chosen: list[_Found] = []
    for _, start, _, one in every:
        if all(one[1] <= c[0] or c[1] <= start for c in chosen):
            chosen.append(one)
    return sorted(chosen, key=lambda c: c[0])


def _note_given_years(context: Context, candidates: list[tuple[Span, list[_Found]]]) -> None:
    """Remember the days that the report gives in full anywhere: the same day named without its year is that day."""
    years: dict[tuple[int, int], set[int]] = {}
    for sentence, several in candidates:
        context.sentence = (sentence.start, sentence.end)
        for _, _, shape, m in several:
            if shape.name in ("month_day", "day_month") and m["year"]:
                reading = RULES[shape.name](m, context)
                if reading and reading.day and reading.day.month and reading.day.day and reading.day.year:
                    years.setdefault((reading.day.month, reading.day.day), set()).add(reading.day.year)
    context.days.update({day: years[day].pop() for day in sorted(years) if len(years[day]) == 1})


def _read(context: Context, several: list[_Found]) -> list[When]:
    read: list[tuple[int, int, Reading]] = []
    spoken_of = _Spoken(context.last, context.last_at)
    for start, end, shape, m in several:
        reading = RULES[shape.name](m, context)
        if reading is None:
            continue
        read.append((start, end, reading))
        if reading.day is not None and _SAID.search(context.text, max(0, start - 60), start) is None:
            context.last, context.last_at = reading.day, end
            context.first = context.first or reading.day
        elif reading.type == "DATE" and re.match(r"\d{4}(?:-\d\d)?$", reading.value):
            context.last = read_anchor(reading.value)
    timed = _put_dates(context, read, spoken_of)
    return sorted(
        [When(Span(s, e), r.type, r.value, edtf_of(r.value, about=r.about), r.why) for s, e, r in timed]
        + _ranges(context.text, timed),
        key=lambda w: (w.span, w.type),
    )


@dataclass(frozen=True, slots=True)
class _Spoken:
    """The day last spoken of before a sentence, and where."""

    day: Anchor
    at: int


def _put_dates(
    context: Context, read: list[tuple[int, int, Reading]], before: _Spoken
) -> list[tuple[int, int, Reading]]:
    """Give each time of day the date that stands beside it, else the day last spoken of; join "9 a.m. Tuesday"."""
    found: list[tuple[int, int, Reading]] = []
    n = 0
    while n < len(read):
        start, end, reading = read[n]
        if not reading.value.startswith("T"):
            found.append(read[n])
            n += 1
            continue
        after = read[n + 1] if n + 1 < len(read) else None
        gap = context.text[end : after[0]] if after else ""
        if after and after[2].day and re.fullmatch(r"\s*,?\s+(?:on\s+)?", gap):
            joined = Reading(
                "TIME",
                write_day(after[2].day) + reading.value,
                "a time of day on that date",
                reading.about,
                after[2].day,
            )
            if "on" in gap:
                found += [(start, end, joined), after]
            else:
                found.append((start, after[1], joined))
            n += 2
            continue
        day = next((r.day for _, _, r in reversed(found) if r.day), None)
        day = day or _day_of_the_clause(context.text, end, read[n + 1 :]) or _known(context, before, start)
        found.append(
            (
                start,
                end,
                Reading(
                    "TIME",
                    write_day(day) + reading.value,
                    "a time of day on the day last spoken of",
                    reading.about,
                ),
            )
        )
        n += 1
    return found


# When something was said is not when it was.
_SAID = re.compile(
    r"\b(?:said|says|told(?: [\w’'.]+){1,5}|confirmed|announced|added)(?: in a (?:statement|briefing)| on| late| early| later| earlier)*\s*$",
    re.IGNORECASE,
)


# Where another clause begins: "at 12:40 p.m. in the bar, and two were in hospital on Sunday".
_OTHER_CLAUSE = re.compile(
    r"[,;:]|\b(?:and|but|when|while|after|before|who|which|that|until|as|because|so)\b", re.IGNORECASE
)


def _day_of_the_clause(text: str, at: int, after: list[tuple[int, int, Reading]]) -> Anchor | None:
    """The day named further on in the same clause: "at 9 a.m. outside the bar on Saturday"."""
    for start, _, reading in after:
        if reading.day is not None:
            return None if _OTHER_CLAUSE.search(text, at, start) else reading.day
    return None


def _known(context: Context, before: _Spoken, at: int) -> Anchor:
    """The day last spoken of; in another paragraph the one that the report spoke of first, which is that of its event."""
    if context.first is not None and "\n" in context.text[before.at : at]:
        return context.first
    return before.day if before.day.day else context.report


_BETWEEN = re.compile(r"\b(between|from)\s+(?:the\s+)?$", re.IGNORECASE)
_JOIN = re.compile(r"\s*(?:,\s*)?(and|to|until|till|through|and\s+the|-|–|—)\s+(?:the\s+)?", re.IGNORECASE)


def _ranges(text: str, read: list[tuple[int, int, Reading]]) -> list[When]:
    """ "between A and B", "from A to B": the stretch of time, beside its two ends."""
    found = []
    for (s1, e1, a), (s2, e2, b) in pairwise(read):
        lead, join = _BETWEEN.search(text, max(0, s1 - 14), s1), _JOIN.fullmatch(text, e1, s2)
        if not lead or not join or (join[1].lower().startswith("and") != (lead[1].lower() == "between")):
            continue
        first, last = edtf_of(a.value), edtf_of(b.value)
        if first and last and "/" not in first + last and a.type == b.type == "DATE":
            found.append(
                When(
                    Span(lead.start(), e2),
                    "DURATION",
                    _days_between(a, b),
                    f"{first}/{last}",
                    "the stretch between two dates",
                )
            )
    return found


def _days_between(a: Reading, b: Reading) -> str:
    start, end = read_anchor(a.value), read_anchor(b.value)
    if start.date and end.date and end.date >= start.date:
        return f"P{(end.date - start.date).days}D"
    if (
        start.month
        and end.month
        and start.month == end.month
        and start.day
        and end.day
        and end.day > start.day
    ):
        return f"P{end.day - start.day}D"
    if len(a.value) == len(b.value) == 4 and start.year and end.year and end.year > start.year:
        return f"P{end.year - start.year}Y"
    return "PXD"
