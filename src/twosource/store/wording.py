"""The whole words of what search looks into, of which a result shows a part."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, select

from twosource.store.evidence import shares
from twosource.store.schema import found


def wordings(c: Connection, ids: Sequence[str]) -> dict[str, str]:
    """The text of each statement, claim or actor; an actor's names stand on a line each."""
    held: dict[str, str] = {}
    for some in shares(ids):
        for row in c.execute(
            select(found.c.id, found.c.text).where(found.c.id.in_(some)).order_by(found.c.n)
        ):
            held[row.id] = f"{held[row.id]}\n{row.text}" if row.id in held else row.text
    return held
