"""Incidents of an archive: reports are looked through partition by partition, and grouped in one place from what was seen.

Grouping is the one stage that holds something of every distinct text at once, some ten kilobytes each: how telling a word is
hangs on all of them. Texts themselves are read only where they lie.

work/sketches/*.parquet, in the order of work/reports: number, id, text (a digest), decided, size (characters), light (null where
    an earlier report of the same file has the same text: only the first of a text is asked for)
work/incidents/incidents.parquet, the largest incident first: id, reports (numbers in ascending order), why
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from twosource.incidents import Light, Member, grouped, held, light, member, sketch_of, written
from twosource.model import Article, Reuse
from twosource.scale.records import Row, articles, batches, files, write

__all__ = ["Grouping", "Listed", "Sketching", "group", "listed", "sketch", "sketching"]

SKETCHES = pa.schema(
    [
        ("number", pa.int64()),
        ("id", pa.binary()),
        ("text", pa.binary()),
        ("decided", pa.binary()),
        ("size", pa.int64()),
        ("light", pa.large_binary()),
    ]
)
INCIDENTS = pa.schema([("id", pa.string()), ("reports", pa.list_(pa.int64())), ("why", pa.binary())])
_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Sketching:
    """A file of reports to look through, and where what was seen goes."""

    reports: Path
    out: Path


@dataclass(frozen=True, slots=True)
class Grouping:
    """What all reports look like and which share text, and where the incidents go."""

    sketches: Path
    copies: Path
    out: Path


@dataclass(frozen=True, slots=True)
class Listed:
    """An incident and how many reports it has."""

    id: str
    size: int


def sketching(reports: Path, out: Path) -> list[Sketching]:
    """One task for each file of reports."""
    return [Sketching(path, out / path.name) for path in files(reports)]


def sketch(task: Sketching) -> int:
    """Look through the reports of a file; how many there were."""
    return write(task.out, _sketched(task.reports), SKETCHES)


def _sketched(path: Path) -> Iterator[list[Row]]:
    numbers = (n for b in batches(path, ("number",)) for n in b["number"].to_pylist())
    seen: set[str] = set()
    rows: list[Row] = []
    for number, article in zip(numbers, articles(path), strict=True):
        rows.append(_row(number, article, seen))
        if len(rows) == _AT_ONCE:
            yield rows
            rows = []
    yield rows


def _row(number: int, article: Article, seen: set[str]) -> Row:
    m = member(article)
    first = m.decided is None and m.text not in seen
    seen.add(m.text)
    return {
        "number": number,
        "id": _bytes(m.id),
        "text": bytes.fromhex(m.text),
        "decided": None if m.decided is None else _bytes(m.decided),
        "size": len(article.text),
        "light": written(light(sketch_of(article))) if first else None,
    }


def group(task: Grouping) -> int:
    """Bring the reports together; how many incidents there are."""
    members: list[Member] = []
    for path in files(task.sketches):
        for batch in batches(path, ("id", "text", "decided")):
            rows = zip(*(batch[c].to_pylist() for c in ("id", "text", "decided")), strict=True)
            members += (Member(_text(i), t.hex(), d if d is None else _text(d)) for i, t, d in rows)
    ids = [m.id for m in members]
    number = {i: n for n, i in enumerate(ids)}
    found = grouped(members, _pairs(task.copies, ids), _Lights(task.sketches))
    found.sort(key=lambda i: (-len(i.reports), i.id))
    rows_of = (
        [
            {"id": i.id, "reports": [number[r] for r in i.reports], "why": _bytes(i.why)}
            for i in found[at : at + _AT_ONCE]
        ]
        for at in range(0, len(found), _AT_ONCE)
    )
    return write(task.out / "incidents.parquet", rows_of, INCIDENTS)


def listed(folder: Path) -> list[Listed]:
    """The incidents with how many reports each has, the largest first."""
    found = []
    for path in files(folder):
        for batch in batches(path):
            sizes = pc.list_value_length(batch["reports"]).to_pylist()
            found += [Listed(i, n) for i, n in zip(batch["id"].to_pylist(), sizes, strict=True)]
    return found


def _pairs(folder: Path, ids: Sequence[str]) -> Iterator[Reuse]:
    """The pairs that share text, with no more than what the grouping asks of them."""
    for path in files(folder):
        for batch in batches(path, ("a_number", "b_number", "relation")):
            columns = (batch[c].to_pylist() for c in ("a_number", "b_number", "relation"))
            for a, b, relation in zip(*columns, strict=True):
                yield Reuse(ids[a], ids[b], relation, 0.0, None, (), "")


class _Lights:
    """What was seen in each report, read from front to back: reports must be asked for in the order of their ids."""

    def __init__(self, sketches: Path) -> None:
        self._rows = (
            row
            for path in files(sketches)
            for batch in batches(path, ("id", "light"), _AT_ONCE)
            for row in zip(batch["id"].to_pylist(), batch["light"].to_pylist(), strict=True)
        )

    def __call__(self, name: str) -> Light:
        wanted = _bytes(name)
        return next(held(data) for i, data in self._rows if i == wanted)


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def _text(data: bytes) -> str:
    return data.decode("utf-8", "surrogatepass")
