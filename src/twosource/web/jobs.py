"""What people brought, taken in one after the other while the pages go on: read, added, settled."""

from __future__ import annotations

import contextlib
import itertools
import shutil
import threading
from collections import OrderedDict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from queue import Queue

import msgspec

from twosource.case import add
from twosource.errors import TwosourceError
from twosource.model import Refusal, Report
from twosource.settings import Settings
from twosource.store import Store, derived, team
from twosource.web.rules import Rules
from twosource.web.workers import TaskFailed, Worker

KEPT = 100  # jobs that can be looked at
SHOWN = 200  # names of a job that are kept


@dataclass(frozen=True, slots=True)
class Job:
    """An upload and what became of it."""

    id: str
    who: str
    what: str
    stage: str = "waiting"  # waiting | reading | adding | comparing | weighing … | done | failed
    done: int = 0
    total: int | None = None
    read: int = 0
    new: tuple[str, ...] = ()
    known: int = 0
    refused: tuple[tuple[str, str], ...] = ()
    incidents: tuple[str, ...] = ()
    why: str = ""

    @property
    def over(self) -> bool:
        """Whether nothing more will happen."""
        return self.stage in ("done", "failed")


@dataclass(frozen=True, slots=True)
class Brought:
    """Files (where they lie, what they are called) and addresses; the folder goes when they are read."""

    folder: Path
    files: tuple[tuple[str, str], ...]
    addresses: tuple[str, ...]


class TooMany(TwosourceError):
    """More uploads wait than may wait."""


@dataclass
class Jobs:
    """One thread that takes in what was brought and settles the case; its processes can be ended."""

    store: Store
    settings: Settings
    rules: Rules
    _jobs: OrderedDict[str, Job] = field(default_factory=OrderedDict)
    _todo: Queue[tuple[str, Brought] | threading.Event | None] = field(default_factory=Queue)
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _numbers: Iterator[int] = field(default_factory=lambda: itertools.count(1))
    _thread: threading.Thread | None = None
    _settler: Worker | None = None
    _settled: Callable[[], None] = lambda: None
    failed: str = ""  # why the last settling failed

    def start(self, settled: Callable[[], None] = lambda: None) -> None:
        """Begin to work; `settled` is called whenever incidents changed."""
        self._settled = settled
        self._settler = Worker(self.settings)
        self._thread = threading.Thread(target=self._work, daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Stop; what was not settled is settled next time."""
        self._todo.put(None)
        if self._settler is not None:
            self._settler.close()
        if self._thread is not None:
            self._thread.join(10)

    def bring(self, who: str, what: str, brought: Brought) -> Job:
        """Have something taken in. Raises TooMany."""
        with self._lock:
            if sum(not j.over for j in self._jobs.values()) >= self.rules.jobs:
                raise TooMany(f"{self.rules.jobs} uploads are waiting already: try again when some are done")
            job = Job(f"u{next(self._numbers)}", who, what)
            self._jobs[job.id] = job
            while len(self._jobs) > KEPT:
                self._jobs.popitem(last=False)
        self._todo.put((job.id, brought))
        return job

    def settle_soon(self, seconds: float) -> bool:
        """Have the case settled and wait for it that long; whether it is done."""
        done = threading.Event()
        self._todo.put(done)
        return done.wait(seconds)

    def get(self, name: str) -> Job | None:
        """A job."""
        with self._lock:
            return self._jobs.get(name)

    def all(self) -> list[Job]:
        """Every job that can be looked at, the latest first."""
        with self._lock:
            return list(self._jobs.values())[::-1]

    def _work(self) -> None:
        while (task := self._todo.get()) is not None:
            if isinstance(task, threading.Event):
                with contextlib.suppress(TwosourceError):
                    self._settle(None)
                task.set()
            else:
                self._take_in(*task)

    def _take_in(self, name: str, brought: Brought) -> None:
        try:
            found = self._read(name, brought)
            added = add(self.store, found, progress=lambda s, d, t: self._set(name, stage=s, done=d, total=t))
            refused = [*self.get_refused(name), *((r.input, r.reason) for r in added.refused)]
            self._set(
                name, new=tuple(added.new[:SHOWN]), known=len(added.known), refused=tuple(refused[:SHOWN])
            )
            self._settle(name)
            self._set(name, stage="done")
        except (TwosourceError, OSError, ValueError) as e:
            self._set(name, stage="failed", why=str(e) or type(e).__name__)
        finally:
            shutil.rmtree(brought.folder, ignore_errors=True)
        with contextlib.suppress(TwosourceError), self.store.writes() as c:
            job = self._jobs.get(name)
            if job is not None:
                team.note(c, job.who, "upload", f"{job.what}: {len(job.new)} new, {len(job.refused)} refused")

    def get_refused(self, name: str) -> tuple[tuple[str, str], ...]:
        """What of a job was refused so far."""
        job = self.get(name)
        return job.refused if job else ()

    def _read(self, name: str, brought: Brought) -> list[Report | Refusal]:
        """The reports in what was brought, read by a process of their own that can do no harm here."""
        out = brought.folder / "read.jsonl"
        worker = Worker(self.settings, memory=self.rules.read_memory, seconds=self.rules.read_seconds)
        try:
            self._set(name, stage="reading")
            made = worker.do(
                {
                    "do": "read",
                    "files": brought.files,
                    "addresses": brought.addresses,
                    "out": str(out),
                },
                self.rules.read_seconds,
                lambda s, d, t: self._set(name, stage=s, done=d, total=t, read=d),
            )
        except TaskFailed as e:
            raise TaskFailed(f"could not be read: {e}") from e
        finally:
            worker.close()
        self._set(name, refused=tuple((str(a), str(b)) for a, b in made["refused"][:SHOWN]))
        with out.open("rb") as lines:
            return [msgspec.json.decode(line, type=Report) for line in lines]

    def _settle(self, name: str | None) -> None:
        with self.store.reads() as c:
            if not derived.waiting_numbers(c):
                return
        if self._settler is None:
            return
        try:
            made = self._settler.do(
                {"do": "settle", "case": self.store.name},
                self.rules.settle_seconds,
                lambda s, d, t: self._set(name, stage=s, done=d, total=t) if name else None,
            )
        except TaskFailed as e:
            self.failed = str(e)
            raise
        self.failed = ""
        self._settled()
        if name:
            self._set(name, incidents=tuple(made["changed"][:SHOWN]))

    def _set(self, name: str, **values: object) -> None:
        with self._lock:
            if name in self._jobs:
                self._jobs[name] = replace(self._jobs[name], **values)  # type: ignore[arg-type]
