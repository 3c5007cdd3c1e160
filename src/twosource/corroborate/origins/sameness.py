"""Whether two statements say the same thing firmly enough for one to confirm the other: the same is said of the same.

Being about the same people, in the same place, is not it. Two statements confirm one another when in both the same is said of
the same (a verb and what it goes with: "opened" and "dams", whatever the voice, clause or word class), or the same number of the
same things is given, or one quotes the other's words.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from twosource.claims import Point
from twosource.claims.numbers import clash, meets, near
from twosource.corroborate.origins.polarity import asked, mood, negated, tree
from twosource.corroborate.origins.whom import Whom, whom
from twosource.model import Annotation, Quantity, Sentence, Span, Token
from twosource.text import normal

WORDS = 5  # that two statements have in a row when one quotes the other
SMALL = 3  # numbers below are in every second sentence
BESIDE = 2  # content words that two statements with one number have in common
_FATES = frozenset({"killed", "injured", "missing", "arrested"})
STEM = 5  # letters by which a verb and its noun are one: "explode", "explosion"
_CONTENT = ("NOUN", "PROPN", "VERB", "ADJ", "NUM")
_ARGUMENTS = ("nsubj", "nsubjpass", "dobj", "dative", "pobj", "attr", "acomp", "oprd", "agent", "xcomp", "conj", "appos", "npadvmod")  # fmt: skip

Pair = frozenset[str]


@dataclass(frozen=True, slots=True)
class Pairs:
    """What one statement says: the pairs of a verb and what it goes with, and those of them that no relative clause holds.

    Of those that are said to be so, not wished, asked or supposed, `yes` are affirmed and `no` negated.
    """

    all: frozenset[Pair]
    main: frozenset[Pair]
    aside: frozenset[Span] = (
        frozenset()
    )  # what relative clauses hold: numbers there only mark what is spoken of
    yes: frozenset[Pair] = frozenset()
    no: frozenset[Pair] = frozenset()
    moods: frozenset[tuple[Pair, str]] = (
        frozenset()
    )  # as what each pair is told: done, to come, only aimed at
    asked: frozenset[Pair] = frozenset()  # what is only asked: "to see how the child got the gun"
    acts: frozenset[tuple[str, str]] = (
        frozenset()
    )  # who is said to have done what: a word of the name or pronoun, the verb

    def meet(self, other: Pairs) -> bool:
        """Whether both say something of the same, and for one of them it is more than a mark of what it speaks of."""
        both = (self.main & other.all | self.all & other.main) - self.asked - other.asked
        return any(pair in both for pair, _ in self.moods & other.moods)

    def denied_by(self, other: Pairs) -> bool:
        """Whether the other says no to something that this says, and to nothing of it yes."""
        return bool(self.yes & other.no) and not (self.yes & other.yes or self.no & other.no)


@dataclass(frozen=True, slots=True)
class Sayings:
    """What each statement says, by id."""

    points: Mapping[str, Point]
    pairs: Mapping[str, Pairs]
    whom: Mapping[str, Whom]

    def same(self, a: str, b: str) -> bool:
        """Whether two statements, by their ids, say the same of the same."""
        p, q = self.points[a], self.points[b]
        if p.key == q.key or _quotes(p.key, q.key):
            return True
        if clash(p.quantities, q.quantities) or self.whom[a].strange_to(self.whom[b]):
            return False
        return self.pairs[a].meet(self.pairs[b]) or _same_number(p, q, self.pairs)

    def bears_out(self, a: str, b: str) -> bool:
        """Whether the first says what the second mainly says, not only what the second holds in a relative clause."""
        return self.same(a, b) and (
            not self.pairs[a].meet(self.pairs[b])
            or bool(self.pairs[b].main & self.pairs[a].all - self.pairs[a].asked)
        )


def sayings(points: Sequence[Point], annotations: Sequence[Annotation]) -> Sayings:
    """Ready to ask what says the same."""
    sentences = {a.report: a.sentences for a in annotations}
    return Sayings(
        {p.statement.id: p for p in points},
        {p.statement.id: _pairs(p, sentences.get(p.report, ())) for p in points},
        whom(points, annotations),
    )


@dataclass(frozen=True, slots=True)
class _Words:
    light: frozenset[str]
    same: Mapping[str, str]
    idioms: frozenset[frozenset[str]]


@lru_cache(maxsize=1)
def _words() -> _Words:
    text = files("twosource.corroborate.origins").joinpath("sameness.toml").read_text(encoding="utf-8")
    data = tomllib.loads(text)
    groups = [group.split() for group in data["same"]]
    same = {w: g[0] for g in groups for w in g}
    idioms = frozenset(frozenset(same.get(w, w)[:STEM] for w in i.split()) for i in data["idioms"])
    return _Words(frozenset(data["light"].split()), same, idioms)


def _quotes(a: str, b: str) -> bool:
    short, long = sorted((a, b), key=lambda k: (len(k), k))
    return short.count(" ") + 1 >= WORDS and f" {short} " in f" {long} "


def _same_number(p: Point, q: Point, pairs: Mapping[str, Pairs]) -> bool:
    """Whether both give a number of the same, in words of which some more are the same; neither only in passing."""
    beside = len(p.lemmas & q.lemmas)
    passing = pairs[p.statement.id].aside | pairs[q.statement.id].aside
    return any(
        beside >= BESIDE
        and not {x.span, y.span} & passing
        and x.role != "age"
        and _counts_as(x, y)
        and (meets(x, y) or near(x, y))
        for x in p.quantities
        for y in q.quantities
        if max(x.low, y.low) >= SMALL or x.unit not in (None, "person")
    )


def _counts_as(x: Quantity, y: Quantity) -> bool:
    """Whether the two may count the same: people, the same things, or so much of one unit."""
    if x.unit not in (None, "person") or y.unit not in (None, "person"):
        return x.unit == y.unit
    if x.unit == y.unit == "person":
        return x.role == y.role or not {x.role, y.role} & _FATES  # four who lived there are not four who died
    return bool(x.of and y.of) and stem_of(str(x.of).split()[-1]) == stem_of(str(y.of).split()[-1])


def _pairs(point: Point, sentences: Sequence[Sentence]) -> Pairs:
    content = point.statement.content
    found: set[Pair] = set()
    main: set[Pair] = set()
    passing: set[Span] = set()
    acts: set[tuple[str, str]] = set()
    open_: set[Pair] = set()
    moods: set[tuple[Pair, str]] = set()
    where = {stem_of(w) for name in point.places for w in name.split()}
    said: dict[bool, set[Pair]] = {True: set(), False: set()}
    for s in sentences:
        if any(s.span.overlaps(c) for c in content):
            inside = [any(t.span.overlaps(c) for c in content) for t in s.tokens]
            at = tree(s.tokens, inside)
            for pair, verb in _of_sentence(s.tokens, inside):
                if where & pair:  # all that happens in a town happens in the town
                    continue
                found.add(pair)
                if not _is_aside(s.tokens, verb):
                    main.add(pair)
                moods.add((pair, mood(at, verb)))
                if (no := negated(at, verb)) is not None:
                    said[no].add(pair)
                if asked(at, verb):
                    open_.add(pair)
            acts |= {(w, v) for w, v, n in _deeds(s.tokens, inside) if negated(at, n) is False}
            passing |= {
                q.span
                for q in point.quantities
                for n, t in enumerate(s.tokens)
                if q.span.overlaps(t.span) and _is_aside(s.tokens, n)
            }
    return Pairs(
        frozenset(found),
        frozenset(main),
        frozenset(passing),
        frozenset(said[False]),
        frozenset(said[True]),
        frozenset(moods),
        frozenset(open_),
        frozenset(acts),
    )


def _deeds(tokens: Sequence[Token], inside: Sequence[bool]) -> Iterator[tuple[str, str, int]]:
    """Who does what: each word of a doer's name, the verb and its place; "by" gives the doer of a passive."""
    for n, t in enumerate(tokens):
        if not inside[n] or t.pos not in ("PROPN", "PRON"):
            continue
        name = n
        while tokens[name].dep in ("compound", "flat") and tokens[name].head != name:
            name = tokens[name].head
        up = tokens[name].head
        if tokens[name].dep == "pobj" and tokens[up].dep == "agent":
            up = tokens[up].head
        elif tokens[name].dep != "nsubj":
            continue
        if tokens[up].pos == "VERB" and inside[up]:
            yield normal(t.text), normal(tokens[up].lemma), up


