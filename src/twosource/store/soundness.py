"""Whether a case is as it was written, and how to mend it when it isn't."""

from __future__ import annotations

import hashlib
from pathlib import Path

from sqlalchemy import Connection, select, text
from sqlalchemy.exc import DBAPIError

from twosource.errors import CaseDamaged
from twosource.read.custody import path_of
from twosource.store import decisions, derived, evidence, known, mastheads, misspelt
from twosource.store.problem import AGAIN, BRING, RESTORE, Problem
from twosource.store.records import report_of
from twosource.store.schema import custody, reports, tombstones
from twosource.store.standing import made
from twosource.text import digest

__all__ = ["AGAIN", "RESTORE", "Problem", "mend", "problems", "unseen"]


def problems(c: Connection) -> list[Problem]:
    """Everything that is not as it should be; empty when the case is sound. Reads all of it."""
    found = _file(c)
    if found:
        return found  # what a broken file says about its tables can't be believed
    return [*_evidence(c), *_originals(c), *_decisions(c), *made(c)]


def _file(c: Connection) -> list[Problem]:
    if c.dialect.name != "sqlite":
        return []
    try:
        said = [row[0] for row in c.execute(text("PRAGMA integrity_check(20)"))]
        for table in ("report_words", "found_words"):
            c.execute(text(f"SELECT count(*) FROM {table} WHERE {table} MATCH '\"a\"'"))
    except DBAPIError as e:
        return [Problem(f"the file is damaged: {e.orig}", RESTORE)]
    return [Problem(f"the file is damaged: {s}", RESTORE) for s in said if s != "ok"]


def _evidence(c: Connection) -> list[Problem]:
    found = []
    held = set()
    for row in c.execute(select(reports).order_by(reports.c.n)):
        held.add(row.id)
        try:
            report = report_of(row.record, row.check, row.id)
        except CaseDamaged as e:
            found.append(Problem(str(e), RESTORE))
            continue
        if digest(report.text) != row.digest or report.id != row.id:
            found.append(Problem(f"report {row.id}: its text is not the one it was taken in with", RESTORE))
    origin = {name for (name,) in c.execute(select(custody.c.report).distinct())}
    found += [
        Problem(f"report {i}: it is not written where it came from", RESTORE) for i in sorted(held - origin)
    ]
    found += [Problem(f"report {i}: written as taken in, but gone", RESTORE) for i in sorted(origin - held)]
    gone = {name for (name,) in c.execute(select(tombstones.c.id))}
    found += [
        Problem(f"report {i}: forgotten, but still there", "`case forget` it again")
        for i in sorted(gone & held)
    ]
    return found


def _originals(c: Connection) -> list[Problem]:
    """The originals that were kept beside the case, as far as their folders are there: each must have the digest on record."""
    found = []
    for row in c.execute(
        select(custody.c.report, custody.c.sha256, custody.c.kept)
        .where(custody.c.kept.is_not(None), custody.c.sha256.is_not(None))
        .order_by(custody.c.n)
    ):
        folder = Path(row.kept)
        if not folder.is_dir():
            continue
        try:
            with path_of(folder, row.sha256).open("rb") as f:
                actual = hashlib.file_digest(f, "sha256").hexdigest()
        except OSError:
            found.append(Problem(f"report {row.report}: its original is gone from {row.kept}", BRING))
            continue
        if actual != row.sha256:
            found.append(Problem(f"report {row.report}: its original in {row.kept} was changed", BRING))
    return found


def unseen(c: Connection) -> list[str]:
    """The folders of originals that are not there to be looked at."""
    kept = c.execute(
        select(custody.c.kept).where(custody.c.kept.is_not(None)).distinct().order_by(custody.c.kept)
    )
    return [k for k in kept.scalars() if not Path(k).is_dir()]


def _decisions(c: Connection) -> list[Problem]:
    return [Problem(p, RESTORE) for p in (*decisions.broken_links(c), *known.problems(c))]


def mend(c: Connection) -> None:
    """Drop all that is derived and have it made again; evidence and decisions are not touched."""
    derived.drop_all(c)
    misspelt.create(c)
    mastheads.drop_all(c)
    derived.wait(c, evidence.all_numbers(c))
