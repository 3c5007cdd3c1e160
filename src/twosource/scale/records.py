"""What lies in the work folder: reports and pairs as rows of Parquet, from which the model's records are made again exactly.

A file appears under its name only when it is whole, so that work done twice, or broken off, leaves nothing double or half.

work/reports/*.parquet, in the order of ids within a file and from file to file:
    number     place of the report in the order of ids, from 0
    origin     its place in the order of likely origin (day published, then id), in which copies are looked for
    id, published, outlet, incident     as the article has them, fit for a database (halves of characters replaced)
    text       the text as UTF-8, half characters kept (Python's `surrogatepass`)
    furniture  starts and ends of its furniture by turns
    record     the rest of the article as JSON
work/refused/*.parquet: input, reason.
work/copies/*.parquet, in the order of the ids a, b within a file and from file to file:
    a_number, b_number, a, b, relation, older, and `record`, the whole Reuse as JSON
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

from twosource.errors import MissingExtra
from twosource.model import Article, Refusal, Reuse
from twosource.store.records import plain, record_of, rows_of

try:
    import pyarrow as pa
    import pyarrow.parquet as pq
except ImportError:
    raise MissingExtra("twosource scale", "scale") from None

__all__ = [
    "COPIES",
    "REFUSED",
    "REPORTS",
    "article_row",
    "articles",
    "batches",
    "copies",
    "files",
    "packed",
    "refused",
    "reuse_row",
    "rows_in",
    "table_of",
    "unpacked",
    "whole",
    "write",
]

T = TypeVar("T")
Row = dict[str, Any]

REPORTS = pa.schema(
    [
        ("number", pa.int64()),
        ("origin", pa.int64()),
        ("id", pa.string()),
        ("published", pa.string()),
        ("outlet", pa.string()),
        ("incident", pa.string()),
        ("text", pa.large_binary()),
        ("furniture", pa.list_(pa.int64())),
        ("record", pa.large_binary()),
    ]
)
REFUSED = pa.schema([("input", pa.string()), ("reason", pa.string())])
COPIES = pa.schema(
    [
        ("a_number", pa.int64()),
        ("b_number", pa.int64()),
        ("a", pa.string()),
        ("b", pa.string()),
        ("relation", pa.string()),
        ("older", pa.string()),
        ("record", pa.large_binary()),
    ]
)
AT_ONCE = 1000  # rows of a file that are held as records


def packed(record: object) -> bytes:
    """Any record of the model as JSON of ASCII characters, half characters included."""
    return json.dumps(rows_of(record), separators=(",", ":")).encode("ascii")


def unpacked(data: bytes, kind: type[T]) -> T:
    """The record that was packed."""
    return record_of(json.loads(data), kind)


@contextmanager
def whole(path: Path) -> Iterator[Path]:
    """A path to write to; what was written stands under the name asked for once all went well, and nowhere otherwise."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.{uuid.uuid4().hex}.part")
    try:
        yield part
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def files(folder: Path) -> list[Path]:
    """The whole files of a folder, in order."""
    return sorted(p for p in folder.glob("*.parquet") if not p.name.startswith("."))


def table_of(rows: Sequence[Row], schema: Any) -> Any:
    """Rows as a table; a name that a row doesn't have is null."""
    return pa.Table.from_pylist(list(rows), schema=schema)


def write(path: Path, coming: Iterable[Any], schema: Any) -> int:
    """Write shares of rows, or tables, into one file; how many rows there were."""
    count = 0
    with whole(path) as part, pq.ParquetWriter(part, schema, compression="zstd", compression_level=1) as out:
        for some in coming:
            count += len(some)
            out.write_table(some if isinstance(some, pa.Table) else table_of(some, schema))
    return count


def batches(path: Path, columns: Sequence[str] | None = None, at_once: int = AT_ONCE) -> Iterator[Any]:
    """The rows of a file, some at a time, as Arrow batches."""
    with pq.ParquetFile(path) as held:
        yield from held.iter_batches(batch_size=at_once, columns=columns and list(columns))


def rows_in(path: Path) -> int:
    """How many rows a file has."""
    with pq.ParquetFile(path) as held:
        return int(held.metadata.num_rows)


def article_row(article: Article) -> Row:
    """A report's row but for its places among all reports."""
    report = article.report
    return {
        "id": plain(report.id),
        "published": plain(article.published),
        "outlet": plain(article.outlet),
        "incident": plain(report.incident),
        "text": report.text.encode("utf-8", "surrogatepass"),
        "furniture": [x for f in article.boilerplate for x in (f.span.start, f.span.end)],
        "record": packed(replace(article, report=replace(report, text=""))),
    }


def article_of(text: bytes, record: bytes) -> Article:
    """The article of a row."""
    held = unpacked(record, Article)
    return replace(held, report=replace(held.report, text=text.decode("utf-8", "surrogatepass")))


def articles(path: Path) -> Iterator[Article]:
    """The articles of a file of work/reports, in its order."""
    for batch in batches(path, ("text", "record")):
        for text, record in zip(batch["text"].to_pylist(), batch["record"].to_pylist(), strict=True):
            yield article_of(text, record)


def refused(folder: Path) -> list[Refusal]:
    """What could not be read, in the order in which it came; `folder` is work/refused."""
    return [
        Refusal(row["input"], row["reason"])
        for path in files(folder)
        for batch in batches(path)
        for row in batch.to_pylist()
    ]


def reuse_row(found: Reuse, a_number: int, b_number: int) -> Row:
    """A pair's row."""
    return {
        "a_number": a_number,
        "b_number": b_number,
        "a": plain(found.a),
        "b": plain(found.b),
        "relation": found.relation,
        "older": plain(found.older),
        "record": packed(found),
    }


def copies(path: Path) -> Iterator[Reuse]:
    """The pairs of a file of work/copies, in its order."""
    for batch in batches(path, ("record",)):
        for record in batch["record"].to_pylist():
            yield unpacked(record, Reuse)
