"""What a light pass sees in a report: its words, names, numbers and days. Nothing is parsed."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from twosource.incidents.days import CALENDAR, DATED, day_of, days_in
from twosource.model import Article
from twosource.text import normal

_WORD = re.compile(r"\d+(?:[.,:]\d+)*|[^\W\d_]+(?:['’][^\W\d_]+)*")
LEAD = 80  # words; news says first what it is about
_AGES = frozenset(
    {"year", "years", "yr", "old", "month", "months"}
)  # beside a number they say an age, not a thing


@dataclass(frozen=True, slots=True, eq=False)
class Sketch:
    """A report as the grouping sees it."""

    id: str
    words: dict[str, int]  # how often each is used
    lead: frozenset[str]  # those that come up in the headline or first sentences
    names: frozenset[str]  # those that are mostly capitalised
    pairs: frozenset[
        str
    ]  # two capitalised words side by side, or a number and the word after it ("1400 block")
    days: tuple[date, ...]  # that it names, in order
    published: date | None
    outlet: str | None

    def without_words(self) -> Sketch:
        """Only whose report it is, of which days."""
        return replace(self, words={}, lead=frozenset(), names=frozenset(), pairs=frozenset())


def sketch_of(article: Article) -> Sketch:
    """The sketch of a report's own words; furniture is left out, the headline is put in."""
    text = _own_text(article)
    count: Counter[str] = Counter()
    capital: Counter[str] = Counter()
    lead: set[str] = set()
    pairs: set[str] = set()
    last: tuple[str, bool, int] | None = None
    for number, m in enumerate(_WORD.finditer(text)):
        surface = m.group()
        word = _plain(surface)
        if len(word) < 2 and not word.isdigit():
            last = None
            continue
        upper = surface[0].isupper()
        count[word] += 1
        if upper:
            capital[word] += 1
        if number < LEAD:
            lead.add(word)
        if (
            last
            and m.start() - last[2] <= 2
            and ((upper and last[1]) or (last[0][0].isdigit() and word not in _AGES))
        ):
            pairs.add(f"{last[0]} {word}")
        last = (word, upper, m.end())
    names = frozenset(w for w, n in count.items() if 2 * capital[w] > n and w not in CALENDAR)
    published = day_of(article.published)
    days = () if DATED.isdisjoint(count) else tuple(days_in(text, published))
    return Sketch(
        article.id, dict(count), frozenset(lead), names, frozenset(pairs), days, published, article.outlet
    )


@lru_cache(maxsize=1 << 17)
def _plain(word: str) -> str:
    folded = normal(word)
    return folded[:-2] if folded.endswith("'s") else folded


def _own_text(article: Article) -> str:
    """The text with its furniture blanked, under its headline where the text doesn't open with it."""
    text = article.text
    if article.boilerplate:
        parts, at = [], 0
        for f in sorted(article.boilerplate, key=lambda f: f.span):
            if f.span.end > at:
                parts += [text[at : max(at, f.span.start)], "\n\n"]
                at = f.span.end
        text = "".join([*parts, text[at:]])
    title = article.report.title
    if title and not text.lstrip().startswith(title[:30]):
        return f"{title}\n\n{text}"
    return text
