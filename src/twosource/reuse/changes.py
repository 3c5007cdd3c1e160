"""What changed between two versions of a text: sentences added and removed, numbers, names and words put in place of others."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Literal

from twosource.reuse.passages import Run
from twosource.reuse.prose import Prose

Kind = Literal["added", "removed", "number", "name", "wording"]
Differing = tuple[Kind, tuple[int, int] | None, tuple[int, int] | None]  # characters in ours and in theirs

LONG = 40  # a replaced stretch longer than this on one side is text removed and text added, not a wording


def changes(ours: Prose, theirs: Prose, shared: Sequence[Run]) -> list[Differing]:
    """The differences in the order of our text; `added` is in theirs only, `removed` in ours only.

    Text that only stands elsewhere in the other version is not a change.
    """
    left_a = _left(len(ours), ours.cuts, [(r.a, r.length) for r in shared])
    left_b = _left(len(theirs), theirs.cuts, sorted((r.b, r.length) for r in shared))
    found: list[Differing] = []
    at_a = at_b = 0
    for r in [*_in_line(shared), Run(len(ours), len(theirs), 0)]:
        past_a, past_b = bisect_left(left_a, (r.a, 0)), bisect_left(left_b, (r.b, 0))
        found += _between(ours, theirs, left_a[at_a:past_a], left_b[at_b:past_b])
        at_a, at_b = past_a, past_b
    return found


def _in_line(shared: Sequence[Run]) -> list[Run]:
    """The runs that come in the same order in both texts, as many words of them as can be."""
    runs = sorted(shared)
    if len(runs) < 2:
        return runs
    before = [-1] * len(runs)
    ends = [0]  # of chains in their text, ascending, each worth more than the one before it
    worth, last = [0], [-1]
    for i, r in enumerate(runs):
        top = bisect_right(ends, r.b) - 1
        before[i] = last[top]
        end, value = r.b + r.length, worth[top] + r.length
        at = bisect_left(ends, end)
        if worth[at - 1] >= value:
            continue
        past = at
        while past < len(ends) and worth[past] <= value:
            past += 1
        ends[at:past], worth[at:past], last[at:past] = [end], [value], [i]
    kept, i = [], last[-1]
    while i >= 0:
        kept.append(runs[i])
        i = before[i]
    return kept[::-1]


def _left(words: int, cuts: tuple[int, ...], covered: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """The words that no run covers, as stretches that no furniture interrupts; `covered` in order."""
    found: list[tuple[int, int]] = []
    at = 0
    for first, length in [*covered, (words, 0)]:
        if at < first:
            inner = cuts[bisect_right(cuts, at) : bisect_left(cuts, first)]
            found += pairwise((at, *inner, first))
        at = first + length
    return found


def _between(
    ours: Prose, theirs: Prose, a: list[tuple[int, int]], b: list[tuple[int, int]]
) -> list[Differing]:
    if len(a) == 1 and len(b) == 1 and max(a[0][1] - a[0][0], b[0][1] - b[0][0]) <= LONG:
        one, other = ours.stretch(*a[0]), theirs.stretch(*b[0])
        return [(_kind(ours.article.text[slice(*one)], theirs.article.text[slice(*other)]), one, other)]
    removed: list[Differing] = [("removed", ours.stretch(s, e), None) for s, e in a]
    return removed + [("added", None, theirs.stretch(s, e)) for s, e in b]


def _kind(x: str, y: str) -> Kind:
    """What it is that was put in place of something else."""
    if any(c.isdigit() for c in x) and any(c.isdigit() for c in y):
        return "number"
    return "name" if _named(x) and _named(y) else "wording"


def _named(text: str) -> bool:
    """Whether every longer word is capitalised."""
    long_ = [w for w in text.split() if len(w) > 3]
    return bool(long_) and all(w[:1].isupper() for w in long_)
