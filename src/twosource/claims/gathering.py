"""Statements that say the same, in whatever words and by whomever, brought together into claims."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from twosource.claims.alike import Alikeness, alikeness
from twosource.claims.answers import answered
from twosource.claims.blocks import candidates
from twosource.claims.groups import grouped
from twosource.claims.lexicon import lexicon
from twosource.claims.numbers import Counts, differing
from twosource.claims.points import Point, points
from twosource.claims.rank import event_times, is_background, is_earlier, ranked
from twosource.claims.rivals import Rivals
from twosource.claims.ruling import Group, ruled
from twosource.claims.wording import worded
from twosource.model import Annotation, Article, Claim, Ruling
from twosource.resolve import Cast
from twosource.text import make_id

_AGAIN = re.compile(
    r"\bnot (?:for )?the first time\b", re.IGNORECASE
)  # what happened then is not what happened now


def gather(
    articles: Sequence[Article],
    annotations: Sequence[Annotation],
    cast: Cast,
    rulings: Sequence[Ruling] = (),
) -> list[Claim]:
    """The claims of an incident, the most important first; every statement that says something is in exactly one.

    Denials of a claim are among its statements. Too narrow is better than too wide: two statements that count the
    same thing differently are two claims, and where numbers merely come near each other `why` says so.
    People's `rulings` on what says the same have the last word.
    """
    found = points(articles, annotations, cast)
    nodes = _distinct(found)
    alike = alikeness(nodes)
    when = event_times(found)
    traits = [_traits(point, n, alike, when) for n, point in enumerate(alike.points)]

    def may_join(a: list[int], b: list[int]) -> bool:
        ours, theirs = ({traits[n] for n in row} for row in (a, b))
        return not any(_apart(p, q, alike.counts) for p in ours for q in theirs)

    pairs = candidates(alike.points, alike.rarity)
    weights = lexicon().weights
    close = alike.reaching(pairs, weights["threshold"])
    rivals = Rivals(nodes, close)

    def score(i: int, j: int) -> float:
        return rivals.lessened(i, j, alike.score(i, j))

    told = {pair: rivals.lessened(*pair, value) for pair, value in close.items()}
    groups = grouped(len(nodes), told, score, weights["mean"], may_join)
    groups = answered(groups, nodes, alike, pairs, articles)
    made = [_claim(group, alike, when) for group in ruled(groups, nodes, rulings, alike.score)]
    return ranked(made, articles)


@dataclass(frozen=True, slots=True)
class _Traits:
    """What keeps a point from saying the same as others; many points share theirs."""

    again: bool
    numbers: int  # its row of `Counts`
    earlier: bool | None  # None where it names no time


def _traits(point: Point, n: int, alike: Alikeness, when: frozenset[str]) -> _Traits:
    again = _AGAIN.search(point.text) is not None
    return _Traits(again, alike.counts.of[n], is_earlier(point.times, when) if point.times else None)


def _apart(p: _Traits, q: _Traits, counts: Counts) -> bool:
    """Whether two points cannot say the same: by their numbers, or as one alone tells of months or times before."""
    numbers = counts.compared(p.numbers, q.numbers)
    if p.again != q.again or numbers.clash or numbers.apart:
        return True
    return None not in (p.earlier, q.earlier) and p.earlier != q.earlier


def _distinct(found: list[Point]) -> list[list[Point]]:
    """Points in groups of the same words (and the same polarity), so that a copy costs and changes nothing."""
    by_key: dict[tuple[str, bool], list[Point]] = {}
    for point in found:
        by_key.setdefault((point.key, point.negative), []).append(point)
    return [by_key[key] for key in sorted(by_key)]


def _claim(group: Group, alike: Alikeness, when: frozenset[str]) -> tuple[Claim, list[Point]]:
    wordings = sorted(group.wordings)
    members = sorted(
        (p for n in wordings for p in group.wordings[n]),
        key=lambda p: (p.report, p.statement.content, p.statement.id),
    )
    wording = worded([group.wordings[n] for n in wordings], [_centrality(n, wordings, alike) for n in wordings])  # fmt: skip
    reports = len({p.report for p in members})
    why = f"{len(members)} statement{'s' * (len(members) != 1)} of {reports} report{'s' * (reports != 1)}"
    if len(wordings) > 1:
        why += f" in {len(wordings)} wordings that share {_shared_words(group)}"
    elif len(members) > 1:
        why += " in the same words"
    if differing([q for p in members for q in p.quantities]):
        why += "; the numbers in them differ"
    claim = Claim(
        id=make_id("c", *sorted(p.statement.id for p in members)),
        text=wording.text,
        worded=wording.statement,
        unframed=wording.said,
        event="background" if is_background(members, when) else "main",
        statements=tuple(p.statement.id for p in members),
        why=" ".join([why + ".", *group.decided]),
        decided=tuple(group.decided),
    )
    return claim, members


def _centrality(n: int, wordings: list[int], alike: Alikeness) -> float:
    others = [m for m in wordings[:24] if m != n]
    return sum(alike.score(min(n, m), max(n, m)) for m in others) / len(others) if others else 1.0


def _shared_words(group: Group) -> str:
    counts: dict[str, int] = {}
    for n in sorted(group.wordings):
        for lemma in group.wordings[n][0].lemmas:
            counts[lemma] = counts.get(lemma, 0) + 1
    top = sorted(counts, key=lambda x: (-counts[x], x))[:4]
    return ", ".join(f"“{x}”" for x in top)
