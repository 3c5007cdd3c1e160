"""One question for two names: the same, and why."""

from __future__ import annotations

from typing import Literal

from twosource.errors import UsageError
from twosource.model import Score
from twosource.resolve.bodies import compare_bodies
from twosource.resolve.people import compare_people


def compare_names(a: str, b: str, kind: Literal["person", "organisation"]) -> Score:
    """How alike two names are: `.value` in 0 to 1, from .5 on the same; `.why` has a sentence for each feature that counts.

    Symmetric; a name is always the same as itself. Raises UsageError for another kind.
    """
    if kind not in ("person", "organisation"):
        raise UsageError(f"kind must be 'person' or 'organisation', not {kind!r}")
    if a == b or (a.split() == b.split() and a.split()):
        return Score(1.0, ("they are written the same",))
    if not a.strip() or not b.strip():
        return Score(0.0, ("one of the names is empty",))
    return compare_people(a, b) if kind == "person" else compare_bodies(a, b)
