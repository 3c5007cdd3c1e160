"""Finished accounts, whole, under what each was made from: a page shows them as they are instead of working them out again.

An incident has one of all its reports, and one without those that were last left out of it. Annotations are kept by report
already: an account is put here without them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from sqlalchemy import Connection, delete, insert, select

from twosource.model import Account
from twosource.store.evidence import shares
from twosource.store.records import packed, record_of, rows_of, unpacked
from twosource.store.schema import finished

ALL, SOME = "all", "some"  # of the incident's reports


def put(c: Connection, key: str, account: Account, part: str = ALL) -> None:
    """Keep an account in place of the one that its incident had of all reports, or of some."""
    c.execute(delete(finished).where(finished.c.incident == account.id, finished.c.part == part))
    record, check = packed(rows_of(replace(account, annotations=())))
    row = {"incident": account.id, "part": part, "key": key, "record": record, "check": check}
    c.execute(insert(finished), [row])


def get(c: Connection, incident: str, key: str) -> Account | None:
    """The account, without annotations; None where none was made from just that. Raises CaseDamaged when it is not as it was written."""
    row = c.execute(select(finished).where(finished.c.incident == incident, finished.c.key == key)).first()
    if row is None:
        return None
    return record_of(unpacked(row.record, row.check, f"the finished account of incident {incident}"), Account)


def has(c: Connection, incident: str, key: str) -> bool:
    """Whether an account is kept that was made from just that."""
    asked = select(finished.c.key).where(finished.c.incident == incident, finished.c.key == key)
    return c.execute(asked).first() is not None


def drop(c: Connection, incidents: Iterable[str]) -> None:
    """Take out the accounts of these incidents."""
    for some in shares(sorted(set(incidents))):
        c.execute(delete(finished).where(finished.c.incident.in_(some)))


def drop_all(c: Connection) -> None:
    """Take all of them out."""
    c.execute(delete(finished))
