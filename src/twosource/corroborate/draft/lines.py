"""Sentences as they are held against each other, and which sentence of the reports stands behind one of the draft."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from twosource.model import Annotation, Article, Mention, Quantity, Span, Statement, When
from twosource.text import normal, words

_CONTENT = frozenset({"NOUN", "PROPN", "VERB", "ADJ", "NUM", "ADV"})
_LIGHT = frozenset(
    "be have do say tell that this also more most very so then there here other same own such".split()
)


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence with all that was found in it."""

    report: str
    text: str
    span: Span
    words: tuple[str, ...]
    lemmas: frozenset[str]
    statements: tuple[Statement, ...] = field(repr=False)
    mentions: tuple[Mention, ...] = field(repr=False)
    times: tuple[When, ...] = field(repr=False)
    quantities: tuple[Quantity, ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Match:
    """A sentence of the reports that says what one of the draft says."""

    line: Line
    share: float  # of the draft sentence's content words, the rare ones weighing more
    verbatim: bool  # the draft has its words as they are, some perhaps left out
    whole: bool = False  # … and none left out between them


def lines_of(article: Article, annotation: Annotation) -> list[Line]:
    """The article's own sentences."""
    found = []
    for sentence in annotation.sentences:
        span = sentence.span
        lemmas = frozenset(
            normal(t.lemma)
            for t in sentence.tokens
            if t.pos in _CONTENT and normal(t.lemma) not in _LIGHT and any(c.isalnum() for c in t.text)
        )
        found.append(
            Line(
                article.id,
                article.text,
                span,
                tuple(normal(w.of(article.text)) for w in words(article.text, span)),
                lemmas,
                tuple(s for s in annotation.statements if any(c.overlaps(span) for c in s.content)),
                tuple(m for m in annotation.mentions if m.span.overlaps(span) and m.form == "name"),
                tuple(t for t in annotation.times if t.span.overlaps(span)),
                tuple(q for q in annotation.quantities if q.span.overlaps(span)),
            )
        )
    return found


class Shelf:
    """The reports' sentences, to be found by the content words they share with one of the draft."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self.lines = tuple(lines)
        self.spellings = frozenset(bare(w) for line in lines for w in line.words)
        count = Counter(w for line in lines for w in line.lemmas)
        self._weight = {w: math.log(1 + len(lines) / n) for w, n in count.items()}
        self._unseen = math.log(1 + len(lines))
        self._where: dict[str, list[int]] = defaultdict(list)
        for n, line in enumerate(lines):
            for w in line.lemmas:
                self._where[w].append(n)

    def worth(self, lemmas: frozenset[str]) -> float:
        """How much these words say: rare ones more."""
        return sum(self._weight.get(w, self._unseen) for w in sorted(lemmas))

    def matches(self, line: Line, at_least: float, most: int = 8) -> list[Match]:
        """The sentences that have at least that share of the line's content words, the best first."""
        whole = self.worth(line.lemmas)
        if not whole:
            return []
        score: dict[int, float] = defaultdict(float)
        for w in sorted(line.lemmas):
            for n in self._where.get(w, ()):
                score[n] += self._weight[w]
        best = sorted(score, key=lambda n: (-score[n], n))[:most]
        return [
            Match(
                self.lines[n],
                score[n] / whole,
                says_so(line, self.lines[n]),
                says_so(line, self.lines[n], unbroken=True),
            )
            for n in best
            if score[n] / whole >= at_least
        ]


def bare(word: str) -> str:
    """A normal word without the ending of possession."""
    found = normal(word)
    return found[:-2] if found.endswith("'s") else found.rstrip("'")


def says_so(line: Line, other: Line, *, unbroken: bool = False) -> bool:
    """Whether the line's words stand in the other in the same order; `unbroken` when no others stand between them."""
    if not line.words:
        return False
    blocks = [
        m
        for m in SequenceMatcher(None, line.words, other.words, autojunk=False).get_matching_blocks()
        if m.size > 1
    ]
    if unbroken:
        return max((m.size for m in blocks), default=0) >= 0.95 * len(line.words)
    return sum(m.size for m in blocks) >= 0.95 * len(line.words)
