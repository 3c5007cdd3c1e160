"""What changed between two versions of a text: sentences added and removed, numbers, names and words put in place of others."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from twosource.model import Change, Span
from twosource.reuse.passages import Run
from twosource.reuse.prose import Prose

LONG = 40  # a replaced stretch longer than this on one side is text removed and text added, not a wording


def changes(ours: Prose, theirs: Prose, shared: Sequence[Run]) -> tuple[Change, ...]:
    """The differences in the order of our text; `added` is in theirs only, `removed` in ours only.

    Text that only stands elsewhere in the other version is not a change.
    """
    found: list[Change] = []
    at_a = at_b = 0
    for r in [*_in_line(shared), Run(len(ours), len(theirs), 0)]:
        found += _between(
            ours, theirs, _left(ours, shared, at_a, r.a, 0), _left(theirs, shared, at_b, r.b, 1)
        )
        at_a, at_b = r.a + r.length, r.b + r.length
    return tuple(found)


def _in_line(shared: Sequence[Run]) -> list[Run]:
    """The runs that come in the same order in both texts, as many words of them as can be."""
    runs = sorted(shared)
    if not runs:
        return []
    best = np.array([r.length for r in runs], dtype=np.int64)
    before = [-1] * len(runs)
    ends = np.array([r.b + r.length for r in runs])
    for i, r in enumerate(runs):
        fits = np.flatnonzero(ends[:i] <= r.b)
        if len(fits):
            top = int(fits[np.argmax(best[fits])])
            best[i] += best[top]
            before[i] = top
    kept, i = [], int(np.argmax(best))
    while i >= 0:
        kept.append(runs[i])
        i = before[i]
    return kept[::-1]


def _left(prose: Prose, shared: Sequence[Run], start: int, end: int, side: int) -> list[tuple[int, int]]:
    """The words of a gap that no run covers, as stretches within one block."""
    free = np.ones(max(0, end - start), dtype=bool)
    for r in shared:
        at = (r.b if side else r.a) - start
        if at < len(free) and at + r.length > 0:
            free[max(0, at) : at + r.length] = False
    found: list[tuple[int, int]] = []
    for i in np.flatnonzero(free).tolist():
        word = start + i
        if found and found[-1][1] == word and prose.block[word - 1] == prose.block[word]:
            found[-1] = (found[-1][0], word + 1)
        else:
            found.append((word, word + 1))
    return found


def _between(ours: Prose, theirs: Prose, a: list[tuple[int, int]], b: list[tuple[int, int]]) -> list[Change]:
    if len(a) == 1 and len(b) == 1 and max(a[0][1] - a[0][0], b[0][1] - b[0][0]) <= LONG:
        return [_replaced(ours.article.text, theirs.article.text, ours.span(*a[0]), theirs.span(*b[0]))]
    return [
        *(Change("removed", ours.span(s, e), None) for s, e in a),
        *(Change("added", None, theirs.span(s, e)) for s, e in b),
    ]


def _replaced(ours: str, theirs: str, a: Span, b: Span) -> Change:
    x, y = a.of(ours), b.of(theirs)
    if any(c.isdigit() for c in x) and any(c.isdigit() for c in y):
        return Change("number", a, b)
    if _named(x) and _named(y):
        return Change("name", a, b)
    return Change("wording", a, b)


def _named(text: str) -> bool:
    """Whether every longer word is capitalised."""
    long_ = [w for w in text.split() if len(w) > 3]
    return bool(long_) and all(w[:1].isupper() for w in long_)
