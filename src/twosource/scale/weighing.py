"""Accounts of an archive: each incident by itself, the largest first, and its rows in the tables.

work/accounts/accounts/*.parquet, in the order of a brief: rank, incident, reports, account (JSON as `brief --format json` has it)
work/accounts/tables/NOUN/*.parquet: the rows that `--format parquet` has, in the same order
"""

from __future__ import annotations

import json
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from pathlib import Path
from typing import Any

import pyarrow as pa

from twosource.brief import document
from twosource.export.parquet import write_part
from twosource.export.shape import View
from twosource.model import Account, Brief, Incident, Reuse
from twosource.pipeline import account_of
from twosource.scale.annotating import Annotated, annotated
from twosource.scale.incidents import Listed, listed
from twosource.scale.records import Row, files, unpacked, write
from twosource.scale.shelves import Order, on_shelf

__all__ = ["Archive", "Weighing", "account_json", "accounts", "archive_of", "weigh", "weighing"]

ACCOUNTS = pa.schema(
    [("rank", pa.int64()), ("incident", pa.string()), ("reports", pa.int64()), ("account", pa.large_binary())]
)
ENOUGH = 2_000  # what a task weighs together: one report counts one, and more in a large incident
LARGE = 50  # reports from which on an incident's cost grows with their pairs


@dataclass(frozen=True, slots=True)
class Weighing:
    """Incidents to be weighed, from one rank up to another: where their reports and pairs lie, and where their accounts go."""

    low: int
    high: int
    incidents: tuple[str, ...]
    annotations: tuple[Path, ...]
    pairs: Path
    shelves: tuple[int, ...]  # on which the incidents begin
    out: Path
    part: str


@dataclass(frozen=True, slots=True, eq=False)
class Archive:
    """What the incidents of an archive are weighed from: on which shelf each begins, what was found on each, and the pairs."""

    incidents: Sequence[Listed]
    first: Sequence[int]
    annotations: Sequence[Path]
    pairs: Path

    def between(self, low: int, high: int, out: Path, part: str = "") -> Weighing:
        """The task of weighing some neighbouring incidents."""
        last = self.first[high] if high < len(self.first) else len(self.annotations) - 1
        return Weighing(
            low,
            high,
            tuple(i.id for i in self.incidents[low:high]),
            tuple(self.annotations[self.first[low] : last + 1]),
            self.pairs,
            tuple(sorted(set(self.first[low:high]))),
            out,
            part,
        )


def archive_of(incidents: Path, order: Order, annotations: Path, pairs: Path) -> Archive:
    """The archive whose stages have made these."""
    return Archive(listed(incidents), order.first_shelves().tolist(), files(annotations), pairs)


def weighing(archive: Archive, out: Path, *, enough: int = ENOUGH) -> list[Weighing]:
    """The tasks, each of neighbouring incidents; those whose accounts are there already are left out."""
    cuts = list(_cuts(archive.incidents, enough))
    tasks = (
        archive.between(low, high, out, f"{n:06d}-of-{len(cuts) - 1:06d}")
        for n, (low, high) in enumerate(pairwise(cuts))
    )
    return [t for t in tasks if not _place(t).exists()]


def _cuts(found: Sequence[Listed], enough: int) -> Iterator[int]:
    """Where the row of incidents is cut: one that is more than enough stands alone."""
    yield 0
    filled = 0.0
    for n, i in enumerate(found):
        weight = i.size * max(1.0, i.size / LARGE)
        if filled and filled + weight > enough:
            yield n
            filled = 0
        filled += weight
    yield len(found)


def weigh(task: Weighing) -> int:
    """Write the accounts of some incidents and their rows in the tables; how many incidents there are."""
    rows: list[Row] = []
    write_part((_kept(task, held, rows) for held in accounts(task)), task.out / "tables", task.part)
    return write(_place(task), [rows], ACCOUNTS)  # last: where it is, all is


def _place(task: Weighing) -> Path:
    return task.out / "accounts" / f"{task.part}.parquet"


def _kept(task: Weighing, account: Account, rows: list[Row]) -> View:
    rows.append(
        {
            "rank": task.low + len(rows),
            "incident": account.id,
            "reports": len(account.articles),
            "account": account_json(account),
        }
    )
    return View(account)


def account_json(account: Account) -> bytes:
    """An incident as a brief in JSON has it."""
    row = document(Brief(accounts=(account,)))["incidents"][0]
    return json.dumps(row, separators=(",", ":")).encode("ascii")


def accounts(task: Weighing) -> Iterator[Account]:
    """The accounts of the task's incidents, one after the other; the reports of no more than one are held."""
    pairs = _Pairs(task)
    coming = groupby(annotated(list(task.annotations), task.low, task.high), key=lambda a: a.rank)
    for rank, held in coming:
        yield _account(task.incidents[rank - task.low], held, pairs)


def _account(name: str, coming: Iterable[Annotated], pairs: _Pairs) -> Account:
    held = sorted(coming, key=lambda a: a.number)
    incident = Incident(name, tuple(a.article.id for a in held))
    shared = pairs.of(held[0].rank)
    return account_of(incident, [a.article for a in held], [a.annotation for a in held], shared)


class _Pairs:
    """The pairs of the incidents of a task, asked for in ascending rank."""

    def __init__(self, task: Weighing) -> None:
        self._folder = task.pairs
        self._left = iter(task.shelves)
        self._rows: Any = None
        self._ranks: list[int] = []

    def of(self, rank: int) -> list[Reuse]:
        """Those of one incident, in the order of ids."""
        while not self._ranks or self._ranks[-1] < rank:
            shelf = next(self._left, None)
            if shelf is None:
                break
            self._rows = on_shelf(self._folder, shelf, ("rank", "a_number", "b_number"))
            self._ranks = [] if self._rows is None else self._rows["rank"].to_pylist()
        low, high = bisect_left(self._ranks, rank), bisect_right(self._ranks, rank)
        if low == high:
            return []
        return [unpacked(data, Reuse) for data in self._rows["record"].slice(low, high - low).to_pylist()]
