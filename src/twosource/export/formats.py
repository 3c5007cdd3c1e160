"""Which formats there are, and how each is written."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

from twosource.errors import MissingExtra, UsageError
from twosource.export.files import whole
from twosource.export.shape import View
from twosource.model import Account

FOLDERS = ("csv", "tsv", "parquet")
ENDINGS = {
    "geojson": ".geojson",
    "ical": ".ics",
    "gexf": ".gexf",
    "graphml": ".graphml",
    "passim": ".passim.jsonl",
    "annotations": ".annotations.jsonld",
    "prov": ".prov.jsonld",
    "schema-org": ".schema-org.jsonld",
    "ftm": ".ftm.jsonl",
    "stix": ".stix.json",
}
NAMES = (*FOLDERS, *ENDINGS)


def check(name: str, out: Path | None) -> None:
    """Raise what writing would raise, before hours of work: no such format, no place for a folder, a missing package."""
    if name not in NAMES:
        raise UsageError(f"--format knows {', '.join(NAMES)}, not {name!r}")
    if name in FOLDERS and (out is None or str(out) == "-"):
        raise UsageError(f"{name} is a folder of tables: name it with -o FOLDER")
    if name == "parquet" and find_spec("pyarrow") is None:
        raise MissingExtra("Parquet", "export")


def write(name: str, accounts: Iterable[Account], out: Path | None, *, raw: bool = False) -> None:
    """Write the accounts, one after the other, in the format of that name: a folder, a file, or standard output.

    `raw` is of csv and tsv alone: no apostrophe before what a spreadsheet would run. Raises what `check` raises.
    """
    check(name, out)
    views = (View(a) for a in accounts)
    if name in FOLDERS:
        assert out is not None
        _folder(name, views, out, raw)
        return
    chunks: Iterator[bytes] = import_module(f"twosource.export.{name.replace('-', '_')}").chunks(views)
    if out is None or str(out) == "-":
        for chunk in chunks:
            sys.stdout.buffer.write(chunk)
        sys.stdout.buffer.flush()
        return
    with whole(out) as file:
        file.writelines(chunks)


def _folder(name: str, views: Iterator[View], out: Path, raw: bool) -> None:
    if name == "parquet":
        from twosource.export.parquet import write as to_parquet

        to_parquet(views, out)
        return
    from twosource.export.delimited import write as to_tables

    to_tables(views, out, separator="\t" if name == "tsv" else ",", raw=raw)
