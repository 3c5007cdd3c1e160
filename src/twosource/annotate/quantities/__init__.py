"""Numbers that a text gives, as intervals with what they count, in plain Python and without parsing."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from twosource.annotate.parse import Parsed
from twosource.annotate.quantities.counting import any_of, counted, role, words
from twosource.model import Quantity, Span
from twosource.text.numbers import CARDINAL, parse_number

__all__ = ["find_quantities", "quantities"]

_CONTEXT = 90  # characters each side in which a verb may say what befell those counted
_LONGEST_SENTENCE = 2_000  # characters; a longer stretch is read in pieces, so that odd input stays cheap
_ABOUT = 0.1  # "about 40" is taken for 36 to 44


def quantities(parsed: Parsed) -> tuple[Quantity, ...]:
    """The quantities in the article's own sentences, in order."""
    return find_quantities(parsed.article.text, [s.span for s in parsed.sentences])


def find_quantities(text: str, spans: Iterable[Span]) -> tuple[Quantity, ...]:
    """The quantities in these stretches (sentences) of the text, in order; lengths of time and dates are not among them."""
    sentences = [piece for s in sorted(spans) for piece in _pieces(s)]
    starts = [s.start for s in sentences]
    matches: dict[int, list[re.Match[str]]] = {}
    for m in _shape().finditer(text):
        n = bisect_right(starts, m.start()) - 1
        if n >= 0 and m.end() <= sentences[n].end:
            matches.setdefault(n, []).append(m)
    found: list[Quantity] = []
    for n, sentence in enumerate(sentences):
        if n in matches or _WITHOUT_NUMBERS.search(text, sentence.start, sentence.end):
            found += _in_sentence(text, sentence, matches.get(n, []))
    return tuple(sorted(found, key=lambda q: (q.span, q.role or "")))


def _pieces(span: Span) -> Iterator[Span]:
    for at in range(span.start, span.end, _LONGEST_SENTENCE):
        yield Span(at, min(span.end, at + _LONGEST_SENTENCE))


_BEFELL = re.compile(
    r"kill|dead|d[iy]e|fatal|shot|wound|injur|hurt|stab|murder|arrest|custody|missing|hospital|slain",
    re.IGNORECASE,
)
_WITHOUT_NUMBERS = re.compile(
    rf"{_BEFELL.pattern}|\b(?:his|her|their)\s+(?:\w+\s+)?\w+(?:0|tie)s\b|\baged?\b", re.IGNORECASE
)


@lru_cache(maxsize=1)
def _shape() -> re.Pattern[str]:
    lists = words()
    hedges = "|".join(f"(?P<{kind}>{any_of(forms)})" for kind, forms in lists["hedges"].items())
    after = "|".join(f"(?P<{kind}_after>{any_of(forms)})" for kind, forms in lists["after"].items())
    money = any_of(lists["money"])
    unit = any_of(f for forms in lists["units"].values() for f in forms)
    number = rf"(?:(?P<money>{money})\s?)?(?P<a>{CARDINAL})(?:\s*(?P<join>to|-|–|—|or|and)\s*(?:{money}\s?)?(?P<b>{CARDINAL}))?"
    return re.compile(
        rf"(?<![\w$€£/.:#-])(?P<quantity>(?P<lead>between\s+|from\s+)?(?:(?:{hedges})\s+)?(?:(?P<share>{any_of(lists['shares'])})(?=\s+(?:of|the)\b)|"
        rf"(?P<vague>{any_of(lists['vague'])})\b(?!-)|(?P<negative>no|zero|without)(?=\s+(?:casualties|deaths|injuries|fatalities|other|people|injured|victims|survivors|"
        rf"arrests|civilians|civilian|reports|immediate|known|loss)\b)|(?P<nobody>nobody|no[\s-]one|none)\b|{number})"
        rf"(?![\w/]|[.:,]\d)(?:\s*-?(?:{after})(?!\w))?)(?:[\s-]*(?P<unit>{unit})(?!\w))?",
        re.IGNORECASE,
    )


