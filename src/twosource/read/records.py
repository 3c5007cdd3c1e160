"""JSON Lines, JSON documents, CSV and Parquet."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping
from typing import Any

from twosource.errors import ReportRefused
from twosource.model import Refusal, Report
from twosource.read.decode import decode
from twosource.read.fields import TEXT_NAMES, report_of
from twosource.read.items import Item, lines, seekable, size
from twosource.settings import Settings

Found = Report | Refusal


def read_jsonl(item: Item, settings: Settings) -> Iterator[Found]:
    """A report from every line; a line that cannot be used is refused and the next is read."""
    for number, line in lines(item.stream, settings.max_bytes):
        name = f"{item.name}:{number}"
        if line is None:
            yield Refusal(
                name,
                f"the line is longer than {size(settings.max_bytes)}: split it, or raise the setting max_bytes",
            )
            continue
        line = line.strip().removeprefix(b"\xef\xbb\xbf")
        if line:
            yield _of_object(_parsed(line, name), name, line)


def read_json(item: Item, settings: Settings) -> Iterator[Found]:
    """A report from every object of a JSON document: one object, a list of them, or a JSON Feed's items."""
    document = _parsed(item.whole(settings.max_bytes), item.name)
    if isinstance(document, ReportRefused):
        raise document
    if isinstance(document, Mapping) and isinstance(document.get("items"), list):
        document = [_feed_item(i, document) for i in document["items"]]
    elif isinstance(document, Mapping):
        yield _of_object(document, item.name, _bytes(document))
        return
    for number, row in enumerate(document if isinstance(document, list) else [document], 1):
        yield _of_object(row, f"{item.name}:{number}", _bytes(row))


def read_csv(item: Item, settings: Settings) -> Iterator[Found]:
    """A report from every row; the first row names the columns as in JSON Lines."""
    csv.field_size_limit(settings.max_bytes)
    text = io.StringIO(decode(item.whole(settings.max_bytes), item.encoding), newline="")
    first = text.readline()
    text.seek(0)
    delimiter = max(",;\t|", key=first.count)
    rows = csv.DictReader(text, delimiter=delimiter)
    rows.fieldnames = [(n or "").strip().lower() for n in rows.fieldnames or []]
    number = 1
    while True:
        number += 1
        name = f"{item.name}:{number}"
        try:
            row = next(rows)
        except StopIteration:
            return
        except csv.Error as e:
            yield Refusal(name, f"the row cannot be read as CSV ({e})")
            return
        yield _of_object({k: v for k, v in row.items() if k}, name, _bytes(row))


def read_parquet(item: Item, settings: Settings) -> Iterator[Found]:
    """A report from every row, in batches, so that a large table is never held whole."""
    try:
        import pyarrow.parquet as pq
    except ImportError:
        raise ReportRefused(
            item.name, "Parquet needs the extra 'scale': pip install 'twosource[scale]'"
        ) from None
    with seekable(item, settings.max_unpacked_bytes) as f:
        table = pq.ParquetFile(f)
        columns = [n for n in table.schema_arrow.names if isinstance(n, str)]
        if not any(n.lower() in TEXT_NAMES for n in columns):
            raise ReportRefused(
                item.name,
                f"no column holds text (looked for {', '.join(TEXT_NAMES)}; it has {', '.join(columns)[:200]})",
            )
        number = 0
        for batch in table.iter_batches(batch_size=64):
            for row in batch.to_pylist():
                number += 1
                lower = {str(k).lower(): v for k, v in row.items()}
                yield _of_object(lower, f"{item.name}:{number}", _bytes(lower))


def _parsed(data: bytes, name: str) -> Any:
    """The JSON value, or the refusal as a value: one bad line must not stop the rest."""
    try:
        return json.loads(decode(data))
    except RecursionError:
        return ReportRefused(name, "not usable JSON: it is nested too deeply")
    except ValueError as e:
        return ReportRefused(name, f"not JSON ({e})")


def _of_object(row: object, name: str, data: bytes) -> Found:
    if isinstance(row, ReportRefused):
        return Refusal(row.input, row.reason)
    if not isinstance(row, Mapping):
        return Refusal(name, 'not an object with at least {"id", "text"}')
    try:
        return report_of(row, name, data)
    except ReportRefused as e:
        return Refusal(e.input, e.reason)


def _bytes(row: object) -> bytes:
    return json.dumps(row, ensure_ascii=False, sort_keys=True, default=str).encode("utf-8", "surrogatepass")


def _feed_item(item: object, feed: Mapping[str, Any]) -> object:
    """A JSON Feed item (jsonfeed.org 1.1) with the feed's own title as its outlet."""
    if not isinstance(item, Mapping):
        return item
    row = dict(item)
    row.setdefault("outlet", feed.get("title"))
    if not row.get("text") and not row.get("content_text") and isinstance(row.get("content_html"), str):
        from twosource.read.page import plain

        row["text"] = plain(row["content_html"])
    return row
