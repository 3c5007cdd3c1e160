"""Whose the outlets of a case are: lists that people gave, each one decision, so that all that holds for decisions holds for them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from sqlalchemy import Connection

from twosource.corroborate.ownership import Ownership, owners_from, parsed, together, written
from twosource.errors import CaseDamaged, UsageError
from twosource.model import Report
from twosource.store import Store, derived, evidence
from twosource.store import decisions as log
from twosource.store.decisions import Decision, history, in_force
from twosource.text import digest


@dataclass(frozen=True, slots=True)
class Brought:
    """What became of a list: its decision, None where the same list holds already."""

    decision: Decision | None
    outlets: int
    owners: int
    reports: int  # of the case whose account it may change


def lists(decisions: Iterable[Decision]) -> list[Decision]:
    """The lists that hold."""
    return [d for d in decisions if d.kind == "owners"]


@lru_cache(maxsize=64)
def list_of(d: Decision) -> Ownership:
    """The rows of a list. Raises CaseDamaged for one that no case has written."""
    try:
        return parsed(d.value or "", d.targets[0] if d.targets else d.id)
    except UsageError as e:
        raise CaseDamaged(f"decision {d.id}: its list of owners does not hold ({e})") from e


def ownership(decisions: Iterable[Decision]) -> Ownership:
    """All that the decisions in force say of owners. Raises CaseDamaged where two lists contradict each other."""
    return _together(tuple(lists(decisions)))


@lru_cache(maxsize=16)
def _together(held: tuple[Decision, ...]) -> Ownership:
    try:
        return together(list_of(d) for d in held)
    except UsageError as e:
        raise CaseDamaged(f"the lists of owners contradict each other ({e})") from e


def told(owners: Ownership, reports: Iterable[Report]) -> tuple[str, ...]:
    """What lists say of the outlets that these reports name: the account of these reports follows this alone."""
    return tuple(sorted({t for r in reports for t in owners.told_of(r.title, r.outlet, r.url, r.text)}))


def bring(store: Store, path: Path, *, who: str, why: str | None = None) -> Brought:
    """Put a list on record; it takes the place of one by the same file name. Durable on return.

    Raises UsageError for a list that doesn't hold, alone or beside the others of the case.
    """
    listed = owners_from(path)
    name, value = listed.rows[0].by, written(listed)
    with store.writes() as c:
        held = lists(in_force(history(c)))
        same = [d for d in held if d.targets == (name,)]
        kept = [list_of(d) for d in held if d not in same]
        together([*kept, listed])
        counted = len(listed.rows), len({h.key for r in listed.rows if (h := listed.of_name(r.outlet))})
        if any(d.value == value for d in same):
            return Brought(None, *counted, reports=0)
        before = ownership(held)
        for d in same:
            log.decide(c, who=who, kind="undo", targets=[d.id], undoes=d.id)
        made = log.decide(c, who=who, kind="owners", about="outlet", targets=[name], value=value, why=why)
        return Brought(made, *counted, reports=_touch(c, before, together([*kept, listed])))


def remove(store: Store, name: str, *, who: str, why: str | None = None) -> list[Decision]:
    """Take back a list by its file name or its decision. Raises UsageError where none of that name holds."""
    with store.writes() as c:
        held = lists(in_force(history(c)))
        gone = [d for d in held if name in (d.id, *d.targets)]
        if not gone:
            known = ", ".join(t for d in held for t in d.targets)
            raise UsageError(f"there is no list of owners {name!r}: the case has {known or 'none'}")
        made = [log.decide(c, who=who, kind="undo", targets=[d.id], undoes=d.id, why=why) for d in gone]
        _touch(c, ownership(held), ownership(d for d in held if d not in gone))
        return made


def rows(store: Store) -> list[dict[str, str]]:
    """Every outlet of the lists that hold, with whose it is in the end and who says so."""
    with store.reads() as c:
        held = in_force(history(c))
    owners = ownership(held)
    found = []
    for d in lists(held):
        for row in list_of(d).rows:
            house = owners.of_name(row.outlet)
            last = house.owner if house else row.owner
            found.append({"outlet": row.outlet, "owner": row.owner, "group": last, "list": row.by, "who": d.who, "decision": d.id})  # fmt: skip
    return found


def touch_named(c: Connection, d: Decision) -> None:
    """Have the reports settled again whose account follows a list that was just taken back, or holds again.

    Raises UsageError where the list contradicts one that holds.
    """
    now = in_force(history(c))
    other = [x for x in lists(now) if x.id != d.id]
    if len(other) == len(lists(now)):
        other.append(d)
    try:
        both = [together(list_of(x) for x in some) for some in (other, lists(now))]
    except UsageError as e:
        raise UsageError(f"{e}; or take the other list back first") from e
    _touch(c, *both)


def _touch(c: Connection, before: Ownership, after: Ownership) -> int:
    """Have the reports settled again of which the two say different things; how many these are."""
    changed = [n for n, r in _all(c) if told(before, [r]) != told(after, [r])]
    derived.wait(c, changed)
    derived.next_generation(c)  # whoever is settling now began without it
    return len(changed)


def named(c: Connection, owners: Ownership) -> dict[str, int]:
    """The reports, with their numbers, whose account may follow these lists."""
    return {r.id: n for n, r in _all(c) if told(owners, [r])} if owners else {}


def _all(c: Connection) -> Iterator[tuple[int, Report]]:
    for some in evidence.shares(evidence.all_numbers(c)):
        yield from sorted(evidence.fetch(c, some).items())


def key_part(owners: Ownership, members: Iterable[Report]) -> tuple[str, ...]:
    """What an account's key holds of owners: nothing where no list names an outlet of the incident."""
    said = told(owners, members)
    return (digest(*said),) if said else ()
