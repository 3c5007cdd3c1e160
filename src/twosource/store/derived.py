"""What is made from the evidence and can be made again: annotations, what brings reports together, incidents and their accounts."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, delete, func, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from twosource.model import Annotation
from twosource.store import finished, marks, passages, search_tables, signs, vectors
from twosource.store.evidence import shares
from twosource.store.records import packed, plain, record_of, rows_of, unpacked
from twosource.store.schema import (
    analyses,
    events,
    found,
    incidents,
    members,
    redirects,
    waiting,
)
from twosource.store.stamp import now


@dataclass(frozen=True, slots=True)
class Sought:
    """A line that search looks into: a statement, a claim or an actor of an incident."""

    noun: str
    id: str
    text: str
    report: str | None = None
    who: str | None = None
    stance: str | None = None
    status: str | None = None
    origins: int | None = None


@dataclass(frozen=True, slots=True)
class Settled:
    """An incident as it now stands; `record` is its account as the contract has it, None before one was made."""

    id: str
    key: str
    why: str
    numbers: tuple[int, ...]
    title: str = ""
    outlets: int = 0
    record: Mapping[str, Any] | None = None
    sought: tuple[Sought, ...] = ()


@dataclass(frozen=True, slots=True)
class Event:
    """Something that changed, for people and alerts."""

    incident: str
    kind: str  # new_incident | new_report | second_origin | toll | denial | edited | merged
    text: str
    record: Mapping[str, Any]


# ------------------------------------------------------------------ annotations


def annotations_for(c: Connection, wanted: Sequence[str]) -> dict[str, Annotation]:
    """The stored annotations among the keys asked for. Raises CaseDamaged for one that is not as it was written."""
    return {
        row.key: record_of(unpacked(row.record, row.check, "an annotation"), Annotation)
        for some in shares(wanted)
        for row in c.execute(select(analyses).where(analyses.c.key.in_(some)))
    }


def annotated(c: Connection, wanted: Sequence[str]) -> set[str]:
    """Those of the keys under which an annotation is stored."""
    return {
        key
        for some in shares(wanted)
        for key in c.execute(select(analyses.c.key).where(analyses.c.key.in_(some))).scalars()
    }


def keep_annotations(c: Connection, made: Mapping[str, Annotation]) -> None:
    """Store annotations under their keys; what is there already stays."""
    rows = []
    for key, annotation in made.items():
        data, check = packed(rows_of(annotation))
        rows.append({"key": key, "report": annotation.report, "record": data, "check": check})
    if rows:
        c.execute(_dialect(c).insert(analyses).on_conflict_do_nothing(index_elements=["key"]), rows)


def drop_annotations(c: Connection, report: str) -> None:
    """Take out all annotations of a report."""
    c.execute(delete(analyses).where(analyses.c.report == report))


# ------------------------------------------------------------------ what brings reports together


def waiting_numbers(c: Connection) -> list[int]:
    """Reports whose incident is not settled yet, in the order in which they came."""
    return list(c.execute(select(waiting.c.n).order_by(waiting.c.n)).scalars())


def waits(c: Connection, numbers: Sequence[int]) -> bool:
    """Whether one of these reports waits for its incident to be settled."""
    return any(
        c.execute(select(waiting.c.n).where(waiting.c.n.in_(some)).limit(1)).first()
        for some in shares(numbers)
    )


def wait(c: Connection, numbers: Iterable[int]) -> None:
    """Have these reports' incidents settled again."""
    rows = [{"n": n} for n in sorted(set(numbers))]
    if rows:
        c.execute(_dialect(c).insert(waiting).on_conflict_do_nothing(index_elements=["n"]), rows)


def settled(c: Connection, numbers: Sequence[int]) -> None:
    """These reports wait no longer."""
    for some in shares(numbers):
        c.execute(delete(waiting).where(waiting.c.n.in_(some)))


# ------------------------------------------------------------------ incidents


def generation(c: Connection) -> int:
    """A number that grows whenever incidents are written."""
    return int(marks.get(c, "generation") or 0)


def next_generation(c: Connection) -> None:
    """Let others see that incidents were written."""
    marks.put(c, "generation", str(generation(c) + 1))


