"""Lists of known actors that people brought: a log that only grows, a row for each entry that was listed or taken away.

Each row holds the digest of the row before it, as decisions do. The last row of an entry of a list says whether it holds.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

import msgspec
from sqlalchemy import Connection, Row, insert, select

from twosource.errors import CaseDamaged
from twosource.model import Listed
from twosource.resolve import NO_LISTS, Register, register
from twosource.store.decisions import START
from twosource.store.records import plain, rows_of
from twosource.store.schema import known_actors
from twosource.store.stamp import now
from twosource.text import digest, make_id

AT_ONCE = 500  # rows
_OF_DIGEST = ("at", "before", "did", "entity", "id", "record", "source", "who")


def held(c: Connection) -> tuple[Listed, ...]:
    """The entries that hold, in the order of their lists and ids. Raises CaseDamaged for one that cannot be read."""
    last: dict[tuple[str, str], str] = {}
    for row in _rows(c):
        last[row.source, row.entity] = row.record
    return tuple(_listed(record, entity) for (_, entity), record in sorted(last.items()) if record)


def registered(c: Connection) -> Register:
    """The entries that hold, ready to be looked into; made once for a state of the log."""
    tip = _tip(c)
    if tip == START:
        return NO_LISTS
    made = _made.get(tip)
    if made is None:
        made = register(held(c))
        _made.clear()
        _made[tip] = made
    return made


_made: dict[str, Register] = {}  # by the log's last digest, which is of all of it


def any_row(c: Connection) -> bool:
    """Whether a list was ever brought."""
    return _tip(c) != START


def add(c: Connection, who: str, listed: Iterable[Listed], gone: Iterable[Listed] = ()) -> None:
    """Write down that entries are listed from now on, and that others are no longer."""
    _put(c, who, [*((x, True) for x in listed), *((x, False) for x in gone)])


def _put(c: Connection, who: str, said: Sequence[tuple[Listed, bool]]) -> None:
    before, at = _tip(c), now()
    coming = iter(said)
    while some := list(islice(coming, AT_ONCE)):
        rows = []
        for one, holds in some:
            row = {
                "at": at,
                "who": plain(who) or "",
                "did": "listed" if holds else "removed",
                "source": plain(one.source) or "",
                "entity": plain(one.id) or "",
                "record": json.dumps(rows_of(one), separators=(",", ":")) if holds else "",
                "before": before,
            }
            row["id"] = make_id("k", *(row[k] for k in sorted(row)))
            before = digest(*(row[k] for k in _OF_DIGEST))
            rows.append(row)
        c.execute(insert(known_actors), rows)


def problems(c: Connection) -> list[str]:
    """The rows before which one was changed, added or taken out, and those that say nothing that can be read."""
    found, before = [], START
    for row in _rows(c):
        if row.before != before:
            found.append(f"known actor {row.entity!r} ({row.id}): the row before it was changed, added or taken out")  # fmt: skip
        if said := wrong(row.did, row.source, row.entity, row.record):
            found.append(f"known actor {row.entity!r} ({row.id}): {said}")
        before = _link(row)
    return found


def wrong(did: str, source: str, entity: str, record: str) -> str | None:
    """What is wrong with a row; None where nothing is."""
    if did not in ("listed", "removed") or (did == "listed") != bool(record):
        return f"it says {did!r} of nothing"
    if not record:
        return None
    try:
        one = _listed(record, entity)
    except CaseDamaged as e:
        return str(e)
    return None if (one.source, one.id) == (source, entity) else "it is of another entry"


def _listed(record: str, entity: str) -> Listed:
    try:
        return msgspec.convert(json.loads(record), Listed)
    except (ValueError, RecursionError) as e:
        raise CaseDamaged(f"the known actor {entity!r} cannot be read ({' '.join(str(e).split())[:200]})") from e  # fmt: skip


def _rows(c: Connection) -> Iterator[Row[Any]]:
    yield from c.execute(select(known_actors).order_by(known_actors.c.n).execution_options(yield_per=AT_ONCE))


def _tip(c: Connection) -> str:
    row = c.execute(select(known_actors).order_by(known_actors.c.n.desc()).limit(1)).first()
    return START if row is None else _link(row)


def _link(row: Row[Any]) -> str:
    values = row._asdict()
    return digest(*(values[k] for k in _OF_DIGEST))