@lru_cache(maxsize=1)
def _unit_names() -> dict[str, str]:
    return {form: unit for unit, forms in words()["units"].items() for form in forms}


_TIME_UNIT = re.compile(
    r"[\s-]+(?:\w+[\s-]+)?(?:second|minute|hour|day|week|month|year|decade|centur|weekend|quarter|night|season|o['’]clock)",
    re.IGNORECASE,
)
_OLD = re.compile(r"[\s-]*years?[\s-]+old(?P<s>s)?\b(?:\s+(?P<noun>[a-z]+))?", re.IGNORECASE)
_MONTH = re.compile(
    r"\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?\s+(?:the\s+)?$", re.IGNORECASE
)
_STREET = re.compile(
    r"\s+(?:(?:block\s+of|[NSEW]\.?|North|South|East|West)\s+)?(?:[A-Z0-9][\w'’.]*\s+){1,3}(?:St|Street|Ave|Avenue|Road|Rd|Blvd|Boulevard|Drive|Dr|Lane|Ln|Way|Court|Ct|Highway|Hwy|Parkway|Place|Pl)\b|(?:st|nd|rd|th)\b|\s+block\b"
)
_NAMED = re.compile(
    r"(?:^|[^.!?\s])\s(?:[A-Z][\w.-]*|No\.|number|age|page|chapter|section|route|highway|flight|article|channel|version|interstate)\s+$"
)


def _in_sentence(text: str, sentence: Span, matches: Sequence[re.Match[str]]) -> Iterator[Quantity]:
    taken = list(_ages(text, sentence, matches))
    yield from taken
    sums = list(_sums(text, sentence))
    yield from sums
    covered = [q.span for q in sums] + [q.span for q in taken]
    for n, m in enumerate(matches):
        span = Span(*m.span("quantity"))
        if any(c.overlaps(span) for c in covered):
            continue
        before = matches[n - 1].end() if n else sentence.start
        after = matches[n + 1].start() if n + 1 < len(matches) else sentence.end
        quantity = _quantity(
            text, m, Span(max(before, m.start() - _CONTEXT), min(after, m.end() + _CONTEXT)), sentence
        )
        if quantity is not None:
            yield quantity
    yield from _single(text, sentence, covered)


def _quantity(text: str, m: re.Match[str], window: Span, sentence: Span) -> Quantity | None:
    bounds = _bounds(m)
    if bounds is None or _no_quantity(text, m):
        return None
    low, high, why = bounds
    span = Span(m.end("lead") if m["lead"] and not m["b"] else m.start("quantity"), m.end("quantity"))
    unit = _unit(m)
    if unit is not None:
        return Quantity(
            Span(span.start, m.end()),
            low,
            high,
            unit,
            _whose(text, m.end(), sentence.end) if unit == "percent" else None,
            None,
            why,
        )
    one = low == high == 1
    at = m.end()
    if m["negative"]:
        at = m.end()
    of, end = counted(text, at, sentence.end, one=one)
    what = role(text[window.start : m.start()], of, text[end : max(end, window.end)])
    if m["nobody"] or (m["negative"] and of is None):
        of = "person" if what else None
    if of is None and what is not None:
        of = "person"
    if of is None and not (m["vague"] and what):
        return None
    if of in ("dead", "wounded", "injured", "missing"):
        of = "person"
    if one and what is None and not _person(of):
        return None
    return Quantity(span, low, high, "person" if _person(of) or what else None, of, what, why)


def _person(of: str | None) -> bool:
    head = (of or "").rsplit(" ", 1)[-1]
    return head in words()["people"]["singular"]


def _whose(text: str, at: int, limit: int) -> str | None:
    m = re.compile(r"\s+of\s+(?:the\s+|all\s+|its\s+|their\s+)?").match(text, at, limit)
    return counted(text, m.end(), limit)[0] if m else None


