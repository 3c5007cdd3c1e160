"""The tables as a reader finds them: a folder for each noun, in the columns of docs/tables.md, and what was refused.

They take the place of those of an earlier run in one step, so that a reader never sees the tables of two runs side by side.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from twosource.scale.records import files

__all__ = ["publish"]


def publish(accounts: Path, refused: Path, out: Path) -> int:
    """Put the tables into `out`; how many files they have. What lies in the work folder is linked, not written again."""
    fresh, old = out.with_name(f".{out.name}.part"), out.with_name(f".{out.name}.old")
    for left in (fresh, old):
        shutil.rmtree(left, ignore_errors=True)
    fresh.mkdir(parents=True)
    count = 0
    for folder in [*sorted(p for p in (accounts / "tables").glob("*") if p.is_dir()), refused]:
        place = fresh / folder.name
        place.mkdir()
        for path in files(folder):
            _put(path, place / path.name)
            count += 1
    if out.exists():
        out.rename(old)
    fresh.rename(out)
    shutil.rmtree(old, ignore_errors=True)
    return count


def _put(path: Path, place: Path) -> None:
    try:
        os.link(path, place)
    except OSError:  # a file system that knows no links
        shutil.copyfile(path, place)
