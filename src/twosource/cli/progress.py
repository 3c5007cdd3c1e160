"""Progress on standard error, only for work that takes longer than a person likes to wait in silence."""

from __future__ import annotations

import sys
import time
from types import TracebackType

QUIET_FOR = 2.0  # seconds
EVERY = 10.0  # seconds between lines where there is no terminal to draw on


class Progress:
    """Draws a bar on a terminal, writes a line now and then elsewhere; silent for the first two seconds."""

    def __init__(self, quiet: bool = False) -> None:
        self._quiet = quiet
        self._began = time.monotonic()
        self._last_line = self._began
        self._stage = ""
        self._stage_began = self._began
        self._before = 0  # done when the stage was first heard of
        self._drawn = False

    def __enter__(self) -> Progress:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._clear()

    def __call__(self, stage: str, done: int, total: int | None) -> None:
        now = time.monotonic()
        if stage != self._stage:
            self._stage, self._stage_began, self._before = stage, now, done - 1
        if self._quiet or now - self._began < QUIET_FOR:
            return
        text = f"{stage}: {done}" + (f" of {total}" if total else "")
        text += _pace(done - self._before, now - self._stage_began, total and total - done)
        if sys.stderr.isatty():
            sys.stderr.write(f"\r\x1b[2K{text} {_bar(done, total)}")
            sys.stderr.flush()
            self._drawn = True
        elif now - self._last_line >= EVERY:
            self._last_line = now
            print(text, file=sys.stderr, flush=True)

    def _clear(self) -> None:
        if self._drawn:
            sys.stderr.write("\r\x1b[2K")
            sys.stderr.flush()


def _pace(done: int, seconds: float, left: int | None) -> str:
    """How many a second, and how long it will go on so; nothing before it can be told."""
    if seconds < QUIET_FOR or done < 2:
        return ""
    rate = done / seconds
    many = f"{rate:,.0f}/s" if rate >= 10 else f"{rate:.1f}/s" if rate >= 1 else f"{60 * rate:.1f}/min"
    return f", {many}" + (f", {_told(left / rate)} left" if left else "")


def _told(seconds: float) -> str:
    if seconds < 90:
        return f"{seconds:.0f} s"
    if seconds < 5400:
        return f"{seconds / 60:.0f} min"
    return f"{seconds / 3600:.1f} h"


def _bar(done: int, total: int | None, width: int = 30) -> str:
    if not total:
        return ""
    full = width * done // total
    return "█" * full + "·" * (width - full)
