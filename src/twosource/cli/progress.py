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
            self._stage = stage
        if self._quiet or now - self._began < QUIET_FOR:
            return
        text = f"{stage}: {done}" + (f" of {total}" if total else "")
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


def _bar(done: int, total: int | None, width: int = 30) -> str:
    if not total:
        return ""
    full = width * done // total
    return "█" * full + "·" * (width - full)
