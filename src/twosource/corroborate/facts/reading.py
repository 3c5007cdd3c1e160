"""A report opened for comparing: its sentences, its content words, and passages short enough to stand as a side."""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from twosource.model import Annotation, Article, Evidence, Reuse, Sentence, Span
from twosource.text import normal, words

LONGEST_SIDE = 45  # words; a side of a disagreement is a passage, and never more than sixty words
_CLAUSE = 4  # words: a shorter clause can't be understood alone
_CUT = re.compile(r"[;:—–]\s|,\s|\s(?=(?:and|but|while|after|when|although|though|who|which)\s)")
_CONTENT = frozenset({"NOUN", "PROPN", "VERB", "ADJ"})
_DULL = frozenset(
    [
        "be",
        "have",
        "do",
        "say",
        "tell",
        "report",
        "add",
        "accord",
        "make",
        "take",
        "get",
        "go",
        "come",
        "include",
        "other",
        "first",
        "last",
        "new",
    ]
)


@dataclass(frozen=True)
class Reading:
    """One article with its annotation, indexed by place in the text."""

    article: Article
    annotation: Annotation

    @property
    def id(self) -> str:
        """The report's id."""
        return self.article.id

    @property
    def text(self) -> str:
        """The report's text."""
        return self.article.text

    @cached_property
    def _starts(self) -> list[int]:
        return [s.span.start for s in self.annotation.sentences]

    def sentence(self, at: int) -> Sentence | None:
        """The sentence that holds a character of the report's own words."""
        n = bisect.bisect_right(self._starts, at) - 1
        if n < 0:
            return None
        found = self.annotation.sentences[n]
        return found if at < found.span.end else None

    def number(self, at: int) -> int:
        """Which sentence (0 is the first) holds or precedes a character."""
        return max(0, bisect.bisect_right(self._starts, at) - 1)

    def passage(self, span: Span) -> Span:
        """The sentence round a stretch or, where that is long, the clauses next to it."""
        sentence = self.sentence(span.start)
        whole = sentence.span if sentence else self._line(span)
        return shorten(self.text, whole, span)

    def clause(self, span: Span) -> Evidence:
        """The clause round a stretch, from one comma to the next; the passage where that is too short to be understood."""
        whole = self.passage(span)
        cuts = [m.end() for m in _CUT.finditer(self.text, whole.start, whole.end)]
        start = max((c for c in cuts if c <= span.start), default=whole.start)
        end = min((c for c in cuts if c > span.end), default=whole.end)
        while end > span.end and not self.text[end - 1].isalnum():
            end -= 1
        short = Span(start, end)
        return Evidence(self.id, self.first(short if len(words(self.text, short)) >= _CLAUSE else whole))

    def evidence(self, span: Span) -> Evidence:
        """The passage round a stretch, as evidence."""
        return Evidence(self.id, self.first(self.passage(span)))

    def first(self, passage: Span) -> Span:
        """Where a passage's words stand first in the report: captions are often printed twice."""
        at = (
            self.text.find(passage.of(self.text), 0, passage.end) if passage.end - passage.start >= 30 else -1
        )
        return Span(at, at + passage.end - passage.start) if at >= 0 else passage

    def _line(self, span: Span) -> Span:
        start = max(self.text.rfind("\n", 0, span.start), self.text.rfind(". ", 0, span.start) + 1) + 1
        ends = [e for e in (self.text.find("\n", span.end), self.text.find(". ", span.end) + 1) if e > 0]
        return Span(start, max(span.end, min(ends, default=len(self.text))))

    def content(self, sentence: Sentence, within: Span | None = None) -> frozenset[str]:
        """The lemmas of a sentence's nouns, names, verbs and adjectives, without those that say nothing."""
        return frozenset(
            normal(t.lemma)
            for t in sentence.tokens
            if t.pos in _CONTENT
            and len(t.lemma) > 1
            and t.lemma.lower() not in _DULL
            and (not within or within.overlaps(t.span))
        )


def shorten(text: str, whole: Span, core: Span) -> Span:
    """The whole where it is short enough, else the stretch between clause boundaries round the core."""
    tokens = words(text, whole)
    if len(tokens) <= LONGEST_SIDE:
        return Span(min(whole.start, core.start), max(whole.end, core.end))
    inside = [n for n, w in enumerate(tokens) if w.overlaps(core)]
    middle = inside[0] if inside else 0
    spare = max(0, LONGEST_SIDE - len(inside)) // 2
    first, last = max(0, middle - spare), min(len(tokens) - 1, middle + len(inside) + spare)
    window = Span(tokens[first].start, tokens[last].end)
    cuts = [m.end() for m in _CUT.finditer(text, window.start, window.end)]
    before = [c for c in cuts if c <= core.start]
    after = [c for c in cuts if c > core.end]
    start = window.start if first == 0 else min(before, default=window.start)
    end = window.end if last == len(tokens) - 1 else max(after, default=window.end)
    return Span(start, max(end, core.end))


def open_all(articles: Sequence[Article], annotations: Sequence[Annotation]) -> tuple[Reading, ...]:
    """The reports of an incident, each with its annotation, in the order of their ids."""
    by_id = {a.report: a for a in annotations}
    return tuple(Reading(a, by_id[a.id]) for a in sorted(articles, key=lambda a: a.id) if a.id in by_id)


def families(ids: Iterable[str], shared: Sequence[Reuse]) -> dict[str, str]:
    """For each report the smallest id among the reports that are the same text, which stands for all of them."""
    head = {i: i for i in ids}

    def root(i: str) -> str:
        while head[i] != i:
            i = head[i]
        return i

    for r in shared:
        if r.relation == "same_text" and r.a in head and r.b in head:
            a, b = sorted((root(r.a), root(r.b)))
            head[b] = a
    return {i: root(i) for i in head}