def _unit(m: re.Match[str]) -> str | None:
    if m["money"]:
        return str(next(v for k, v in words()["money"].items() if k.lower() == m["money"].lower()))
    if m["share"]:
        return "percent"
    if not m["unit"]:
        return None
    return _unit_names().get(" ".join(m["unit"].lower().replace("-", " ").split()))


def _bounds(m: re.Match[str]) -> tuple[float, float | None, str] | None:
    """The interval that the words of a match set, and the sentence that says why."""
    groups = m.groupdict()
    said = " ".join(m["quantity"].split())
    if groups["negative"] or groups["nobody"]:
        return 0.0, 0.0, f"“{said}” is none"
    if groups["vague"]:
        low, high = words()["vague"][" ".join(groups["vague"].lower().replace("-", " ").split())]
        first, last = float(low), float(high)
        why = f"“{said}” is taken for {low:,} to {high:,}"
    elif groups["share"]:
        first = last = float(words()["shares"][" ".join(groups["share"].lower().replace("-", " ").split())])
        why = f"“{said}” as a share"
    else:
        a, b = parse_number(groups["a"]), parse_number(groups["b"]) if groups["b"] else None
        if a is None:
            return None
        if b is not None:
            pair = _pair(m, a, b)
            if pair is None:
                return None
            first, last = pair
        else:
            first = last = a
        why = f"“{said}” as the text gives it"
    bounded = next(
        (
            k
            for k in (
                "above",
                "least",
                "below",
                "most",
                "nearly",
                "about",
                "least_after",
                "most_after",
                "about_after",
            )
            if groups[k]
        ),
        None,
    )
    if bounded is None:
        return first, last, why
    low_high = _bounded(bounded.removesuffix("_after"), first, last, whole=_unit(m) is None)
    return (*low_high, f"“{said}” sets a bound")


def _pair(m: re.Match[str], a: float, b: float) -> tuple[float, float] | None:
    join = (m["join"] or "").lower()
    scaled = re.search(r"(hundred|thousand|million|billion|trillion|dozen)\s*$", m["b"] or "", re.IGNORECASE)
    if scaled and a < 1000 and not re.search(r"[a-z]{5,}$", (m["a"] or "").strip(), re.IGNORECASE) and a < b:
        a *= parse_number("one " + scaled[1]) or 1  # "two to three million"
    if join == "and" and not (m["lead"] or "").lower().startswith("between"):
        return None
    if b <= a:
        return None
    return a, b


def _bounded(kind: str, first: float, last: float, *, whole: bool) -> tuple[float, float | None]:
    """The bounds that a hedge sets; "more than 40" people are 41 or more, more than 40 miles may be 40.1."""
    step = 1.0 if whole and first.is_integer() and last.is_integer() else 0.0
    if kind == "above":
        return first + step, None
    if kind == "least":
        return first, None
    if kind == "below":
        return 0.0, max(0.0, last - step)
    if kind == "most":
        return 0.0, last
    if kind == "nearly":
        return _round_out(first * (1 - _ABOUT), down=True, whole=bool(step)), max(0.0, last - step)
    return _round_out(first * (1 - _ABOUT), down=True, whole=bool(step)), _round_out(
        last * (1 + _ABOUT), down=False, whole=bool(step)
    )


def _round_out(value: float, *, down: bool, whole: bool) -> float:
    if not whole:
        return round(value, 6)
    value = round(value, 6)
    floor = float(int(value))
    return floor if down or value == floor else floor + 1


