"""Questions that the reports leave open, and the rival answers to each, after Heuer's Analysis of Competing Hypotheses.

An answer is a candidate only because some report names it beside another ("either A or B"). Statements are laid for,
against or neutral to each; no likelihood is worked out, and "not established" is always among the answers.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from twosource.corroborate.disagreements.reading import Reading, open_all
from twosource.model import (
    Actor,
    Annotation,
    Article,
    Claim,
    Evidence,
    Hypothesis,
    Question,
    Sentence,
    Span,
    Statement,
    Token,
)
from twosource.text import normal

NOT_ESTABLISHED = "other or not established"
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_DULL = frozenset(
    [
        "the",
        "a",
        "an",
        "their",
        "his",
        "her",
        "its",
        "some",
        "any",
        "this",
        "that",
        "these",
        "those",
        "private",
        "so-called",
    ]
)


class Names(Protocol):
    """What is needed of the cast: its actors."""

    @property
    def actors(self) -> tuple[Actor, ...]: ...


@dataclass(frozen=True)
class _Fork:
    """A place where a report offers one doer or another for what was done."""

    evidence: Evidence
    question: str
    verb: str
    options: tuple[str, ...]
    keys: tuple[frozenset[str], ...]


def question(
    claims: Sequence[Claim], articles: Sequence[Article], annotations: Sequence[Annotation], cast: Names
) -> list[Question]:
    """The open questions, the one that most reports raise first, each with at least two answers and "not established"."""
    readings = open_all(articles, annotations)
    forks = [f for r in readings for s in r.annotation.sentences for f in _forks(r, s, cast)]
    groups: list[list[_Fork]] = []
    for fork in sorted(forks, key=lambda f: f.evidence):
        for group in groups:
            if _same_options(fork, group[0]):
                group.append(fork)
                break
        else:
            groups.append([fork])
    main = frozenset(s for c in claims if c.event == "main" for s in c.statements)
    asked = [
        _question(g, readings, main)
        for g in sorted(groups, key=lambda g: (-len({f.evidence.report for f in g}), g[0].evidence))
    ]
    return [q for q in asked if q]


def _forks(reading: Reading, sentence: Sentence, cast: Names) -> list[_Fork]:
    tokens = sentence.tokens
    found = []
    for n, t in enumerate(tokens):
        if t.text.lower() != "or" or t.dep != "cc" or t.head == n:
            continue
        first = t.head
        rest = [i for i, c in enumerate(tokens) if c.dep == "conj" and c.head == first and i > n]
        if not rest or tokens[first].pos not in ("NOUN", "PROPN"):
            continue
        verb = _done(tokens, first)
        if verb is None:
            continue
        phrases = [_phrase(tokens, i, stop=n if i == first else None) for i in (first, rest[0])]
        keys = tuple(_key(tokens, p) for p in phrases)
        if not all(keys) or keys[0] & keys[1] == keys[0] or keys[0] & keys[1] == keys[1]:
            continue
        spans = [Span(tokens[p[0]].span.start, tokens[p[-1]].span.end) for p in phrases]
        options = tuple(_named(reading, s, cast) for s in spans)
        if options[0] != options[1]:
            found.append(
                _Fork(reading.evidence(t.span), _ask(tokens, verb), normal(tokens[verb].lemma), options, keys)
            )
    return found


def _done(tokens: Sequence[Token], head: int) -> int | None:
    """The verb that a noun is the doer of: its subject, or the object of its "by"."""
    t = tokens[head]
    if t.dep in _SUBJECTS and tokens[t.head].pos in ("VERB", "AUX"):
        return t.head
    if t.dep == "pobj" and tokens[t.head].text.lower() == "by" and tokens[tokens[t.head].head].pos == "VERB":
        return tokens[t.head].head
    return None


def _phrase(tokens: Sequence[Token], head: int, stop: int | None = None) -> list[int]:
    """A noun with what hangs on its left and its "of" and possessor, not the alternatives beside it."""
    keep = {head}
    for i in range(head - 1, -1, -1):
        if (
            tokens[i].head in keep
            and tokens[i].dep in ("compound", "amod", "nmod", "poss", "nummod", "det", "case", "punct")
            and i < head
        ):
            keep.add(i)
    end = stop if stop is not None else min(len(tokens), head + 12)
    for i in range(head + 1, end):
        if tokens[i].head in keep and (
            (tokens[i].dep == "prep" and tokens[i].text.lower() in ("of", "with", "from"))
            or tokens[tokens[i].head].dep == "prep"
            or tokens[i].dep in ("compound", "poss", "case", "det", "amod")
        ):
            keep.add(i)
    run = sorted(keep)
    low = head
    while low - 1 in keep:
        low -= 1
    high = head
    while high + 1 in keep:
        high += 1
    run = [i for i in run if low <= i <= high]
    while len(run) > 1 and (
        tokens[run[0]].dep in ("det", "punct", "preconj") or tokens[run[0]].text.lower() in ("either", "both")
    ):
        run = run[1:]
    return run


def _key(tokens: Sequence[Token], phrase: Sequence[int]) -> frozenset[str]:
    return frozenset(
        normal(tokens[i].lemma)
        for i in phrase
        if tokens[i].pos in ("NOUN", "PROPN", "ADJ") and tokens[i].lemma.lower() not in _DULL
    )


def _named(reading: Reading, span: Span, cast: Names) -> str:
    """The phrase as written; an actor's best name where the phrase is nothing but the actor."""
    for actor in cast.actors:
        if any(m.report == reading.id and m.span == span for m in actor.mentions):
            return actor.name
    return " ".join(span.of(reading.text).split())


