"""Of whom a statement speaks: two that name different people, or whose "they" are others, don't say the same."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from twosource.claims import Point
from twosource.model import Annotation
from twosource.text import normal

_THEM = frozenset(("he", "she", "they"))
_APART = {"he", "she"}
_SUBJECTS = ("nsubj", "nsubjpass")
_BEFORE = 2  # sentences in which those stand who are "they"


@dataclass(frozen=True, slots=True)
class Whom:
    """The words of the names in a statement; where it opens with a "they" that names nobody, of those named just before it.

    `them`: the pronoun that it opens with, where it does.
    """

    named: frozenset[str]
    before: frozenset[str] | None = None
    them: str | None = None

    def strange_to(self, other: Whom) -> bool:
        """Whether the two speak of different people: a "he" is no "she"; who speaks of nobody by name may speak of anybody."""
        if {self.them, other.them} == _APART:
            return True
        if self.named and other.named:
            return not self.named & other.named
        if self.named or other.named:
            named, them = (self.named, other.before) if self.named else (other.named, self.before)
            return them is not None and not named & them
        return bool(self.before and other.before) and not (self.before or set()) & (other.before or set())


def whom(points: Sequence[Point], annotations: Sequence[Annotation]) -> Mapping[str, Whom]:
    """Of whom each statement speaks, by its id."""
    pages = {a.report: _Page(a) for a in annotations}
    return {p.statement.id: _whom(p, pages.get(p.report)) for p in points}


def _whom(point: Point, page: _Page | None) -> Whom:
    them = page.opening(point) if page else None
    return Whom(point.people, page.before(point) if page and them and not point.people else None, them)


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

    def before(self, point: Point) -> frozenset[str]:
        """The words of the names just before a statement.

        Names in its own sentence come before those of earlier ones: "When Lund left, she said she would not return".
        """
        start = point.statement.content[0].start
        n = bisect_right(self.starts, start) - 1
        here, earlier = (
            self.names[bisect_left(self.places, self.starts[at]) : bisect_left(self.places, start)]
            for at in (n, max(0, n - _BEFORE))
        )
        return frozenset(w for name in here or earlier for w in normal(name).split())

    def opening(self, point: Point) -> str | None:
        """The pronoun of a person that a statement opens with as its subject, None where it names something before."""
        content = point.statement.content
        n = bisect_right(self.starts, content[0].start) - 1
        for t in self.sentences[n].tokens if n >= 0 else ():
            if not any(t.span.overlaps(c) for c in content):
                continue
            if t.pos in ("NOUN", "PROPN"):
                return None
            if t.pos == "PRON" and t.text.lower() in _THEM and t.dep in _SUBJECTS:
                return t.text.lower()
        return None
