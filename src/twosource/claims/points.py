"""What each statement says once attribution, negation and doubt are taken away from it."""

from __future__ import annotations

import math
import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Generic, TypeVar

from twosource.claims.lexicon import lexicon
from twosource.claims.reading import Stretch, stretches
from twosource.model import Annotation, Article, Quantity, Sentence, Span, Statement, Token
from twosource.resolve import Cast
from twosource.text import normal

_SPACES = re.compile(r"\s+")
_CONTENT = ("NOUN", "VERB", "ADJ", "NUM", "ADV", "PROPN")
_TITLE = 160  # characters of a first line that may be a title
_OWN = frozenset(("i", "me", "my", "we", "us", "our"))
_LONGEST = 40  # stretches that start before a span and may still reach into it
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Point:
    """One statement laid open for comparing: its words, names, numbers, times and places.

    `lemmas` are content words only. Negation and doubt are not among them: they stand in `negative`, `turned` and in
    the statement's stance, so that a denial meets what it denies.
    """

    statement: Statement
    text: str  # the content's characters, one space for each run of white space
    key: str  # the words as they are compared; equal keys say the same in the same words
    lemmas: frozenset[str]
    names: frozenset[str]  # ids of actors
    people: frozenset[str]  # the words of people's names
    selves: frozenset[str]  # who says so of himself: the named speakers of what has an "I" or a "we"
    quantities: tuple[Quantity, ...]
    times: frozenset[str]
    places: frozenset[str]
    negative: bool  # denied or itself negative, but not both
    turned: bool  # the content's main verb is negated: "was not found", "there are no contractors"
    clause: bool  # has a verb of its own: "the deal" denies nothing, "using contractors" does
    at: float  # where in the report, 0 (start) to 1
    headline: bool
    reads: tuple[Stretch, ...]  # the words, and longer stretches that hold them, as they read by themselves
    current: bool  # tells how things stand: "no arrests have been made", "police are still looking"

    @property
    def report(self) -> str:
        """The report that it stands in."""
        return self.statement.report


def blended(points: Sequence[Point]) -> Point:
    """One point that stands for all in the same words, as it would without any of their copies.

    It names what any of them names and stands where the first of them does; a day counted from a report's own date is the
    earliest one, since who reprints "on Friday" means the same Friday.
    """
    base = min(points, key=lambda p: (p.text, p.at, p.report, p.statement.content, p.statement.id))
    return replace(
        base,
        lemmas=frozenset().union(*(p.lemmas for p in points)),
        names=frozenset().union(*(p.names for p in points)),
        people=frozenset().union(*(p.people for p in points)),
        selves=frozenset().union(*(p.selves for p in points)),
        places=frozenset().union(*(p.places for p in points)),
        quantities=max((p.quantities for p in points), key=lambda row: (len(row), [_value(q) for q in row])),
        times=frozenset(min((sorted(p.times) for p in points if p.times), default=())),
        at=min(p.at for p in points),
    )


def _value(q: Quantity) -> tuple[float, float, str]:
    return q.low, math.inf if q.high is None else q.high, f"{q.unit} {q.role} {q.of}"


class _Shelf(Generic[T]):
    """Things with a span, in order, so that those in a stretch are found without looking at all."""

    def __init__(self, things: Iterable[T], span: Callable[[T], Span]) -> None:
        self._things = sorted(((span(t), n, t) for n, t in enumerate(things)), key=lambda x: x[:2])
        self._starts = [s.start for s, _, _ in self._things]

    def within(self, spans: Sequence[Span]) -> list[T]:
        """Those that overlap any of the spans, in order."""
        found: dict[int, T] = {}
        for span in spans:
            first, last = bisect_left(self._starts, span.start), bisect_left(self._starts, span.end)
            for at in range(max(0, first - _LONGEST), last):
                if self._things[at][0].overlaps(span):
                    found[at] = self._things[at][2]
        return [found[at] for at in sorted(found)]


class _Page:
    """One report's article and annotation, ready to be looked up by place."""

    def __init__(self, article: Article, annotation: Annotation, cast: Cast) -> None:
        self.article = article
        self.sentences = _Shelf(annotation.sentences, lambda s: s.span)
        self.quantities = _Shelf(annotation.quantities, lambda q: q.span)
        self.times = _Shelf((t for t in annotation.times if t.type in ("DATE", "TIME")), lambda t: t.span)
        self.places = _Shelf(annotation.places, lambda p: p.span)
        named = [m for m in annotation.mentions if m.form != "description"]
        actors = [(m.span, cast.at(annotation.report, m.span)) for m in named]
        people = [(m.span, m.name) for m in named if m.kind == "person"]
        self.people = _Shelf(people, lambda pair: pair[0])
        self.names = _Shelf([(s, a.id) for s, a in actors if a is not None], lambda pair: pair[0])


