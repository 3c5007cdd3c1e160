"""How rows get from the tasks that make them to those that need them: files in the order of a key, of which each task takes a slice.

Each task writes one file however many tasks read it, so that a thousand parts make thousands of files and not a million; a file
is mapped into memory, not read, and a task touches only its slice. It needs nothing but a folder that all machines share.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa

from twosource.scale.records import whole

__all__ = ["put", "taken"]


def put(path: Path, table: Any, by: str) -> None:
    """Write the rows in the order of a column of whole numbers."""
    order = np.argsort(table[by].to_numpy(), kind="stable")
    with whole(path) as part, pa.OSFile(str(part), "wb") as sink:
        ordered = table.take(pa.array(order)).combine_chunks()
        with pa.ipc.new_file(sink, table.schema) as out:
            out.write_table(ordered)


def taken(paths: Sequence[Path], by: str, low: int, high: int) -> Any:
    """The rows of all files whose column is at least `low` and below `high`, in the order of that column and then of the files."""
    parts = []
    for path in paths:
        with pa.memory_map(str(path)) as source:
            table = pa.ipc.open_file(source).read_all()
            start, end = np.searchsorted(table[by].to_numpy(), (low, high))
            parts.append(table.slice(start, end - start))
    found = pa.concat_tables(parts)
    return found.take(pa.array(np.argsort(found[by].to_numpy(), kind="stable")))
