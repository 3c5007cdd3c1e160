"""The same odd detail in two reports that name nobody for it: they may both have it from one source that neither gives.

An echo is a short run of words, or an exact figure, that two reports are not likely to hit upon by themselves. It only
ever takes away: whoever is tied by one is counted as one origin.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from twosource.claims import Point
from twosource.model import Article, Quantity, Span
from twosource.text import normal, surfaces, words

_SHORTEST = 4  # words of a run
_ODD = 2  # words of it that are not ordinary
_SHORT = 4  # letters below which a word is taken to be ordinary
_OFTEN = 2  # a word that a report has so often is what it is about, no odd detail
_FIGURES = 3  # digits that are not noughts at the end, in a figure that nobody rounds to
_YEARS = range(1000, 2100)
_NAMING = 6  # words of a run from which one of them may be a name: names alone are known to everybody
_LONGEST = 9  # words of a run as shown
_CROWD = 40  # families of reports that share a run; more of them are a phrase that everybody uses
_CAPITAL = re.compile(r"\b[A-Z]\w*")


@dataclass(frozen=True, slots=True, order=True)
class Echo:
    """Two statements of different reports with one odd detail, in the words of the first."""

    a: str  # statement id
    b: str
    report: str
    other: str
    words: str
    figure: bool = False


@lru_cache(maxsize=1)
def _ordinary() -> frozenset[str]:
    data = tomllib.loads(
        files("twosource.corroborate.origins").joinpath("ordinary.toml").read_text(encoding="utf-8")
    )
    return frozenset(data["words"].split())


class Ear:
    """What is needed to hear echoes: how often each report uses each word, and which reports copy one another."""

    def __init__(self, articles: Iterable[Article], family: Mapping[str, str]) -> None:
        self._texts = {a.id: a.text for a in articles}
        self._family = family
        self._counts: dict[str, Counter[str]] = {}

    def echoes(self, said: Sequence[Point]) -> list[Echo]:
        """The echoes between statements of reports that do not copy one another, each pair of statements once."""
        heard = [self._read(p) for p in sorted(said, key=lambda p: p.statement.id)]
        held: dict[tuple[str, ...], list[_Said]] = {}
        known: set[tuple[str, tuple[str, ...]]] = set()
        for one in heard:
            if (one.family, one.normals) in known:
                continue  # a copy
            known.add((one.family, one.normals))
            for key in sorted({*one.runs, *one.figures}):
                held.setdefault(key, []).append(one)
        found: dict[tuple[str, str], Echo] = {}
        for key, those in sorted(held.items()):
            if not 1 < len({o.family for o in those}) <= _CROWD:
                continue
            for n, one in enumerate(those):
                for other in those[n + 1 :]:
                    pair = (one.id, other.id)
                    if one.family == other.family or pair in found:
                        continue
                    if run := self._odd(key, one, other):
                        found[pair] = Echo(*pair, one.report, other.report, run, key in one.figures)
        return sorted(found.values())

    def _read(self, p: Point) -> _Said:
        spans = words(p.text)
        normals = tuple(normal(s.of(p.text)) for s in spans)
        runs: dict[tuple[str, ...], int] = {}
        for n in range(len(spans) - _SHORTEST + 1):
            runs.setdefault(normals[n : n + _SHORTEST], n)
        text = self._texts[p.report]
        figures: dict[tuple[str, ...], str] = {
            (f"{q.low:g}", q.unit or q.of or ""): q.span.of(text) for q in p.quantities if is_odd_figure(q)
        }
        family = self._family.get(p.report, p.report)
        return _Said(p.statement.id, p.report, family, p.text, tuple(spans), normals, runs, figures)

    def _odd(self, key: tuple[str, ...], one: _Said, other: _Said) -> str | None:
        """The odd run or figure as it stands in the first of the two; None where there is nothing odd about it."""
        if key in one.figures:
            return one.figures[key]
        start, end = _longest(key, one, other)
        names = {normal(w) for w in _CAPITAL.findall(f"{one.text} {other.text}")}
        odd = {w for w in one.normals[start:end] if w.isalpha() and not _is_ordinary(w)}
        odd = {w for w in odd if self._once(w, one.report) and self._once(w, other.report)}
        named = min(len(odd & names), int(end - start >= _NAMING))
        if len(odd - names) + named < _ODD:
            return None
        return one.text[one.spans[start].start : one.spans[end - 1].end]

    def _once(self, word: str, report: str) -> bool:
        if report not in self._counts:
            text = self._texts[report]
            self._counts[report] = Counter(_stem(normal(w)) for w in surfaces(text))
        return self._counts[report][_stem(word)] < _OFTEN


@dataclass(frozen=True, slots=True)
class _Said:
    id: str
    report: str
    family: str
    text: str
    spans: tuple[Span, ...]
    normals: tuple[str, ...]
    runs: dict[tuple[str, ...], int]  # the first place of each
    figures: dict[tuple[str, ...], str]  # as written


def _longest(key: tuple[str, ...], one: _Said, other: _Said) -> tuple[int, int]:
    """The run drawn out as far as both have it, from its first place in each, to at most so many words."""
    a, b = one.runs[key], other.runs[key]
    n = 0
    while a - n > 0 and b - n > 0 and n < _LONGEST and one.normals[a - n - 1] == other.normals[b - n - 1]:
        n += 1
    a, b = a - n, b - n
    n, end = 0, min(len(one.normals) - a, len(other.normals) - b, _LONGEST)
    while n < end and one.normals[a + n] == other.normals[b + n]:
        n += 1
    return a, a + n


def is_odd_figure(q: Quantity) -> bool:
    """Whether a figure is so exact that two people do not come by it on their own: 1,347 barrels, but not 1,300 or 43."""
    if q.low != q.high or (q.unit is None and q.low in _YEARS) or q.role == "age":
        return False
    digits = f"{q.low:f}".rstrip("0").rstrip(".").replace(".", "").lstrip("0")
    return len(digits.rstrip("0")) >= _FIGURES


def _is_ordinary(word: str) -> bool:
    ordinary = _ordinary()
    return len(word) < _SHORT or word in ordinary or _stem(word) in ordinary or f"{_stem(word)}e" in ordinary


def _stem(word: str) -> str:
    for ending in ("ing", "ed", "es", "s"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word[: -len(ending)]
    return word
