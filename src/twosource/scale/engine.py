"""The engine that the work runs on: Daft, in this machine's processes or on a Ray cluster. Nothing else imports Daft or Ray.

Only tasks travel through the engine, small ones: each names the files that it reads and the one that it writes. Tables of texts
would be moved, and copied, between the engine's processes (`benchmarks/scale.py --part shuffle` has both ways side by side), and
what a task has written is what a rerun finds.
"""

from __future__ import annotations

import atexit
import gc
import logging
import os
import pickle
import resource
import sys
import time
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from importlib.util import find_spec
from typing import Any, NamedTuple, Protocol, TypeVar

from twosource.errors import MissingExtra, TwosourceError, UsageError
from twosource.settings import Settings

__all__ = ["Alone", "Cluster", "Engine", "Stored", "WorkFailed", "engine_of", "listed"]

# Daft asks a counter at scarf.sh, Ray sends figures of use: neither is for anybody to know who reads what.
SILENT = {
    "DAFT_ANALYTICS_ENABLED": "0",
    "SCARF_NO_ANALYTICS": "true",
    "SCARF_ANALYTICS": "false",
    "DO_NOT_TRACK": "true",
    "RAY_USAGE_STATS_ENABLED": "0",
    "RAY_DISABLE_DASHBOARD": "1",
    "DAFT_PROGRESS_BAR": "0",
}
PATIENCE = 20  # seconds, at the end
STARTING = (
    30  # seconds until the workers that are there begin without those that are not: a node may just have died
)
LOST = 5  # times in a row that workers may be lost with no task finished before it is given up

Task = TypeVar("Task")
Made = TypeVar("Made")


class WorkFailed(TwosourceError):
    """A task could not be done, or its workers were lost again and again; what was finished before it is kept."""


class Engine(Protocol):
    """Whoever does the tasks."""

    workers: int

    def each(self, work: Callable[[Task], Made], tasks: Sequence[Task]) -> Iterator[tuple[int, Made]]:
        """The number of each task and what came of it, as they are done; begun in the order given.

        `work` is a function of a module (or a partial of one), which other processes can name. A task whose worker died is
        done again: it must write whole files under names of its own. Raises WorkFailed with what the work raised.
        """
        ...

    def peak_mb(self) -> int:
        """The most memory that this process and the workers had since last asked, each at its worst, in megabytes."""
        ...


class Alone:
    """This process and no other: nothing to start, nothing to send."""

    workers = 1

    def each(self, work: Callable[[Task], Made], tasks: Sequence[Task]) -> Iterator[tuple[int, Made]]:
        """Task by task."""
        for n, task in enumerate(tasks):
            try:
                made = work(task)
            except Exception as e:
                raise WorkFailed(_said(e)) from e
            yield n, made

    def peak_mb(self) -> int:
        """Of this process."""
        return _own_peak()


class Cluster:
    """Daft's processes on this machine or, given an address, on the machines of a Ray cluster that share the work folder."""

    def __init__(self, workers: int, address: str | None = None) -> None:
        self.address = address
        self._daft = _begun(address)
        self.workers = workers if address is None else _processors()
        self._peak = 0

    def each(self, work: Callable[[Task], Made], tasks: Sequence[Task]) -> Iterator[tuple[int, Made]]:
        """The tasks on all workers. When one is lost, those tasks that have no answer yet are given out again."""
        if len(tasks) == 1 and self.address is None:  # done here sooner than a process is started
            yield from Alone().each(work, tasks)
            return
        left = dict(enumerate(tasks))
        peaks: dict[str, int] = {}
        lost = 0
        while left:
            before = len(left)
            try:
                for n, made in self._answers(work, left, peaks):
                    del left[n]
                    yield n, made
            except (WorkFailed, GeneratorExit):
                raise
            except Exception as e:
                lost = 0 if len(left) < before else lost + 1
                if lost >= LOST:
                    raise WorkFailed(
                        f"workers were lost {LOST} times at the same work: {_last(str(e))}"
                    ) from e

    def peak_mb(self) -> int:
        """Of this process and of the workers that lived at one time."""
        found, self._peak = self._peak, 0
        return _own_peak() + found

    def _answers(
        self, work: Callable[[Task], Made], left: dict[int, Task], peaks: dict[str, int]
    ) -> Iterator[tuple[int, Made]]:
        """What the engine's workers answer, as it comes. Raises WorkFailed with what the work raised, anything else when one died."""
        daft = self._daft
        if self.address is not None:
            self.workers = _processors()  # nodes come and go
        many = min(self.workers, len(left))
        made = daft.cls(_worker(daft), max_concurrency=many, use_process=True)(pickle.dumps(work))
        given = {"number": list(left), "task": [pickle.dumps(task) for task in left.values()]}
        frame = daft.from_pydict(given)
        if self.address is not None:
            frame = frame.into_partitions(len(left))  # one machine hands tasks out one by one as it is
        frame = frame.select(daft.col("number"), made.run(daft.col("task")).alias("answer"))
        for row in frame.iter_rows(results_buffer_size=1 if self.address is None else None):
            answer: _Answer = pickle.loads(row["answer"])
            peaks[answer.worker] = answer.peak_mb
            self._peak = max(self._peak, sum(peaks.values()))
            if answer.failed is not None:
                raise WorkFailed(answer.failed)
            yield row["number"], answer.made


