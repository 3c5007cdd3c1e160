"""`python -m evaluation`: score every stage, print one table, and write it to docs/accuracy.md."""

from __future__ import annotations

import argparse
import datetime
import json
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from evaluation.tasks import TASKS, Peer, Task
from twosource import __version__

ROOT = Path(__file__).parents[1]
DOC = ROOT / "docs" / "accuracy.md"
BEGIN, END = "<!-- latest: begin -->", "<!-- latest: end -->"
HISTORY = "## History\n"


def main() -> None:
    """Run the tasks asked for (all by default)."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--data", type=Path, default=ROOT.parent / "shared", help="the folder that holds data/ and eval/"
    )
    parser.add_argument("--out", type=Path, default=ROOT / "out" / "eval", help="where predictions go")
    parser.add_argument("--only", default="", help="names of tasks, with commas; their start is enough")
    parser.add_argument("--no-write", action="store_true", help="print only; leave docs/accuracy.md as it is")
    asked = parser.parse_args()
    scorer = asked.data / "eval" / "score.py"
    if not scorer.exists():
        sys.exit(f"no scorer at {scorer}: name the folder of the evaluation data with --data")
    wanted = [w.strip() for w in asked.only.split(",") if w.strip()]
    chosen = [t for t in TASKS if not wanted or any(t.name.startswith(w) for w in wanted)]
    asked.out.mkdir(parents=True, exist_ok=True)
    found: dict[str, dict[str, Any]] = {}
    for task in chosen:
        began = time.perf_counter()
        print(f"{task.name} …", file=sys.stderr, flush=True)
        found[task.name] = score(task, asked.data, asked.out, scorer)
        print(f"{task.name}: {time.perf_counter() - began:.0f} s", file=sys.stderr, flush=True)
    show(chosen, found)
    if not asked.no_write:
        record(chosen, found)


def score(task: Task, data: Path, out: Path, scorer: Path) -> dict[str, Any]:
    """Make the predictions of one task and score them."""
    folder = data / "data" / task.folder
    predictions = out / (
        task.name.replace(" ", "-").replace("(", "").replace(")", "")
        + (".json" if task.scorer == "facts" else "")
    )
    task.predict(folder, predictions)
    run = subprocess.run(
        [sys.executable, str(scorer), task.scorer, str(folder), str(predictions), "--json"],
        capture_output=True,
        text=True,
        check=False,
    )
    if run.returncode:
        sys.exit(f"the scorer failed on {task.name}:\n{run.stderr}")
    result: dict[str, Any] = json.loads(run.stdout.strip().splitlines()[-1])
    return result


def figure(task: Task, peer: Peer, scores: dict[str, Any]) -> float:
    """The one number meant: for `accounts` the scorer gives ours and the readers'."""
    value = scores[peer.metric]
    if task.scorer == "accounts":
        value = value[0]
    return float(value if peer.index is None else value[peer.index])


def reached(peer: Peer, value: float) -> bool:
    """Whether the figure is at or past what we aim for; in one the less is the better."""
    return value <= peer.floor if "less is better" in peer.label else value >= peer.floor


def table_rows(chosen: list[Task], found: dict[str, dict[str, Any]]) -> list[tuple[str, str, str, str, str]]:
    """Task, figure, ours, aim, peer."""
    out = []
    for task in chosen:
        for peer in task.peers:
            value = figure(task, peer, found[task.name])
            out.append(
                (
                    task.name,
                    peer.label,
                    f"{value:.3f}",
                    f"{peer.floor:g}" + (" ✓" if reached(peer, value) else ""),
                    peer.peer,
                )
            )
    return out


def show(chosen: list[Task], found: dict[str, dict[str, Any]]) -> None:
    """Print the table."""
    table = Table(title="Accuracy")
    for head in ("task", "figure", "twosource", "aim", "peers"):
        table.add_column(head, justify="right" if head in ("twosource", "aim") else "left")
    for row in table_rows(chosen, found):
        table.add_row(*row)
    Console(width=None if sys.stdout.isatty() else 160).print(table)


def record(chosen: list[Task], found: dict[str, dict[str, Any]]) -> None:
    """Put the latest figures into docs/accuracy.md and append a line to its history."""
    text = DOC.read_text(encoding="utf-8")
    head, rest = text.split(BEGIN)
    old, tail = rest.split(END)
    fresh = {(r[0], r[1]): r for r in table_rows(chosen, found)}
    kept = [tuple(c.strip() for c in line.strip("| ").split(" | ")) for line in old.strip().splitlines()[2:]]
    rows: dict[tuple[str, str], tuple[str, ...]] = {(r[0], r[1]): r for r in kept if len(r) >= 4} | fresh
    order = {(t.name, p.label): n for n, (t, p) in enumerate((t, p) for t in TASKS for p in t.peers)}
    lines = ["| task | figure | twosource | aim | peers |", "| --- | --- | ---: | ---: | --- |"]
    lines += [
        "| " + " | ".join(rows[k]) + " |"
        for k in sorted((k for k in rows if k in order), key=order.__getitem__)
    ]
    headline = "; ".join(f"{t.name} {figure(t, t.peers[0], found[t.name]):.3f}" for t in chosen)
    day = datetime.datetime.now(tz=datetime.UTC).date().isoformat()
    tail = tail.rstrip("\n") + f"\n- {day}, version {__version__}: {headline}\n"
    DOC.write_text(head + BEGIN + "\n" + "\n".join(lines) + "\n" + END + tail, encoding="utf-8")


if __name__ == "__main__":
    main()
