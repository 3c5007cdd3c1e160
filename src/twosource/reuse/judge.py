"""What two reports share: passages, relation, the older as far as the two say, and what changed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from twosource.model import Change, Passage, RelationName, Reuse, Span
from twosource.reuse.changes import Differing, changes
from twosource.reuse.direction import Growth, may_grow, stated
from twosource.reuse.overlap import Stretch, measure, passages
from twosource.reuse.passages import runs
from twosource.reuse.prose import Prose
from twosource.reuse.relation import relate


class Judged(NamedTuple):
    """A pair with what its order is judged by, before its family is known; plain numbers, since it travels between processes."""

    a: str
    b: str
    relation: RelationName
    containment: float
    older: str | None
    why: str
    passages: Sequence[Stretch]
    changes: Sequence[Differing]
    ours: float  # the share of our words that they have, and the share of theirs that we have
    theirs: float
    growth: tuple[Growth, Growth] | None  # None unless the two may be versions of one article

    def shared(self, older: str | None, why: str) -> Reuse:
        """The pair as others see it, with the older of the two once that is settled."""
        return Reuse(
            a=self.a,
            b=self.b,
            relation=self.relation,
            containment=self.containment,
            older=older,
            passages=tuple(
                Passage(Span(s, e), Span(t, f), quotation) for s, e, t, f, quotation in self.passages
            ),
            why=why,
            changes=tuple(
                Change(kind, Span(*one) if one else None, Span(*other) if other else None)
                for kind, one, other in self.changes
            ),
        )


def judge(one: Prose, other: Prose) -> Judged | None:
    """What two reports share, if anything."""
    a, b = (one, other) if one.id < other.id else (other, one)
    shared = runs(a, b)
    if not shared:
        return None
    overlap = measure(a, b, shared)
    verdict = relate(a.article, b.article, overlap)
    older, reason = stated(a.article, b.article)
    return Judged(
        a=a.id,
        b=b.id,
        relation=verdict.relation,
        containment=round(overlap.containment, 4),
        older=older,
        why=verdict.why + (f" {older} is older: {reason}." if older else ""),
        passages=passages(a, b, shared),
        changes=changes(a, b, shared) if verdict.relation in ("same_text", "revised") else (),
        ours=overlap.ours,
        theirs=overlap.theirs,
        growth=_growth(a, b) if may_grow(a.article, b.article, verdict.relation) else None,
    )


def _growth(a: Prose, b: Prose) -> tuple[Growth, Growth]:
    return Growth(len(a), a.figures), Growth(len(b), b.figures)