def _ask(tokens: Sequence[Token], verb: int) -> str:
    """The question that a disjunction of doers leaves open, in the report's own verb and object."""
    t = tokens[verb]
    passive = any(c.head == verb and c.dep in ("nsubjpass", "auxpass") for c in tokens)
    if passive:
        subject = next((i for i, c in enumerate(tokens) if c.head == verb and c.dep == "nsubjpass"), None)
        what = _words(tokens, _phrase(tokens, subject)) if subject is not None else "it"
        particle = next((f" {c.text}" for c in tokens if c.head == verb and c.dep == "prt"), "")
        return f"By whom was {what} {t.text}{particle}?"
    objects = [i for i, c in enumerate(tokens) if c.head == verb and c.dep in ("dobj", "attr", "acomp")]
    what = f" {_words(tokens, _phrase(tokens, objects[0]))}" if objects else ""
    helpers = " ".join(
        c.text for i, c in enumerate(tokens) if c.head == verb and c.dep in ("aux", "neg") and i < verb
    )
    if helpers in ("were", "are"):
        helpers = {"were": "was", "are": "is"}[helpers]
    return f"Who {helpers + ' ' if helpers else ''}{t.text}{what}?"


def _words(tokens: Sequence[Token], phrase: Sequence[int]) -> str:
    first = tokens[phrase[0]]
    article = "the " if first.pos not in ("PROPN", "PRON") and first.dep != "poss" else ""
    return article + " ".join(tokens[i].text for i in phrase).replace(" '", "'").replace(" ’", "’")


def _same_options(a: _Fork, b: _Fork) -> bool:
    """Whether two forks offer the same two answers, in either order."""
    straight = bool(a.keys[0] & b.keys[0]) and bool(a.keys[1] & b.keys[1])
    crossed = bool(a.keys[0] & b.keys[1]) and bool(a.keys[1] & b.keys[0])
    return straight or crossed


def _question(group: Sequence[_Fork], readings: Sequence[Reading], main: frozenset[str]) -> Question | None:
    lead = group[0]
    only = [_own(lead.keys, n) for n in range(len(lead.keys))]
    for_, against = [[], []], [[], []]  # type: tuple[list[list[str]], list[list[str]]]
    neutral: list[str] = []
    verbs = {f.verb for f in group}
    for reading in readings:
        for s in reading.annotation.statements:
            said = _content(reading, s)
            hits = [bool(k) and len(k & said) >= min(2, len(k)) for k in only]
            if not any(hits) or not (s.id in main or verbs & said):
                continue
            if all(hits):
                neutral.append(s.id)
            elif s.stance == "denies" or s.negated:
                against[hits.index(True)].append(s.id)
            else:
                for_[hits.index(True)].append(s.id)
    options = [
        Hypothesis(lead.options[n], tuple(for_[n]), tuple(against[n]), tuple(neutral)) for n in range(2)
    ]
    options.append(Hypothesis(NOT_ESTABLISHED, (), (), tuple(neutral)))
    return Question(lead.question, tuple(options))


def _own(keys: tuple[frozenset[str], ...], n: int) -> frozenset[str]:
    """The words that tell one answer from the other."""
    return keys[n] - keys[1 - n]


def _content(reading: Reading, s: Statement) -> frozenset[str]:
    found: set[str] = set()
    for span in s.content:
        sentence = reading.sentence(span.start)
        if sentence:
            found |= {normal(t.lemma) for t in sentence.tokens if span.overlaps(t.span)}
    return frozenset(found)
