"""Stages in their order, each skipped when it was finished before over the same input, each with what it took.

work/NAME/ holds what a stage made, work/NAME.done says that it is whole and what it was made from. A stage writes into a folder
beside, which takes its place at the end: what a run that broke off left behind is never taken for a result.
"""

from __future__ import annotations

import json
import shutil
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import TypeVar

from twosource.pipeline import Progress, silent
from twosource.scale.engine import Engine
from twosource.scale.records import whole
from twosource.settings import Settings
from twosource.text import digest
from twosource.version import __version__

__all__ = ["Done", "Run", "Stage", "finish", "key_of"]

Task = TypeVar("Task")
Made = TypeVar("Made")

# Settings that change how the work is done and nothing of what comes out.
NO_MATTER = ("processes", "annotators", "scale_parts", "scale_memory_mb")


@dataclass(frozen=True, slots=True)
class Done:
    """A finished stage: what it was made from, how many rows it has, what it took; `again` when it was there already."""

    name: str
    key: str
    rows: int
    seconds: float
    peak_mb: int
    again: bool = False


@dataclass(frozen=True, slots=True)
class Run:
    """One run: where it works, on what engine, with what settings, and who is told how far it has come."""

    folder: Path
    settings: Settings
    engine: Engine
    progress: Progress = silent

    def at(self, stage: str) -> Path:
        """The folder of a finished stage."""
        return self.folder / "work" / stage

    def each(
        self, what: str, work: Callable[[Task], Made], tasks: Sequence[Task]
    ) -> Iterator[tuple[int, Made]]:
        """What comes of each task, by its number, as they are done; the progress is told."""
        for done, answer in enumerate(self.engine.each(work, tasks), 1):
            self.progress(what, done, len(tasks))
            yield answer

    def all(self, what: str, work: Callable[[Task], Made], tasks: Sequence[Task]) -> list[Made]:
        """What comes of all tasks, in their order."""
        return [made for _, made in sorted(self.each(what, work, tasks), key=lambda answer: answer[0])]


@dataclass(frozen=True, slots=True)
class Stage:
    """A stage: `work` writes into the folder it is given and says how many rows came of it.

    `after`: the stages that it reads. `basis`: what else its outcome rests on. `keeps`: whether the whole files that a run which
    broke off has left are kept for the next; then the work must skip what is there.
    """

    name: str
    work: Callable[[Run, Path], int]
    after: tuple[str, ...] = ()
    basis: str = ""
    keeps: bool = False


def finish(run: Run, stage: Stage, before: Sequence[Done]) -> Done:
    """The stage as finished before, if it was over the same input, or done now. `before`: the stages done so far."""
    upstream = {d.name: d.key for d in before}
    key = key_of(stage.name, stage.basis, _settled(run.settings), *(upstream[name] for name in stage.after))
    place, mark = run.at(stage.name), run.at(f"{stage.name}.done")
    old = _marked(mark)
    if old is not None and old.key == key and place.is_dir():
        return old
    mark.unlink(missing_ok=True)
    fresh = place.with_name(f".{stage.name}.{key[:16]}.part")
    for left in place.parent.glob(f".{stage.name}.*.part"):
        if left != fresh or not stage.keeps:
            shutil.rmtree(left, ignore_errors=True)
    fresh.mkdir(parents=True, exist_ok=True)
    run.engine.peak_mb()
    began = time.monotonic()
    rows = stage.work(run, fresh)
    for broken_off in fresh.rglob(".*.part"):
        broken_off.unlink()
    shutil.rmtree(place, ignore_errors=True)
    fresh.rename(place)
    done = Done(stage.name, key, rows, round(time.monotonic() - began, 2), run.engine.peak_mb())
    with whole(mark) as part:
        part.write_text(json.dumps({k: v for k, v in asdict(done).items() if k != "again"}, indent=1) + "\n")
    return done


def key_of(*parts: str) -> str:
    """A digest of what something was made from, by which program."""
    return digest(json.dumps([__version__, *parts]))


def _settled(settings: Settings) -> str:
    return json.dumps(
        {f.name: getattr(settings, f.name) for f in fields(settings) if f.name not in NO_MATTER}
    )


def _marked(mark: Path) -> Done | None:
    try:
        return Done(**json.loads(mark.read_text()), again=True)
    except (OSError, ValueError, TypeError):
        return None