def engine_of(settings: Settings, address: str | None = None) -> Engine:
    """The engine that settings and address ask for; raises MissingExtra where it is not installed."""
    if address is None and settings.annotators == 1:
        _installed()
        return Alone()
    return Cluster(settings.annotators, address)


def listed(address: str) -> list[tuple[str, int]]:
    """The objects below an address of object storage, with their sizes, in order; a pattern with * and ? works too."""
    pattern = address if any(c in address for c in "*?[") else _below(address)
    rows = _silent_daft().from_glob_path(pattern).to_pylist()
    return sorted((row["path"], row["size"] or 0) for row in rows)


class Stored:
    """The bytes of an object, read as they are asked for. Raises what the engine does when there is none."""

    def __init__(self, address: str) -> None:
        self._open = ExitStack()
        self._file = self._open.enter_context(_silent_daft().File(address).open())

    def read(self, size: int = -1, /) -> bytes:
        """So many bytes, fewer only at the end."""
        return bytes(self._file.read(size))

    def close(self) -> None:
        """Give it back."""
        self._open.close()


def _below(address: str) -> str:
    return f"{address}**" if address.endswith("/") else address


class _Answer(NamedTuple):
    made: Any
    failed: str | None
    worker: str
    peak_mb: int


def _worker(daft: Any) -> type:
    """A class of workers as the engine wants it, which cannot be made before the engine is there."""

    class Worker:
        def __init__(self, work: bytes) -> None:
            self.work = work

        def run(self, tasks: Any) -> list[bytes]:
            return [answered(self.work, task) for task in tasks.to_pylist()]

    Worker.run = daft.method.batch(return_dtype=daft.DataType.binary(), batch_size=1)(Worker.run)  # type: ignore[method-assign]
    return Worker


def answered(work: bytes, task: bytes) -> bytes:
    """In a worker: one task done, or what it raised, with the memory that the worker has taken so far."""
    made, failed = None, None
    try:
        made = pickle.loads(work)(pickle.loads(task))
    except Exception as e:
        failed = _said(e)
    worker = f"{os.uname().nodename} {os.getpid()}"
    return pickle.dumps(_Answer(made, failed, worker, _own_peak()))


def _begun(address: str | None) -> Any:
    """Daft on the machines asked for. Raises UsageError where this process has begun on others: it can do so once only."""
    daft = _silent_daft()
    from daft.runners import _get_runner

    held: Any = _get_runner()
    wanted = "native" if address is None else "ray"
    if held is not None and held.name != wanted:
        raise UsageError(
            f"the engine of this process was begun as {held.name!r}: ask for {wanted!r} in another one"
        )
    if address is None:
        if held is None:
            daft.set_runner_native()
            atexit.register(_let_go)
        daft.set_execution_config(maintain_order=False)  # else one slow task holds up all workers
        return daft
    import ray

    if not ray.is_initialized():
        ray.init(
            address=address,
            runtime_env={"env_vars": SILENT},
            log_to_driver=False,
            logging_level=logging.ERROR,
        )
    if held is None:
        daft.set_runner_ray(noop_if_initialized=True)
    daft.set_execution_config(actor_udf_ready_timeout=STARTING)
    return daft


def _let_go() -> None:
    """Wait, before Python ends, until Daft's threads are done with their processes: else one may take the program down."""
    from daft.execution.udf import UdfHandle

    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and any(isinstance(o, UdfHandle) for o in gc.get_objects()):
        time.sleep(0.05)
    time.sleep(0.05)


def _silent_daft() -> Any:
    _installed()
    os.environ.update(SILENT)  # before the import, which would ask otherwise; workers take it over
    import daft

    return daft


def _installed() -> None:
    if any(find_spec(name) is None for name in ("daft", "pyarrow")):
        raise MissingExtra("twosource scale", "scale")


def _processors() -> int:
    import ray

    return max(1, int(ray.cluster_resources().get("CPU", 1)))  # type: ignore[no-untyped-call]


def _own_peak() -> int:
    """Megabytes; the system counts in kilobytes, on macOS in bytes."""
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most // (1 << 20 if sys.platform == "darwin" else 1 << 10)


def _said(e: Exception) -> str:
    return f"{type(e).__name__}: {e}\n{traceback.format_exc()}"


def _last(said: str) -> str:
    """The last line of what an engine says, which names the cause."""
    return (said.strip().splitlines() or ["no reason given"])[-1][:300]
