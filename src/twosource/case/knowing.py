"""Known actors of a case: lists that people brought, kept like decisions, and what follows them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from twosource.errors import UsageError
from twosource.model import Listed, Report
from twosource.redact import Mask
from twosource.redact.mask import BLOCK
from twosource.resolve import register
from twosource.store import Store, derived, evidence, known


@dataclass(frozen=True, slots=True)
class Brought:
    """What became of a list: how many of its entries are new or changed, as before, or not on it any more."""

    listed: int
    same: int
    gone: int
    reports: int  # of the case in which one of them may be named


def bring(store: Store, listed: Sequence[Listed], *, who: str) -> Brought:
    """Put the entries of one list on record; they take the place of those of the same file name. Durable on return."""
    sources = {x.source for x in listed}
    with store.writes() as c:
        before = {(x.source, x.id): x for x in known.held(c) if x.source in sources}
        now = {(x.source, x.id): x for x in listed}
        new = [x for key, x in sorted(now.items()) if before.get(key) != x]
        gone = [x for key, x in sorted(before.items()) if key not in now]
        old = [before[x.source, x.id] for x in new if (x.source, x.id) in before]
        if new or gone:
            known.add(c, who, new, gone)
        return Brought(len(new), len(now) - len(new), len(gone), _touch(c, [*new, *gone, *old]))


def remove(store: Store, names: Sequence[str], *, who: str) -> list[Listed]:
    """Take entries away by their ids, or all of a list by its file name; what was taken away. Raises UsageError for what is not there."""
    with store.writes() as c:
        held = known.held(c)
        for name in names:
            if not any(name in (x.id, x.source) for x in held):
                raise UsageError(
                    f"no known actor and no list of them is {name!r}: `case actors list` names them"
                )
        gone = [x for x in held if x.id in names or x.source in names]
        known.add(c, who, (), gone)
        _touch(c, gone)
        return gone


def rows(store: Store) -> list[dict[str, Any]]:
    """The known actors that are on record, in the order of their lists and ids."""
    with store.reads() as c:
        return [
            {
                "id": x.id,
                "schema": x.schema,
                "name": x.name,
                "names": list(x.names),
                "weak": list(x.weak),
                "positions": list(x.positions),
                "countries": list(x.countries),
                "wikidata": x.wikidata,
                "source": x.source,
            }
            for x in known.held(c)
        ]


def covered(row: dict[str, Any], mask: Mask) -> dict[str, Any]:
    """A row without what the case withholds; of whoever bears a withheld name neither another name nor an id is shown."""
    said = [row["name"], *row["names"], *row["weak"], row["id"]]
    if not any(mask.hides(x) for x in said):
        return row
    shut: dict[str, Any] = {"id": BLOCK, "name": BLOCK, "names": [], "weak": [], "positions": [], "countries": [], "wikidata": None}  # fmt: skip
    return {**row, **shut, "source": mask.address(row["source"])}


def mentioned(c: Connection) -> dict[str, int]:
    """The reports, with their numbers, in which known actors may be named."""
    listed = known.registered(c)
    return {r.id: n for n, r in _all(c) if listed.named_in([r.text])} if listed else {}


def _touch(c: Connection, changed: Sequence[Listed]) -> int:
    """Have the reports settled again that may name one of these; how many they are."""
    listed = register(changed)
    numbers = [n for n, r in _all(c) if listed.named_in([r.text])] if listed else []
    derived.wait(c, numbers)
    derived.next_generation(c)  # whoever is settling now began without it
    return len(numbers)


def _all(c: Connection) -> Iterator[tuple[int, Report]]:
    for some in evidence.shares(evidence.all_numbers(c)):
        yield from sorted(evidence.fetch(c, some).items())
