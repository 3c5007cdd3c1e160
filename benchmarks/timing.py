"""How long work takes: on the clock, in seconds of the processor, and how busy the machine was with something else meanwhile."""

from __future__ import annotations

import multiprocessing
import os
import resource
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks.figures import LEFT_OUT, Figures

__all__ = ["Clock", "apart", "beside", "least", "peak"]


class Clock:
    """Runs from when it is made; the processor time is that of this process and of those that it started and that ended."""

    def __init__(self) -> None:
        self._wall, self._own, self._all = time.perf_counter(), _own(), _whole()

    @property
    def wall(self) -> float:
        """Seconds on the clock."""
        return time.perf_counter() - self._wall

    @property
    def processor(self) -> float:
        """Seconds of the processor."""
        return _own() - self._own

    @property
    def others(self) -> int:
        """Percent of all processors that went to other work meanwhile: above a few, seconds on the clock say little."""
        room = self.wall * (os.cpu_count() or 1)
        return round(100 * max(0.0, _whole() - self._all - self.processor) / room) if room > 0 else 0

    def figures(self) -> Figures:
        """All of it."""
        return {
            "seconds": round(self.wall, 2),
            "processor seconds": round(self.processor, 2),
            "other work on the machine (%)": self.others,
        }


def least(call: Callable[[], object], times: int = 3) -> float:
    """Seconds of the processor that a call takes, the least of several: a busy machine only ever slows."""
    took = []
    for _ in range(times):
        began = time.process_time()
        call()
        took.append(time.process_time() - began)
    return min(took)


def beside(calls: dict[str, Callable[[], object]], times: int = 3) -> dict[str, float]:
    """The same of several ways to do a thing, in turn, so that whatever else the machine does meets all alike."""
    took = dict.fromkeys(calls, float("inf"))
    for _ in range(times):
        for name, call in calls.items():
            took[name] = min(took[name], least(call, 1))
    return took


def peak() -> int:
    """The most megabytes that this process has held."""
    return round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


def apart(work: Callable[..., Figures], *given: Any) -> Figures:
    """What work says of itself, done in a process of its own, with the most memory that this took.

    Where it needs a library that is not installed, that is all that is said. Raises RuntimeError where the process ended without an answer.
    """
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=_answer, args=(theirs, work, given))
    process.start()
    theirs.close()
    try:
        found: Figures = ours.recv()
    except EOFError:
        raise RuntimeError(f"{work.__name__} ended without an answer") from None
    finally:
        process.join()
    return found


def _answer(pipe: Any, work: Callable[..., Figures], given: tuple[Any, ...]) -> None:
    try:
        pipe.send({**work(*given), "peak MB": peak()})
    except ModuleNotFoundError as e:
        pipe.send({LEFT_OUT: f"{e.name} is not installed: python -m pip install -e '.[bench]'"})


def _own() -> float:
    ended = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + ended.ru_utime + ended.ru_stime


def _whole() -> float:
    """Seconds that all processors together have worked since the machine began; 0 where nothing tells."""
    try:
        words = Path("/proc/stat").read_text(encoding="utf-8").split("\n", 1)[0].split()[1:]
    except OSError:
        return 0.0
    idle = int(words[3]) + int(words[4])
    return (sum(map(int, words[:8])) - idle) / os.sysconf("SC_CLK_TCK")
