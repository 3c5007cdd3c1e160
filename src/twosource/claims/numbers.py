"""Numbers of statements: whether they count the same thing, and whether both can be right."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from twosource.model import Quantity

_FATES = frozenset(("killed", "injured", "missing", "arrested", "evacuated", "rescued", "kidnapped"))
_SEX = {"man": "male", "male": "male", "boy": "male", "woman": "female", "female": "female", "girl": "female"}
_PARTS = frozenset((*_SEX, "child", "teenager", "teen", "adult", "infant", "baby", "toddler"))
_KNOWN = 2_000_000  # comparisons remembered of one incident
_CLOSE = 0.2  # "almost three metres" and "three and a half" still tell one story; 3 and 5 do not


def agree(x: Quantity, y: Quantity) -> bool:
    """Whether two numbers of like things can both be right: their intervals meet."""
    return alike_counted(x, y) and meets(x, y)


def alike_counted(x: Quantity, y: Quantity) -> bool:
    """Whether two numbers count the same thing, as far as their words show."""
    if x.unit != y.unit or (x.role == "age") != (y.role == "age"):
        return False
    if x.role and y.role:
        return x.role == y.role
    if x.of is None or y.of is None:
        return x.of == y.of and x.unit is not None
    return bool(set(x.of.split()) & set(y.of.split()))


def meets(x: Quantity, y: Quantity) -> bool:
    """Whether the intervals have a point in common; no upper bound reaches everything above."""
    high_x, high_y = (math.inf if q.high is None else q.high for q in (x, y))
    return x.low <= high_y and y.low <= high_x


def near(x: Quantity, y: Quantity) -> bool:
    """Whether two measured (not small counted) numbers lie within a fifth of each other."""
    gap = max(x.low, y.low) - min(x.low if x.high is None else x.high, y.low if y.high is None else y.high)
    return (
        gap <= _CLOSE * max(abs(x.low), abs(y.low)) and max(abs(x.low), abs(y.low)) >= 1 and _measured(x, y)
    )


def _measured(x: Quantity, y: Quantity) -> bool:
    return max(x.low, y.low) >= 20 or x.unit not in (None, "person")


def added(quantities: Sequence[Quantity]) -> list[Quantity]:
    """The numbers with the sum of what befell men and women: two men and two women killed are four people.

    Kinds that may hold each other are not added up: four people, two of them children, are four.
    """
    found = list(quantities)
    for role in sorted({q.role for q in quantities if q.role in _FATES}, key=str):
        parts = [q for q in quantities if q.role == role and q.high == q.low and q.unit in (None, "person")]
        kinds = {_SEX.get(_head(q)) for q in parts}
        if len(parts) == len(kinds) > 1 and None not in kinds:
            total = sum(q.low for q in parts)
            found.append(replace(parts[0], low=total, high=total, of="person"))
    return found


def clash(mine: Sequence[Quantity], theirs: Sequence[Quantity]) -> bool:
    """Whether both count the same thing and no number of it agrees or comes near: 3 killed against 5 killed.

    A part is no clash with its whole: two women killed can be of four people killed. An age that tells who is meant counts too:
    a woman in her thirties is not the one in her twenties.
    """
    if not mine or not theirs:
        return False
    if _others_by_age(mine, theirs):
        return True
    pairs = [
        (x, y)
        for x in added(mine)
        for y in added(theirs)
        if alike_counted(x, y) and x.role != "age" and not _part_of(x, y) and not _part_of(y, x)
    ]
    if bool(pairs) and not any(meets(x, y) or near(x, y) for x, y in pairs):
        return True
    # One distance in common does not make four killed and three killed the same.
    fates = {x.role for x, _ in pairs if x.role in _FATES}
    return any(not any(meets(x, y) or near(x, y) for x, y in pairs if x.role == role) for role in fates)


def _others_by_age(mine: Sequence[Quantity], theirs: Sequence[Quantity]) -> bool:
    """Whether both tell people by a range of years, as one does who has no name for them, and no two ranges meet."""
    ours, others = (
        [q for q in row if q.role == "age" and q.high is not None and q.high > q.low]
        for row in (mine, theirs)
    )
    return bool(ours and others) and not any(meets(x, y) for x in ours for y in others)


def _head(quantity: Quantity) -> str:
    return (quantity.of or "").split(" ")[-1]


def _part_of(x: Quantity, y: Quantity) -> bool:
    """Whether x may be some of y: so many men, women or children among so many people."""
    return (
        _head(x) in _PARTS
        and _head(y) not in _PARTS
        and x.unit in (None, "person")
        and (y.high is None or x.low < y.high)
    )


def same_fate(mine: Sequence[Quantity], theirs: Sequence[Quantity]) -> bool:
    """Whether both tell that the same befell as many people, in whatever words: four killed, two men and two women dead."""
    return any(
        x.role in _FATES
        and x.role == y.role
        and _head(x) not in _PARTS
        and _head(y) not in _PARTS
        and meets(x, y)
        for x in added(mine)
        for y in added(theirs)
    )


def fates_apart(mine: Sequence[Quantity], theirs: Sequence[Quantity]) -> bool:
    """Whether both say what befell a number of people, and not the same: some were killed, others taken to hospital."""
    a, b = ({q.role for q in row} & _FATES for row in (mine, theirs))
    return bool(a and b) and not a & b


@dataclass(frozen=True, slots=True)
class Compared:
    """How the numbers of two statements stand to each other."""

    agree: bool
    fate: bool
    clash: bool
    apart: bool


_NOTHING = Compared(False, False, False, False)


class Counts:
    """The numbers of many statements; those that differ only in where they stand are compared once."""

    def __init__(self, rows: Iterable[Sequence[Quantity]]) -> None:
        numbered: dict[tuple[object, ...], int] = {(): 0}
        self._rows: list[Sequence[Quantity]] = [()]
        self.of: list[int] = []  # each statement's row; 0 holds no number
        for row in rows:
            n = numbered.setdefault(tuple((q.low, q.high, q.unit, q.role, q.of) for q in row), len(numbered))
            if n == len(self._rows):
                self._rows.append(row)
            self.of.append(n)
        self._known: dict[tuple[int, int], Compared] = {}

    def compared(self, a: int, b: int) -> Compared:
        """Two rows, by their numbers in `of`."""
        if not a or not b:
            return _NOTHING
        found = self._known.get((a, b))
        if found is None:
            mine, theirs = self._rows[a], self._rows[b]
            found = Compared(
                any(agree(x, y) for x in mine for y in theirs),
                same_fate(mine, theirs),
                clash(mine, theirs),
                fates_apart(mine, theirs),
            )
            if len(self._known) < _KNOWN:
                self._known[a, b] = found
        return found


def differing(quantities: Sequence[Quantity]) -> bool:
    """Whether two of them count the same thing and cannot both be right."""
    return any(
        alike_counted(x, y) and x.role != "age" and not meets(x, y)
        for n, x in enumerate(quantities)
        for y in quantities[n + 1 :]
    )
