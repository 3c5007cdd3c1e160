"""Lists of a case a page at a time, and a state that changes whenever anything that a page shows may have."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Connection, Row, func, select

from twosource.store.derived import generation
from twosource.store.evidence import shares
from twosource.store.records import unpacked
from twosource.store.schema import decisions, events, found, incidents, members, reports, waiting

ORDERS = ("size", "date")


def state(c: Connection) -> str:
    """The same as before exactly while nothing was added, decided, settled or forgotten."""
    row = c.execute(
        select(
            select(func.max(decisions.c.n)).scalar_subquery().label("decided"),
            select(func.max(reports.c.n)).scalar_subquery().label("came"),
            select(func.max(events.c.n)).scalar_subquery().label("told"),
            select(func.count()).select_from(waiting).scalar_subquery().label("waits"),
        )
    ).one()
    return f"{generation(c)}-{row.decided or 0}-{row.came or 0}-{row.told or 0}-{row.waits}"


def counts(c: Connection) -> dict[str, int]:
    """How many incidents, reports, waiting reports and decisions there are."""
    tables = {"incidents": incidents, "reports": reports, "waiting": waiting, "decisions": decisions}
    return {name: c.execute(select(func.count()).select_from(t)).scalar_one() for name, t in tables.items()}


def some_incidents(c: Connection, most: int, skip: int = 0, order: str = "size") -> list[Row[Any]]:
    """Incidents without their accounts: the largest first, or the latest."""
    first = incidents.c.reports if order == "size" else func.coalesce(incidents.c.when, "")
    columns = [x for x in incidents.c if x.name not in ("record", "check")]
    return list(
        c.execute(select(*columns).order_by(first.desc(), incidents.c.id).limit(most).offset(skip)).all()
    )


def accounts(c: Connection, names: Sequence[str]) -> dict[str, Any]:
    """The stored accounts of these incidents, as the contract has them."""
    return {
        row.id: unpacked(row.record, row.check, f"the account of incident {row.id}")
        for some in shares(names)
        for row in c.execute(
            select(incidents.c.id, incidents.c.record, incidents.c.check).where(
                incidents.c.id.in_(some), incidents.c.record.is_not(None)
            )
        )
    }


def some_reports(c: Connection, most: int, skip: int = 0) -> list[Row[Any]]:
    """Reports with their incident, without their text, in the order of their ids."""
    shown = ("id", "title", "outlet", "published", "url", "sha256", "words")
    columns = [x for x in reports.c if x.name in shown]
    joined = reports.outerjoin(members, members.c.n == reports.c.n)
    asked = select(*columns, members.c.incident).select_from(joined).order_by(reports.c.id)
    rows: Iterable[Row[Any]] = c.execute(asked.limit(most).offset(skip))
    return list(rows)


def events_after(c: Connection, n: int, most: int) -> list[Row[Any]]:
    """What changed after event number n, the latest first."""
    return list(c.execute(select(events).where(events.c.n > n).order_by(events.c.n.desc()).limit(most)).all())


def incidents_holding(c: Connection, name: str) -> list[str]:
    """The incidents in which search knows a statement, claim or actor of that id."""
    return list(
        c.execute(
            select(found.c.incident).where(found.c.id == name).distinct().order_by(found.c.incident)
        ).scalars()
    )
