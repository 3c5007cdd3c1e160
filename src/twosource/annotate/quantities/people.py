"""People told by an age, by "and three others", or by nothing but "a man"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from twosource.annotate.quantities.bounds import bounds_of
from twosource.annotate.quantities.counting import any_of, role, words
from twosource.model import Quantity, Span
from twosource.text.numbers import CARDINAL, parse_number

CONTEXT = 90  # characters each side in which a verb may say what befell those counted
MONTH = re.compile(
    r"\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?\s+(?:the\s+)?$", re.IGNORECASE
)
BEFELL = re.compile(
    r"kill|dead|d[iy]e|fatal|shot|wound|injur|hurt|stab|murder|arrest|custody|missing|hospital|slain",
    re.IGNORECASE,
)

_OLD = re.compile(r"[\s-]*years?[\s-]+old(?P<s>s)?\b(?:\s+(?P<noun>[a-z]+))?", re.IGNORECASE)
_AGED = re.compile(
    r"\b(?:aged?|ages)\s+(\d{1,3})(?:\s*(?:to|-|–)\s*(\d{1,3}))?\b|\bin\s+(?:his|her|their)\s+(?:(early|mid|late)[\s-]+)?(\d0)['’]?s\b|"
    r"\bin\s+(?:his|her|their)\s+(?:(early|mid|late)[\s-]+)?(twenties|thirties|forties|fifties|sixties|seventies|eighties|nineties)\b",
    re.IGNORECASE,
)
_AGE_AFTER_NAME = re.compile(r"\b[A-Z][\w'’.-]+,\s+(\d{1,3})(?=,|\.|;|\)|\s+and\b|$)")


def ages(text: str, sentence: Span, matches: Sequence[re.Match[str]]) -> Iterator[Quantity]:
    """Ages: "the 24-year-old", "aged 4 to 11", "in her 30s", "Mara Lind, 52,"."""
    for m in matches:
        old = _OLD.match(text, m.end("quantity"), sentence.end) if m["a"] else None
        bounds = bounds_of(m) if old else None
        if old and bounds:
            noun = old["noun"]
            of = noun.lower() if noun and noun.lower() in words()["people"]["singular"] else "person"
            yield Quantity(
                Span(m.start("quantity"), old.start("noun") - 1 if noun else old.end()),
                bounds[0],
                bounds[1],
                "year",
                of,
                "age",
                "an age",
            )
    for m in _AGED.finditer(text, sentence.start, sentence.end):
        if m[1]:
            yield Quantity(
                Span(*m.span()), float(m[1]), float(m[2] or m[1]), "year", "person", "age", "an age"
            )
            continue
        decade = float(m[4]) if m[4] else float(parse_number(m[6].lower().removesuffix("ies") + "y") or 0)
        part = (m[3] or m[5] or "").lower()
        low, high = {"early": (0, 3), "mid": (4, 6), "late": (7, 9)}.get(part, (0, 9))
        yield Quantity(
            Span(*m.span()), decade + low, decade + high, "year", "person", "age", "an age by its decade"
        )
    for m in _AGE_AFTER_NAME.finditer(text, sentence.start, sentence.end):
        before = text[max(sentence.start, m.start() - 1) : m.start(1)]
        if (
            0 < int(m[1]) < 116
            and not MONTH.search(before)
            and not re.search(r"\b(?:No|Rule|Flight|Highway)\b", before)
        ):
            yield Quantity(
                Span(*m.span(1)),
                float(m[1]),
                float(m[1]),
                "year",
                "person",
                "age",
                "a number between commas after a name is an age",
            )


@lru_cache(maxsize=1)
def _sum_shape() -> re.Pattern[str]:
    person = any_of([*words()["people"]["singular"], "year-old"])
    head = rf"\b(?P<first>(?:an?|one|his|her|their|the)\s+(?:[\w-]+\s+){{0,4}}?[\w-]*{person})"
    return re.compile(
        rf"{head}(?:\s*,\s*(?:an?|his|her|their)\s+(?:[\w-]+\s+){{0,3}}?[\w-]*{person})*\s+(?:and|along\s+with|plus)\s+(?:at\s+least\s+)?(?P<more>{CARDINAL})\s+"
        rf"(?:other\s+\w+|more\s+\w+|others)\b",
        re.IGNORECASE,
    )


def sums(text: str, sentence: Span) -> Iterator[Quantity]:
    """ "A 12-year-old and three others" are four."""
    if (
        " others" not in text[sentence.start : sentence.end]
        and " other " not in text[sentence.start : sentence.end]
    ):
        return
    for m in _sum_shape().finditer(text, sentence.start, min(sentence.end, sentence.start + 2_000)):
        more = parse_number(m["more"])
        if more is None:
            continue
        named = 1 + text.count(",", m.start("first"), m.start("more"))
        low = named + more
        bound = None if re.search(r"at\s+least", m.group(), re.IGNORECASE) else low
        what = role(
            text[max(sentence.start, m.start() - CONTEXT) : m.start()],
            None,
            text[m.end() : min(sentence.end, m.end() + CONTEXT)],
        )
        yield Quantity(Span(*m.span()), low, bound, "person", "person", what, f"{named} and {more:g} others")


@lru_cache(maxsize=1)
def _single_shape() -> re.Pattern[str]:
    people = any_of(words()["people"]["singular"])
    return re.compile(
        rf"\b(?P<one>an?|another)\s+(?:[\w-]+\s+){{0,3}}?(?P<who>[\w-]*year-old|{people})\b(?!\s+and\s+\w+\s+others)",
        re.IGNORECASE,
    )


# "was shot", "died", "killing a man": the words say that it befell the one person, who didn't do it
_SUFFERED = re.compile(
    r"\b(?:was|were|is|are|been|being|got|has\s+died|died|dies|dead|found|left)\b|(?:ed|ing|shot|wounded|hurt|kills)\s+\|",
    re.IGNORECASE,
)


def single(text: str, sentence: Span, covered: Sequence[Span]) -> Iterator[Quantity]:
    """ "A man was killed" counts one, without a number word; only where the words say what befell that person."""
    if not BEFELL.search(text, sentence.start, sentence.end):
        return
    for m in _single_shape().finditer(text, sentence.start, min(sentence.end, sentence.start + 2_000)):
        if any(c.start < m.end() and m.start() < c.end and c.start <= m.start() for c in covered):
            continue
        before = text[max(sentence.start, m.start() - CONTEXT) : m.start()]
        after = text[m.end() : min(sentence.end, m.end() + CONTEXT)]
        what = role(before, None, re.split(r"[,;]", after, maxsplit=1)[0])
        if what is not None and not _SUFFERED.search(before[-24:] + " | " + after[:40]):
            continue
        if what is not None and not re.search(r"\b(?:by|of|for|about|with)\s+$", before.lower()):
            of = m["who"].lower() if not m["who"].lower().endswith("year-old") else "person"
            yield Quantity(
                Span(m.start("one"), m.end()), 1.0, 1.0, "person", of, what, f"“{m['one']}” person"
            )
