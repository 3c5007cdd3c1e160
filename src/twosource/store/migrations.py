"""How a case of an earlier version becomes one of this version: numbered steps, each recorded, each done whole or not at all."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import Connection, insert, inspect, select, text

from twosource.errors import CaseError
from twosource.store import misspelt, search_tables
from twosource.store.connect import APPLICATION
from twosource.store.schema import (
    api_keys,
    audit,
    finished,
    known_actors,
    mastheads,
    metadata,
    migrations,
    passages,
    passages_of,
    sessions,
    sketches,
    users,
    vector_signs,
    vectors,
)
from twosource.store.stamp import now
from twosource.version import __version__


@dataclass(frozen=True, slots=True)
class Step:
    """One change of the tables."""

    version: int
    name: str
    run: Callable[[Connection], None]


def _first(c: Connection) -> None:
    metadata.create_all(c)
    search_tables.create(c)
    if c.dialect.name == "sqlite":
        c.execute(text(f"PRAGMA application_id = {APPLICATION}"))


def _mastheads(c: Connection) -> None:
    mastheads.create(c, checkfirst=True)


def _team(c: Connection) -> None:
    for table in (users, sessions, api_keys, audit):
        table.create(c, checkfirst=True)


def _kept(c: Connection) -> None:
    for table in (sketches, passages, passages_of, vectors, vector_signs):
        table.create(c, checkfirst=True)
    for index in ("keys_n", "prints_n"):  # a sketch says by what its report is looked up
        c.execute(text(f"DROP INDEX IF EXISTS {index}"))
    search_tables.renew(c)
    search_tables.index(c)


def _finished(c: Connection) -> None:
    finished.create(c, checkfirst=True)


def _in_part(c: Connection) -> None:
    if "part" not in {column["name"] for column in inspect(c).get_columns("finished")}:
        c.execute(text("ALTER TABLE finished RENAME TO finished_before"))
        if c.dialect.name == "postgresql":  # where names of keys are the schema's
            c.execute(text("ALTER INDEX finished_pkey RENAME TO finished_before_pkey"))
        finished.create(c)
        c.execute(
            text("INSERT INTO finished SELECT incident, 'all', key, record, \"check\" FROM finished_before")
        )
        c.execute(text("DROP TABLE finished_before"))
    c.execute(text("DROP INDEX IF EXISTS ix_reports_digest"))
    c.execute(text("CREATE INDEX IF NOT EXISTS reports_known ON reports (id, digest)"))
    misspelt.create(c)


def _known(c: Connection) -> None:
    known_actors.create(c, checkfirst=True)


STEPS: tuple[Step, ...] = (
    Step(1, "the first tables", _first),
    Step(2, "outlets and dates that the reports' heads show", _mastheads),
    Step(3, "people who work with a case, their keys, and who did what", _team),
    Step(4, "sketches, parsed paragraphs and vectors are kept; search is narrowed by indexes", _kept),
    Step(5, "finished accounts are kept", _finished),
    Step(
        6,
        "finished accounts without confidential reports too; known reports and misspelt names are looked up",
        _in_part,
    ),
    Step(7, "lists of known actors", _known),
)
LATEST = STEPS[-1].version


def version_of(c: Connection) -> int:
    """The last step that was done; 0 for an empty database."""
    if not inspect(c).has_table("migrations"):
        return 0
    found: int | None = c.execute(
        select(migrations.c.version).order_by(migrations.c.version.desc()).limit(1)
    ).scalar()
    return found or 0


def migrate(c: Connection, name: str) -> list[Step]:
    """Do the steps that are missing and say which. Raises CaseError when the case is of a later version than this program."""
    have = version_of(c)
    refuse_newer(have, name)
    done = [s for s in STEPS if s.version > have]
    for step in done:
        step.run(c)
        c.execute(
            insert(migrations).values(version=step.version, name=step.name, at=now(), made_by=__version__)
        )
    return done


def refuse_newer(have: int, name: str) -> None:
    """Raises CaseError for a case that a later version of this program has written."""
    if have > LATEST:
        raise CaseError(
            f"{name} was written by a later version of twosource (tables {have}, this one knows {LATEST}): upgrade with pip install -U twosource"
        )
