"""The shapes in which English names a time, as regular expressions made from the word lists."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

from twosource.text.numbers import CARDINAL, ORDINALS


@lru_cache(maxsize=1)
def lexicon() -> dict[str, Any]:
    """The word lists of `times.toml`."""
    return tomllib.loads((files(__package__) / "times.toml").read_text(encoding="utf-8"))


def any_of(words: Iterable[str]) -> str:
    """An alternation of words, the longest first, any white space between their parts."""
    escaped = (re.escape(w).replace(r"\ ", r"\s+") for w in sorted(words, key=lambda w: (-len(w), w)))
    return "(?:" + "|".join(escaped) + ")"


@dataclass(frozen=True, slots=True)
class Shape:
    """One shape: its name (the rule that reads it has the same), the trigger classes that call for it, the expression."""

    name: str
    needs: frozenset[str]
    regex: re.Pattern[str]


@lru_cache(maxsize=1)
def numbers_of() -> dict[str, dict[str, int]]:
    """Month and weekday names and their abbreviations, lower case, to their numbers from 1."""
    lists = lexicon()
    return {
        kind: {form: n for n, forms in enumerate(lists[kind]["names"], start=1) for form in forms.split("|")}
        for kind in ("months", "weekdays")
    }


def _months() -> str:
    full = [f.split("|")[0] for f in lexicon()["months"]["names"]]
    short = [s for f in lexicon()["months"]["names"] for s in f.split("|")[1:]]
    return rf"(?P<month>{any_of(full)}\b|{any_of(short)}(?:\.|\b))"


def _weekdays(group: str = "weekday") -> str:
    full = [f.split("|")[0] for f in lexicon()["weekdays"]["names"]]
    short = [s for f in lexicon()["weekdays"]["names"] for s in f.split("|")[1:]]
    return rf"(?P<{group}>{any_of(full)}|{any_of(short)}\.)"


_SPAN = r"(?P<span>early|late|mid|middle|earlier|later|sometime|(?:the\s+)?(?:very\s+)?(?:end|beginning|start|middle)(?:\s+of)?)"
_YEAR = r"(?:1[5-9]|20)\d\d"
_SPOKEN = (
    r"(?:nineteen|eighteen|seventeen|twenty)[\s-]+(?:(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)"
    r"(?:[\s-]+(?:one|two|three|four|five|six|seven|eight|nine))?|oh[\s-]+(?:one|two|three|four|five|six|seven|eight|nine)"
    r"|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen)|(?:the\s+year\s+)two\s+thousand"
)
_ORDINAL = any_of(ORDINALS)
_HEDGE = (
    r"(?P<hedge>about|around|approximately|roughly|some|nearly|almost|over|more\s+than|less\s+than|at\s+least|at\s+most|up\s+to"
    r"|as\s+(?:many|much|little)\s+as|no\s+(?:more|less)\s+than|just\s+over|just\s+under|under|within|an?\s+additional)"
)
_ZONE = r"(?:\s*\(?(?:E[SD]?T|C[SD]?T|M[SD]T|P[SD]T|GMT|UTC|BST|CES?T|EES?T|IST|AKDT|AKST|HST)\b\)?|\s+(?:local|eastern|central|pacific|mountain)\s+time)"


def _dates() -> list[tuple[str, str, str]]:
    mon, wd = _months(), _weekdays()
    day = r"(?P<day>[0-3]?\d)(?:st|nd|rd|th)?(?!\d|:\d|%)(?!,\d|\.\d|\s+(?:percent|million|billion|years?\s+old))"
    after = r"(?:\s*,?\s+(?P<rel>this|last|next)\s+year)?"
    return [
        (
            "iso",
            "nk",
            rf"\b(?P<year>{_YEAR})-(?P<mm>[01]\d)-(?P<dd>[0-3]\d)(?:[T ](?P<hh>[0-2]\d):(?P<min>[0-5]\d)(?::\d\d)?Z?)?\b",
        ),
        ("slashed", "nk", r"(?<![\d/])(?P<a>[01]?\d)/(?P<b>[0-3]?\d)/(?P<year>\d{4}|\d\d)(?![\d/])"),
        (
            "month_day",
            "m",
            rf"\b(?:{wd}\s*,?\s+)?(?:{_SPAN}[\s-]+)?(?:(?:last|this|this\s+past)\s+)?{mon}\s+(?:the\s+)?(?:{day}|(?P<nth>{_ORDINAL})\b)(?:\s*,?\s+(?P<year>{_YEAR})\b)?{after}",
        ),
        (
            "month_days",
            "m",
            rf"\b{mon}\s+(?P<day>[0-3]?\d)\s*(?:-|–|—|to)\s*(?P<day2>[0-3]?\d)\b(?:,?\s+(?P<year>{_YEAR})\b)?",
        ),
        (
            "day_month",
            "m",
            rf"\b(?:{wd}\s*,?\s+)?(?:the\s+)?(?P<day>[0-3]?\d)(?:st|nd|rd|th)?\s+(?:of\s+)?{mon}(?!\s+\d{{1,2}}\b)(?:\s*,?\s+(?P<year>{_YEAR})\b)?{after}",
        ),
        (
            "month_year",
            "m",
            rf"\b(?:(?:the\s+)?{_SPAN}(?:[\s-]+in)?[\s-]+)?{mon}\s*,?\s+(?:of\s+)?(?:(?P<year>{_YEAR})\b(?!,\d)|(?P<spoken>{_SPOKEN})\b|['’](?P<short>\d\d)\b|(?P<rel>this|last|next)\s+year\b)",
        ),
        (
            "month_alone",
            "m",
            rf"\b(?:{_SPAN}(?:[\s-]+in)?[\s-]+)?(?:(?P<which>this\s+past|this\s+coming|last|this|next|past|each|every)\s+)?{mon}",
        ),
        (
            "week_of",
            "m",
            rf"\bthe\s+week\s+(?:of|ending)\s+{mon}\s+(?P<day>[0-3]?\d)\b(?:,\s+(?P<year>{_YEAR})\b)?",
        ),
        (
            "weekday",
            "w",
            rf"\b(?:{_SPAN}(?:[\s-]+(?:on|in))?\s+)?(?:(?P<which>this\s+past|this\s+coming|last|this|next|past|coming|the\s+previous|the\s+following|the\s+next|each|every)\s+)?{wd}(?:(?P<many>s)(?=\W|$))?(?:\s+(?P<part>{_parts()}))?\b",
        ),
    ]


def _parts() -> str:
    return r"mornings?|afternoons?|evenings?|nights?"


def _near() -> list[tuple[str, str, str]]:
    units = any_of(lexicon()["units"])
    seasons = any_of(lexicon()["seasons"])
    return [
        (
            "relative_day",
            "d",
            rf"\b(?:{_SPAN}\s+(?:on\s+)?)?(?P<day>yesterday|today|tomorrow|tonight|the\s+day\s+before\s+yesterday|the\s+day\s+after\s+tomorrow)(?:\s+(?P<part>{_parts()}))?\b",
        ),
        (
            "part_of_day",
            "p",
            r"\b(?:(?P<mod>early|late|mid|later|earlier)[\s-]+)?(?:(?P<which>this|last|that|the\s+next|the\s+following|the\s+same|the)\s+)(?:(?P<mod2>early|late|mid)[\s-]+)?(?P<part>morning|afternoon|evening|night)\b",
        ),
        ("overnight", "p", r"\bovernight\b"),
        (
            "unit",
            "uqp",
            rf"\b(?:{_SPAN}\s+(?:(?:on|in|of)\s+)?)?(?P<which>(?:the\s+|this\s+)?(?:last|next|past|coming|previous|following|preceding|current|same|full|latest|prior)|this|that|the)\s+(?:(?P<fiscal>fiscal)\s+)?(?P<unit>{units})(?:\s+or\s+so)?(?![\w-]|'s\s+\w+\s+quarter)(?!\s+(?:of|before|after)\b)",
        ),
        ("year_end", "u", r"\b(?:the\s+)?(?P<year_end>year[\s-]+end|year['’]s\s+end)\b"),
        (
            "season",
            "s",
            rf"\b(?:(?P<mod>early|late|mid|middle)[\s-]+)?(?:(?P<which>this\s+past|this\s+coming|last|this|next|past|the|that|each|every|in|of|by|until|since|during)\s+)(?:(?P<mod2>early|late|mid)[\s-]+)?(?P<season>{seasons})\b(?:,?\s+(?:of\s+)?(?:(?P<year>{_YEAR})\b|(?P<spoken>{_SPOKEN})\b))?",
        ),
        (
            "next_day",
            "u",
            r"\b(?:earlier|later)?\s*(?:the\s+(?P<which>next|following|previous|same)|that(?:\s+same)?)\s+day\b",
        ),
        (
            "holiday",
            "h",
            rf"\b(?:(?P<which>this\s+past|last|this|next)\s+)?(?P<holiday>{any_of([*lexicon()['fixed'], *lexicon()['floating'], *lexicon()['easter']])})\b(?:,?\s+(?P<year>{_YEAR})\b)?",
        ),
        (
            "reference",
            "r",
            rf"\b(?P<reference>{any_of(w for words in lexicon()['references'].values() for w in words)})\b(?!-)",
        ),
    ]


def _clock() -> list[tuple[str, str, str]]:
    about = r"(?:(?P<about>about|around|approximately|roughly)\s+)?"
    return [
        (
            "clock",
            "ck",
            rf"\b{about}(?P<hh>[01]?\d)(?:[:.](?P<min>[0-5]\d))?(?::[0-5]\d)?\s*(?P<half>a\.m\.|p\.m\.|a\.m\b|p\.m\b|am\b|pm\b)(?:{_ZONE})?",
        ),
        (
            "clock",
            "ck",
            rf"\b{about}(?P<hh>[012]?\d):(?P<min>[0-5]\d)(?::[0-5]\d)?\b(?!\s*[ap]\.?m)(?:\s*(?:hours|hrs)\b)?(?:{_ZONE})?",
        ),
        ("clock", "ck", r"\b(?P<hh>[012]\d)(?P<min>[0-5]\d)\s*(?:GMT|UTC|hours|hrs)\b"),
        (
            "clock",
            "ck",
            rf"\b{about}(?P<word>{CARDINAL})\s*(?:o['’]clock)(?:\s+(?:in\s+the|at)\s+(?P<part>morning|afternoon|evening|night))?",
        ),
        ("clock", "ck", r"\b(?P<hh>[01]?\d)\s+in\s+the\s+(?P<part>morning|afternoon|evening)\b"),
        ("clock", "ck", rf"\b{about}(?P<named>noon|midnight|midday)\b"),
    ]


def _lengths() -> list[tuple[str, str, str]]:
    units = any_of(lexicon()["units"])
    vague = any_of(lexicon()["vague"]["words"])
    number = rf"(?:(?P<number>{CARDINAL})|(?P<vague>{vague})|(?P<one>an?|one))"
    adj = r"(?:\s+(?:more|additional|consecutive|straight|full|long|short|trading|business|working|whole|successive))?"
    return [
        (
            "ago",
            "uqp",
            rf"\b(?:{_HEDGE}\s+)?{number}{adj}[\s-]+(?P<unit>{units})s?(?:\s+(?P<orso>or\s+so))?[\s-]+(?P<way>ago|earlier|before|later|from\s+now|hence|after)\b(?!\s+the\b)",
        ),
        (
            "year_ago",
            "u",
            r"\b(?:the\s+)?(?:comparable\s+|corresponding\s+)?year[\s-]+(?:ago|earlier)\b(?:\s+(?:(?P<nth>first|second|third|fourth)\s+)?(?:quarter|period))?",
        ),
        (
            "coming",
            "uqp",
            rf"\b(?:(?P<hedge>about|around|nearly|almost|at\s+least|up\s+to)\s+)?(?:the\s+)?(?P<which>last|past|next|coming|first|previous|following|recent|latest)\s+(?:(?P<number>{CARDINAL})|(?P<vague>{vague})|couple\s+of)(?:\s+(?:or|to)\s+(?:{CARDINAL}|so))?{adj}\s+(?P<unit>{units})s?\b(?:\s+(?P<orso>or\s+so)\b)?",
        ),
        (
            "length",
            "uqp",
            rf"\b(?:{_HEDGE}\s+)?(?:the\s+)?{number}(?:\s*(?:to|or|-|–)\s*(?P<number2>{CARDINAL}))?{adj}(?:[\s-]+(?P<unit>{units})s?)(?![\w])(?:\s+and\s+(?P<half>a\s+half))?(?:[\s-]+(?P<old>old|olds))?\b",
        ),
        (
            "half_unit",
            "u",
            r"\b(?:{h}\s+)?(?:a\s+)?half(?:\s+an?|-an?)?[\s-]+(?P<unit>second|minute|hour|day|week|month|year|decade|century)\b".replace(
                "{h}", _HEDGE
            ),
        ),
        (
            "vague_plural",
            "uqp",
            r"\b(?:(?P<lead>for|in|after|over|within|of|take|took|last|lasted|during|spent|recent|coming|future|several|past|previous)\s+)(?:(?P<more>the\s+)?(?P<more2>recent|coming|past|next|last|previous)\s+)?(?P<unit>days|weeks|months|years|decades|centuries|quarters|hours|minutes)(?:\s+(?P<ago>ago|ahead))?\b(?!\s+old)",
        ),
        (
            "plural_ago",
            "u",
            r"\b(?P<unit>days|weeks|months|years|decades|centuries|hours|minutes)\s+(?P<ago>ago|ahead)\b",
        ),
        ("unit_long", "u", r"\b(?P<unit>days?|weeks?|months?|years?|decades?|hours?|centur(?:y|ies))-long\b"),
        ("set", "f", rf"\b(?P<set>{any_of(lexicon()['sets'])})\b"),
        (
            "every",
            "uqp",
            rf"\b(?:each|every|per)\s+(?:(?P<other>other\s+)|(?P<number>{CARDINAL})\s+)?(?P<unit>{units})s?\b",
        ),
        ("every_part", "p", r"\b(?:each|every)\s+(?P<part>morning|afternoon|evening|night)\b"),
    ]


def _periods() -> list[tuple[str, str, str]]:
    nth = r"(?P<nth>first|second|third|fourth|1st|2nd|3rd|4th|final|last)"
    return [
        (
            "quarter",
            "q",
            rf"\b(?:(?:the|its|their|this|that|a)\s+)?(?:(?P<before>this|last|next)\s+year['’]s\s+|(?P<year>{_YEAR})(?:['’]s)?\s+|(?P<ago>(?:comparable\s+)?year-(?:ago|earlier))\s+)?(?:fiscal[\s-]+)?{nth}[\s-]+(?P<unit>quarter|half)\b(?:\s+(?:of|in)\s+(?:(?:fiscal\s+)?(?P<year2>{_YEAR})\b|(?P<rel>this|last|next)\s+year\b|the\s+year\b)|\s+(?P<rel2>this|last|next)\s+year\b)?",
        ),
        ("quarter_of", "q", rf"\b(?:the\s+)?(?P<year>{_YEAR})(?:['’]s)?\s+(?:quarter|period)\b"),
        (
            "the_quarter",
            "q",
            r"\b(?:(?:the|this|that|its)\s+)?(?:(?P<before>last|this|next)\s+year['’]s\s+)?(?:(?P<which>latest|current|previous|same|recent)\s+|(?<=the\s)|(?<=this\s)|(?<=that\s)|(?<=year['’]s\s))(?:quarter|period)\b",
        ),
        ("fiscal", "n", rf"\b(?:the\s+)?fiscal\s+(?:year\s+)?(?P<year>{_YEAR})\b"),
        (
            "decade",
            "n",
            rf"\b(?:(?:the\s+)?{_SPAN}[\s-]+)?(?:the\s+)?(?:(?P<year>(?:1[5-9]|20)\d0)['’]?s|['’](?P<short>\d0)['’]?s)\b",
        ),
        (
            "decade",
            "z",
            rf"\b(?:{_SPAN}[\s-]+)?the\s+(?:{_SPAN.replace('<span>', '<span2>')}[\s-]+)?(?P<word>twenties|thirties|forties|fifties|sixties|seventies|eighties|nineties)\b",
        ),
        (
            "century",
            "u",
            rf"\b(?:(?:the\s+)?{_SPAN}[\s-]+)?(?:the\s+)?(?:(?P<number>\d{{1,2}})(?:st|nd|rd|th)|(?P<word>{_ORDINAL}(?:[\s-]+first)?|twenty[\s-]+first))[\s-]+century\b",
        ),
        (
            "year",
            "n",
            rf"(?<![\w$£€#@.,/:-])(?:(?:(?:the\s+)?{_SPAN}[\s-]+)?(?:the\s+year\s+)?|(?P<post>post|pre)-)(?P<year>{_YEAR})(?![\w/%:]|-\d|[.,]\d|\s+(?:percent|pounds|dollars|people|men|women|feet|miles|jobs|workers|employees|troops|soldiers|yards|meters|acres|homes|tons|block)\b)",
        ),
        ("spoken_year", "z", rf"\b(?:(?:the\s+)?{_SPAN}[\s-]+)?(?P<spoken>{_SPOKEN})\b"),
    ]


@lru_cache(maxsize=1)
def shapes() -> tuple[Shape, ...]:
    """All shapes; which one wins where two overlap is decided by length, then by this order."""
    every = [*_dates(), *_clock(), *_near(), *_periods(), *_lengths()]
    return tuple(
        Shape(name, frozenset(needs), re.compile(regex, re.IGNORECASE)) for name, needs, regex in every
    )


_DECADES = ("twenties", "thirties", "forties", "fifties", "sixties", "seventies", "eighties", "nineties")
_CENTURIES = ("seventeen", "eighteen", "nineteen", "twenty", "thousand")


@lru_cache(maxsize=1)
def triggers() -> dict[str, str]:
    """Words that call for shapes, to the letters of the classes that they call for; each as written small, large, and in capitals.

    A look-up a word is ten times as fast as one large expression over the text.
    """
    lists = lexicon()
    classes: dict[str, set[str]] = {}

    def put(letter: str, words: Iterable[str]) -> None:
        for word in words:
            for form in (word, word + "s"):
                classes.setdefault(form, set()).add(letter)

    put("m", (f for forms in lists["months"]["names"] for f in forms.split("|")))
    put("w", (f for forms in lists["weekdays"]["names"] for f in forms.split("|")))
    put("u", lists["units"])
    put("q", ("quarter", "half", "period"))
    put("p", (*lists["parts"], "night"))
    put("d", ("yesterday", "today", "tomorrow", "tonight"))
    put("s", lists["seasons"])
    put("f", lists["sets"])
    put("c", ("noon", "midnight", "midday", "clock"))
    put("z", (*_DECADES, *_CENTURIES))
    put("r", (phrase.split()[-1] for phrases in lists["references"].values() for phrase in phrases))
    names = (re.findall("[a-z]+", name) for kind in ("fixed", "floating", "easter") for name in lists[kind])
    put("h", (max(words, key=len) for words in names))
    table = {word: "".join(sorted(letters)) for word, letters in classes.items()}
    return {
        form: letters for word, letters in table.items() for form in (word, word.capitalize(), word.upper())
    }


def trigger_of(word: str) -> str:
    """The classes that one word calls for: digits may be a day, a year or a time of day."""
    if word[0].isdigit():
        return "kn" if len(word) >= 4 or word[1:] == "0s" else "k"
    return triggers().get(word, "")
