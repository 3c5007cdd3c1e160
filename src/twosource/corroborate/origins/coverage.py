"""Whether what somebody says covers a claim, or only a part of it: two of four dead, that a boy was shot who later died."""

from __future__ import annotations

import re
from collections.abc import Sequence

from twosource.claims import Point
from twosource.corroborate.origins.contraries import is_dead
from twosource.corroborate.origins.sameness import Sayings
from twosource.text.numbers import CARDINAL, parse_number

_FATES = ("killed", "injured", "missing", "arrested")
_PART = re.compile(
    rf"\b(?P<n>{CARDINAL}) of (?:the|those|these|them|whom)\b(?: (?P<whole>{CARDINAL})\b)?", re.IGNORECASE
)
_LONGEST = 600  # characters of a content that are looked at


def worded_as(worded: str | None, members: Sequence[Point]) -> tuple[Point, ...]:
    """The statements of a claim whose words it is given in, by the id of one of them."""
    own = next((p.key for p in members if p.statement.id == worded), None)
    return tuple(p for p in members if own is not None and p.key == own)


def covers(said: Sayings, a: Point, b: Point) -> bool:
    """Whether the first says what the second mainly says; that somebody was shot doesn't cover that he died."""
    if is_dead(b.text) and not is_dead(a.text):
        return False
    return said.bears_out(a.statement.id, b.statement.id)


def is_part(a: Point, b: Point) -> bool:
    """Whether the first is of some only of those whom the second counts: "two of the victims", of four who died."""
    whole = {q.role: q.low for q in b.quantities if q.role in _FATES and q.low == q.high and q.low > 1}
    if not whole or any(q.role in whole and q.low == whole[q.role] for q in a.quantities):
        return False
    for m in _PART.finditer(a.text[:_LONGEST]):
        n, of = parse_number(m["n"]), parse_number(m["whole"]) if m["whole"] else None
        if n is not None and n < max(whole.values()) and of not in whole.values():
            return True
    return False
