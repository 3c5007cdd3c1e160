"""A person's decision, put on record: what the ids stand for now is written with it, so that it survives what comes later."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection

from twosource.errors import UsageError
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
            before = next(d for d in log.history(c) if d.id == undo)
            _touch(c, before)
            return made
        _check(kind, ids, value)
        about, anchors = _meant(c, kind, ids)
        made = log.decide(
            c, who=who, kind=kind, about=about, targets=ids, anchors=anchors, value=value, why=why
        )
        _touch(c, made)
        return made


def _check(kind: str, ids: Sequence[str], value: str | None) -> None:
    if kind not in log.KINDS or kind == "undo":
        known = ", ".join(k for k in log.KINDS if k != "undo")
        raise UsageError(f"there is no decision {kind!r}: {known}; what was decided is undone with --undo")
    if not ids:
        raise UsageError(f"{kind} needs the id of what it is about")
    if kind == "merge" and len(ids) < 2:
        raise UsageError("merge needs at least two ids")
    if kind in NEEDS_VALUE and not value:
        raise UsageError(f"{kind} needs --value: {log.KINDS[kind]}")


def _meant(c: Connection, kind: str, ids: Sequence[str]) -> tuple[str, list[list[str]]]:
    """The noun of the ids, and for each the reports or statements that it stands for."""
    if kind == "split":
        return _taken_out(c, ids)
    found = [_one(c, i) for i in ids]
    nouns = {noun for noun, _ in found}
    if len(nouns) > 1:
        raise UsageError(
            f"these are different things: {', '.join(f'{i} ({n})' for i, (n, _) in zip(ids, found, strict=True))}"
        )
    noun = nouns.pop()
    if kind == "merge" and noun not in ("incident", "actor", "claim"):
        raise UsageError(f"a {noun} cannot be merged: incidents, actors and claims can")
    return noun, [anchors for _, anchors in found]


def _taken_out(c: Connection, ids: Sequence[str]) -> tuple[str, list[list[str]]]:
    """Split: the reports taken out of their incident, and those that stay."""
    numbers = evidence.numbers_of(c, ids)
    for i in ids:
        if i not in numbers:
            raise UsageError(f"split takes reports out of their incident; there is no report {i!r}")
    homes = set(derived.incidents_of(c, list(numbers.values())).values())
    if len(homes) != 1:
        raise UsageError("split takes reports out of one incident; these stand in several, or in none yet")
    every = evidence.ids_of(c, derived.numbers_in(c, sorted(homes))[homes.pop()])
    rest = sorted(set(every) - set(ids))
    if not rest:
        raise UsageError("these are all the reports of the incident: nothing would be left of it")
    return "incident", [sorted(ids), rest]


def _one(c: Connection, name: str) -> tuple[str, list[str]]:
    incident = derived.current(c, name)
    numbers = derived.numbers_in(c, [incident]).get(incident)
    if numbers:
        return "incident", evidence.ids_of(c, numbers)
    if name in evidence.numbers_of(c, [name]):
        return "report", [name]
    found = _in_accounts(c, name)
    if found is None:
        raise UsageError(
            f"there is nothing called {name!r} in the case: `case search` and `case show` name the ids"
        )
    return found


def _in_accounts(c: Connection, name: str) -> tuple[str, list[str]] | None:
    """A claim, actor, statement or disagreement of an account, by what it rests on."""
    for incident in derived.incidents_with(c, name):
        account: Any = derived.account(c, incident)
        for claim in account["claims"]:
            if claim["id"] == name:
                return "claim", list(claim["statements"])
        for actor in account["actors"]:
            if actor["id"] == name:
                return "actor", [f"{m['report']}:{m['start']}:{m['end']}" for m in actor["mentions"]]
        for statement in account["statements"]:
            if statement["id"] == name:
                return "statement", [name]
        for d in account["disagreements"]:
            if d["id"] == name:
                return "disagreement", sorted({f"{s['report']}:{s['start']}:{s['end']}" for s in d["sides"]})
    return None


def _touch(c: Connection, d: Decision) -> None:
    """Have the reports that a decision is about settled again."""
    names = {x.rsplit(":", 2)[0] if d.about == "actor" else x for a in d.anchors for x in a}
    if d.about in ("claim", "statement"):
        numbers = derived.numbers_with(c, sorted(names))
    else:
        numbers = list(evidence.numbers_of(c, sorted(names)).values())
    derived.wait(c, numbers)
