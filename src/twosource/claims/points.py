"""What each statement says once attribution, negation and doubt are taken away from it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from twosource.claims.lexicon import lexicon
from twosource.model import Annotation, Article, Quantity, Span, Statement, Token
from twosource.resolve import Cast
from twosource.text import normal

_SPACES = re.compile(r"\s+")
_NAMES = ("PROPN",)


@dataclass(frozen=True, slots=True)
class Point:
    """One statement laid open for comparing: its words, names, numbers, times and places.

    `lemmas` are content words only. Negation and doubt are not among them: they stand in `negative` and in the
    statement's stance, so that a denial meets what it denies.
    """

    statement: Statement
    text: str  # the content's characters, one space for each run of white space
    key: str  # the words as they are compared; equal keys say the same in the same words
    lemmas: frozenset[str]
    names: frozenset[str]  # ids of actors
    quantities: tuple[Quantity, ...]
    times: frozenset[str]
    places: frozenset[str]
    negative: bool  # denied or itself negative, but not both
    at: float  # where in the report, 0 (start) to 1
    headline: bool
    whole: bool  # reads as a sentence of its own: it has a finite verb and does not open with a pronoun

    @property
    def report(self) -> str:
        """The report that it stands in."""
        return self.statement.report


def points(articles: Sequence[Article], annotations: Sequence[Annotation], cast: Cast) -> list[Point]:
    """The points of all statements that say something, ordered by report and place.

    Refusals to comment say nothing, so they are no claim's.
    """
    by_id = {a.id: a for a in articles}
    found = []
    for annotation in sorted(annotations, key=lambda a: a.report):
        if annotation.report in by_id:
            found += _of_report(by_id[annotation.report], annotation, cast)
    return found


def _of_report(article: Article, annotation: Annotation, cast: Cast) -> list[Point]:
    tokens = sorted((t for s in annotation.sentences for t in s.tokens), key=lambda t: t.span)
    starts = [t.span.start for t in tokens]
    named = sorted(
        (m.span, actor.id)
        for m in annotation.mentions
        if m.form != "description" and (actor := cast.at(annotation.report, m.span)) is not None
    )
    found = []
    for statement in sorted(annotation.statements, key=lambda s: (s.content, s.id)):
        if statement.declined or not statement.content:
            continue
        inside = [t for span in statement.content for t in _within(tokens, starts, span)]
        point = _point(article, annotation, statement, inside, named)
        if point is not None:
            found.append(point)
    return found


def _within(tokens: list[Token], starts: list[int], span: Span) -> list[Token]:
    return tokens[bisect_left(starts, span.start) : bisect_left(starts, span.end)]


def _point(
    article: Article,
    annotation: Annotation,
    statement: Statement,
    inside: list[Token],
    named: list[tuple[Span, str]],
) -> Point | None:
    text = _SPACES.sub(" ", " ".join(s.of(article.text) for s in statement.content)).strip()
    own = [t for t in inside if not _any(t.span, (*statement.cue, *statement.source, *statement.hedge))]
    lemmas = frozenset(lemma for t in own if (lemma := _content_lemma(t)))
    key = " ".join(normal(t.text) for t in own if t.pos not in ("PUNCT", "SPACE", "SYM"))
    if not lemmas and not key:
        return None
    content = statement.content
    return Point(
        statement=statement,
        text=text,
        key=key,
        lemmas=lemmas,
        names=frozenset(name for span, name in named if _any(span, content)),
        quantities=tuple(q for q in annotation.quantities if _any(q.span, content)),
        times=frozenset(
            t.value for t in annotation.times if t.type in ("DATE", "TIME") and _any(t.span, content)
        ),
        places=frozenset(normal(p.name) for p in annotation.places if _any(p.span, content)),
        negative=(statement.stance == "denies") != statement.negated,
        at=content[0].start / max(1, len(article.text)),
        headline=_in_headline(article, content[0]),
        whole=_reads_whole(own),
    )


def _any(span: Span, others: Sequence[Span]) -> bool:
    return any(span.overlaps(o) for o in others)


def _content_lemma(token: Token) -> str | None:
    words = lexicon()
    if token.pos in ("NOUN", "VERB", "ADJ", "NUM", "ADV", *_NAMES) or token.text.isdigit():
        lemma = normal(token.text if token.pos in _NAMES else token.lemma)
        lemma = words.same.get(lemma, lemma)
        if len(lemma) > 1 and any(c.isalnum() for c in lemma) and lemma not in words.empty:
            return lemma
    return None


def _in_headline(article: Article, span: Span) -> bool:
    title = article.report.title
    head = article.text.lstrip()[: len(title)] if title else ""
    return (
        bool(title)
        and head == title
        and span.start < len(article.text) - len(article.text.lstrip()) + len(head)
    )


def _reads_whole(tokens: list[Token]) -> bool:
    finite = any(t.tag in ("VBD", "VBP", "VBZ", "MD") for t in tokens)
    subject = any(t.dep in ("nsubj", "nsubjpass", "expl") for t in tokens)
    return (
        finite and subject and len(tokens) >= 4 and tokens[0].pos not in ("PRON", "CCONJ", "SCONJ", "PUNCT")
    )
