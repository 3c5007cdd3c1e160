"""A case: one file, or a PostgreSQL database, that loses nothing that was acknowledged and remembers who decided what."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, Engine

from twosource.errors import UsageError
from twosource.store.connect import engine_of, is_database, reads, refuse_existing, speaking, writes
from twosource.store.migrations import LATEST, migrate, refuse_newer, version_of

__all__ = ["Store"]


class Store:
    """An open case. Reading sees one state; a writing step is done whole or not at all, and is durable when it returns."""

    def __init__(self, name: str, engine: Engine) -> None:
        self.name = name
        self._engine = engine

    @classmethod
    def create(cls, name: str, first: Callable[[Connection], None] = lambda _: None) -> Store:
        """A new case, empty but for what `first` puts into it; it appears only when that was done. Raises UsageError when there is one already."""
        if is_database(name):
            store = cls(name, engine_of(name))
            try:
                store._begin(first)
            except BaseException:
                store.close()
                raise
            return store
        refuse_existing(Path(name))
        part = Path(name).with_name(f".{Path(name).name}.{os.getpid()}.part")
        try:
            with cls(str(part), engine_of(str(part), new=True)) as store:
                store._begin(first)
                store.compact()  # the file itself says what it is, not the log beside it
            os.link(part, name)  # not a rename: another program may have made one meanwhile
        except FileExistsError:
            refuse_existing(Path(name))
        finally:
            for beside in ("", "-wal", "-shm"):
                Path(f"{part}{beside}").unlink(missing_ok=True)
        return cls.open(name)

    def _begin(self, first: Callable[[Connection], None]) -> None:
        with writes(self._engine) as c:
            if version_of(c):
                raise UsageError(f"{self.name} is a case already: `case add` adds to it")
            migrate(c, self.name)
            first(c)

    @classmethod
    def open(cls, name: str) -> Store:
        """A case that is there; one of an earlier version is brought up to date first.

        Raises UsageError when there is none, CaseDamaged when it isn't whole, CaseError when a later version wrote it.
        """
        engine = engine_of(name)
        store = cls(name, engine)
        try:
            with reads(engine) as c:
                have = version_of(c)
            if have == 0:
                raise UsageError(f"there is no case in {name}: `twosource case init {name}` makes one")
            refuse_newer(have, name)
            if have < LATEST:
                with writes(engine) as c:
                    migrate(c, name)
        except BaseException:
            store.close()
            raise
        return store

    @contextmanager
    def reads(self) -> Iterator[Connection]:
        """One state of the case to read from."""
        with reads(self._engine) as c:
            yield c

    @contextmanager
    def writes(self) -> Iterator[Connection]:
        """One step; raised errors undo it."""
        with writes(self._engine) as c:
            yield c

    def compact(self) -> None:
        """Have nothing of what was taken out stay in the log beside the file."""
        if not is_database(self.name):
            with speaking(self._engine), self._engine.connect() as c:
                c.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")

    def close(self) -> None:
        """Let go of the file or the connections."""
        self._engine.dispose()

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