def _no_quantity(text: str, m: re.Match[str]) -> bool:
    """Numbers that count nothing: dates, years, clock times, addresses, names such as "Flight 12"; "one of", "the one"."""
    if m["a"] is None:
        return False
    after, before = text[m.end() : m.end() + 60], text[max(0, m.start() - 24) : m.start()]
    if m["money"] or m["unit"]:
        return False
    if (
        _TIME_UNIT.match(after)
        or _MONTH.search(before)
        or re.match(r"\s*(?:a\.m|p\.m|am\b|pm\b|o['’]clock|GMT)", after)
    ):
        return True
    digits = m["a"].isdigit()
    if digits and (
        _STREET.match(after)
        or re.match(r"-\w|\s*(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\b", after)
    ):
        return True
    if (
        digits
        and len(m["a"]) == 4
        and 1500 <= int(m["a"]) <= 2060
        and not m["b"]
        and not re.match(r"\s+[a-z]+s\b|\s+people\b", after)
    ):
        return True
    if digits and _NAMED.search(before):
        return True
    word = m["a"].lower()
    return word == "one" and (
        re.match(
            r"(?:\s+of\b|\s*-|\s+another|['’]s|\s+day\b|\s+(?:is|was|can|would|has|that|who|thing|way|point|time)\b)",
            after,
        )
        is not None
        or re.search(
            r"\b(?:the|this|that|any|every|each|no|number|some|which|good|bad|another)\s+$", before.lower()
        )
        is not None
    )


_AGED = re.compile(
    r"\b(?:aged?|ages)\s+(\d{1,3})(?:\s*(?:to|and|-|–)\s*(\d{1,3}))?\b|\bin\s+(?:his|her|their)\s+(?:(early|mid|late)[\s-]+)?(\d0)s\b|"
    r"\bin\s+(?:his|her|their)\s+(?:(early|mid|late)[\s-]+)?(twenties|thirties|forties|fifties|sixties|seventies|eighties|nineties)\b",
    re.IGNORECASE,
)
_AGE_AFTER_NAME = re.compile(r"\b[A-Z][\w'’.-]+,\s+(\d{1,3})(?=,|\.|;|\)|\s+and\b|$)")


def _ages(text: str, sentence: Span, matches: Sequence[re.Match[str]]) -> Iterator[Quantity]:
    for m in matches:
        old = _OLD.match(text, m.end("quantity"), sentence.end) if m["a"] else None
        bounds = _bounds(m) if old else None
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
            and not _MONTH.search(before)
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


def _sums(text: str, sentence: Span) -> Iterator[Quantity]:
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
            text[max(sentence.start, m.start() - _CONTEXT) : m.start()],
            None,
            text[m.end() : min(sentence.end, m.end() + _CONTEXT)],
        )
        yield Quantity(Span(*m.span()), low, bound, "person", "person", what, f"{named} and {more:g} others")


@lru_cache(maxsize=1)
def _single_shape() -> re.Pattern[str]:
    people = any_of(words()["people"]["singular"])
    return re.compile(
        rf"\b(?P<one>an?|another)\s+(?:[\w-]+\s+){{0,3}}?(?P<who>[\w-]*year-old|{people})\b(?!\s+and\s+\w+\s+others)",
        re.IGNORECASE,
    )


def _single(text: str, sentence: Span, covered: Sequence[Span]) -> Iterator[Quantity]:
    """ "A man was killed" counts one, without a number word; only where the words say what befell that person."""
    if not _BEFELL.search(text, sentence.start, sentence.end):
        return
    for m in _single_shape().finditer(text, sentence.start, min(sentence.end, sentence.start + 2_000)):
        if any(c.start < m.end() and m.start() < c.end and c.start <= m.start() for c in covered):
            continue
        before = text[max(sentence.start, m.start() - _CONTEXT) : m.start()]
        after = text[m.end() : min(sentence.end, m.end() + _CONTEXT)]
        what = role(before, None, re.split(r"[,;]", after, maxsplit=1)[0])
        if what is not None and not re.search(r"\b(?:by|of|for|about|with)\s+$", before.lower()):
            of = m["who"].lower() if not m["who"].lower().endswith("year-old") else "person"
            yield Quantity(
                Span(m.start("one"), m.end()), 1.0, 1.0, "person", of, what, f"“{m['one']}” person"
            )
