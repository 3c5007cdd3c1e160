"""A copy of a case taken while it is in use, whole as of one moment."""

from __future__ import annotations

import os
import sqlite3
import subprocess
from pathlib import Path

from twosource.errors import CaseError, UsageError
from twosource.store.connect import engine_of, is_database, speaking

PAGES = 2000  # copied in one go; writers go on in between


def backup(name: str, to: Path) -> None:
    """Write a copy beside, then put it in its place whole. A file becomes a case file, a database a dump of pg_dump.

    Raises UsageError when something stands there already or can't be written.
    """
    if to.exists():
        raise UsageError(f"{to} is there already: name a new file for the backup")
    part = to.with_name(f".{to.name}.part")
    try:
        _dump(name, part) if is_database(name) else _copy(name, part)
        with part.open("rb") as f:
            os.fsync(f.fileno())
        part.replace(to)
    except OSError as e:
        raise UsageError(f"cannot write {to}: {e.strerror or e}") from e
    finally:
        part.unlink(missing_ok=True)


def _copy(name: str, part: Path) -> None:
    engine = engine_of(name)
    part.unlink(missing_ok=True)
    with speaking(engine), engine.connect() as c:
        source = c.connection.driver_connection
        with sqlite3.connect(part) as target:
            source.backup(target, pages=PAGES)  # type: ignore[union-attr]
            target.execute("PRAGMA journal_mode = DELETE")  # one file, nothing beside it
        target.close()
    engine.dispose()


def _dump(name: str, part: Path) -> None:
    try:
        done = subprocess.run(
            ["pg_dump", "--format=custom", f"--file={part}", f"--dbname={name}"],
            capture_output=True,
            text=True,
            check=False,
        )
    except FileNotFoundError as e:
        raise UsageError("a backup of a PostgreSQL case needs pg_dump, which is not installed") from e
    if done.returncode:
        raise CaseError(f"pg_dump: {' '.join(done.stderr.split())[:300]}")
