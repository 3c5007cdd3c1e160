"""Small things that a case remembers of itself, by name."""

from __future__ import annotations

from sqlalchemy import Connection, insert, select, update

from twosource.store.schema import about


def get(c: Connection, key: str) -> str | None:
    """What was remembered."""
    value: str | None = c.execute(select(about.c.value).where(about.c.key == key)).scalar()
    return value


def put(c: Connection, key: str, value: str) -> None:
    """Remember."""
    if not c.execute(update(about).where(about.c.key == key).values(value=value)).rowcount:
        c.execute(insert(about).values(key=key, value=value))
