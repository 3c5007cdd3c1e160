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

_CLAIMS = "SELECT incident FROM found WHERE noun = 'claim'"


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


ALL = Filters()


@dataclass(frozen=True, slots=True)
class Narrowed:
    """Conditions on what matched, over its number `{n}` or the row f of `found`, and their values; `nothing`: one lets none through."""

    conditions: tuple[str, ...] = ()
    values: tuple[tuple[str, object], ...] = ()
    nothing: bool = False

    @property
    def where(self) -> str:
        """The conditions, each after an AND."""
        return "".join(f" AND {c}" for c in self.conditions)


def narrowed(c: Connection, f: Filters, noun: str) -> Narrowed:
    """What the filters ask of reports, or of the statements, claims or actors found in them."""
    sets: list[str] = []  # these come first: what they don't hold is asked nothing more
    asked: list[str] = []
    values: dict[str, object] = {}
    whole = noun == "report"
    for condition, more in _of_reports(f):
        values |= more
        those = _both("SELECT n FROM {0} WHERE " + condition, " UNION ALL ")
        count = _count(c, those, more)
        if not count:
            return Narrowed(nothing=True)
        if count <= FEW:
            few = f"SELECT x.n FROM found x WHERE x.report IN (SELECT r.id FROM reports r WHERE r.n IN ({those}))"
            sets.append(f"{{n}} IN ({those if whole else few})")
        else:
            n = "{n}" if whole else "(SELECT r.n FROM reports r WHERE r.id = f.report)"
            one = _both("EXISTS (SELECT 1 FROM {0} q WHERE q.n = {1} AND " + condition + ")", " OR ")
            asked.append(f"({one.replace('{1}', n)})")
    for those, more in _of_incidents(c, f, noun):
        values |= more
        count = _count(c, those, more)
        if not count:
            return Narrowed(nothing=True)
        if count <= FEW:
            table = "members" if whole else "found"
            sets.append(f"{{n}} IN (SELECT x.n FROM {table} x WHERE x.incident IN ({those}))")
        else:
            home = "(SELECT m.incident FROM members m WHERE m.n = {n})" if whole else "f.incident"
            asked.append(f"{home} IN ({those})")
    if not whole:
        for condition, more in _of_lines(f):
            asked.append(condition)
            values |= more
    return Narrowed((*sets, *asked), tuple(values.items()))


def _both(said: str, between: str) -> str:
    """Asked of reports as they came and of what their heads show."""
    return between.join(said.replace("{0}", table) for table in ("reports", "mastheads"))


def _count(c: Connection, those: str, values: dict[str, object]) -> int:
    """How many a set holds, as far as it matters."""
    some = f"SELECT count(*) FROM (SELECT 1 FROM ({those}) q LIMIT {FEW + 1}) p"
    found: int = c.execute(text(some), values).scalar_one()
    return found


def _of_reports(f: Filters) -> Iterator[tuple[str, dict[str, object]]]:
    """Conditions on reports, and alike on what their heads show."""
    if f.outlet:
        yield "lower(outlet) = :outlet", {"outlet": normal(f.outlet)}
    if f.since:
        yield "published >= :since", {"since": f.since}
    if f.until:
        yield "published < :until", {"until": f.until + "~"}  # a day holds all its hours


def _of_incidents(c: Connection, f: Filters, noun: str) -> Iterator[tuple[str, dict[str, object]]]:
    """The ids of the incidents that a filter lets through."""
    if f.place:
        said = re.sub(r"([!%_])", r"!\1", f.place.lower())
        yield "SELECT id FROM incidents WHERE lower(place) LIKE :place ESCAPE '!'", {"place": f"%{said}%"}
    if f.actor:
        yield ACTORS[c.dialect.name], {"actor": actors_match(c, f.actor)}
    if noun == "report" and f.status:
        yield f"{_CLAIMS} AND status = :status", {"status": f.status}
    if noun == "report" and f.origins is not None:
        yield f"{_CLAIMS} AND origins >= :origins", {"origins": f.origins}


def _of_lines(f: Filters) -> Iterator[tuple[str, dict[str, object]]]:
    if f.stance:
        yield "f.stance = :stance", {"stance": f.stance}
    if f.status:
        yield "f.status = :status", {"status": f.status}
    if f.origins is not None:
        yield "f.origins >= :origins", {"origins": f.origins}
