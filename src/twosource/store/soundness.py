"""Whether a case is as it was written, and how to mend it when it isn't."""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, select, text
from sqlalchemy.exc import DBAPIError

from twosource.errors import CaseDamaged
from twosource.read.custody import path_of
from twosource.store import decisions, derived, evidence, mastheads
from twosource.store.records import check_of, report_of, unpacked
from twosource.store.schema import analyses, custody, finished, incidents, members, reports, tombstones
from twosource.text import digest


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong, and what to do about it; `derived`: it can be made again from the evidence."""

    what: str
    cure: str
    derived: bool = False


RESTORE = "restore a backup made by `case backup`"
BRING = "bring it back from a copy of the folder; the report itself is whole"
AGAIN = "`case doctor --mend` makes it again from the reports"


def problems(c: Connection) -> list[Problem]:
    """Everything that is not as it should be; empty when the case is sound. Reads all of it."""
    found = _file(c)
    if found:
        return found  # what a broken file says about its tables can't be believed
    return [*_evidence(c), *_originals(c), *_decisions(c), *_derived(c)]


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
    return [Problem(p, RESTORE) for p in decisions.broken_links(c)]


def _derived(c: Connection) -> list[Problem]:
    found = []
    numbers = set(evidence.all_numbers(c))
    placed = {row.n: row.incident for row in c.execute(select(members))}
    waiting = set(derived.waiting_numbers(c))
    names = set()
    size = Counter(placed.values())
    for row in c.execute(select(incidents.c.id, incidents.c.record, incidents.c.check, incidents.c.reports)):
        names.add(row.id)
        if row.record is not None:
            try:
                unpacked(row.record, row.check, f"the account of incident {row.id}")
            except CaseDamaged as e:
                found.append(Problem(str(e), AGAIN, derived=True))
        if size[row.id] != row.reports:
            found.append(
                Problem(f"incident {row.id}: its reports are not those it was made from", AGAIN, derived=True)
            )
    for n in sorted(set(placed) - numbers):
        found.append(Problem(f"incident {placed[n]}: it holds a report that is gone", AGAIN, derived=True))
    for _, name in sorted(placed.items()):
        if name not in names:
            found.append(
                Problem(f"incident {name}: there is none, but a report stands in it", AGAIN, derived=True)
            )
    for n in sorted(numbers - set(placed) - waiting):
        found.append(
            Problem(f"report number {n}: in no incident, and not waiting for one", AGAIN, derived=True)
        )
    for made in c.execute(select(analyses.c.key, analyses.c.record, analyses.c.check)):
        if check_of(made.record) != made.check:
            found.append(
                Problem(f"annotation {made.key[:12]}: it is not as it was stored", AGAIN, derived=True)
            )
    for whole in c.execute(select(finished.c.incident, finished.c.record, finished.c.check)):
        if check_of(whole.record) != whole.check:
            found.append(
                Problem(
                    f"the finished account of incident {whole.incident}: it is not as it was stored",
                    AGAIN,
                    derived=True,
                )
            )
    return found


def mend(c: Connection) -> None:
    """Drop all that is derived and have it made again; evidence and decisions are not touched."""
    derived.drop_all(c)
    mastheads.drop_all(c)
    derived.wait(c, evidence.all_numbers(c))
