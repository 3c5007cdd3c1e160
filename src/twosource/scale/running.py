"""The order of the stages over an archive: the only file that knows it. The same order as the pipeline's, and the same answer."""

from __future__ import annotations

import fcntl
import json
import os
import socket
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from twosource.errors import TwosourceError, UsageError
from twosource.pipeline import Progress, silent
from twosource.scale import records
from twosource.scale.annotating import annotate_shelf, annotating
from twosource.scale.briefs import asked_for, brief, briefing
from twosource.scale.copies import copies_stage
from twosource.scale.engine import WorkFailed, engine_of
from twosource.scale.incidents import Grouping, group, sketch, sketching
from twosource.scale.reading import reports_stage
from twosource.scale.reporting import Told, told
from twosource.scale.shelves import VOLUME, move, moving, order, shelve
from twosource.scale.stages import Done, Run, Stage, finish
from twosource.scale.tables import publish
from twosource.scale.weighing import ENOUGH, Archive, archive_of, weigh, weighing
from twosource.settings import Settings

__all__ = ["Wanted", "run"]

OURS = ".twosource-scale"  # marks a folder as ours; whoever works in it holds its lock
ANSWERS_WITHIN = 10  # seconds


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to make of which archives, where; `largest` and `briefs` say of which incidents a brief is written."""

    inputs: tuple[str, ...]
    out: Path
    largest: int = 0
    briefs: tuple[str, ...] = ()
    address: str | None = None


def run(wanted: Wanted, settings: Settings, progress: Progress = silent) -> Told:
    """Do what is not done yet, stage by stage, and write the tables, the briefs and report.json.

    Raises UsageError for a folder that is not ours or that another run works in, and for an address where nobody answers;
    NothingUsable when no input could be used.
    """
    if wanted.address is not None:
        _check_answers(wanted.address)
    engine = engine_of(settings, wanted.address)
    with _locked(wanted.out):
        try:
            return _run(wanted, Run(wanted.out, settings, engine, progress))
        except WorkFailed as e:
            if os.strerror(28) in str(e):  # ENOSPC, on whichever machine
                raise TwosourceError(
                    f"no room is left for {wanted.out}: make room and run the same command again, what is finished is kept"
                ) from e
            raise


def _run(wanted: Wanted, here: Run) -> Told:
    done: list[Done] = []
    for stage in stages(here, wanted.inputs):
        done.append(finish(here, stage, done))
    publish(here.at("accounts"), here.at("reports") / "refused", wanted.out / "tables")
    written = _briefs(here, wanted)
    found = told(here, wanted.inputs, wanted.address, done, written)
    with records.whole(wanted.out / "report.json") as part:
        part.write_text(json.dumps(found.document(), indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return found


def stages(here: Run, inputs: Sequence[str]) -> list[Stage]:
    """All stages, in their order."""
    return [reports_stage(here, inputs), copies_stage(), *later()]


def later() -> list[Stage]:
    """The stages that follow once reports are read and compared."""
    return [
        Stage("sketches", _sketches, ("reports",)),
        Stage("incidents", _incidents, ("sketches", "copies")),
        Stage("shelves", _shelves, ("reports", "copies", "incidents")),
        Stage("annotations", _annotations, ("shelves",), keeps=True),
        Stage("accounts", _accounts, ("shelves", "annotations"), keeps=True),
    ]


def _sketches(here: Run, out: Path) -> int:
    return sum(here.all("looking through", sketch, sketching(here.at("reports"), out)))


def _incidents(here: Run, out: Path) -> int:
    return sum(here.all("grouping", group, [Grouping(here.at("sketches"), here.at("copies"), out)]))


def _shelves(here: Run, out: Path) -> int:
    sketches, copies, incidents = (here.at(name) for name in ("sketches", "copies", "incidents"))
    shelve(sketches, copies, incidents, out, volume=VOLUME, parts=here.settings.scale_parts)
    return sum(here.all("sorting", move, moving(here.at("reports"), copies, out)))


def _annotations(here: Run, out: Path) -> int:
    where = order(here.at("shelves") / "order.parquet")
    tasks = annotating(here.at("shelves") / "reports", where.shelves, out, here.settings)
    here.all("annotating", annotate_shelf, tasks)
    return len(where.rank)


def _accounts(here: Run, out: Path) -> int:
    found = _archive(here)
    reports = sum(i.size for i in found.incidents)
    enough = max(1, min(ENOUGH, reports // here.settings.scale_parts))
    here.all("weighing", weigh, weighing(found, out, enough=enough))
    return len(found.incidents)


def _archive(here: Run) -> Archive:
    shelves = here.at("shelves")
    where = order(shelves / "order.parquet")
    return archive_of(here.at("incidents"), where, here.at("annotations"), shelves / "pairs")


def _briefs(here: Run, wanted: Wanted) -> list[str]:
    """The briefs that are wanted, written; the ids of their incidents."""
    if not wanted.largest and not wanted.briefs:
        return []
    found = _archive(here)
    ranks = asked_for(found.incidents, wanted.largest, wanted.briefs)
    alone = partial(found.between, out=wanted.out / "briefs")
    refused = records.refused(here.at("reports") / "refused")
    tasks = briefing([alone(n, n + 1) for n in ranks], refused, here.settings.model, wanted.out / "briefs")
    return here.all("writing briefs", brief, tasks)


def _check_answers(address: str) -> None:
    """Raises UsageError where nobody answers within seconds: Ray itself would go on trying for minutes."""
    host, _, port = address.removeprefix("ray://").rpartition(":")
    if not host or not port.isdigit():
        raise UsageError(f"--ray takes HOST:PORT of the cluster's head, as 10.0.0.5:6379, not {address!r}")
    try:
        socket.create_connection((host.strip("[]"), int(port)), ANSWERS_WITHIN).close()
    except (OSError, OverflowError) as e:
        raise UsageError(
            f"nobody answers at {address} ({e}): is the cluster up, and is this its head's address (`ray status` says)?"
        ) from e


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    """The folder, made where it isn't there, for this run alone."""
    mark = folder / OURS
    try:
        if folder.is_dir() and not mark.exists() and any(folder.iterdir()):
            raise UsageError(
                f"{folder} holds other files and was not made by `twosource scale run`: name an empty folder or a new one"
            )
        folder.mkdir(parents=True, exist_ok=True)
        held = mark.open("a")
    except OSError as e:
        raise UsageError(f"cannot write to the folder {folder}: {e.strerror}") from e
    with held:
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as e:
            raise UsageError(
                f"another run works in {folder}: wait for its end, or name another folder"
            ) from e
        yield
