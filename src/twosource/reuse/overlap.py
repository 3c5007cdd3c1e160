"""How much of two reports is common text, counted in words and sentences outside quotation marks and inside."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from twosource.reuse.encoding import Places
from twosource.reuse.passages import Run
from twosource.reuse.prose import Prose

PROSE_WORDS = (
    6  # a sentence needs this many words of its own outside quotation marks to count as running prose
)
PROSE_SHARE = 0.6  # … and this share of them in common
LEAST = 25  # words in common, outside quotation marks, below which sentences are not counted: they would say nothing
SAME = 0.9  # of both reports' own words in common: what is left is furniture and tiny edits


Stretch = tuple[int, int, int, int, bool]  # characters in ours and in theirs; whether nothing but a quotation


@dataclass(frozen=True, eq=False)
class Overlap:
    """What two reports have in common; shares are of each report's own words, 0 to 1."""

    ours: float
    theirs: float
    prose_words: int  # words in common outside quotation marks
    quoted_words: int  # words in common inside quotation marks
    count: Callable[
        [], int
    ]  # the sentences, which are found only where it takes them to tell what two reports are

    @property
    def containment(self) -> float:
        """The share of the report that has the most of its words in the other."""
        return max(self.ours, self.theirs)

    @cached_property
    def prose(self) -> int:
        """Sentences of running prose in common: the smaller count of the two sides."""
        return self.count()


def measure(ours: Prose, theirs: Prose, shared: Sequence[Run]) -> Overlap:
    """Count the words that the runs cover."""
    first_a, first_b, length = _columns(shared)
    common = int(length.sum())
    told = [int(_between(x.quoted, first, length).sum()) for x, first in ((ours, first_a), (theirs, first_b))]
    return Overlap(
        ours=common / len(ours),
        theirs=common / len(theirs),
        prose_words=common - max(told),
        quoted_words=min(told),
        count=lambda: min(_sentences(first_a, length, ours), _sentences(first_b, length, theirs)),
    )


def passages(ours: Prose, theirs: Prose, shared: Sequence[Run]) -> list[Stretch]:
    """The runs as stretches of characters; those wholly inside quotation marks, in either report, are marked so."""
    first_a, first_b, length = _columns(shared)
    told = (_between(ours.quoted, first_a, length) == length) | (
        _between(theirs.quoted, first_b, length) == length
    )
    return list(
        zip(*ours.stretches(first_a, length), *theirs.stretches(first_b, length), told.tolist(), strict=True)
    )


def _columns(shared: Sequence[Run]) -> tuple[Places, Places, Places]:
    rows = np.array([(r.a, r.b, r.length) for r in shared], dtype=np.int64)
    return rows[:, 0], rows[:, 1], rows[:, 2]


def _between(before: Places | None, first: Places, length: Places) -> Places:
    """How many words of each run count, given how many before each word do."""
    return np.zeros_like(first) if before is None else before[first + length] - before[first]


def _sentences(first: Places, length: Places, prose: Prose) -> int:
    """How many sentences of running prose are common text."""
    turns = np.zeros(len(prose) + 1, dtype=np.int8)
    turns[first] = 1
    turns[first + length] -= 1  # runs never overlap, but one may begin where another ends
    covered = np.cumsum(turns)
    if prose.quoted is not None:
        covered[:-1] *= prose.quoted[1:] == prose.quoted[:-1]
    before = np.cumsum(covered) - covered
    common = np.diff(before[prose.edges])
    return int(((prose.own >= PROSE_WORDS) & (common >= PROSE_SHARE * prose.own)).sum())
