"""How much of two reports is common text, counted in words and sentences outside quotation marks and inside."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from twosource.model import Passage
from twosource.reuse.passages import Run
from twosource.reuse.prose import Layout, Prose

Flags = npt.NDArray[np.bool_]

PROSE_WORDS = (
    6  # a sentence needs this many words of its own outside quotation marks to count as running prose
)
PROSE_SHARE = 0.6  # … and this share of them in common


@dataclass(frozen=True, slots=True)
class Overlap:
    """What two reports have in common; shares are of each report's own words, 0 to 1."""

    ours: float
    theirs: float
    prose: int  # sentences of running prose in common: the smaller count of the two sides
    prose_words: int  # words in common outside quotation marks
    quoted_words: int  # words in common inside quotation marks
    longest: int  # words in the longest common run outside quotation marks
    lead: bool  # the first sentence of either is largely in the other

    @property
    def containment(self) -> float:
        """The share of the report that has the most of its words in the other."""
        return max(self.ours, self.theirs)


def measure(ours: Prose, theirs: Prose, shared: Sequence[Run], a: Layout, b: Layout) -> Overlap:
    """Count the words and sentences that the runs cover."""
    in_a, in_b = np.zeros(len(ours), dtype=bool), np.zeros(len(theirs), dtype=bool)
    longest = 0
    for r in shared:
        in_a[r.a : r.a + r.length] = True
        in_b[r.b : r.b + r.length] = True
        free = ~(a.quoted[r.a : r.a + r.length] | b.quoted[r.b : r.b + r.length])
        longest = max(longest, _longest(free))
    sa, la = _sentences(in_a, a)
    sb, lb = _sentences(in_b, b)
    return Overlap(
        ours=float(in_a.mean()) if len(ours) else 0.0,
        theirs=float(in_b.mean()) if len(theirs) else 0.0,
        prose=min(sa, sb),
        prose_words=int(min((in_a & ~a.quoted).sum(), (in_b & ~b.quoted).sum())),
        quoted_words=int(min((in_a & a.quoted).sum(), (in_b & b.quoted).sum())),
        longest=longest,
        lead=la or lb,
    )


def passages(ours: Prose, theirs: Prose, shared: Sequence[Run], a: Layout, b: Layout) -> tuple[Passage, ...]:
    """The runs as stretches of characters; those wholly inside quotation marks, in either report, are marked so."""
    found = []
    for r in shared:
        quotation = bool(a.quoted[r.a : r.a + r.length].all() or b.quoted[r.b : r.b + r.length].all())
        found.append(Passage(ours.span(r.a, r.a + r.length), theirs.span(r.b, r.b + r.length), quotation))
    return tuple(found)


def _longest(free: Flags) -> int:
    edges = np.flatnonzero(np.diff(np.concatenate(([0], free.astype(np.int8), [0]))))
    return int((edges[1::2] - edges[::2]).max()) if len(edges) else 0


def _sentences(covered: Flags, layout: Layout) -> tuple[int, bool]:
    """How many sentences of running prose are common text, and whether the first is one."""
    own = np.bincount(layout.sentence, weights=~layout.quoted, minlength=layout.count)
    common = np.bincount(layout.sentence, weights=~layout.quoted & covered, minlength=layout.count)
    counts = (own >= PROSE_WORDS) & (common >= PROSE_SHARE * own)
    first = np.flatnonzero(own >= PROSE_WORDS)
    return int(counts.sum()), bool(len(first) and counts[first[0]])
