"""Reports brought to where their incident is: the one time that texts move.

Incidents stand in the order of a brief, the largest first; within one, families of copies, and in a family the same texts, so that whoever reads
them in this order parses what they share once. The row is cut into shelves of about equal length: a shelf is annotated by one
worker, and what is lost when a worker dies is its shelf. A large incident may take several.

work/shelves/order.parquet: number, rank (of its incident), shelf, in the order of the row
work/shelves/reports/*.parquet, one for each file of work/reports: a row group for each shelf
work/shelves/pairs/*.parquet, one for each file of work/copies: those pairs that are within an incident, on the shelf where it begins
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.parquet as pq

from twosource.reuse.lineage import COPIES
from twosource.scale.records import files, whole

__all__ = ["Moving", "Order", "move", "moving", "on_shelf", "order", "roots", "shelve"]

VOLUME = 4_000_000  # characters of a shelf: about two thousand reports, some minutes' work
MOST = 4_000  # reports of a shelf

Numbers = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Order:
    """Of each report, by number: the rank of its incident, its shelf, and its place in the row."""

    rank: Numbers
    shelf: Numbers
    place: Numbers

    @property
    def shelves(self) -> int:
        """How many shelves there are."""
        return int(self.shelf.max()) + 1 if len(self.shelf) else 0

    def first_shelves(self) -> Numbers:
        """Of each incident, by rank, the shelf on which it begins."""
        found = np.full(int(self.rank.max()) + 1 if len(self.rank) else 0, np.iinfo(np.int64).max)
        np.minimum.at(found, self.rank, self.shelf)
        return found


@dataclass(frozen=True, slots=True)
class Moving:
    """A file of reports or of pairs to be sorted onto shelves."""

    source: Path
    order: Path
    out: Path
    pairs: bool


def shelve(
    sketches: Path, copies: Path, incidents: Path, out: Path, *, parts: int, volume: int = VOLUME
) -> int:
    """Decide where each report stands; how many shelves there are: at least `parts`, where there are so many reports."""
    size = _column(sketches, "size")
    volume = max(1, min(volume, int(size.sum()) // parts))
    root, twin = roots(copies, len(size)), _twins(sketches)
    row, rank, shelf = [], [], []
    filled, held, here = 0, 0, 0
    for n, numbers in enumerate(_numbers(incidents)):
        for k in numbers[np.lexsort((numbers, twin[numbers], root[numbers]))].tolist():
            if held and (filled + size[k] > volume or held >= MOST):
                here, filled, held = here + 1, 0, 0
            filled, held = filled + int(size[k]), held + 1
            row.append(k)
            rank.append(n)
            shelf.append(here)
    with whole(out / "order.parquet") as part:
        pq.write_table(pa.table({"number": row, "rank": rank, "shelf": shelf}), part)
    return here + 1


def order(path: Path) -> Order:
    """Where each report stands, as it was decided."""
    return _order(path, path.stat().st_mtime_ns)


@lru_cache(maxsize=1)
def _order(path: Path, changed: int) -> Order:  # noqa: ARG001
    # A file that was written again, at another time, is read again.
    held = pq.read_table(path)
    number = held["number"].to_numpy()
    by_number = np.argsort(number)
    return Order(
        held["rank"].to_numpy()[by_number], held["shelf"].to_numpy()[by_number], by_number.astype(np.int64)
    )


def moving(reports: Path, copies: Path, out: Path) -> list[Moving]:
    """One task for each file of reports and of pairs."""
    at = out / "order.parquet"
    return [
        *(Moving(p, at, out / "reports" / p.name, False) for p in files(reports)),
        *(Moving(p, at, out / "pairs" / p.name, True) for p in files(copies)),
    ]


def move(task: Moving) -> int:
    """Sort the rows of a file onto shelves; how many there are."""
    where = order(task.order)
    held = pq.read_table(task.source, columns=_PAIR if task.pairs else _REPORT)
    if task.pairs:
        a, b = held["a_number"].to_numpy(), held["b_number"].to_numpy()
        within = np.flatnonzero(where.rank[a] == where.rank[b])
        held, a, b = held.take(within), a[within], b[within]
        rank = where.rank[a]
        shelf, sorted_ = where.first_shelves()[rank], np.lexsort((b, a, rank))
    else:
        number = held["number"].to_numpy()
        rank, shelf, place = where.rank[number], where.shelf[number], where.place[number]
        sorted_ = np.argsort(place)
        held = held.append_column("place", pa.array(place))
    held = held.append_column("rank", pa.array(rank)).append_column("shelf", pa.array(shelf)).take(sorted_)
    shelf = shelf[sorted_]
    edges = [*np.flatnonzero(np.diff(shelf, prepend=-1)).tolist(), len(shelf)]
    with whole(task.out) as part, pq.ParquetWriter(part, held.schema, compression="zstd") as out:
        for low, high in pairwise(edges):
            out.write_table(held.slice(low, high - low), row_group_size=max(1, high - low))
    return len(shelf)


def on_shelf(folder: Path, shelf: int, by: Sequence[str]) -> Any:
    """The rows of a shelf, from all files, in the order of some columns; None where there are none."""
    found = []
    for path in files(folder):
        with pq.ParquetFile(path) as held:
            column = held.schema_arrow.get_field_index("shelf")
            groups = [
                n
                for n in range(held.metadata.num_row_groups)
                if held.metadata.row_group(n).column(column).statistics.min == shelf
            ]
            if groups:
                found.append(held.read_row_groups(groups))
    return pa.concat_tables(found).sort_by([(name, "ascending") for name in by]) if found else None


_REPORT = ["number", "text", "record"]
_PAIR = ["a_number", "b_number", "record"]


def _numbers(incidents: Path) -> Iterator[Numbers]:
    for path in files(incidents):
        with pq.ParquetFile(path) as held:
            for batch in held.iter_batches(columns=["reports"]):
                for row in batch["reports"]:
                    yield row.values.to_numpy()


def _column(folder: Path, name: str) -> Numbers:
    held = [pq.read_table(path, columns=[name])[name].to_numpy() for path in files(folder)]
    return np.concatenate([np.zeros(0, dtype=np.int64), *held])


def _twins(sketches: Path) -> Numbers:
    """Of each report, the lowest number of those with the same text."""
    held = [pq.read_table(path, columns=["text"])["text"] for path in files(sketches)]
    texts = np.array([t for column in held for t in column.to_pylist()], dtype="S32")
    _, first, which = np.unique(texts, return_index=True, return_inverse=True)
    return first[which].astype(np.int64)


def roots(copies: Path, size: int) -> Numbers:
    """Of each report, the lowest number among those that copies lead to from it."""
    root = np.arange(size)
    edges = [np.zeros((2, 0), dtype=np.int64)]
    for path in files(copies):
        held = pq.read_table(path, columns=["a_number", "b_number", "relation"])
        kin = np.isin(held["relation"].to_numpy(zero_copy_only=False), COPIES)
        edges.append(np.stack([held["a_number"].to_numpy()[kin], held["b_number"].to_numpy()[kin]]))
    a, b = np.concatenate(edges, axis=1)
    while True:
        before = root.copy()
        least = np.minimum(root[a], root[b])
        np.minimum.at(root, root[a], least)
        np.minimum.at(root, root[b], least)
        root = root[root]
        if np.array_equal(before, root):
            return root
