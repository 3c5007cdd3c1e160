"""Invented reports with the records that reading them would give, made by hand so that a test controls every one."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from twosource.model import (
    Actor,
    Alias,
    Annotation,
    Article,
    Certainty,
    Quantity,
    Report,
    Sentence,
    SourceKind,
    Span,
    Stance,
    Statement,
    Token,
)
from twosource.resolve import Cast
from twosource.resolve.cast import cast_of

_SMALL = frozenset("the a an of in on by to about and their its was were under all".split())


@dataclass(frozen=True)
class Said:
    """One statement to be put into a report: what, by whom (nobody: the report itself), to whom."""

    words: str
    who: str | None = None
    kind: SourceKind = "person"
    told: str | None = None
    stance: Stance = "asserts"
    certainty: Certainty = "asserted"
    declined: bool = False
    numbers: Mapping[str, tuple[str, str | None]] = field(default_factory=dict)


@dataclass(frozen=True)
class Incident:
    """What the rooms above reading get to see."""

    articles: list[Article]
    annotations: list[Annotation]
    cast: Cast


def incident(
    *reports: Sequence[Said],
    outlets: Sequence[str | None] = (),
    actors: Sequence[Actor] = (),
    above: Mapping[str, str] | None = None,
) -> Incident:
    """Reports r1, r2, … of outlets O1, O2, … with statements r1s0, r1s1, …"""
    articles, annotations = [], []
    for n, said in enumerate(reports, 1):
        outlet = outlets[n - 1] if n <= len(outlets) else f"Outlet {n}"
        text, annotation = _report(f"r{n}", said)
        articles.append(Article(Report(id=f"r{n}", text=text, outlet=outlet)))
        annotations.append(annotation)
    return Incident(articles, annotations, cast_of(list(actors), (), dict(above or {})))


def actor(
    name: str, kind: str = "organisation", affiliations: tuple[str, ...] = (), **more: tuple[str, ...]
) -> Actor:
    """An actor whose id is its name."""
    return Actor(name, name, kind, (Alias(name, 1),), affiliations=affiliations, **more)  # type: ignore[arg-type]


def _report(report: str, said: Sequence[Said]) -> tuple[str, Annotation]:
    text, sentences, statements, quantities = "", [], [], []
    for n, one in enumerate(said):
        start = len(text)
        text += one.words
        content = Span(start, len(text))
        source: tuple[Span, ...] = ()
        if one.who is not None:
            text += ", "
            source = (Span(len(text), len(text) + len(one.who)),)
            text += f"{one.who} said"
        text += ".\n"
        sentences.append(Sentence(Span(start, len(text) - 1), _tokens(one.words, start)))
        for number, (of, role) in one.numbers.items():
            at = start + one.words.index(number)
            quantities.append(
                Quantity(Span(at, at + len(number)), float(number), float(number), "person", of, role)
            )
        narrated = one.who is None
        statements.append(
            Statement(
                id=f"{report}s{n}",
                report=report,
                content=(content,),
                cue=(),
                source=source,
                who=one.who,
                kind="reporter" if narrated else one.kind,
                told=one.told,
                via=None,
                stance=one.stance,
                certainty=one.certainty,
                mode="narration" if narrated else "indirect",
                declined=one.declined,
            )
        )
    return text, Annotation(report, "en", tuple(sentences), tuple(statements), quantities=tuple(quantities))


def _tokens(words: str, start: int) -> tuple[Token, ...]:
    """Words as a parser gives them for a plain sentence: nouns before the verb are its subject, those after it its object."""
    found = list(re.finditer(r"\w+", words))
    kinds = [_kind(m.group()) for m in found]
    root = kinds.index("VERB") if "VERB" in kinds else 0
    tokens = []
    for n, (m, pos) in enumerate(zip(found, kinds, strict=True)):
        word = m.group()
        part = "ROOT" if n == root else ("nsubj" if n < root else "dobj") if pos == "NOUN" else "dep"
        span = Span(start + m.start(), start + m.end())
        tag = "VBD" if pos == "VERB" else "NN"
        tokens.append(Token(span, word, word.removesuffix("s"), pos, tag, part, root))
    return tuple(tokens)


def _kind(word: str) -> str:
    if word in _SMALL:
        return "DET"
    return "VERB" if word.endswith("ed") else "NUM" if word.isdigit() else "NOUN"
