"""All pairs of reports that share something, found without comparing every two."""

from __future__ import annotations

from collections.abc import Sequence

from twosource.model import Article, Reuse
from twosource.reuse.direction import older
from twosource.reuse.fingerprints import fingerprints, pairs
from twosource.reuse.overlap import measure, passages
from twosource.reuse.passages import runs
from twosource.reuse.prose import Layout, Prose, Vocabulary, layout_of, prose_of
from twosource.reuse.relation import relate


def compare(articles: Sequence[Article]) -> list[Reuse]:
    """Every pair that shares a passage, `a` < `b`, in the order of ids; the order of the articles doesn't matter.

    A pair is judged by its own two texts, so a report that shares nothing with them changes nothing.
    """
    vocabulary = Vocabulary()
    ordered = sorted(articles, key=lambda x: (x.published or "9999", x.id))
    prose = [prose_of(x, vocabulary) for x in ordered]
    layouts: dict[str, Layout] = {}
    found = []
    for i, j in pairs([fingerprints(p.codes) for p in prose]):
        a, b = sorted((prose[int(i)], prose[int(j)]), key=lambda p: p.id)
        shared = judge(a, b, layouts)
        if shared:
            found.append(shared)
    return sorted(found, key=lambda r: (r.a, r.b))


def judge(a: Prose, b: Prose, layouts: dict[str, Layout]) -> Reuse | None:
    """What two reports share, if anything; `layouts` keeps what was found out about a report for its next pair."""
    shared = runs(a, b)
    if not shared:
        return None
    for p in (a, b):
        if p.id not in layouts:
            layouts[p.id] = layout_of(p)
    overlap = measure(a, b, shared, layouts[a.id], layouts[b.id])
    verdict = relate(a.article, b.article, overlap)
    first, reason = older(a.article, b.article, verdict.relation, overlap, (len(a), len(b)))
    return Reuse(
        a=a.id,
        b=b.id,
        relation=verdict.relation,
        containment=round(overlap.containment, 4),
        older=first,
        passages=passages(a, b, shared, layouts[a.id], layouts[b.id]),
        why=verdict.why + (f" {first} is older: {reason}." if first else ""),
    )
