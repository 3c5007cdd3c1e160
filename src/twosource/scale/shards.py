"""The tasks of reading: what is done with one share of the inputs, or with one shard of what was read, wherever that is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pyarrow as pa

from twosource.clean import Lines, cleaned, lines_of, standing_in, stood
from twosource.model import Furniture, Refusal, Report
from twosource.read.identity import Claimant
from twosource.read.parallel import Pages
from twosource.read.reading import reports_of, usable
from twosource.scale.exchange import put, taken
from twosource.scale.inputs import Source, item_of
from twosource.scale.records import REPORTS, Row, article_row, batches, packed, table_of, unpacked, write
from twosource.settings import Settings

__all__ = [
    "RAW",
    "Cleaning",
    "Learning",
    "Lining",
    "Reading",
    "Shelving",
    "clean_shard",
    "learn",
    "line_up",
    "read_share",
    "shelve",
]

RAW = pa.schema(
    [
        ("given", pa.binary()),
        ("made", pa.string()),
        ("digest", pa.binary()),
        ("where", pa.binary()),
        ("reason", pa.binary()),  # why it was refused; else null
        ("text", pa.large_binary()),
        ("record", pa.large_binary()),
    ]
)
IDS = pa.schema([("number", pa.int64()), ("id", pa.binary())])  # -1 for what was refused
LINES = pa.schema(
    [("bucket", pa.int64()), ("number", pa.int64()), ("standing", pa.list_(pa.uint64())), ("first", pa.list_(pa.uint64()))]
)  # fmt: skip
CLEANED = pa.schema(
    [*(f for f in REPORTS if f.name != "origin"), ("day", pa.large_binary())]  # by which it is put in order
)
STOOD = pa.schema([("line", pa.uint64()), ("reports", pa.int64())])
AT_ONCE = 500  # reports that are records at a time


@dataclass(frozen=True, slots=True)
class Reading:
    """Sources to read, and where the shards of what is in them go; a shard ends when its texts have that many bytes."""

    sources: tuple[Source, ...]
    out: Path  # …-NNNNN.parquet is put behind it
    letters: int
    settings: Settings


def read_share(task: Reading) -> list[Path]:
    """Read, in order; where the shards are."""
    shards: list[Path] = []
    rows = _raw_rows(task)
    for first in rows:
        path = task.out.with_name(f"{task.out.name}-{len(shards):05}.parquet")
        write(path, _until(first, rows, task.letters), RAW)
        shards.append(path)
    return shards


def _until(first: Row, rows: Iterator[Row], letters: int) -> Iterator[list[Row]]:
    """Rows from the first on, some at a time, until there are that many bytes of text."""
    some, size = [first], len(first["text"] or b"")
    while size < letters:
        row = next(rows, None)
        if row is None:
            break
        size += len(row["text"] or b"")
        some.append(row)
        if len(some) >= AT_ONCE:
            yield some
            some = []
    if some:
        yield some


def _raw_rows(task: Reading) -> Iterator[Row]:
    alone = replace(task.settings, processes=1)
    with Pages(alone) as pages:
        for source in task.sources:
            item = item_of(source, alone)
            if isinstance(item, Refusal):
                yield _raw(item)
                continue
            for found in pages.ordered(reports_of(item, alone, pages)):
                yield _raw(usable(found, alone))


def _raw(found: Report | Refusal) -> Row:
    if isinstance(found, Refusal):
        return {"where": _bytes(found.input), "reason": _bytes(found.reason), "text": None}
    who = Claimant.of(found)
    return {
        "given": _bytes(who.given),
        "made": who.made,
        "digest": who.text,
        "where": _bytes(who.where),
        "text": _bytes(found.text),
        "record": packed(replace(found, text="")),
    }


@dataclass(frozen=True, slots=True)
class Lining:
    """A shard whose reports' lines are looked at, for as many learners."""

    shard: Path
    ids: Path
    out: Path
    buckets: int


def line_up(task: Lining) -> None:
    """Write the lines of each report whose outlet is known, by outlet."""
    rows = []
    for number, report in _admitted(task.shard, task.ids):
        if report.outlet:
            held = lines_of(report)
            bucket = hash_of(report.outlet) % task.buckets
            rows.append({"bucket": bucket, "number": number, "standing": held.standing, "first": held.first})
    put(task.out, pa.Table.from_pylist(rows, schema=LINES), "bucket")


def hash_of(name: str) -> int:
    """A number that is the same in every process."""
    return int.from_bytes(_bytes(name)[:64], "big") % 1_000_003


@dataclass(frozen=True, slots=True)
class Learning:
    """The lines of all shards, and which outlets' to learn from."""

    lined: tuple[Path, ...]
    bucket: int
    out: Path


def learn(task: Learning) -> int:
    """Write the standing lines of some outlets; how many there are."""
    found = taken(task.lined, "bucket", task.bucket, task.bucket + 1).sort_by("number")
    known = stood([Lines(row["standing"], row["first"]) for row in found.to_pylist()])
    rows = [{"line": line, "reports": known[line]} for line in sorted(known)]
    return write(task.out, [rows], STOOD)


@dataclass(frozen=True, slots=True)
class Cleaning:
    """A shard to be cleaned, given what outlets repeat."""

    shard: Path
    ids: Path
    stood: tuple[Path, ...]
    out: Path


def clean_shard(task: Cleaning) -> None:
    """Write the articles of a shard in the order of their numbers."""
    known = {r["line"]: r["reports"] for path in task.stood for b in batches(path) for r in b.to_pylist()}
    tables, rows = [], list[Row]()
    for number, report in _admitted(task.shard, task.ids):
        standing: Sequence[Furniture] = standing_in(report, known) if known else ()
        article = cleaned(report, standing)
        day = _bytes(article.published or "9999")
        rows.append({"number": number, "day": day, **article_row(article)})
        if len(rows) >= AT_ONCE:
            tables.append(table_of(rows, CLEANED))
            rows = []
    put(task.out, pa.concat_tables([*tables, table_of(rows, CLEANED)]), "number")


@dataclass(frozen=True, slots=True)
class Shelving:
    """Which reports, by number, stand in one file, and where each stands in the order of likely origin."""

    cleaned: tuple[Path, ...]
    low: int
    high: int
    origins: Path
    out: Path


def shelve(task: Shelving) -> int:
    """Write one file of work/reports; how many rows it has."""
    found = taken(task.cleaned, "number", task.low, task.high)
    with pa.memory_map(str(task.origins)) as source:
        origins = pa.ipc.open_file(source).read_all()["origin"].slice(task.low, task.high - task.low)
        table = found.append_column("origin", origins).select(REPORTS.names)
        shares: Iterator[Any] = (table.slice(at, AT_ONCE) for at in range(0, len(table), AT_ONCE))
        return write(task.out, shares, REPORTS)


def _admitted(shard: Path, ids: Path) -> Iterator[tuple[int, Report]]:
    """The number and the report of each that was admitted."""
    for raw, named in zip(
        batches(shard, ("text", "record"), AT_ONCE), batches(ids, None, AT_ONCE), strict=True
    ):
        columns = (raw["text"], raw["record"], named["number"], named["id"])
        for text, record, number, name in zip(*(c.to_pylist() for c in columns), strict=True):
            if number >= 0:
                report = unpacked(record, Report)
                yield number, replace(report, id=_text(name), text=_text(text))


def _bytes(said: str) -> bytes:
    return said.encode("utf-8", "surrogatepass")


def _text(said: bytes) -> str:
    return said.decode("utf-8", "surrogatepass")
