"""Who may have to be withheld, by incident: derived from the accounts, kept so that a review need not read them all again."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, delete, insert, select

from twosource.store.evidence import shares
from twosource.store.schema import about

_KEY = "suggested "


def put(c: Connection, old: Iterable[str], new: Mapping[str, Sequence[Mapping[str, Any]]]) -> None:
    """Write what is suggested for these incidents in place of what was for the old ones."""
    drop(c, {*old, *new})
    rows = [{"key": _KEY + i, "value": json.dumps(list(found))} for i, found in sorted(new.items()) if found]
    if rows:
        c.execute(insert(about), rows)


def drop(c: Connection, incidents: Iterable[str]) -> None:
    """Take out what was suggested for these incidents."""
    for some in shares([_KEY + i for i in sorted(set(incidents))]):
        c.execute(delete(about).where(about.c.key.in_(some)))


def every(c: Connection) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """Each incident that has suggestions, with them."""
    rows = c.execute(
        select(about.c.key, about.c.value).where(about.c.key.startswith(_KEY)).order_by(about.c.key)
    )
    for row in rows:
        yield row.key[len(_KEY) :], json.loads(row.value)
