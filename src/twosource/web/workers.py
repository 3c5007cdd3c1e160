"""A process beside the server that does one thing at a time and is ended when it takes too long."""

from __future__ import annotations

import multiprocessing
import threading
import time
from collections.abc import Callable
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Any

import msgspec

from twosource.errors import TwosourceError
from twosource.settings import Settings
from twosource.web.tasks import answer_all, understood

Told = Callable[[str, int, int | None], None]
LONGEST_ANSWER = 400_000_000  # bytes


class TaskFailed(TwosourceError):
    """What a process was asked for could not be done; the message says why."""


class Worker:
    """The process; it starts when it is first needed, and afresh after it was ended."""

    def __init__(self, settings: Settings, *, memory: int = 0, seconds: int = 0) -> None:
        self._limits = (settings, memory, seconds)
        self._lock = threading.Lock()
        self._process: BaseProcess | None = None
        self._line: Connection | None = None

    def do(self, task: dict[str, Any], seconds: float, told: Told = lambda *_: None) -> Any:
        """What came of the task. Raises TaskFailed when it failed or took too long; the process is then ended."""
        with self._lock:
            line = self._ready()
            try:
                line.send_bytes(msgspec.json.encode(task))
                return self._answer(line, time.monotonic() + seconds, seconds, told)
            except (EOFError, OSError, ValueError) as e:
                self._end()
                raise TaskFailed("its process ended: it needed more time or memory than it may have") from e

    def _answer(self, line: Connection, until: float, seconds: float, told: Told) -> Any:
        while True:
            left = until - time.monotonic()
            if left <= 0 or not line.poll(left):
                self._end()
                raise TaskFailed(f"it took longer than {seconds:.0f} seconds and was ended")
            said = understood(line.recv_bytes(LONGEST_ANSWER))
            if "stage" in said:
                told(said["stage"], said["done"], said["total"])
            elif "failed" in said:
                raise TaskFailed(said["failed"])
            else:
                return said["made"]

    def _ready(self) -> Connection:
        if self._line is not None and self._process is not None and self._process.is_alive():
            return self._line
        self._end()
        context = multiprocessing.get_context("spawn")
        ours, theirs = context.Pipe()
        self._process = context.Process(target=answer_all, args=(theirs, *self._limits), daemon=True)
        self._process.start()
        theirs.close()
        self._line = ours
        return ours

    def _end(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.join(5)
            self._process = None
        if self._line is not None:
            self._line.close()
            self._line = None

    def close(self) -> None:
        """End the process, whatever it does."""
        process = self._process
        if process is not None:
            process.kill()
        with self._lock:
            self._end()
