"""A claim's text is in the words of somebody who counts for it, never of one who contradicts it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from twosource.claims.points import Point, points
from twosource.claims.wording import worded
from twosource.model import Annotation, Article, Backing, Claim
from twosource.resolve import Cast


def reworded(
    claims: Sequence[Claim],
    backings: Sequence[Backing],
    articles: Sequence[Article],
    annotations: Sequence[Annotation],
    cast: Cast,
) -> list[Claim]:
    """The claims; those whose text was given by a statement that stands behind none of their origins are worded anew.

    "It was within the limit" is gathered with the "it was speeding" that it answers: whose words say what is claimed is
    only known once the two sides are told apart.
    """
    counted = {b.claim: frozenset(s for o in b.origins for s in o.statements) for b in backings}
    wrong = {c.id for c in claims if counted[c.id] and c.worded not in counted[c.id]}
    wanted = frozenset().union(*(counted[i] for i in wrong))
    if not wanted:
        return list(claims)
    some = [
        replace(a, statements=tuple(s for s in a.statements if s.id in wanted))
        for a in annotations
        if any(s.id in wanted for s in a.statements)
    ]
    told = {p.statement.id: p for p in points(articles, some, cast)}
    return [
        _anew(c, [told[s] for s in c.statements if s in counted[c.id] and s in told]) if c.id in wrong else c
        for c in claims
    ]


def _anew(claim: Claim, counting: Sequence[Point]) -> Claim:
    by_words: dict[str, list[Point]] = {}
    for point in counting:
        by_words.setdefault(point.key, []).append(point)
    if not by_words:
        return claim
    wording = worded([by_words[key] for key in sorted(by_words)], [0.0] * len(by_words))
    return replace(claim, text=wording.text, worded=wording.statement, unframed=wording.said)
