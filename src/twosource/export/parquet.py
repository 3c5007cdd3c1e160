"""Parquet: the same tables with their types; what a column means is written into the file."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from itertools import islice
from pathlib import Path
from typing import Any

from twosource.export.files import folder, whole
from twosource.export.shape import View
from twosource.export.tables import Table, tables
from twosource.wire import Row

ROWS_AT_ONCE = 2_000
LARGEST = 2**63 - 1


def write(views: Iterable[View], out: Path) -> None:
    """One file a table, a group of rows for each account; every table is there, also an empty one."""
    made = folder(out)
    _written(views, lambda table: made / f"{table.name}.parquet")


def write_part(views: Iterable[View], out: Path, part: str) -> None:
    """A folder a table, and in each a file of that name: parts written apart make one table together."""
    made = folder(out)
    _written(views, lambda table: folder(made / table.name) / f"{part}.parquet")


def _written(views: Iterable[View], place: Callable[[Table], Path]) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    with ExitStack() as stack:
        writers = {}
        for t in tables():
            file = stack.enter_context(whole(place(t)))
            writers[t.name] = stack.enter_context(pq.ParquetWriter(file, _schema(pa, t), compression="zstd"))
        for view in views:
            for t in tables():
                rows = t.rows(view)
                while held := list(islice(rows, ROWS_AT_ONCE)):
                    writers[t.name].write_table(_filled(pa, t, held))


def _schema(pa: Any, table: Table) -> Any:
    kinds = {
        "text": pa.string(),
        "int": pa.int64(),
        "float": pa.float64(),
        "bool": pa.bool_(),
        "texts": pa.list_(pa.string()),
        "spans": pa.list_(pa.list_(pa.int64())),
    }
    return pa.schema(
        [pa.field(c.name, kinds[c.kind], metadata={"meaning": c.meaning}) for c in table.columns],
        metadata={"meaning": table.meaning},
    )


def _filled(pa: Any, table: Table, rows: list[Row]) -> Any:
    schema = _schema(pa, table)
    arrays = [
        pa.array(list(_even(r[c.name] for r in rows)), schema.field(c.name).type) for c in table.columns
    ]
    return pa.Table.from_arrays(arrays, schema=schema)


def _even(values: Iterable[Any]) -> Iterator[Any]:
    """The values as the columns hold them: no halves of characters, no numbers that are too large to be true."""
    for v in values:
        if isinstance(v, str) and not v.isascii():
            yield v.encode("utf-8", "replace").decode("utf-8")
        elif isinstance(v, list):
            yield list(_even(v))
        elif isinstance(v, int) and not -LARGEST <= v <= LARGEST:
            yield None
        else:
            yield v
