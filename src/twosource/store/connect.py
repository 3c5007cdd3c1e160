"""A case opened: one file (SQLite, with its write-ahead log beside it) or a PostgreSQL database.

Nothing is held between two steps: a reader sees one state of the case, a writer holds the case for one short step.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError, OperationalError

from twosource.errors import CaseDamaged, CaseError, MissingExtra, UsageError

APPLICATION = 0x32535243  # in the head of the file: "2SRC"
PATIENCE = 60  # seconds to wait for another writer's step
SMALL = 32_000_000  # bytes up to which a file is looked through whenever it is opened
CACHE = 64_000  # kilobytes
_HEAD = b"SQLite format 3\0"
_POSTGRES = ("postgresql://", "postgres://")


def is_database(name: str) -> bool:
    """Whether the case is a PostgreSQL database rather than a file."""
    return name.startswith(_POSTGRES)


def engine_of(name: str, *, new: bool = False) -> Engine:
    """The engine of a case. Raises CaseError when there is none (or, for a new one, when there is one already)."""
    if is_database(name):
        return _postgres(name)
    path = Path(name)
    if new:
        refuse_existing(path)
        if not path.parent.is_dir():
            raise UsageError(f"there is no folder {path.parent}: make it first")
    else:
        _look_at(path)
    engine = create_engine(
        f"sqlite:///{path}", connect_args={"timeout": PATIENCE, "check_same_thread": False}
    )
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    return engine


def refuse_existing(path: Path) -> None:
    """Raises UsageError when something stands where a case is to be made."""
    if path.exists():
        raise UsageError(f"{path} is there already: a case is made once, then `case add` adds to it")


@contextmanager
def reads(engine: Engine) -> Iterator[Connection]:
    """One state of the case to read from."""
    with speaking(engine), engine.connect() as c:
        if c.dialect.name == "postgresql":
            c.execution_options(isolation_level="REPEATABLE READ")
        with c.begin():
            yield c


@contextmanager
def writes(engine: Engine) -> Iterator[Connection]:
    """One step, done whole or not at all; on return it is durable. Steps of several programs follow one another."""
    with speaking(engine), engine.connect() as c, c.execution_options(writes=True).begin():
        if c.dialect.name == "postgresql":
            # as a file does: what a step reads before it writes, the end of the log of decisions too, stays so until it is done
            c.exec_driver_sql(f"SET LOCAL lock_timeout = '{PATIENCE}s'")
            c.exec_driver_sql(f"SELECT pg_advisory_xact_lock({APPLICATION})")
        yield c


@contextmanager
def speaking(engine: Engine) -> Iterator[None]:
    """What the database says, in words that say what to do."""
    try:
        yield
    except DBAPIError as e:
        raise _told(e, str(engine.url.database or engine.url)) from e
    except sqlite3.DatabaseError as e:
        raise CaseDamaged(_damaged(str(engine.url.database), e)) from e


def _told(e: DBAPIError, name: str) -> CaseError:
    said = " ".join(str(e.orig).split())[:200]
    low = said.lower()
    if any(w in low for w in ("malformed", "not a database", "corrupt", "could not decode")):
        return CaseDamaged(_damaged(name, said))
    if "full" in low or "no space" in low or "disk i/o" in low:
        return CaseError(
            f"{name}: the disk is full or failed ({said}). Nothing of this step was written and all before it is kept: make room and run the same command again"
        )
    if "locked" in low or "busy" in low or "lock timeout" in low:
        return CaseError(
            f"{name}: another program has held the case for {PATIENCE} s: wait for it, or end it"
        )
    if "readonly" in low or "read-only" in low or "permission" in low:
        return CaseError(f"{name}: may not be written ({said})")
    if isinstance(e, OperationalError) or e.connection_invalidated:
        return CaseError(
            f"{name}: the database does not answer ({said}). What was acknowledged is kept: run the same command again when it does"
        )
    return CaseError(f"{name}: {said}")


def _damaged(name: str, why: object) -> str:
    return f"{name}: the case file is damaged ({why}). Restore a backup made by `case backup`, or see `case doctor`"


def _look_at(path: Path) -> None:
    """Refuse what is no case, or is cut short, before anything is read from it."""
    if not path.exists():
        raise UsageError(f"there is no case {path}: `twosource case init {path}` makes one")
    if not path.is_file():
        raise UsageError(f"{path} is not a file")
    try:
        with path.open("rb") as f:
            head = f.read(100)
        size = path.stat().st_size
    except OSError as e:
        raise CaseError(f"{path} cannot be read: {e.strerror or e}") from e
    if len(head) < 100 or not head.startswith(_HEAD):
        raise CaseDamaged(f"{path} is not a case, or its first bytes are gone: restore a backup")
    if int.from_bytes(head[68:72], "big") != APPLICATION:
        raise UsageError(f"{path} is a database, but not a case of twosource")
    page = int.from_bytes(head[16:18], "big")
    expected = (65536 if page == 1 else page) * int.from_bytes(head[28:32], "big")
    if size < expected and not _has_log(path):
        raise CaseDamaged(_damaged(str(path), f"it is cut short: {size} bytes of {expected}"))
    if size <= SMALL:
        _look_through(path)


def _has_log(path: Path) -> bool:
    """Whether pages may still lie in the log beside the file: its head is then ahead of it, now and after a crash."""
    try:
        return Path(f"{path}-wal").stat().st_size > 0
    except OSError:
        return False


def _look_through(path: Path) -> None:
    try:
        with sqlite3.connect(path, timeout=PATIENCE) as c:
            said = [row[0] for row in c.execute("PRAGMA quick_check(3)")]
        c.close()
    except sqlite3.OperationalError as e:
        if "malformed" not in str(e):
            raise CaseError(f"{path} cannot be opened: {e}") from e
        raise CaseDamaged(_damaged(str(path), e)) from e
    except sqlite3.DatabaseError as e:
        raise CaseDamaged(_damaged(str(path), e)) from e
    if said != ["ok"]:
        raise CaseDamaged(_damaged(str(path), "; ".join(str(s) for s in said)[:200]))


def _prepare(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # transactions begin where we say, see _begin
    for pragma in (
        "journal_mode = WAL",
        "synchronous = FULL",
        "foreign_keys = ON",
        "secure_delete = ON",  # what is forgotten is overwritten
        "temp_store = MEMORY",
        f"cache_size = -{CACHE}",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: Connection) -> None:
    # A step that will write says so at once: turning a reader into a writer half-way fails when another one wrote.
    wants = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if wants else "BEGIN")


def _postgres(name: str) -> Engine:
    try:
        import psycopg  # noqa: F401
    except ImportError as e:
        raise MissingExtra("a case on PostgreSQL", "postgres") from e
    url = "postgresql+psycopg://" + name.split("://", 1)[1]
    return create_engine(url, pool_pre_ping=True)
