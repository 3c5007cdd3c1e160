"""CSV and TSV: a folder of tables. Lists are JSON in a cell.

A cell that a spreadsheet would run as a formula gets an apostrophe before it, which `loaded` takes away again; in
numbers there can be none. Without (`raw`) the cells are the characters themselves.
See https://owasp.org/www-community/attacks/CSV_Injection.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable
from contextlib import ExitStack
from pathlib import Path
from typing import Any, BinaryIO

from twosource.export.files import folder, whole
from twosource.export.shape import View
from twosource.export.tables import Column, tables

# What opens a formula, also behind blanks and in the full width of East Asian keyboards; also behind apostrophes, so
# that what was escaped can be told from what came so.
_FORMULA = re.compile(r"'*\s*[=+\-@\t\r\n＝＋－＠]")
_ESCAPED = re.compile(r"''*\s*[=+\-@\t\r\n＝＋－＠]")


def write(views: Iterable[View], out: Path, *, separator: str, raw: bool = False) -> None:
    """One file a table, with a line of column names; every table is there, also an empty one."""
    ending = ".tsv" if separator == "\t" else ".csv"
    made = folder(out)
    with ExitStack() as stack:
        files = {
            t.name: stack.enter_context(_texts(stack.enter_context(whole(made / f"{t.name}{ending}"))))
            for t in tables()
        }
        writers = {n: csv.writer(f, delimiter=separator) for n, f in files.items()}
        for t in tables():
            writers[t.name].writerow([c.name for c in t.columns])
        for view in views:
            for t in tables():
                writers[t.name].writerows(
                    [_cell(row[c.name], c, raw) for c in t.columns] for row in t.rows(view)
                )


def _texts(file: BinaryIO) -> io.TextIOWrapper:
    """The file for characters; half of one, which UTF-8 cannot hold, becomes a question mark."""
    return io.TextIOWrapper(file, encoding="utf-8", errors="replace", newline="")


def _cell(value: Any, column: Column, raw: bool) -> Any:
    if value is None:
        return ""
    if column.kind in ("texts", "spans"):
        value = json.dumps(value, ensure_ascii=False)
    elif column.kind == "bool":
        return "true" if value else "false"
    elif column.kind != "text":
        return value
    return value if raw or not _FORMULA.match(value) else f"'{value}"


def loaded(cell: str, column: Column, *, raw: bool = False) -> Any:
    """What a cell was written from; an empty text comes back as None."""
    if not raw and column.kind in ("text", "texts", "spans") and _ESCAPED.match(cell):
        cell = cell[1:]
    if cell == "":
        return None
    if column.kind in ("texts", "spans"):
        return json.loads(cell)
    if column.kind == "bool":
        return cell == "true"
    if column.kind == "int":
        return int(cell)
    return float(cell) if column.kind == "float" else cell
