"""What a package carries of a case, row by row: out as it stands, in as it stood.

Not carried are users, their sessions and keys, the log of who came in, and the state of watched feeds: they belong to a machine.
All else of a case is made again from this.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, astuple, dataclass, fields
from itertools import islice
from typing import Any, TypeVar

import msgspec
from sqlalchemy import Connection, Table, delete, insert, select

from twosource.corroborate.ownership import parsed
from twosource.errors import CaseDamaged, UsageError
from twosource.model import Report
from twosource.store import evidence, known
from twosource.store.decisions import KINDS, broken_links
from twosource.store.records import plain
from twosource.store.schema import custody, decisions, events, incidents, known_actors, redirects, tombstones

AT_ONCE = 500  # rows


@dataclass(frozen=True, slots=True)
class Came:
    """How a report came to the case."""

    report: str
    sha256: str | None
    original: str | None
    kept: str | None
    read_at: str
    made_by: str


@dataclass(frozen=True, slots=True)
class Gone:
    """A report that was forgotten."""

    id: str
    digest: str
    at: str
    who: str
    why: str


@dataclass(frozen=True, slots=True)
class Decided:
    """A line of the log of decisions, as it is stored: its digest is of these very characters."""

    id: str
    at: str
    who: str
    kind: str
    about: str
    targets: str
    anchors: str
    value: str | None
    why: str | None
    undoes: str | None
    before: str


@dataclass(frozen=True, slots=True)
class Led:
    """An old id, and the one that it leads to."""

    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Happened:
    """Something that changed; `record` is JSON."""

    at: str
    incident: str
    kind: str
    text: str
    record: str


@dataclass(frozen=True, slots=True)
class Learnt:
    """An entry of a list of known actors as it was brought, or taken away; `record` is JSON, or empty."""

    id: str
    at: str
    who: str
    did: str
    source: str
    entity: str
    record: str
    before: str


Row = Came | Gone | Decided | Led | Happened | Learnt
R = TypeVar("R", Came, Gone, Decided, Led, Happened, Learnt)
_TABLES: Mapping[type[Any], Table] = {
    Came: custody,
    Gone: tombstones,
    Decided: decisions,
    Led: redirects,
    Happened: events,
    Learnt: known_actors,
}


def every(c: Connection, kind: type[R]) -> Iterator[R]:
    """All rows of a kind, in the order in which they came, or of their ids where they have no number."""
    table = _TABLES[kind]
    asked = select(*(table.c[f.name] for f in fields(kind)))
    if "n" not in table.c:  # sorted here: each database has an order of its own for texts
        yield from sorted((kind(*row) for row in c.execute(asked)), key=astuple)
        return
    for row in c.execute(asked.order_by(table.c.n).execution_options(yield_per=AT_ONCE)):
        yield kind(*row)


def reports(c: Connection) -> Iterator[Report]:
    """All reports, in the order in which they came. Raises CaseDamaged for one that is not as it was written."""
    for some in evidence.shares(evidence.all_numbers(c)):
        yield from (r for _, r in sorted(evidence.fetch(c, some).items()))


def incident_ids(c: Connection) -> list[str]:
    """The ids of all incidents, in order."""
    return sorted(c.execute(select(incidents.c.id)).scalars())


def put_reports(c: Connection, brought: Iterable[Report]) -> None:
    """Put reports into an empty case. Raises CaseDamaged for one that no case would have taken in."""
    coming = iter(brought)
    while some := list(islice(coming, AT_ONCE)):
        for answer in evidence.admit(c, some):
            if answer.state != "new":
                raise CaseDamaged(f"report {answer.report!r}: {answer.why or 'it is there twice'}")
    c.execute(delete(custody))  # what was written now: how they really came is put after


def put(c: Connection, rows: Iterable[Row]) -> None:
    """Put rows into a case that has none of their kind. Raises CaseDamaged for one that no case has written."""
    coming = iter(rows)
    while some := list(islice(coming, AT_ONCE)):
        for row in some:
            _check(row)
        c.execute(insert(_TABLES[type(some[0])]), [asdict(row) for row in some])


def whole(c: Connection) -> None:
    """Raises CaseDamaged when what was put into a case doesn't hang together."""
    held = {row.id for row in evidence.listed(c)}
    came = set(c.execute(select(custody.c.report)).scalars())
    if wrong := held ^ came:
        raise CaseDamaged(f"report {min(wrong)!r}: it is not written where it came from, or it is not there")
    if wrong := held & set(c.execute(select(tombstones.c.id)).scalars()):
        raise CaseDamaged(f"report {min(wrong)!r}: forgotten, but still there")
    if problems := broken_links(c):
        raise CaseDamaged(problems[0])
    if problems := known.problems(c):
        raise CaseDamaged(problems[0])
    earlier: set[str] = set()
    for d in every(c, Decided):
        if d.undoes is not None and d.undoes not in earlier:
            raise CaseDamaged(f"decision {d.id}: it undoes one that is not there before it")
        earlier.add(d.id)


def led_again(c: Connection, rows: Iterable[Led]) -> None:
    """Let old ids lead where these rows say, and no others anywhere."""
    c.execute(delete(redirects))
    put(c, rows)


def forget_since(c: Connection, event: int) -> None:
    """Take out what was told after that event."""
    c.execute(delete(events).where(events.c.n > event))


def _check(row: Row) -> None:
    for value in asdict(row).values():
        if value != plain(value):
            raise CaseDamaged(f"{type(row).__name__.lower()}: a value holds characters that no case stores: {value!r}")  # fmt: skip
    if isinstance(row, Decided):
        if row.kind not in KINDS:
            raise CaseDamaged(f"decision {row.id}: there is no decision {row.kind!r}")
        _shaped(row.targets, list[str], f"decision {row.id}: its targets")
        _shaped(row.anchors, list[list[str]], f"decision {row.id}: its anchors")
        if row.kind == "owners":
            _listed(row)
    elif isinstance(row, Learnt):
        if problem := known.wrong(row.did, row.source, row.entity, row.record):
            raise CaseDamaged(f"known actor {row.entity!r}: {problem}")
    elif isinstance(row, Happened):
        _shaped(row.record, dict[str, Any], f"what happened at {row.at}: its record")


def _listed(row: Decided) -> None:
    try:
        parsed(row.value or "", row.id)
    except UsageError as e:
        raise CaseDamaged(f"decision {row.id}: its list of owners does not hold ({e})") from e


def _shaped(value: str, kind: Any, what: str) -> None:
    try:
        msgspec.convert(json.loads(value), kind)
    except (ValueError, RecursionError) as e:
        raise CaseDamaged(f"{what} cannot be read ({e})") from e
