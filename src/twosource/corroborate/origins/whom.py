"""Of whom a statement speaks: two that name different people, or whose "they" are others, don't say the same."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from twosource.claims import Point
from twosource.model import Annotation, Span
from twosource.text import normal

_THEM = frozenset(("he", "she", "they"))
_SUBJECTS = ("nsubj", "nsubjpass")
_BEFORE = 2  # sentences in which those stand who are "they"


@dataclass(frozen=True, slots=True)
class Whom:
    """The words of the names in a statement; where it opens with a "they" that names nobody, of those named just before it."""

    named: frozenset[str]
    before: frozenset[str] | None = None

    def strange_to(self, other: Whom) -> bool:
        """Whether the two speak of different people; who speaks of nobody by name may speak of anybody."""
        if self.named and other.named:
            return not self.named & other.named
        if self.named or other.named:
            named, them = (self.named, other.before) if self.named else (other.named, self.before)
            return them is not None and not named & them
        return bool(self.before and other.before) and not (self.before or set()) & (other.before or set())


def whom(points: Sequence[Point], annotations: Sequence[Annotation]) -> Mapping[str, Whom]:
    """Of whom each statement speaks, by its id."""
    pages = {a.report: _Page(a) for a in annotations}
    return {
        p.statement.id: Whom(
            p.people, pages[p.report].before(p) if not p.people and p.report in pages else None
        )
        for p in points
    }


class _Page:
    """A report's sentences and the people named in it, in order."""

    def __init__(self, annotation: Annotation) -> None:
        self.sentences = sorted(annotation.sentences, key=lambda s: s.span)
        self.starts = [s.span.start for s in self.sentences]
        named = sorted(
            (m.span.start, m.name)
            for m in annotation.mentions
            if m.kind == "person" and m.form != "description"
        )
        self.places = [at for at, _ in named]
        self.names = [name for _, name in named]

    def before(self, point: Point) -> frozenset[str] | None:
        """The words of the names just before a statement that opens with a pronoun, None for one that doesn't."""
        content = point.statement.content
        start = content[0].start
        n = bisect_right(self.starts, start) - 1
        if n < 0 or not self._opens_with_them(n, content):
            return None
        first = self.starts[max(0, n - _BEFORE)]
        near = self.names[bisect_left(self.places, first) : bisect_left(self.places, start)]
        return frozenset(w for name in near for w in normal(name).split())

    def _opens_with_them(self, n: int, content: Sequence[Span]) -> bool:
        for t in self.sentences[n].tokens:
            if not any(t.span.overlaps(c) for c in content):
                continue
            if t.pos in ("NOUN", "PROPN"):
                return False
            if t.pos == "PRON" and t.text.lower() in _THEM and t.dep in _SUBJECTS:
                return True
        return False
