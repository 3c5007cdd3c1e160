"""What two reports share: passages, relation, the older as far as the two say, and what changed."""

from __future__ import annotations

from dataclasses import dataclass

from twosource.model import Reuse
from twosource.reuse.changes import changes
from twosource.reuse.direction import may_grow, stated
from twosource.reuse.overlap import measure, passages
from twosource.reuse.passages import runs
from twosource.reuse.prose import Prose
from twosource.reuse.relation import relate


@dataclass(frozen=True, slots=True)
class Judged:
    """A pair with what its order is judged by, before its family is known."""

    shared: Reuse
    ours: float  # the share of our words that they have, and the share of theirs that we have
    theirs: float
    sizes: tuple[int, int]  # words
    grows: bool  # the two may be versions of one article


def judge(one: Prose, other: Prose) -> Judged | None:
    """What two reports share, if anything."""
    a, b = (one, other) if one.id < other.id else (other, one)
    shared = runs(a, b)
    if not shared:
        return None
    overlap = measure(a, b, shared)
    verdict = relate(a.article, b.article, overlap)
    older, reason = stated(a.article, b.article)
    found = Reuse(
        a=a.id,
        b=b.id,
        relation=verdict.relation,
        containment=round(overlap.containment, 4),
        older=older,
        passages=passages(a, b, shared),
        why=verdict.why + (f" {older} is older: {reason}." if older else ""),
        changes=changes(a, b, shared) if verdict.relation in ("same_text", "revised") else (),
    )
    grows = may_grow(a.article, b.article, verdict.relation)
    return Judged(found, overlap.ours, overlap.theirs, (len(a), len(b)), grows)
