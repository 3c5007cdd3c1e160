"""Something in a case that is not as it should be."""

from __future__ import annotations

from dataclasses import dataclass

RESTORE = "restore a backup made by `case backup`"
BRING = "bring it back from a copy of the folder; the report itself is whole"
AGAIN = "`case doctor --mend` makes it again from the reports"


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong, and what to do about it; `derived`: it can be made again from the evidence."""

    what: str
    cure: str
    derived: bool = False


def again(what: str) -> Problem:
    """Something derived that is wrong."""
    return Problem(what, AGAIN, derived=True)
