"""The filters of a search as questions to the database: each as a set that is made once, or as a condition asked of one row after another.

A filter that lets few through is made into a set, and what is not in it is never looked at. One that lets many through is asked
of the rows as they come, best or newest first, and soon enough has answered yes often enough.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import Connection, text

from twosource.store.search_tables import ACTORS, actors_match
from twosource.text import normal

NOUNS = ("report", "statement", "claim", "actor")
FEW = 2000  # what a set may hold


@dataclass(frozen=True, slots=True)
class Filters:
    """What results must have; a filter that isn't given lets all through."""

    nouns: tuple[str, ...] = NOUNS
    outlet: str | None = None
    since: str | None = None  # published on that day or later
    until: str | None = None
    actor: str | None = None
    place: str | None = None
    stance: str | None = None
    status: str | None = None
    origins: int | None = None  # at least


@dataclass(frozen=True, slots=True)
class Narrowed:
    """Conditions on what matched, over its number `{n}` or the row f of `found`, and their values."""

    conditions: tuple[str, ...] = ()
    values: tuple[tuple[str, object], ...] = ()

    @property
    def where(self) -> str:
        """The conditions, each after an AND."""
        return "".join(f" AND {c}" for c in self.conditions)


def narrowed(c: Connection, f: Filters, noun: str) -> Narrowed:
    """What the filters ask of reports, or of the statements, claims or actors found in them."""
    conditions: list[str] = []
    values: dict[str, object] = {}
    for asked, more in _of_reports(f):
        values |= more
        few = _few(c, asked, more)
        if noun == "report":
            conditions.append(f"{{n}} IN ({asked})")
        elif few:
            conditions.append(
                f"{{n}} IN (SELECT x.n FROM found x WHERE x.report IN (SELECT r.id FROM reports r WHERE r.n IN ({asked})))"
            )
        else:
            conditions.append(f"(SELECT r.n FROM reports r WHERE r.id = f.report) IN ({asked})")
    for asked, more in _of_incidents(c, f, noun):
        values |= more
        few = _few(c, asked, more)
        if noun == "report":
            conditions.append(
                f"{{n}} IN (SELECT m.n FROM members m WHERE m.incident IN ({asked}))"
                if few
                else f"(SELECT m.incident FROM members m WHERE m.n = {{n}}) IN ({asked})"
            )
        elif few:
            conditions.append(f"{{n}} IN (SELECT x.n FROM found x WHERE x.incident IN ({asked}))")
        else:
            conditions.append(f"f.incident IN ({asked})")
    if noun != "report":
        for said, more in _of_lines(f):
            conditions.append(said)
            values |= more
    return Narrowed(tuple(conditions), tuple(values.items()))


def _few(c: Connection, asked: str, values: dict[str, object]) -> bool:
    count = c.execute(
        text(f"SELECT count(*) FROM (SELECT 1 FROM ({asked}) q LIMIT {FEW + 1}) p"), values
    ).scalar_one()
    return bool(count <= FEW)


def _of_reports(f: Filters) -> Iterator[tuple[str, dict[str, object]]]:
    """The numbers of the reports that a filter lets through; what a report's head shows counts where it came without."""
    if f.outlet:
        yield (
            "SELECT n FROM reports WHERE lower(outlet) = :outlet UNION SELECT n FROM mastheads WHERE lower(outlet) = :outlet",
            {"outlet": normal(f.outlet)},
        )
    if f.since or f.until:
        # A day holds all its hours, a year all its days.
        more: dict[str, object] = {"since": f.since or "", "until": (f.until or "9999") + "~"}
        day = "published >= :since AND published < :until"
        yield f"SELECT n FROM reports WHERE {day} UNION SELECT n FROM mastheads WHERE {day}", more


def _of_incidents(c: Connection, f: Filters, noun: str) -> Iterator[tuple[str, dict[str, object]]]:
    """The ids of the incidents that a filter lets through."""
    if f.place:
        said = re.sub(r"([!%_])", r"!\1", f.place.lower())
        yield "SELECT id FROM incidents WHERE lower(place) LIKE :place ESCAPE '!'", {"place": f"%{said}%"}
    if f.actor:
        yield ACTORS[c.dialect.name], {"actor": actors_match(c, f.actor)}
    if noun == "report" and f.status:
        yield (
            "SELECT incident FROM found WHERE noun = 'claim' AND status = :status",
            {"status": f.status},
        )
    if noun == "report" and f.origins is not None:
        yield (
            "SELECT incident FROM found WHERE noun = 'claim' AND origins >= :origins",
            {"origins": f.origins},
        )


def _of_lines(f: Filters) -> Iterator[tuple[str, dict[str, object]]]:
    if f.stance:
        yield "f.stance = :stance", {"stance": f.stance}
    if f.status:
        yield "f.status = :status", {"status": f.status}
    if f.origins is not None:
        yield "f.origins >= :origins", {"origins": f.origins}
