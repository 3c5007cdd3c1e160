"""A person's decision, put on record: what the ids stand for now is written with it, so that it survives what comes later."""

from __future__ import annotations

import re
from collections.abc import Sequence

from sqlalchemy import Connection

from twosource.case.anchoring import meant
from twosource.case.owning import touch_named
from twosource.corroborate.rulings.judging import GRADE
from twosource.errors import UsageError
from twosource.redact import pattern_of
from twosource.store import Store, derived, evidence
from twosource.store import decisions as log
from twosource.store.decisions import Decision

NEEDS_VALUE = ("grade", "note", "tag", "verdict")


def decide(
    store: Store,
    kind: str,
    ids: Sequence[str],
    *,
    who: str,
    value: str | None = None,
    why: str | None = None,
    undo: str | None = None,
) -> Decision:
    """Write the decision down and let what it touches be settled again; durable on return.

    Raises UsageError, naming what is missing, when the ids or the kind make no decision.
    """
    with store.writes() as c:
        if undo is not None:
            made = log.decide(c, who=who, kind="undo", targets=[undo], why=why, undoes=undo)
            touch(c, _undone(log.history(c), undo))
            return made
        _check(kind, ids, value)
        about, anchors = meant(c, kind, ids, value)
        _check_grade(kind, about, value)
        made = log.decide(
            c, who=who, kind=kind, about=about, targets=ids, anchors=[[str(a) for a in t] for t in anchors], value=value, why=why
        )  # fmt: skip
        touch(c, made)
        return made


def _undone(history: Sequence[Decision], name: str) -> Decision:
    """The decision that in the end holds again or no longer: to undo an undoing brings the first one back."""
    by_id = {d.id: d for d in history}
    found = by_id[name]
    while found.undoes is not None:
        found = by_id[found.undoes]
    return found


def _check(kind: str, ids: Sequence[str], value: str | None) -> None:
    if kind not in log.BY_ID:
        known = ", ".join(log.BY_ID)
        raise UsageError(f"there is no decision {kind!r}: {known}; what was decided is undone with --undo")
    if kind == "redact":
        _check_withheld(ids, value)
    elif not ids:
        raise UsageError(f"{kind} needs the id of what it is about")
    if kind == "merge" and len(set(ids)) < 2:
        raise UsageError("merge needs at least two ids")
    if kind in NEEDS_VALUE and not (value or "").strip():
        raise UsageError(f"{kind} needs --value: {log.KINDS[kind]}")


def _check_withheld(ids: Sequence[str], value: str | None) -> None:
    if not ids and not re.search(r"\w", value or ""):
        raise UsageError("redact needs --value NAME, --value /REGEX/, or the id of an actor")
    if not ids and value:
        pattern_of(value)


def _check_grade(kind: str, about: str, value: str | None) -> None:
    if kind != "grade":
        return
    if not GRADE.fullmatch(value or ""):
        raise UsageError(
            f"{value!r} is no grade: A to F for a source, 1 to 6 for what is said, or both as in B2"
        )
    if about != "claim" and not (value or "").isalpha():
        raise UsageError(f"a source is graded with a letter, A to F; {value!r} is for a claim")


def touch(c: Connection, d: Decision) -> None:
    """Have the reports whose account follows a decision settled again."""
    if d.kind == "owners":
        touch_named(c, d)
        return
    if d.kind not in log.SHAPING:
        return
    names = d.reports
    if names is None:  # an early version wrote down statements alone
        names_of = [a.statement for thing in d.things for a in thing if a.statement]
        derived.wait(c, derived.numbers_with(c, sorted(names_of)))
    else:
        derived.wait(c, evidence.numbers_of(c, sorted(names)).values())
    derived.next_generation(c)  # whoever is settling now began without it