def grouped_by(c: Connection) -> str | None:
    """How the incidents were last grouped; None before the first time."""
    return marks.get(c, "grouped_by")


def group_by(c: Connection, way: str) -> None:
    """Remember how the incidents are grouped."""
    if grouped_by(c) != way:
        marks.put(c, "grouped_by", way)


def incidents_of(c: Connection, numbers: Sequence[int]) -> dict[int, str]:
    """The incident of each of these reports that has one."""
    return {
        row.n: row.incident
        for some in shares(numbers)
        for row in c.execute(select(members).where(members.c.n.in_(some)))
    }


def numbers_in(c: Connection, names: Sequence[str]) -> dict[str, tuple[int, ...]]:
    """The reports of each of these incidents."""
    held: dict[str, list[int]] = {}
    for some in shares(names):
        for row in c.execute(select(members).where(members.c.incident.in_(some)).order_by(members.c.n)):
            held.setdefault(row.incident, []).append(row.n)
    return {name: tuple(n) for name, n in held.items()}


def keys_of(c: Connection, names: Sequence[str]) -> dict[str, str]:
    """What each of these incidents' accounts was made from."""
    return {
        row.id: row.key
        for some in shares(names)
        for row in c.execute(select(incidents.c.id, incidents.c.key).where(incidents.c.id.in_(some)))
    }


def current(c: Connection, name: str) -> str:
    """The id under which an incident is kept now: merged and renamed ones redirect."""
    seen = {name}
    while (new := c.execute(select(redirects.c.new).where(redirects.c.old == name)).scalar()) is not None:
        if new in seen:
            break
        seen.add(new)
        name = new
    return name


def account(c: Connection, name: str) -> Any:
    """The stored account of an incident, or None. Raises CaseDamaged when it is not as it was written."""
    row = c.execute(select(incidents.c.record, incidents.c.check).where(incidents.c.id == name)).first()
    if row is None or row.record is None:
        return None
    return unpacked(row.record, row.check, f"the account of incident {name}")


def incidents_with(c: Connection, name: str) -> list[str]:
    """The incidents whose account holds a statement, claim or actor of that id; all that have an account, for other ids."""
    held = c.execute(select(found.c.incident).where(found.c.id == name).distinct().order_by(found.c.incident))
    some = list(held.scalars())
    if some:
        return some
    rest = select(incidents.c.id).where(incidents.c.record.is_not(None)).order_by(incidents.c.id)
    return list(c.execute(rest).scalars())


def numbers_with(c: Connection, statements: Sequence[str]) -> list[int]:
    """The reports of the incidents in which these statements stand."""
    names: set[str] = set()
    for some in shares(statements):
        names.update(c.execute(select(found.c.incident).where(found.c.id.in_(some)).distinct()).scalars())
    return sorted(n for held in numbers_in(c, sorted(names)).values() for n in held)


def listed(c: Connection) -> Iterator[Row[Any]]:
    """A row for each incident, the largest first."""
    return iter(c.execute(select(incidents).order_by(incidents.c.reports.desc(), incidents.c.id)))


def put_incidents(c: Connection, old: Iterable[str], new: Sequence[Settled]) -> None:
    """Write incidents in place of old ones; an old id that is gone redirects to where most of its reports are now."""
    had = numbers_in(c, sorted(old))
    finished.drop(c, old)
    for some in shares(sorted(old)):
        c.execute(delete(members).where(members.c.incident.in_(some)))
    stay = {s.id for s in new}
    where = {n: s.id for s in new for n in s.numbers}
    for name in sorted(old):
        if name not in stay:
            _drop_found(c, name)
            c.execute(delete(incidents).where(incidents.c.id == name))
            heirs = Counter(where[n] for n in had.get(name, ()) if n in where)
            if heirs:
                heir = min(heirs, key=lambda i: (-heirs[i], i))
                c.execute(delete(redirects).where(redirects.c.old.in_([name, heir])))
                c.execute(insert(redirects).values(old=name, new=heir))
    for s in new:
        c.execute(delete(redirects).where(redirects.c.old == s.id))
        c.execute(insert(members), [{"n": n, "incident": s.id} for n in s.numbers])
        _put(c, s)
    next_generation(c)


