"""The tasks that hold pairs of reports against each other: texts are brought to the pairs that need them, then judged pair by pair.

A block is a stretch of pairs in the order of ids. Each part hands every block the texts that it needs, one file a part; a wire
story reprinted fifty thousand times goes once to each block that has its pairs, and its pairs to as many blocks as they fill.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa

from twosource.model import Article
from twosource.reuse.direction import Growth
from twosource.reuse.judge import Judged
from twosource.reuse.lineage import COPIES
from twosource.reuse.ordering import Rank, ranked, undecided, with_older
from twosource.reuse.workers import in_shares, judged
from twosource.scale.exchange import put, taken
from twosource.scale.joining import loaded
from twosource.scale.records import COPIES as COPIED
from twosource.scale.records import Row, article_of, batches, reuse_row, write

__all__ = [
    "JUDGED",
    "Bringing",
    "Judging",
    "Ordering",
    "Settling",
    "Sorting",
    "bring",
    "judge_block",
    "order",
    "settle",
    "sort_out",
]

JUDGED = pa.schema(
    [
        ("a", pa.int64()),  # the numbers of the two
        ("b", pa.int64()),
        ("copy", pa.bool_()),
        ("grows", pa.bool_()),  # whether the two may be versions of one article
        ("open", pa.bool_()),  # … of which nothing says which is the older
        ("facts", pa.large_binary()),  # a Judged as JSON but for the next three
        ("rest", pa.large_binary()),  # why, passages, changes
    ]
)
RANKS = pa.schema(
    [("number", pa.int64()), ("family", pa.int64()), ("place", pa.int64()), ("words", pa.int64()), ("figures", pa.int64())]
)  # fmt: skip
AT_ONCE = 2000  # rows


@dataclass(frozen=True, slots=True)
class Bringing:
    """A file of reports, its first number, and which blocks need which of them: rows (number, block) in the order of numbers."""

    part: Path
    low: int
    needs: Path
    out: Path


def bring(task: Bringing) -> None:
    """Write the texts of a part that blocks need, in the order of blocks."""
    needs = loaded(task.needs)
    tables, past = [], task.low
    for batch in batches(task.part, ("text", "record"), AT_ONCE):
        start, end = np.searchsorted(needs[:, 0], (past, past + len(batch)))
        some = needs[start:end]
        if len(some):
            rows = pa.Table.from_batches([batch]).take(pa.array(some[:, 0] - past))
            rows = rows.append_column("number", pa.array(some[:, 0]))
            tables.append(rows.append_column("block", pa.array(some[:, 1])))
        past += len(batch)
    if tables:
        put(task.out, pa.concat_tables(tables), "block")


@dataclass(frozen=True, slots=True)
class Judging:
    """The pairs of all blocks in their order, which of them make this block, and the texts that were brought."""

    pairs: Path
    low: int
    high: int
    block: int
    brought: tuple[Path, ...]
    out: Path


def judge_block(task: Judging) -> int:
    """Write what the pairs of a block share; how many share something."""
    pairs = [(a, b) for a, b in loaded(task.pairs)[task.low : task.high].tolist()]
    texts = taken([p for p in task.brought if p.exists()], "block", task.block, task.block + 1)
    at = {number: n for n, number in enumerate(texts["number"].to_pylist())}
    letters = pa.compute.binary_length(texts["text"]).to_pylist()
    tables = []
    for share in in_shares(pairs, lambda x: letters[at[x]]):
        names = sorted({x for pair in share for x in pair})
        rows = texts.take(pa.array([at[x] for x in names]))
        articles: dict[int, Article] = {
            x: article_of(text, record)
            for x, text, record in zip(
                names, rows["text"].to_pylist(), rows["record"].to_pylist(), strict=True
            )
        }
        found = judged(articles, share)
        tables.append(pa.Table.from_pylist([_row(a, b, j) for (a, b), j in found.items()], schema=JUDGED))
    table = pa.concat_tables(tables) if tables else JUDGED.empty_table()
    put(task.out, table, "a")
    return len(table)


def _row(a: int, b: int, j: Judged) -> Row:
    facts = (j.a, j.b, j.relation, j.containment, j.older, j.ours, j.theirs, j.growth)
    return {
        "a": a,
        "b": b,
        "copy": j.relation in COPIES,
        "grows": j.growth is not None,
        "open": j.growth is not None and j.older is None,
        "facts": _json(facts),
        "rest": _json((j.why, j.passages, j.changes)),
    }


def _judged(facts: bytes, rest: bytes = b'["", [], []]') -> Judged:
    a, b, relation, containment, older, ours, theirs, growth = json.loads(facts)
    why, passages, changes = json.loads(rest)
    grown = (Growth(*growth[0]), Growth(*growth[1])) if growth else None
    return Judged(a, b, relation, containment, older, why, passages, changes, ours, theirs, grown)


def _json(value: object) -> bytes:
    return json.dumps(value, separators=(",", ":")).encode("ascii")


@dataclass(frozen=True, slots=True)
class Sorting:
    """What a block found, and the family of each report that is in one whose order has to be found, else -1."""

    judged: Path
    families: Path
    out: Path


def sort_out(task: Sorting) -> None:
    """Write the pairs within such families, by family."""
    families = loaded(task.families)
    with pa.memory_map(str(task.judged)) as source:
        table = pa.ipc.open_file(source).read_all().select(["a", "b", "facts"])
        family = families[table["a"].to_numpy()]
        inside = np.flatnonzero((family >= 0) & (family == families[table["b"].to_numpy()]))
        rows = table.take(pa.array(inside)).append_column("family", pa.array(family[inside]))
        put(task.out, rows, "family")


@dataclass(frozen=True, slots=True)
class Ordering:
    """The pairs within families, and which families to put in order."""

    sorted: tuple[Path, ...]
    low: int
    high: int
    out: Path


def order(task: Ordering) -> int:
    """Write where each report of these families stands; how many reports there are."""
    table = taken(task.sorted, "family", task.low, task.high)
    inside: dict[int, list[Judged]] = {}
    numbers: dict[str, int] = {}
    for row in table.to_pylist():
        one = _judged(row["facts"])
        inside.setdefault(row["family"], []).append(one)
        numbers[one.a], numbers[one.b] = row["a"], row["b"]
    rows = [
        {"number": numbers[x], "family": r.family, "place": r.place, **r.growth._asdict()}
        for family, some in inside.items()
        if undecided(some)
        for x, r in ranked(family, sorted(some, key=lambda j: (j.a, j.b))).items()
    ]
    return write(task.out, [rows], RANKS)


@dataclass(frozen=True, slots=True)
class Settling:
    """What all blocks found, which reports' pairs to write, and where each report stands in its family."""

    judged: tuple[Path, ...]
    low: int
    high: int
    ranks: Path
    out: Path


def settle(task: Settling) -> int:
    """Write one file of work/copies: the pairs of these reports, the older of each settled; how many there are."""
    table = taken(task.judged, "a", task.low, task.high).sort_by([("a", "ascending"), ("b", "ascending")])
    ranks = loaded(task.ranks)
    return write(task.out, _settled(table, ranks), COPIED)


def _settled(table: Any, ranks: Any) -> Iterator[list[Row]]:
    for at in range(0, len(table), AT_ONCE):
        rows = []
        for row in table.slice(at, AT_ONCE).to_pylist():
            a, b = row["a"], row["b"]
            found = with_older(_judged(row["facts"], row["rest"]), _rank(ranks, a), _rank(ranks, b))
            rows.append(reuse_row(found, a, b))
        yield rows


def _rank(ranks: Any, number: int) -> Rank | None:
    """Rows (family, place, words, figures); without any, no family had to be put in order."""
    if not len(ranks) or ranks[number, 0] < 0:
        return None
    family, place, words, figures = ranks[number].tolist()
    return Rank(family, place, Growth(words, figures))
