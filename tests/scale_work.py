"""What workers of the tests do: functions that another process can name."""

from __future__ import annotations

import os
import signal
from pathlib import Path


def doubled(n: int) -> int:
    """Twice the number."""
    return 2 * n


def refusing(n: int) -> int:
    """Nothing but an error."""
    raise ValueError(f"odd input {n}")


def dying_once(task: tuple[int, str]) -> int:
    """Twice the number, but the first worker that meets a three is killed."""
    n, mark = task
    if n == 3 and not Path(mark).exists():
        Path(mark).touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return 2 * n


def dying(n: int) -> int:
    """No worker outlives this."""
    os.kill(os.getpid(), signal.SIGKILL)
    return n
