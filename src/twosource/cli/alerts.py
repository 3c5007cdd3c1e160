"""What changed, to people: lines on the terminal, a file of JSON Lines, or a command that is started for each."""

from __future__ import annotations

import shlex
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from twosource.errors import UsageError
from twosource.wire import line

PATIENCE = 60  # seconds that a command may take


@contextmanager
def alerts_to(where: str | None) -> Iterator[Callable[[Any], None]]:
    """A function that tells of an event; every one is also named on standard error."""
    if where is not None and where.endswith(".jsonl"):
        try:
            with Path(where).open("ab") as f:

                def to_file(event: Any) -> None:
                    _say(event)
                    f.write(line(_row(event)))
                    f.flush()

                yield to_file
        except OSError as e:
            raise UsageError(f"cannot write {where}: {e.strerror}") from e
        return
    command = shlex.split(where) if where else None

    def tell(event: Any) -> None:
        _say(event)
        if command:
            _start(command, line(_row(event)))

    yield tell


def _row(event: Any) -> dict[str, Any]:
    from twosource.store import derived

    return {
        "n": event.n,
        "at": event.at,
        "incident": event.incident or None,
        "kind": event.kind,
        "text": event.text,
        **derived.record(event),
    }


def _say(event: Any) -> None:
    shown = "".join(ch if ch.isprintable() else " " for ch in event.text)
    print(f"{event.kind.replace('_', ' ')}: {shown}", file=sys.stderr, flush=True)


def _start(command: list[str], data: bytes) -> None:
    """Start the command with the line on its standard input, never in its words: reports are hostile."""
    try:
        done = subprocess.run(command, input=data, timeout=PATIENCE, check=False)
    except (OSError, subprocess.TimeoutExpired) as e:
        print(f"twosource: the alert command failed: {e}", file=sys.stderr)
        return
    if done.returncode:
        print(f"twosource: the alert command ended with {done.returncode}", file=sys.stderr)