def points(articles: Sequence[Article], annotations: Sequence[Annotation], cast: Cast) -> list[Point]:
    """The points of all statements that say something, ordered by report and place.

    Refusals to comment say nothing, nor do wishes and deeds, so they are no claim's.
    """
    by_id = {a.id: a for a in articles}
    found = []
    for annotation in sorted(annotations, key=lambda a: a.report):
        if annotation.report not in by_id:
            continue
        page = _Page(by_id[annotation.report], annotation, cast)
        for statement in sorted(annotation.statements, key=lambda s: (s.content, s.id)):
            if statement.declined or not statement.voiced or not statement.content:
                continue
            if (point := _point(statement, page)) is not None:
                found.append(point)
    return found


def _point(statement: Statement, page: _Page) -> Point | None:
    article, content = page.article, statement.content
    sentences = page.sentences.within(content)
    marks = (*statement.cue, *statement.source, *statement.hedge)
    read = [t for s in sentences for t in s.tokens if _any(t.span, content)]
    own = [t for t in read if not _any(t.span, marks)]
    lemmas = frozenset(lemma for t in own if (lemma := _content_lemma(t)))
    key = " ".join(normal(t.text) for t in own if t.pos not in ("PUNCT", "SPACE", "SYM"))
    if not lemmas and not key:
        return None
    return Point(
        statement=statement,
        text=_SPACES.sub(" ", " ".join(s.of(article.text) for s in content)).strip(),
        key=key,
        lemmas=lemmas,
        names=frozenset(actor for _, actor in page.names.within(content)),
        people=frozenset(w for _, name in page.people.within(content) for w in normal(name).split()),
        selves=_selves(statement, own),
        quantities=tuple(page.quantities.within(content)),
        times=frozenset(t.value for t in page.times.within(content)),
        places=frozenset(normal(p.name) for p in page.places.within(content)),
        negative=(statement.stance == "denies") != statement.negated,
        turned=not any(phrase in key for phrase in lexicon().idle) and _is_turned(sentences, content),
        clause=any(t.pos in ("VERB", "AUX") for t in own),
        at=content[0].start / max(1, len(article.text)),
        headline=_in_headline(article, content[0]),
        reads=stretches(
            statement, article.text, page.sentences.within((*content, *statement.source, *statement.cue))
        ),
        current=_is_current(read),
    )


def _any(span: Span, others: Sequence[Span]) -> bool:
    return any(span.overlaps(o) for o in others)


def _selves(statement: Statement, tokens: Sequence[Token]) -> frozenset[str]:
    own = any(t.text.lower() in _OWN for t in tokens)
    return frozenset((statement.who,)) if own and statement.who else frozenset()


def _content_lemma(token: Token) -> str | None:
    words = lexicon()
    if token.pos in _CONTENT or token.text.isdigit():
        lemma = normal(token.text if token.pos == "PROPN" else token.lemma)
        lemma = words.same.get(lemma, lemma)
        if len(lemma) > 1 and any(c.isalnum() for c in lemma) and lemma not in words.empty:
            return lemma
    return None


def _is_turned(sentences: Sequence[Sentence], content: Sequence[Span]) -> bool:
    """Whether a "not", "never" or "no" turns the content's first main verb into its opposite."""
    no = lexicon().no
    for sentence in sentences:
        tokens = sentence.tokens
        inside = [_any(t.span, content) for t in tokens]
        main = next(
            (
                n
                for n, t in enumerate(tokens)
                if inside[n] and t.pos in ("VERB", "AUX") and (t.head == n or not inside[t.head])
            ),
            None,
        )
        if main is None:
            continue
        return any(
            (t.dep == "neg" and t.head == main)
            or (t.dep == "det" and t.lemma.lower() in no and tokens[t.head].head == main)
            for n, t in enumerate(tokens)
            if inside[n]
        )
    return False


def _in_headline(article: Article, span: Span) -> bool:
    """Whether a span stands in the title, or in a first line that is no sentence."""
    text, title = article.text, article.report.title
    start = len(text) - len(text.lstrip())
    if title and text.startswith(title, start):
        return span.start < start + len(title)
    end = text.find("\n", start)
    return span.start < end and end - start <= _TITLE and text[end - 1] not in ".!?:"


def _is_current(tokens: Sequence[Token]) -> bool:
    """Whether the words tell how things stand now or will: a perfect, a "still", a "will"."""
    return any(
        (t.lemma.lower() == "have" and t.tag in ("VBP", "VBZ") and t.dep in ("aux", "auxpass"))
        or t.text.lower() in ("still", "will")
        for t in tokens
    )
