"""What stands behind each sentence of a draft, and what went wrong on the way."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from twosource.corroborate.draft.denials import dropped_denials
from twosource.corroborate.draft.faults import faults_alone, faults_of
from twosource.corroborate.draft.lines import Line, Match, Shelf, lines_of
from twosource.corroborate.draft.record import Fault
from twosource.model import Account, Annotation, Article, Backing, Claim, Disagreement, Evidence, Span
from twosource.resolve import Cast
from twosource.text import words

Verdict = Literal["supported", "changed", "unsupported"]
BEHIND = (
    0.5  # share of a sentence's content words that one sentence of the reports must have to stand behind it
)
TOGETHER = 0.7  # … or that the two nearest must have between them
LITTLE = 3  # content words: a shorter sentence says too little to need support


@dataclass(frozen=True, slots=True)
class Checked:
    """One sentence of the draft: what the reports have of it, the earliest first, and what is wrong with it."""

    span: Span
    verdict: Verdict
    evidence: tuple[Evidence, ...]
    earliest: Evidence | None
    origins: tuple[str, ...]
    independent_origins: int | None
    faults: tuple[Fault, ...]


@dataclass(frozen=True, slots=True)
class Desk:
    """A draft checked against reports."""

    draft: Article
    articles: tuple[Article, ...]
    sentences: tuple[Checked, ...]


def desk_check(draft: Article, annotation: Annotation, account: Account, both: Account, cast: Cast) -> Desk:
    """Check a draft against an account of the reports; `both` is the account of draft and reports together, `cast` its people.

    A sentence taken word for word raises no alarm, whatever it says: the reports answer for it.
    """
    shelf = Shelf(
        [line for a, n in zip(account.articles, account.annotations, strict=True) for line in lines_of(a, n)]
    )
    own = lines_of(draft, annotation)
    order = _order(account.articles)
    backing = _backing_of(account)
    mates = _mates(own, shelf.lines, both.claims)
    firmer = [d for d in both.disagreements if d.kind == "certainty"]
    behind = [_near(line, shelf, mates) for line in own]
    denied = dropped_denials(own, behind, account, shelf.lines)
    checked = []
    for n, line in enumerate(own):
        before = own[n - 1] if n else None
        known = Shelves(shelf, cast, firmer, order, backing, account.articles)
        checked.append(_checked(line, before, behind[n], known, denied.get(n)))
    return Desk(draft, account.articles, tuple(checked))


@dataclass(frozen=True, slots=True)
class Shelves:
    """What every sentence of the draft is checked with."""

    lines: Shelf
    cast: Cast
    firmer: Sequence[Disagreement]
    order: Mapping[str, int]
    backing: Mapping[str, Backing]
    articles: Sequence[Article]


def _checked(
    line: Line, before: Line | None, near: Sequence[Match], known: Shelves, denied: Fault | None
) -> Checked:
    shelf, cast = known.lines, known.cast
    strong = _standing_behind(line, near, shelf)
    if not strong:
        copied = _copied(line, known.articles)
        if copied:
            first = min(copied, key=lambda e: (known.order[e.report], e.span))
            return Checked(line.span, "supported", copied, first, (), None, ())
        if len(line.lemmas) < LITTLE:
            return Checked(line.span, "supported", (), None, (), None, ())
        lone = Fault("unsupported", line.span, "nothing in these reports says this")
        return Checked(
            line.span, "unsupported", (), None, (), None, (lone, *faults_alone(line, near, shelf, cast))
        )
    faults = faults_of(line, before, strong, shelf, cast, known.firmer)
    if denied is not None:
        faults = (*faults, denied)
    evidence = tuple(Evidence(m.line.report, m.line.span) for m in strong)
    earliest = min(evidence, key=lambda e: (known.order[e.report], e.span))
    claims = {b.claim: b for m in strong[:1] for s in m.line.statements if (b := known.backing.get(s.id))}
    best = max(claims.values(), key=lambda b: (b.independent_origins, b.claim), default=None)
    origins = tuple(dict.fromkeys(o.who or "the reports' own voice" for o in best.origins)) if best else ()
    verdict: Verdict = "changed" if faults else "supported"
    return Checked(
        line.span, verdict, evidence, earliest, origins, best.independent_origins if best else None, faults
    )


def _copied(line: Line, articles: Sequence[Article]) -> tuple[Evidence, ...]:
    """Where the sentence stands in what is not a report's own prose: a caption says things too."""
    surface = [re.escape(w.of(line.text)) for w in words(line.text, line.span)]
    if len(surface) < LITTLE:
        return ()
    pattern = re.compile(r"\W+".join(surface))
    return tuple(Evidence(a.id, Span(*m.span())) for a in articles for m in [pattern.search(a.text)] if m)


def _standing_behind(line: Line, near: Sequence[Match], shelf: Shelf) -> list[Match]:
    """The sentences that say it: each by itself, or the two nearest between them."""
    alone = [m for m in near if m.share >= BEHIND or m.verbatim]
    if alone or len(near) < 2:
        return alone
    both = [near[0], *(m for m in near[1:4] if (m.line.lemmas - near[0].line.lemmas) & line.lemmas)][:2]
    shared = frozenset().union(*(m.line.lemmas for m in both)) & line.lemmas
    return both if len(both) == 2 and shelf.worth(shared) >= TOGETHER * shelf.worth(line.lemmas) else []


def _near(line: Line, shelf: Shelf, mates: Mapping[str, Sequence[Line]]) -> list[Match]:
    """The sentences that share its words, and those that make the same claim in others."""
    found = shelf.matches(line, 0.2)
    known = {(m.line.report, m.line.span) for m in found}
    for other in (x for s in line.statements for x in mates.get(s.id, ())):
        if (other.report, other.span) not in known:
            known.add((other.report, other.span))
            found.append(Match(other, BEHIND, verbatim=False))
    return found


def _mates(own: Sequence[Line], lines: Sequence[Line], claims: Sequence[Claim]) -> dict[str, list[Line]]:
    """By the draft's statements: the reports' sentences that make the same claim."""
    mine = {s.id for line in own for s in line.statements}
    where = {s.id: line for line in lines for s in line.statements}
    found: dict[str, list[Line]] = {}
    for claim in claims:
        for s in claim.statements:
            if s in mine:
                found[s] = [where[o] for o in claim.statements if o in where]
    return found


def _order(articles: Sequence[Article]) -> dict[str, int]:
    """Which report came first, as far as their dates say."""
    dated = sorted(articles, key=lambda a: (a.published is None, a.published or "", a.id))
    return {a.id: n for n, a in enumerate(dated)}


def _backing_of(account: Account) -> dict[str, Backing]:
    """What stands behind each statement's claim."""
    backing = {b.claim: b for b in account.backings}
    return {s: backing[c.id] for c in account.claims for s in c.statements if c.id in backing}
