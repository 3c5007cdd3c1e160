"""Programs killed with `kill -9` while they work, at moments spread over the whole of their work."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

WARM = Path(__file__).parent / "warm.py"


@dataclass(frozen=True, slots=True)
class Done:
    """What became of a command: the whole lines that it wrote, how long it worked, and whether it was killed at work."""

    said: tuple[str, ...]
    seconds: float
    killed: bool
    code: int | None
    erred: str


class Warm:
    """A program in which everything is loaded; each command is a fork of it."""

    def __init__(self, program: subprocess.Popen[str], folder: Path) -> None:
        self._program = program
        self._out, self._err = folder / "out", folder / "err"
        assert self._answer() == ["ready"]

    def do(self, *arguments: str, after: float | None = None) -> Done:
        """Do a command; with `after`, kill it so many seconds after it began to work with its case."""
        asked = {"arguments": ["--quiet", *arguments], "out": str(self._out), "err": str(self._err)}
        assert self._program.stdin
        self._program.stdin.write(json.dumps(asked) + "\n")
        self._program.stdin.flush()
        first = self._answer()
        began = time.perf_counter()
        if first[0] == "begun":
            if after is not None:
                time.sleep(after)
                with suppress(ProcessLookupError):  # it was done already
                    os.kill(int(first[1]), signal.SIGKILL)
            first = self._answer()
        seconds = time.perf_counter() - began
        status = int(first[1])
        killed = os.WIFSIGNALED(status)
        said = self._out.read_text().split("\n")[:-1]
        return Done(
            tuple(line for line in said if line),
            seconds,
            killed,
            None if killed else os.waitstatus_to_exitcode(status),
            self._err.read_text(),
        )

    def finish(self, *arguments: str) -> Done:
        """Do a command that must succeed."""
        done = self.do(*arguments)
        assert done.code == 0, done.erred
        return done

    def _answer(self) -> list[str]:
        assert self._program.stdout
        line = self._program.stdout.readline()
        assert line, "the program that does the commands is gone"
        return line.split()


@contextmanager
def warmed(folder: Path) -> Iterator[Warm]:
    """A warm program, until the end."""
    program = subprocess.Popen(
        [sys.executable, str(WARM)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    try:
        yield Warm(program, folder)
    finally:
        program.communicate()


class Strikes:
    """Kills that are still to come, each at its own share of the work; one that came too late is tried again."""

    def __init__(self, warm: Warm, times: int, seed: int) -> None:
        self._warm, self._times = warm, times
        chance = random.Random(seed)
        self._moments = [(n + chance.random()) / times for n in range(times)]
        chance.shuffle(self._moments)
        self.work = 0.0  # seconds that the command works when nothing disturbs it
        self.tenths = [0] * 10
        self.tries = 0

    @property
    def left(self) -> int:
        """How many there are still to be."""
        return len(self._moments)

    def undisturbed(self, *arguments: str) -> Done:
        """Do a command to its end, and take its time for that of those to be killed."""
        done = self._warm.finish(*arguments)
        self.work = done.seconds
        return done

    def strike(self, *arguments: str) -> Done:
        """Do a command and kill it."""
        self.tries += 1
        assert self.tries < 4 * self._times + 20, "the program is done before it can be killed"
        share = self._moments.pop()
        done = self._warm.do(*arguments, after=share * self.work)
        if done.killed:
            self.tenths[int(share * 10)] += 1
        else:
            assert done.code == 0, done.erred
            self.work = (self.work + done.seconds) / 2
            self._moments.insert(0, share)
        return done

    def row(self) -> dict[str, object]:
        """What is written down of them."""
        return {
            "tries": self.tries,
            "killed at work": sum(self.tenths),
            "by tenth of the work": self.tenths,
            "work (ms)": round(1000 * self.work),
        }
