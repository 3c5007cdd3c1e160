"""Annotations of an archive, shelf by shelf: what copies share is parsed once, and what comes out is what each report alone gives.

work/annotations/*.parquet, one for each shelf, in its order: rank (of the incident), number, text, record (the article, as in
    work/reports), sentences, annotation (the rest of it)
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

import msgspec
import pyarrow as pa
import pyarrow.compute as pc

from twosource.annotate import annotate
from twosource.model import Annotation, Article, Sentence
from twosource.scale.records import Row, article_of, batches, packed, unpacked, write
from twosource.scale.shelves import on_shelf
from twosource.settings import Settings

__all__ = ["Annotated", "Annotating", "annotate_shelf", "annotated", "annotating", "shelf_name"]

ANNOTATIONS = pa.schema(
    [
        ("rank", pa.int64()),
        ("number", pa.int64()),
        ("text", pa.large_binary()),
        ("record", pa.large_binary()),
        ("sentences", pa.large_binary()),
        ("annotation", pa.large_binary()),
    ]
)
_AT_ONCE = 50  # rows that are held with their sentences
_JSON = b"["[0]  # what begins with it is JSON: MessagePack of these records begins with no such byte

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Annotating:
    """A shelf to be annotated, and where that goes."""

    reports: Path
    shelf: int
    out: Path
    settings: Settings


@dataclass(frozen=True, slots=True)
class Annotated:
    """A report with what was found in it; `rank` is its incident's, `number` its own among all."""

    rank: int
    number: int
    article: Article
    annotation: Annotation


def shelf_name(shelf: int, shelves: int) -> str:
    """The name of a shelf's file."""
    return f"{shelf:06d}-of-{shelves:06d}.parquet"


def annotating(shelved: Path, shelves: int, out: Path, settings: Settings) -> list[Annotating]:
    """One task for each shelf that isn't annotated yet."""
    alone = replace(settings, annotators=1)
    tasks = [Annotating(shelved, n, out / shelf_name(n, shelves), alone) for n in range(shelves)]
    return [t for t in tasks if not t.out.exists()]


def annotate_shelf(task: Annotating) -> int:
    """Annotate the reports of a shelf; how many there are."""
    return write(task.out, _rows(task), ANNOTATIONS)


def _rows(task: Annotating) -> Iterator[list[Row]]:
    held = on_shelf(task.reports, task.shelf, ("place",))
    if held is None:
        return
    found = held.to_pylist()
    coming = annotate([article_of(r["text"], r["record"]) for r in found], task.settings)
    rows: list[Row] = []
    for row, annotation in zip(found, coming, strict=True):
        rows.append(
            {
                **{c: row[c] for c in ("rank", "number", "text", "record")},
                "sentences": _packed(annotation.sentences),
                "annotation": _packed(replace(annotation, sentences=())),
            }
        )
        if len(rows) == _AT_ONCE:
            yield rows
            rows = []
    yield rows


def annotated(paths: list[Path], low: int, high: int) -> Iterator[Annotated]:
    """The annotated reports of the incidents from one rank up to another, those of one incident together.

    Reports of one text share their sentences: an incident that was copied fifty thousand times takes little more than the text.
    """
    rank, seen = -1, dict[bytes, tuple[Sentence, ...]]()
    for path in paths:
        for batch in batches(path, at_once=_AT_ONCE):
            wanted = pc.and_(pc.greater_equal(batch["rank"], low), pc.less(batch["rank"], high))
            for row in batch.filter(wanted).to_pylist():
                if row["rank"] != rank:
                    rank, seen = row["rank"], {}
                data = row["sentences"]
                if data not in seen:
                    seen[data] = _unpacked(data, tuple[Sentence, ...])
                rest = _unpacked(row["annotation"], Annotation)
                yield Annotated(
                    rank,
                    row["number"],
                    article_of(row["text"], row["record"]),
                    replace(rest, sentences=seen[data]),
                )


def _packed(record: object) -> bytes:
    try:
        return msgspec.msgpack.encode(record)
    except UnicodeEncodeError:  # halves of characters
        return packed([record])


def _unpacked(data: bytes, kind: type[T]) -> T:
    if data[0] == _JSON:
        return unpacked(data, list[kind])[0]  # type: ignore[valid-type]
    return msgspec.msgpack.decode(data, type=kind)
