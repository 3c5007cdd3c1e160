"""Figures kept beside the benchmarks, each with the machine and the commit that they were measured on."""

from __future__ import annotations

import json
import os
import platform
import subprocess
from pathlib import Path

Figures = dict[str, float | int | str]


def machine() -> str:
    """What a figure was measured on, without the machine's name."""
    model = next(
        (
            line.partition(":")[2].strip()
            for line in _read("/proc/cpuinfo").splitlines()
            if line.startswith("model name")
        ),
        platform.machine(),
    )
    return f"{os.cpu_count()} cores, {model}, Python {platform.python_version()}"


def commit() -> str:
    """The commit of the tree that a figure was measured on, with a plus where files of it had changed since."""
    found = _git("describe", "--always", "--exclude=*", "--abbrev=12", "--dirty=+")
    return found or "not in a repository"


def keep(path: Path | None, part: str, figures: Figures) -> None:
    """Put a part's figures into a JSON file, those of other parts staying as they are; nothing without a path."""
    if path is None:
        return
    kept = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    kept[part] = {**figures, "machine": machine(), "commit": commit()}
    path.write_text(json.dumps(kept, indent=1, sort_keys=True) + "\n", encoding="utf-8")


def _git(*words: str) -> str:
    try:
        done = subprocess.run(
            ["git", *words], cwd=Path(__file__).parent, capture_output=True, text=True, check=False
        )
    except OSError:
        return ""
    return done.stdout.strip() if done.returncode == 0 else ""


def _read(path: str) -> str:
    try:
        return Path(path).read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""
