"""Whose and of when each report is, as its head shows it where it came without: derived, made again when its incident is settled."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import Connection, delete, insert, select

from twosource.store.evidence import shares
from twosource.store.records import plain
from twosource.store.schema import mastheads


def put(c: Connection, read: Mapping[int, tuple[str | None, str | None]]) -> None:
    """Write the outlet and the date (EDTF) of these reports in place of what was read before."""
    drop(c, read)
    rows = [{"n": n, "outlet": plain(o), "published": plain(p)} for n, (o, p) in sorted(read.items())]
    if rows:
        c.execute(insert(mastheads), rows)


def of(c: Connection, numbers: Sequence[int]) -> dict[int, tuple[str | None, str | None]]:
    """The outlet and the date of those of these reports whose head was read."""
    return {
        row.n: (row.outlet, row.published)
        for some in shares(numbers)
        for row in c.execute(select(mastheads).where(mastheads.c.n.in_(some)))
    }


def drop(c: Connection, numbers: Iterable[int]) -> None:
    """Take out what was read from these reports' heads."""
    for some in shares(sorted(numbers)):
        c.execute(delete(mastheads).where(mastheads.c.n.in_(some)))


def drop_all(c: Connection) -> None:
    """Take out all that was read from heads."""
    c.execute(delete(mastheads))
