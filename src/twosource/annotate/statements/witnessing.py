"""What a witness goes on to tell: who saw one thing happen saw the next, though "I saw" is said but once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from twosource.annotate.statements.tree import Tree
from twosource.model import Statement

_REACH = 800  # characters between what somebody says to have seen and what else they tell of it
# Verbs that tell how things or people were rather than what happened, and what nobody else can see.
_STATES = frozenset(
    "be have know like love want think believe feel seem appear live work use belong mean need hope wish wonder guess hear learn "
    "understand remember realize realise get call say tell ask".split()
)
_HABITS = frozenset({"always", "never", "often", "usually", "sometimes"})


def with_witnesses(found: Sequence[Statement], trees: Iterable[Tree]) -> list[Statement]:
    """The statements, those that tell in the past what happened marked as seen where the same voice says near by that it saw."""
    seen = [s for s in found if s.basis == "witnessed" and s.who and s.kind != "reporter"]
    if not seen:
        return list(found)
    rows = sorted(trees, key=lambda t: t.sentence.span)
    return [
        replace(s, basis="witnessed")
        if s.basis == "unstated"
        and any(s.who == w.who and s.kind == w.kind and _near(s, w) for w in seen)
        and _tells_a_deed(s, rows)
        else s
        for s in found
    ]


def _near(a: Statement, b: Statement) -> bool:
    return abs(a.content[0].start - b.content[0].start) <= _REACH


def _tells_a_deed(s: Statement, rows: Sequence[Tree]) -> bool:
    """Whether the first finite verb of what is said is one of doing, in the past, and not of a habit."""
    if s.certainty != "asserted" or s.stance != "asserts":
        return False
    inside = [
        w
        for tree in rows
        if any(tree.sentence.span.overlaps(c) for c in s.content)
        for w in tree.words
        if any(c.holds(w.span) for c in s.content)
    ]
    if any(w.text.lower() in _HABITS for w in inside):
        return False
    first = next((w for w in inside if w.tag in {"VBD", "VBP", "VBZ", "MD"}), None)
    return first is not None and first.tag == "VBD" and first.lemma.lower() not in _STATES