def _of_sentence(tokens: Sequence[Token], inside: Sequence[bool]) -> Iterator[tuple[Pair, int]]:
    """Each pair, and the word that governs it."""
    for n, t in enumerate(tokens):
        if not inside[n] or t.pos not in _CONTENT or t.head == n:
            continue
        if t.dep in ("relcl", "acl") and t.pos == "VERB":  # what a relative clause says of its noun
            verb, other = n, t.head
        elif t.dep in _ARGUMENTS:
            verb, other = _above(tokens, n), n
            if t.dep == "conj" and tokens[verb].pos != "VERB":  # "boats and homes were hit": of each
                verb = _above(tokens, verb)
        else:
            continue
        if inside[verb] and (pair := _pair(tokens[verb], tokens[other])):
            yield pair, verb
    yield from _likened(tokens, inside)


def _likened(tokens: Sequence[Token], inside: Sequence[bool]) -> Iterator[tuple[Pair, int]]:
    """What a "be" says of its subject: "an order would be impossible"."""
    told = {t.head: t for t in tokens if t.dep in ("attr", "acomp") and t.pos in ("ADJ", "NOUN", "VERB")}
    for n, t in enumerate(tokens):
        if t.dep == "nsubj" and inside[n] and t.pos in _CONTENT and normal(tokens[t.head].lemma) == "be":
            pair = (
                frozenset((stem_of(t.lemma), stem_of(told[t.head].lemma))) if t.head in told else frozenset()
            )
            if len(pair) == 2:
                yield pair, t.head


def _above(tokens: Sequence[Token], n: int) -> int:
    """The word that another goes with, prepositions left out."""
    above = tokens[n].head
    while tokens[above].pos == "ADP" and tokens[above].head != above:
        above = tokens[above].head
    return above


def _is_aside(tokens: Sequence[Token], n: int) -> bool:
    """Whether a word stands in a relative clause, or in a participle that marks a noun: "babies born here"."""
    while (head := tokens[n].head) != n:
        if tokens[n].dep == "relcl" or (tokens[n].dep == "acl" and tokens[head].head != head):
            return True
        n = head
    return False


def _pair(verb: Token, other: Token) -> Pair | None:
    """The two as one pair, where the first says something and the second is more than a pronoun."""
    if verb.pos not in ("VERB", "NOUN") or normal(verb.lemma) in _words().light or other.pos not in _CONTENT:
        return None
    pair = frozenset((stem_of(verb.lemma), stem_of(other.lemma)))
    return pair if len(pair) == 2 and pair not in _words().idioms else None


def stem_of(lemma: str) -> str:
    """What a verb, its noun and what says the same have in common."""
    word = normal(lemma)
    return _words().same.get(word, word)[:STEM]
