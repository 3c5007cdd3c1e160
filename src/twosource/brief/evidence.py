"""Where a statement, a claim or a name stands in the reports, as passages that a reader can be sent to."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property

from twosource.corroborate import News, news
from twosource.model import (
    Account,
    Annotation,
    Article,
    Backing,
    Claim,
    Evidence,
    Origin,
    Owned,
    Span,
    Statement,
)
from twosource.text import normal, sentences

_ID = re.compile(r"\w[\w-]*\w")
_WORD = re.compile(r"\w+")
_LONGEST = 500  # characters that one passage may span; a statement strewn wider is cited piece by piece


@dataclass(frozen=True)
class Desk:
    """An account laid out for looking things up."""

    account: Account
    _sentences: dict[str, list[Span]] = field(default_factory=dict)
    kept: dict[str, object] = field(default_factory=dict)  # what was worked out once for the whole account

    @cached_property
    def articles(self) -> dict[str, Article]:
        """Each report's article."""
        return {a.id: a for a in self.account.articles}

    @cached_property
    def owned(self) -> dict[str, Owned]:
        """Whose the outlet of each report is, where a list says so."""
        return {o.report: o for o in self.account.owned}

    @cached_property
    def annotations(self) -> dict[str, Annotation]:
        """Each report's annotation."""
        return {a.report: a for a in self.account.annotations}

    @cached_property
    def reading_order(self) -> tuple[Article, ...]:
        """The articles as a reader meets them: the earliest first, those without a date last."""
        return tuple(
            sorted(self.account.articles, key=lambda a: (a.published is None, a.published or "", a.id))
        )

    @cached_property
    def numbers(self) -> dict[str, int]:
        """The number that each report goes by in the brief, from 1."""
        return {a.id: n for n, a in enumerate(self.reading_order, 1)}

    @cached_property
    def common_words(self) -> frozenset[str]:
        """The words that some report writes without a capital and that are no part of a name."""
        written = {w for a in self.account.articles for w in _WORD.findall(a.text) if w.islower()}
        names = {
            w for a in self.account.actors for w in _WORD.findall(a.name) if w[:1].isupper() and len(w) > 2
        }
        return frozenset(written - {w.lower() for w in names})

    @cached_property
    def proper_words(self) -> frozenset[str]:
        """The words of the names of people and places."""
        return frozenset(
            w
            for a in self.account.actors
            if a.kind in ("person", "place")
            for name in (a.name, *(x.name for x in a.aliases))
            for w in _WORD.findall(name)
        )

    @cached_property
    def _names(self) -> dict[str, str]:
        found: dict[str, set[str]] = {}
        for actor in self.account.actors:
            for name in (actor.name, *(x.name for x in actor.aliases)):
                found.setdefault(normal(" ".join(name.split())), set()).add(actor.name)
        return {k: next(iter(v)) for k, v in found.items() if len(v) == 1}

    @cached_property
    def _ids(self) -> dict[str, str]:
        return {
            i: f"report {n}"
            for i, n in self.numbers.items()
            if re.search(r"[a-z]", i) and re.search(r"\d", i)
        }

    def readable(self, why: str) -> str:
        """A reason on one line, reports called by their numbers rather than their ids."""
        said = " ".join(_ID.sub(lambda m: self._ids.get(m[0], m[0]), why).split())
        return said[:1].upper() + said[1:]

    def decided(self, thing: str) -> list[str]:
        """What people decided about a claim or an actor, a sentence each; not what the claim's own reason says already."""
        said = self.backings[thing].why if thing in self.backings else ""
        found = [e for e in self.account.decided if thing in e.things]
        return [self.readable(e.text) for e in found if e.decision not in said or e.state == "conflict"]

    def who(self, statement: Statement) -> str:
        """Who says it, under the one name that the account gives an actor; unnamed sources stay as described."""
        who = " ".join((statement.who or "").split())
        return who if statement.kind == "anonymous" else self.called(who)

    def called(self, name: str) -> str:
        """The one name that the account gives whoever goes by this one."""
        plain = " ".join(name.split())
        return self._names.get(normal(plain), plain)

    @cached_property
    def statements(self) -> dict[str, Statement]:
        """Each statement by its id."""
        return {s.id: s for s in self.account.statements}

    @cached_property
    def backings(self) -> dict[str, Backing]:
        """What stands behind each claim, by the claim's id."""
        return {b.claim: b for b in self.account.backings}

    @cached_property
    def claims(self) -> dict[str, Claim]:
        """Each claim by its id."""
        return {c.id: c for c in self.account.claims}

    @cached_property
    def news(self) -> News:
        """What the reports share at their heads."""
        return news(self.account.articles, self.account.annotations)

    @property
    def central(self) -> Claim | None:
        """The claim that the account turns on: the first, where none was named."""
        found = self.claims.get(self.account.central or "")
        return found or (self.account.claims[0] if self.account.claims else None)

    def of_claim(self, claim: Claim) -> list[Statement]:
        """The statements of a claim that exist, in its order."""
        return [self.statements[s] for s in claim.statements if s in self.statements]

    def of_origin(self, origin: Origin, statements: list[Statement]) -> list[Statement]:
        """Those of a claim's statements that make it go back to an origin; by its reports where it names none."""
        named = [s for s in statements if s.id in origin.statements]
        if named:
            return named
        mine = [s for s in statements if s.report in origin.reports]
        return [s for s in mine if s.who == origin.who or origin.kind == "reporter"] or mine

    def text(self, evidence: Evidence) -> str:
        """The characters that a piece of evidence points at; none where it points nowhere."""
        article = self.articles.get(evidence.report)
        return evidence.span.of(article.text) if article else ""

    def sentences(self, report: str) -> list[Span]:
        """The sentences of a report, as the parser or else the rules found them."""
        if report not in self._sentences:
            found = [s.span for s in self.annotations[report].sentences] if report in self.annotations else []
            if not found and report in self.articles:
                found = sentences(self.articles[report].text)
            self._sentences[report] = found
        return self._sentences[report]

    def sentence(self, report: str, span: Span) -> Span:
        """The sentences that a stretch lies in, as one stretch; the stretch itself where none is known."""
        over = [s for s in self.sentences(report) if s.overlaps(span)]
        if not over:
            return span
        return Span(min(over[0].start, span.start), max(over[-1].end, span.end))

    def passages(self, statement: Statement) -> list[Evidence]:
        """What to show for a statement: one passage from its source to its content where they stand close, else each piece."""
        pieces = sorted((*statement.content, *statement.source, *statement.cue))
        if not pieces:
            return []
        whole = Span(pieces[0].start, max(p.end for p in pieces))
        if whole.end - whole.start <= _LONGEST:
            return [Evidence(statement.report, whole)]
        return [Evidence(statement.report, p) for p in sorted((*statement.content, *statement.source))]

    def content(self, statement: Statement) -> str:
        """The words of a statement's content on one line, pieces joined by an ellipsis."""
        article = self.articles.get(statement.report)
        if article is None:
            return ""
        return " … ".join(" ".join(s.of(article.text).split()) for s in sorted(statement.content))


def vocabulary(texts: list[str]) -> set[str]:
    """The words of the texts, as they are compared."""
    return {normal(w) for t in texts for w in _WORD.findall(t)}


def needed(said: str, passages: list[tuple[Evidence, str]]) -> tuple[Evidence, ...]:
    """The first passage of each report, and of the others those that bring a number or name not yet borne out."""
    kept: list[Evidence] = []
    missing = {normal(w) for w in _WORD.findall(said) if _must_stand(w)}
    reports: set[str] = set()
    for evidence, text in passages:
        brings = missing & vocabulary([text])
        if evidence.report not in reports or brings:
            kept.append(evidence)
            reports.add(evidence.report)
            missing -= brings
    return tuple(kept)


def unsupported(said: str, texts: list[str]) -> list[str]:
    """The numbers and names in what is said that the texts do not hold: words with a digit or a capital."""
    known = vocabulary(texts)
    return [w for w in _WORD.findall(said) if _must_stand(w) and normal(w) not in known]


def _must_stand(word: str) -> bool:
    return any(c.isdigit() or c.isupper() for c in word)
