"""Reports, where they came from, and what was taken away: added, never changed."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import Connection, Row, bindparam, delete, func, insert, select, text
from sqlalchemy.dialects import postgresql, sqlite

from twosource.model import Report
from twosource.store import search_tables
from twosource.store.folding import folded
from twosource.store.records import packed, plain, report_of, rows_of
from twosource.store.schema import custody, reports, tombstones, waiting
from twosource.store.stamp import now
from twosource.text import digest
from twosource.version import __version__

LONGEST_ID = 1000  # characters
AT_A_TIME = 500  # ids asked for in one question; SQLite takes some thousands


@dataclass(frozen=True, slots=True)
class Admission:
    """What became of a report that was brought: `edition_of` is the report that stood at the same address with another text."""

    report: str
    state: Literal["new", "known", "forgotten", "refused"]
    why: str = ""
    edition_of: str | None = None


def admit(c: Connection, brought: Sequence[Report], kept: str | None = None) -> list[Admission]:
    """Put the reports that are new on the shelf, one answer for each in the order given.

    A report is known by its id and text. One id with two texts is refused; a text that a person had forgotten stays away.
    """
    have = known(c, [r.id for r in brought if r.id.isprintable()])
    gone = _forgotten(c, brought)
    held: dict[str, str] = {}
    answers: list[Admission] = []
    fresh: list[Report] = []
    for r in brought:
        read = digest(r.text)
        before = have.get(r.id) or held.get(r.id)
        if not r.id.isprintable() or len(r.id) > LONGEST_ID:
            answers.append(Admission(r.id, "refused", "its id is too long or holds control characters"))
        elif r.id in gone or read in gone:
            answers.append(
                Admission(r.id, "forgotten", "a person had it forgotten: it is not taken in again")
            )
        elif before is None:
            held[r.id] = read
            fresh.append(r)
            answers.append(Admission(r.id, "new"))
        elif before == read:
            answers.append(Admission(r.id, "known"))
        else:
            answers.append(
                Admission(r.id, "refused", "its id is in the case with another text: one id has one text")
            )
    if not fresh:
        return answers
    written = _write(c, fresh, kept)
    editions = _editions(c, [r for r in fresh if r.id in written])
    return [
        a
        if a.state != "new"
        else Admission(a.report, "new", edition_of=editions.get(a.report))
        if a.report in written
        else Admission(a.report, "known")
        for a in answers
    ]


def known(c: Connection, ids: Sequence[str]) -> dict[str, str]:
    """The digest of the text of each report that is in the case."""
    found: dict[str, str] = {}
    light = c.dialect.name == "sqlite"
    for some in shares(ids):
        rows = c.execute(text(_KNOWN[c.dialect.name]), {"ids": json.dumps(some) if light else some})
        found.update((name, read) for name, read in rows.all())
    return found


_KNOWN = {  # every report that is brought is asked for: all ids as one value, answered from an index alone
    "sqlite": "SELECT r.id, r.digest FROM json_each(:ids) j CROSS JOIN reports r INDEXED BY reports_known ON r.id = j.value",
    "postgresql": "SELECT id, digest FROM reports WHERE id = ANY(:ids)",
}


def _forgotten(c: Connection, brought: Sequence[Report]) -> set[str]:
    if not c.execute(select(func.count()).select_from(tombstones)).scalar():
        return set()
    texts = [digest(r.text) for r in brought]
    found: set[str] = set()
    for some in shares([r.id for r in brought if r.id.isprintable()]):
        found.update(c.execute(select(tombstones.c.id).where(tombstones.c.id.in_(some))).scalars())
    for some in shares(texts):
        found.update(c.execute(select(tombstones.c.digest).where(tombstones.c.digest.in_(some))).scalars())
    return found


def _write(c: Connection, fresh: Sequence[Report], kept: str | None) -> set[str]:
    """The ids that were written; one that another program wrote in the meantime is not among them."""
    if not fresh:
        return set()
    rows = [_row(r) for r in fresh]
    dialect = postgresql if c.dialect.name == "postgresql" else sqlite
    adding = dialect.insert(reports).on_conflict_do_nothing(index_elements=["id"])
    numbers = {row.id: row.n for row in c.execute(adding.returning(reports.c.id, reports.c.n), rows)}
    new = [r for r in fresh if r.id in numbers]
    at = now()
    if new:
        c.execute(
            insert(custody),
            [
                {
                    "report": r.id,
                    "sha256": r.sha256,
                    "original": plain(r.original),
                    "kept": kept,
                    "read_at": at,
                    "made_by": __version__,
                }
                for r in new
            ],
        )
        c.execute(insert(waiting), [{"n": numbers[r.id]} for r in new])
        search_tables.add_reports(c, [_words(numbers[r.id], r) for r in new])
    return set(numbers)


def _row(r: Report) -> dict[str, object]:
    data, check = packed(rows_of(r))
    return {
        "id": r.id,
        "digest": digest(r.text),
        "sha256": r.sha256,
        "outlet": plain(r.outlet),
        "published": plain(r.published),
        "title": plain(r.title),
        "url": plain(r.url),
        "words": r.text.count(" ") + 1,
        "incident": plain(r.incident),
        "record": data,
        "check": check,
    }


def _words(n: int, r: Report) -> dict[str, object]:
    return {"n": n, "title": folded(r.title or ""), "body": folded(r.text)}


def _editions(c: Connection, new: Sequence[Report]) -> dict[str, str]:
    """For each report at an address where another text stood: the id of that one."""
    at = {plain(r.url): r.id for r in new if r.url}
    found: dict[str, str] = {}
    for some in shares([u for u in at if u]):
        rows = c.execute(
            select(reports.c.id, reports.c.url).where(reports.c.url.in_(some)).order_by(reports.c.n)
        )
        for row in rows:
            if row.id != at[row.url]:
                found[at[row.url]] = row.id
    return found


def fetch(c: Connection, numbers: Iterable[int]) -> dict[int, Report]:
    """Reports by number. Raises CaseDamaged for one that is not as it was written."""
    found: dict[int, Report] = {}
    for some in shares(list(numbers)):
        for row in c.execute(
            select(reports.c.n, reports.c.id, reports.c.record, reports.c.check).where(reports.c.n.in_(some))
        ):
            found[row.n] = report_of(row.record, row.check, row.id)
    return found


def numbers_of(c: Connection, ids: Sequence[str]) -> dict[str, int]:
    """The number of each id that is in the case."""
    return {
        row.id: row.n
        for some in shares(ids)
        for row in c.execute(select(reports.c.id, reports.c.n).where(reports.c.id.in_(some)))
    }


def put_together(c: Connection, name: str) -> list[int]:
    """The reports that came with this incident's name."""
    return list(
        c.execute(
            select(reports.c.n).where(reports.c.incident == plain(name)).order_by(reports.c.n)
        ).scalars()
    )


