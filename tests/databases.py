"""Cases to test with, files and databases of a PostgreSQL server that the tests start themselves, on a socket, as a user without rights; and a look at one."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import pytest

from twosource.case import add, settle
from twosource.model import Report
from twosource.settings import Settings
from twosource.store import Store, evidence
from twosource.store.soundness import problems

_NUMBER = count()


class Server:
    """A PostgreSQL server in a folder of its own; `stop` and `start` as often as wanted."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._programs = _programs()
        self._user = _user()
        self._data = folder / "data"
        if self._user:
            shutil.chown(folder, self._user)
        self._run(
            "initdb",
            "-D",
            str(self._data),
            "-U",
            "tester",
            "-A",
            "trust",
            "-E",
            "UTF8",
            "--no-sync",
            "--locale=C",
        )

    def start(self) -> None:
        """Start it and wait until it answers."""
        options = f"-k {self.folder} -c listen_addresses='' -c fsync=off -c max_connections=60"
        self._run(
            "pg_ctl", "-D", str(self._data), "-w", "-l", str(self.folder / "log"), "-o", options, "start"
        )

    def stop(self, how: str = "fast") -> None:
        """Stop it; `immediate` is how a machine stops that loses its power."""
        self._run("pg_ctl", "-D", str(self._data), "-w", "-m", how, "stop")

    def database(self) -> str:
        """The address of a new, empty database."""
        name = f"case{next(_NUMBER)}"
        self._run("createdb", "-h", str(self.folder), "-U", "tester", name)
        return f"postgresql://tester@/{name}?host={self.folder}"

    def _run(self, program: str, *arguments: str) -> None:
        command = [str(self._programs / program), *arguments]
        if self._user:
            command = ["runuser", "-u", self._user, "--", *command]
        done = subprocess.run(command, capture_output=True, text=True, cwd=self.folder, check=False)
        assert done.returncode == 0, f"{program}: {done.stdout}{done.stderr}"


def _programs() -> Path:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda p: int(p.parts[-3]))
    if found:
        return found[-1].parent
    on_path = shutil.which("initdb")
    if on_path is None:
        pytest.skip("PostgreSQL is not installed: apt-get install postgresql")
    return Path(on_path).parent


def _user() -> str | None:
    """Whom to run the server as: the one who tests, unless that is root, whom PostgreSQL refuses."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            pwd.getpwnam(name)
        except KeyError:
            continue
        return name
    pytest.skip("PostgreSQL refuses to run as root, and there is no user postgres or nobody")


@contextmanager
def running(folder: Path) -> Iterator[Server]:
    """A server that runs until the end."""
    server = Server(folder)
    server.start()
    try:
        yield server
    finally:
        server.stop("immediate")


def sound(name: str) -> set[str]:
    """The ids of the reports in a case with which nothing is wrong."""
    with Store.open(name) as store, store.reads() as c:
        assert problems(c) == []
        return {r.id for r in evidence.listed(c)}


@contextmanager
def settled(name: str, reports: Sequence[Report]) -> Iterator[Store]:
    """A new case of these reports, all of them settled."""
    with Store.create(name) as opened:
        add(opened, reports)
        settle(opened, Settings())
        yield opened
