"""Figures kept beside the benchmarks, each part with the machine, the libraries and the commit that it was measured on."""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
Figures = dict[str, Any]
LEFT_OUT = "left out"  # what a part that could not be measured has instead of figures
LIBRARIES = (
    "daft", "datasketch", "dateparser", "numpy", "pyarrow", "ray", "rensa", "scikit-learn", "spacy", "trafilatura",
)  # fmt: skip


def asked(name: str, doc: str | None, *more: tuple[str, dict[str, Any]]) -> argparse.Namespace:
    """The options that every benchmark has, and its own: `--full` for the sizes of the docs, `--write` or `-o` to keep figures.

    `out` is where figures are kept, or None.
    """
    parser = argparse.ArgumentParser(
        prog=f"python -m benchmarks.{name}",
        description=doc,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    for option, how in more:
        parser.add_argument(option, **how)
    parser.add_argument("--full", action="store_true", help="the large sizes, which may take an hour")
    parser.add_argument("--write", action="store_true", help=f"keep the figures in benchmarks/{name}.json")
    parser.add_argument("-o", "--out", type=Path, help="keep the figures in this file")
    given = parser.parse_args()
    if given.write and given.out is None:
        given.out = HERE / f"{name}.json"
    return given


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
    memory = next(
        (int(x.split()[1]) for x in _read("/proc/meminfo").splitlines() if x.startswith("MemTotal")), 0
    )
    size = f", {memory / 1024**2:.0f} GB" if memory else ""
    return f"{os.cpu_count()} cores, {model}{size}, Python {platform.python_version()}"


def libraries() -> str:
    """The versions of the libraries that speed hangs on, of those installed."""
    found = []
    for name in LIBRARIES:
        try:
            found.append(f"{name} {version(name)}")
        except PackageNotFoundError:
            continue
    return ", ".join(found)


def commit() -> str:
    """The commit of the tree that a figure was measured on, with a plus where files of it had changed since."""
    found = _git("describe", "--always", "--exclude=*", "--abbrev=12", "--dirty=+")
    return found or "not in a repository"


def keep(path: Path | None, part: str, figures: Figures) -> None:
    """Put a part's figures into a JSON file, those of other parts staying as they are; nothing without a path."""
    if path is None:
        return
    kept = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    kept[part] = {**figures, "machine": machine(), "libraries": libraries(), "commit": commit()}
    path.write_text(json.dumps(kept, indent=1, sort_keys=True, ensure_ascii=False) + "\n", encoding="utf-8")


def tell(part: str, figures: Figures, path: Path | None) -> None:
    """Print a part's figures, one a line, and keep them where a path is given; one that was left out is only printed."""
    print(part)
    for name, value in figures.items():
        print(f"  {name:46} {value}", flush=True)
    if LEFT_OUT not in figures:
        keep(path, part, figures)


def kept(name: str) -> dict[str, Figures]:
    """The figures of a benchmark as they are kept, by part; none where it was never kept."""
    path = HERE / f"{name}.json"
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}


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
