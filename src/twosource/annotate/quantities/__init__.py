"""Numbers that a text gives, as intervals with what they count, in plain Python and without parsing."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from twosource.annotate.parse import Parsed
from twosource.annotate.quantities.bounds import bounds_of, shape, unit_of
from twosource.annotate.quantities.counting import counted, role, words
from twosource.annotate.quantities.people import BEFELL, CONTEXT, MONTH, ages, single, sums
from twosource.model import Quantity, Span
from twosource.text.numbers import CARDINAL, parse_number

__all__ = ["find_quantities", "quantities"]

_LONGEST_SENTENCE = 2_000  # characters; a longer stretch is read in pieces, so that odd input stays cheap


def quantities(parsed: Parsed) -> tuple[Quantity, ...]:
    """The quantities in the article's own sentences, in order."""
    return find_quantities(parsed.article.text, [s.span for s in parsed.sentences])


def find_quantities(text: str, spans: Iterable[Span]) -> tuple[Quantity, ...]:
    """The quantities in these stretches (sentences) of the text, in order; lengths of time and dates are not among them."""
    sentences = [piece for s in sorted(spans) for piece in _pieces(s)]
    starts = [s.start for s in sentences]
    matches: dict[int, list[re.Match[str]]] = {}
    for m in shape().finditer(text):
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


_WITHOUT_NUMBERS = re.compile(
    rf"{BEFELL.pattern}|\b(?:his|her|their)\s+(?:\w+\s+)?\w+(?:0|tie)s\b|\baged?\b", re.IGNORECASE
)


_TIME_UNIT = re.compile(
    r"[\s-]+(?:\w+[\s-]+){0,2}?(?:second|minute|hour|day|week|month|year|decade|centur|weekend|quarter|night|season|o['’]clock)",
    re.IGNORECASE,
)
_STREET = re.compile(
    r"\s+(?:(?:block\s+of|[NSEW]\.?|North|South|East|West)\s+)?(?:[A-Z0-9][\w'’.]*\s+){1,3}(?:St|Street|Ave|Avenue|Road|Rd|Blvd|Boulevard|Drive|Dr|Lane|Ln|Way|Court|Ct|Highway|Hwy|Parkway|Place|Pl)\b|(?:st|nd|rd|th)\b|\s+block\b"
)
_NAMED = re.compile(
    r"(?:^|[^.!?\s])\s(?:[A-Z](?:[\w.-]*[\w-])?|No\.|number|age|page|call|dial|chapter|section|route|highway|flight|article|channel|version|interstate)[ \t\xa0]+$"
)


def _in_sentence(text: str, sentence: Span, matches: Sequence[re.Match[str]]) -> Iterator[Quantity]:
    taken = list(ages(text, sentence, matches))
    yield from taken
    together = list(sums(text, sentence))
    yield from together
    covered = [q.span for q in together] + [q.span for q in taken]
    plain: list[Quantity] = []
    for n, m in enumerate(matches):
        span = Span(*m.span("quantity"))
        if any(c.overlaps(span) for c in covered):
            continue
        before = matches[n - 1].end() if n else sentence.start
        after = matches[n + 1].start() if n + 1 < len(matches) else sentence.end
        if _INCLUDING.search(text, m.end(), after):
            after = sentence.end
        window = Span(max(before, m.start() - CONTEXT), min(after, m.end() + CONTEXT))
        quantity = _quantity(text, m, window, sentence)
        if quantity is not None:
            plain.append(quantity)
    yield from _joined(text, plain)
    yield from _toll(text, sentence, [*covered, *(q.span for q in plain)])
    yield from single(text, sentence, covered)


def _toll(text: str, sentence: Span, covered: Sequence[Span]) -> Iterator[Quantity]:
    """ "Death toll in the bridge collapse rises to three": the number alone, a few words after what it counts."""
    for m in _TOLL.finditer(text, sentence.start, sentence.end):
        span, value = Span(*m.span("n")), parse_number(m["n"])
        if value is not None and not any(c.overlaps(span) for c in covered):
            yield Quantity(span, value, value, "person", "person", "killed", f"“{m['n']}” as the toll")


_TOLL = re.compile(
    rf"\bdeath toll\b[^.;:!?\n]{{0,60}}?\b(?:to|at|of)\s+(?P<n>{CARDINAL})(?![\w.,-]*\d|\s*(?:%|percent))\b",
    re.IGNORECASE,
)
_INCLUDING = re.compile(r"\w,?\s+(?:including|among\s+them)\s+$", re.IGNORECASE)
_ASIDE = re.compile(r",?\s+(?:including|among\s+them)\s+[^,.;]{1,60}(?:,|$)", re.IGNORECASE)
_LIST = re.compile(r"\s+(?:other\s+)?(?:[\w'’-]+\s+){0,2}[\w'’-]+(?:,|,?\s+and)\s+", re.IGNORECASE)


def _joined(text: str, several: list[Quantity]) -> list[Quantity]:
    """ "Five children and three adults were found dead": what is said of one of a list is said of its neighbours."""
    found = list(several)
    for first, second in [*zip(range(len(found) - 1), range(1, len(found)), strict=True)][::-1]:
        a, b = found[first], found[second]
        if a.unit != b.unit or not _LIST.fullmatch(text, a.span.end, b.span.start):
            continue
        if a.role is None and b.role is not None:
            found[first] = replace(a, role=b.role)
        elif (
            b.role is None
            and a.role is not None
            and not re.search(r"\b(?:dead|died)\b", text[a.span.end : b.span.start])
        ):
            found[second] = replace(b, role=a.role)
    return found


def _quantity(text: str, m: re.Match[str], window: Span, sentence: Span) -> Quantity | None:
    bounds = bounds_of(m)
    if bounds is None or _no_quantity(text, m):
        return None
    low, high, why = bounds
    span = Span(m.end("lead") if m["lead"] and not m["b"] else m.start("quantity"), m.end("quantity"))
    unit = unit_of(m)
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
    what = role(text[window.start : m.start()], of, _ASIDE.sub("", text[end : max(end, window.end)], count=1))
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


def _no_quantity(text: str, m: re.Match[str]) -> bool:
    """Numbers that count nothing: dates, years, clock times, addresses, names such as "Flight 12"; "one of", "the one"."""
    after, before = text[m.end() : m.end() + 60], text[max(0, m.start() - 24) : m.start()]
    if m["a"] is None:
        return bool(m["vague"] and _TIME_UNIT.match(after))
    if m["money"] or m["unit"]:
        return False
    if (
        _TIME_UNIT.match(after)
        or MONTH.search(before)
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
    if digits and m.start("a") == m.start("quantity") and _NAMED.search(before):
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
