"""Parsed paragraphs of a case, under digests of their content: none is parsed twice, in whatever report it stands.

A paragraph stays as long as a report has it: with the last one it goes, so that nothing of a forgotten report is kept.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import Connection, delete, exists, select
from sqlalchemy.dialects import postgresql, sqlite

from twosource.errors import CaseDamaged
from twosource.store.evidence import shares
from twosource.store.records import check_of
from twosource.store.schema import passages, passages_of


def get(c: Connection, keys: Sequence[str]) -> dict[str, bytes]:
    """The paragraphs known among these. Raises CaseDamaged for one that is not as it was stored."""
    found = {}
    for some in shares(list(dict.fromkeys(keys))):
        for row in c.execute(select(passages).where(passages.c.key.in_(some))):
            if check_of(row.record) != row.check:
                raise CaseDamaged(
                    f"the parsed paragraph {row.key[:12]} is not as it was stored: `twosource case doctor` says how to mend it"
                )
            found[row.key] = row.record
    return found


def put(c: Connection, made: Mapping[str, bytes], of: Mapping[int, Sequence[str]]) -> None:
    """Keep what was parsed, and which report (by number) has which paragraphs; what none of them has is not kept."""
    kind = postgresql if c.dialect.name == "postgresql" else sqlite
    had = {k for keys in of.values() for k in keys}
    rows = [{"key": k, "record": r, "check": check_of(r)} for k, r in sorted(made.items()) if k in had]
    if rows:
        c.execute(kind.insert(passages).on_conflict_do_nothing(), rows)
    links = [{"n": n, "key": k} for n, keys in sorted(of.items()) for k in sorted(set(keys))]
    if links:
        c.execute(kind.insert(passages_of).on_conflict_do_nothing(), links)


def drop(c: Connection, n: int) -> None:
    """Take out a report's paragraphs that no other report has."""
    had = list(c.execute(select(passages_of.c.key).where(passages_of.c.n == n)).scalars())
    c.execute(delete(passages_of).where(passages_of.c.n == n))
    for some in shares(had):
        left = exists().where(passages_of.c.key == passages.c.key)
        c.execute(delete(passages).where(passages.c.key.in_(some), ~left))


def drop_all(c: Connection) -> None:
    """Take out everything that was parsed."""
    for table in (passages, passages_of):
        c.execute(delete(table))
