"""A report taken out for good, with all that rested on it alone."""

from __future__ import annotations

from twosource.errors import UsageError
from twosource.store import (
    Store,
    derived,
    evidence,
    mastheads,
    passages,
    search_tables,
    signs,
    suggested,
    vectors,
)


def forget(store: Store, name: str, *, who: str, why: str) -> None:
    """Take the report out and leave a tombstone; the others of its incident wait to be settled again.

    Raises UsageError when there is no such report.
    """
    with store.writes() as c:
        number = evidence.numbers_of(c, [name]).get(name)
        if number is None:
            raise UsageError(f"there is no report {name!r} in the case")
        home = derived.incidents_of(c, [number]).get(number)
        if home:
            derived.wait(c, [n for n in derived.numbers_in(c, [home])[home] if n != number])
        derived.drop_annotations(c, name)
        signs.drop(c, number)
        passages.drop(c, number)
        vectors.drop(c, "report", [number])
        derived.leave(c, number)
        mastheads.drop(c, [number])
        if home:
            derived.strip_incident(c, home)
            suggested.drop(c, [home])
        evidence.forget(c, name, who, why)
        search_tables.settle(c)
        derived.next_generation(c)
    store.compact()
