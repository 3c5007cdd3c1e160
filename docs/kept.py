"""What the benchmarks keep, as the pages and pictures of speeds read it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

BENCHMARKS = Path(__file__).parents[1] / "benchmarks"
Figures = dict[str, Any]
STAGES = ("read and cleaned", "copies found", "grouped", "annotated", "accounts made")


def kept(name: str) -> dict[str, Figures]:
    """What a benchmark kept, by part; nothing where it kept nothing."""
    path = BENCHMARKS / f"{name}.json"
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}


def sizes(name: str, part: str) -> list[Figures]:
    """The parts of that beginning that are named by a number of reports, the smallest first."""
    found = [f for k, f in kept(name).items() if re.match(re.escape(part) + r", \d+ reports", k)]
    return sorted(found, key=lambda f: f["reports"])


def table(head: str, rows: list[str]) -> Iterator[str]:
    """A table, and an empty line."""
    columns = head.count("|") + 1
    yield f"| {head} |"
    yield "|" + " --- |" * columns
    yield from (f"| {row} |" for row in rows)
    yield ""
