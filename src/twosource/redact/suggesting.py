"""Who may have to be withheld: minors by their stated age, victims, people with no public office. Suggested, never applied."""

from __future__ import annotations

import tomllib
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from twosource.model import Account, Actor, Annotation, Evidence, Quantity, Sentence, Span, Token

ADULT = 18
_NEAR = 25  # characters between a name and the age that goes with it
_DEEP = 12  # steps from a name up to what is done to its bearer


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Somebody to look at, with the passage that says why."""

    actor: str
    name: str
    kind: str  # minor | victim | private person
    why: str
    evidence: Evidence


@lru_cache
def _words(name: str) -> frozenset[str]:
    data = tomllib.loads((files("twosource.redact") / "data" / "suggesting.toml").read_text(encoding="utf-8"))
    return frozenset(data[name])


def suggest(account: Account) -> tuple[Suggestion, ...]:
    """One for each person of the account of whom the reports tell such a thing, the most pressing reason alone."""
    texts = {a.id: a.text for a in account.articles}
    pages = {a.report: _Page(a, texts.get(a.report, "")) for a in account.annotations}
    found = []
    for actor in account.actors:
        if actor.kind == "person" and (one := _first(actor, pages)) is not None:
            found.append(one)
    return tuple(
        sorted(found, key=lambda s: (("minor", "victim", "private person").index(s.kind), s.name, s.actor))
    )


def _first(actor: Actor, pages: Mapping[str, _Page]) -> Suggestion | None:
    reasons = [r for e in actor.mentions if e.report in pages for r in pages[e.report].of(e)]
    for kind in ("minor", "victim"):
        for k, why, e in reasons:
            if k == kind:
                return Suggestion(actor.id, actor.name, kind, why, e)
    if " " in actor.name and _is_private(actor) and all(k != "office" for k, _, _ in reasons):
        roles = ", ".join(actor.roles)
        why = f"only called {roles}" if roles else "no office, title or body is given"
        return Suggestion(actor.id, actor.name, "private person", why, actor.mentions[0])
    return None


def _is_private(actor: Actor) -> bool:
    if actor.titles or actor.affiliations or not actor.mentions:
        return False
    return all(r.split()[-1].lower() in _words("private") for r in actor.roles if r.split())


class _Page:
    """One report's words, ages and mentions, to be looked up by place."""

    def __init__(self, annotation: Annotation, text: str) -> None:
        self.text = text
        self.sentences = sorted(annotation.sentences, key=lambda s: s.span)
        self.starts = [s.span.start for s in self.sentences]
        self.ages = sorted((q for q in annotation.quantities if q.role == "age"), key=lambda q: q.span)
        self.age_starts = [q.span.start for q in self.ages]
        self.people = sorted((m for m in annotation.mentions if m.kind == "person"), key=lambda m: m.span)
        self.people_starts = [m.span.start for m in self.people]

    def of(self, e: Evidence) -> Iterator[tuple[str, str, Evidence]]:
        """What stands by a mention: the kind, why, and the passage."""
        age = self._age(e.span)
        if age is not None and age.low < ADULT:
            passage = Span(min(age.span.start, e.span.start), max(age.span.end, e.span.end))
            yield "minor", f"given as {age.span.of(self.text)!r}", Evidence(e.report, passage)
        at = bisect_right(self.starts, e.span.start) - 1
        if at >= 0 and self.sentences[at].span.holds(e.span):
            yield from self._said(self.sentences[at], e)

    def _age(self, mention: Span) -> Quantity | None:
        """The age right before or behind the name, with nobody else between."""
        lo = bisect_right(self.age_starts, mention.start - 2 * _NEAR)
        hi = bisect_right(self.age_starts, mention.end + _NEAR)
        for q in self.ages[max(0, lo - 1) : hi]:
            gap = Span(min(q.span.end, mention.end), max(q.span.start, mention.start))
            between = gap.of(self.text)
            if (
                0 <= gap.end - gap.start <= _NEAR
                and not set(between) & set(".;:\n")
                and not self._somebody(gap)
            ):
                return q
        return None

    def _somebody(self, gap: Span) -> bool:
        lo = bisect_right(self.people_starts, gap.start - 60)
        hi = bisect_right(self.people_starts, gap.end)
        return any(gap.holds(m.span) and m.form == "name" for m in self.people[lo:hi])

    def _said(self, sentence: Sentence, e: Evidence) -> Iterator[tuple[str, str, Evidence]]:
        mine = [i for i, t in enumerate(sentence.tokens) if t.span.overlaps(e.span)]
        top = next((i for i in mine if sentence.tokens[i].head not in mine or sentence.tokens[i].head == i), None)  # fmt: skip
        if top is None:
            return
        where = Evidence(e.report, sentence.span)
        for word in _called(sentence.tokens, mine, top):
            if word in _words("minors"):
                yield "minor", f"called a {word}", where
            if word in _words("victims"):
                yield "victim", f"called a {word}", where
            if word.isalpha() and not any(word in _words(w) for w in ("minors", "victims", "private")):
                yield "office", f"called a {word}", where
        if (verb := _done_to(sentence.tokens, top)) is not None:
            yield "victim", f"“{verb.text}” is said of the person", where


def _called(tokens: tuple[Token, ...], mine: list[int], top: int) -> Iterator[str]:
    """What the person is called in the same breath: "the boy, Jan Ost", "Jan Ost, a pupil"."""
    head = tokens[top]
    if head.dep == "appos":
        yield tokens[head.head].lemma.lower()
    for i, t in enumerate(tokens):
        if t.head == top and i not in mine and t.pos == "NOUN" and t.dep in ("appos", "compound", "nmod"):
            yield t.lemma.lower()


def _done_to(tokens: tuple[Token, ...], top: int) -> Token | None:
    """The verb of harm whose object the person is, or of suffering whose subject; also as one of several."""
    at = top
    for _ in range(_DEEP):
        t = tokens[at]
        head = tokens[t.head]
        if t.dep in ("conj", "appos") and t.head != at:
            at = t.head
            continue
        harmed = head.lemma.lower() in _words("harmed") and t.dep in ("dobj", "nsubjpass")
        suffered = head.lemma.lower() in _words("suffered") and t.dep == "nsubj"
        return head if head.pos == "VERB" and (harmed or suffered) else None
    return None