def _put(c: Connection, s: Settled) -> None:
    record, check = packed(s.record) if s.record is not None else (None, None)
    where = (s.record or {}).get("where") or {}
    row = {
        "id": s.id,
        "key": s.key,
        "why": plain(s.why),
        "title": plain(s.title),
        "when": (s.record or {}).get("when"),
        "place": plain(where.get("name")),
        "lat": where.get("lat"),
        "lon": where.get("lon"),
        "reports": len(s.numbers),
        "outlets": s.outlets,
        "record": record,
        "check": check,
    }
    c.execute(delete(incidents).where(incidents.c.id == s.id))
    c.execute(insert(incidents), [row])
    _drop_found(c, s.id)
    _add_found(c, s)


def _add_found(c: Connection, s: Settled) -> None:
    rows = [
        {
            "noun": x.noun,
            "id": x.id,
            "incident": s.id,
            "report": x.report,
            "text": plain(x.text) or "",
            "who": plain(x.who),
            "stance": x.stance,
            "status": x.status,
            "origins": x.origins,
        }
        for x in s.sought
    ]
    if not rows:
        return
    c.execute(insert(found), rows)
    made = c.execute(
        select(found.c.n, found.c.noun, found.c.text, found.c.who)
        .where(found.c.incident == s.id)
        .order_by(found.c.n)
    )
    search_tables.add_found(c, [search_tables.found_row(row) for row in made])


def _drop_found(c: Connection, name: str) -> None:
    rows = c.execute(
        select(found.c.n, found.c.noun, found.c.text, found.c.who)
        .where(found.c.incident == name)
        .order_by(found.c.n)
    )
    lines = rows.all()
    search_tables.drop_found(c, [search_tables.found_row(row) for row in lines])
    vectors.drop(c, "claim", [row.n for row in lines if row.noun == "claim"])
    c.execute(delete(found).where(found.c.incident == name))


def leave(c: Connection, n: int) -> None:
    """Take a report out of its incident."""
    c.execute(delete(members).where(members.c.n == n))


def strip_incident(c: Connection, name: str) -> None:
    """Take an incident's account out, with all that search and the news have of it; its name waits for the reports that are left."""
    _drop_found(c, name)
    finished.drop(c, [name])
    c.execute(delete(events).where(events.c.incident == name))
    if c.execute(select(members.c.n).where(members.c.incident == name).limit(1)).first() is None:
        c.execute(delete(incidents).where(incidents.c.id == name))
        return
    empty = {"key": "", "why": "", "title": "", "when": None, "place": None, "lat": None, "lon": None}
    c.execute(update(incidents).where(incidents.c.id == name).values(**empty, record=None, check=None))


def drop_all(c: Connection) -> None:
    """Take out all that can be made again."""
    for (name,) in c.execute(select(incidents.c.id)).all():
        _drop_found(c, name)
    signs.drop_all(c)
    passages.drop_all(c)
    vectors.drop_all(c)
    finished.drop_all(c)
    for table in (analyses, members, incidents, found):
        c.execute(delete(table))
    next_generation(c)


# ------------------------------------------------------------------ what changed


def tell(c: Connection, happened: Sequence[Event]) -> None:
    """Write down what changed."""
    at = now()
    rows = [
        {
            "at": at,
            "incident": e.incident,
            "kind": e.kind,
            "text": plain(e.text),
            "record": json.dumps(e.record),
        }
        for e in happened
    ]
    if rows:
        c.execute(insert(events), rows)


def events_since(c: Connection, n: int) -> Iterator[Row[Any]]:
    """What changed after event number n."""
    return iter(c.execute(select(events).where(events.c.n > n).order_by(events.c.n)))


def record(event: Row[Any]) -> dict[str, Any]:
    """What belongs to an event: ids and figures."""
    held: dict[str, Any] = json.loads(event.record)
    return held


def last_event(c: Connection) -> int:
    """The number of the latest event."""
    number: int = c.execute(select(func.coalesce(func.max(events.c.n), 0))).scalar_one()
    return number


def _dialect(c: Connection) -> Any:
    return postgresql if c.dialect.name == "postgresql" else sqlite
