"""The feeds that are watched, and when each is asked next."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Connection, delete, insert, select

from twosource.store.schema import feeds


@dataclass(frozen=True, slots=True)
class Feed:
    """An address, what to show it so that it sends only what changed, and when it is asked next (seconds since 1970)."""

    url: str
    etag: str | None = None
    modified: str | None = None
    due: float = 0.0
    failures: int = 0  # in a row


def known(c: Connection) -> dict[str, Feed]:
    """Every feed that was asked before."""
    return {
        row.url: Feed(row.url, row.etag, row.modified, row.due, row.failures)
        for row in c.execute(select(feeds).order_by(feeds.c.url))
    }


def put(c: Connection, asked: Iterable[Feed]) -> None:
    """Remember what these feeds answered."""
    for f in asked:
        c.execute(delete(feeds).where(feeds.c.url == f.url))
        c.execute(
            insert(feeds).values(url=f.url, etag=f.etag, modified=f.modified, due=f.due, failures=f.failures)
        )