def ids_of(c: Connection, numbers: Sequence[int]) -> list[str]:
    """The ids of these reports, in order."""
    found: list[str] = []
    for some in shares(numbers):
        found += c.execute(select(reports.c.id).where(reports.c.n.in_(some))).scalars()
    return sorted(found)


def came_with(c: Connection, numbers: Sequence[int]) -> list[str]:
    """The incidents that these reports came with."""
    found: set[str] = set()
    for some in shares(numbers):
        found.update(
            c.execute(
                select(reports.c.incident).where(reports.c.n.in_(some), reports.c.incident.is_not(None))
            ).scalars()
        )
    return sorted(found)


def all_numbers(c: Connection) -> list[int]:
    """The number of every report."""
    return list(c.execute(select(reports.c.n).order_by(reports.c.n)).scalars())


def count(c: Connection) -> int:
    """How many reports there are."""
    return c.execute(select(func.count()).select_from(reports)).scalar_one()


def listed(c: Connection) -> Iterator[Row[Any]]:
    """A row for each report, in the order of ids: id, title, outlet, published, url, words."""
    return iter(
        c.execute(
            select(
                reports.c.id,
                reports.c.title,
                reports.c.outlet,
                reports.c.published,
                reports.c.url,
                reports.c.words,
                reports.c.n,
            ).order_by(reports.c.id)
        )
    )


def forget(c: Connection, name: str, who: str, why: str) -> int | None:
    """Take a report's evidence out and leave a tombstone; its number, or None when there is no such report."""
    row = c.execute(select(reports).where(reports.c.id == name)).first()
    if row is None:
        return None
    report = report_of(row.record, row.check, name)
    search_tables.drop_reports(c, [_words(row.n, report)])
    c.execute(delete(custody).where(custody.c.report == bindparam("gone")), {"gone": name})
    c.execute(delete(reports).where(reports.c.n == row.n))
    c.execute(delete(waiting).where(waiting.c.n == row.n))
    c.execute(insert(tombstones).values(id=name, digest=row.digest, at=now(), who=who, why=why))
    number: int = row.n
    return number


def shares(asked: Sequence[Any]) -> Iterator[list[Any]]:
    """What is asked for, as much at a time as one question takes."""
    for at in range(0, len(asked), AT_A_TIME):
        yield list(asked[at : at + AT_A_TIME])
