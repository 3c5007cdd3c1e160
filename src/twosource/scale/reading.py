"""Inputs to reports, as the pipeline reads and cleans them, whichever worker does which share.

Two things take all reports together, and are settled from a few bytes of each: ids, in the order of the inputs, and the lines that
an outlet repeats. Texts are read where they lie, and are brought into the order of ids once, at the end.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa

from twosource.errors import NothingUsable
from twosource.model import Refusal
from twosource.read.identity import Claimant, Register
from twosource.scale.inputs import Source, digest_of, sources
from twosource.scale.records import REFUSED, batches, whole, write
from twosource.scale.shards import (
    IDS,
    Cleaning,
    Learning,
    Lining,
    Reading,
    Shelving,
    clean_shard,
    learn,
    line_up,
    read_share,
    shelve,
)
from twosource.scale.stages import Run, Stage
from twosource.store.records import plain

__all__ = ["parts_of", "reports_stage", "room"]

SHARE = 32_000_000  # bytes of files that one task reads
FILES = 2000  # … and files
ROOM = 32  # times the bytes of its texts that a worker may take while it works on a part
REFUSED_WHERE = "refused"


def reports_stage(run: Run, inputs: Iterable[str]) -> Stage:
    """The stage that reads these inputs into work/reports, with what was refused in work/reports/refused."""
    held = sources(inputs, run.settings)
    return Stage("reports", partial(_read, held), basis=digest_of(run, held))


def parts_of(run: Run, reports: int, letters: int) -> list[tuple[int, int]]:
    """Ranges of numbers, as many as settings ask for and memory demands, none empty."""
    wanted = max(run.settings.scale_parts, -(-letters // room(run)))
    parts = max(1, min(wanted, reports))
    edges = [reports * n // parts for n in range(parts + 1)]
    return list(pairwise(edges))


def room(run: Run) -> int:
    """How many bytes of text one worker takes on at a time."""
    return max(1_000_000, run.settings.scale_memory_mb * 1_000_000 // (run.engine.workers * ROOM))


def _read(held: Sequence[Source], run: Run, out: Path) -> int:
    tasks = [
        Reading(share, out / "raw" / f"{n:05}", room(run), run.settings)
        for n, share in enumerate(_shares(held))
    ]
    shards = [shard for some in run.all("reading", read_share, tasks) for shard in some]
    ids = [out / "ids" / shard.name for shard in shards]
    names, refused = _named(shards)
    count = _numbered(names, ids)
    if not count:
        raise NothingUsable("; ".join(f"{r.input}: {r.reason}" for r in refused) or "no input was given")
    rows = [{"input": plain(r.input), "reason": plain(r.reason)} for r in refused]
    write(out / REFUSED_WHERE / "00000.parquet", [rows], REFUSED)
    clean = _cleaned(run, list(zip(shards, ids, strict=True)), out)
    origins = out / "origins.arrow"
    _origins(clean, count, origins)
    letters = sum(path.stat().st_size for path in clean)
    run.all("shelving", shelve, [
        Shelving(tuple(clean), low, high, origins, out / f"{n:05}.parquet")
        for n, (low, high) in enumerate(parts_of(run, count, letters))
    ])  # fmt: skip
    origins.unlink()
    for folder in (p for p in out.iterdir() if p.is_dir() and p.name != REFUSED_WHERE):
        shutil.rmtree(folder)
    return count


def _cleaned(run: Run, shards: Sequence[tuple[Path, Path]], out: Path) -> list[Path]:
    """The articles of each shard, given with its ids, once it is known what outlets repeat."""
    names = [shard.stem for shard, _ in shards]
    lined = [out / "lines" / f"{name}.arrow" for name in names]
    learners = max(1, min(len(shards), 4 * run.engine.workers))
    run.all("looking for what outlets repeat", line_up, [
        Lining(*shard, to, learners) for shard, to in zip(shards, lined, strict=True)
    ])  # fmt: skip
    known = [out / "stood" / f"{n:05}.parquet" for n in range(learners)]
    run.all("learning what outlets repeat", learn, [
        Learning(tuple(lined), n, to) for n, to in enumerate(known)
    ])  # fmt: skip
    clean = [out / "clean" / f"{name}.arrow" for name in names]
    run.all("cleaning", clean_shard, [
        Cleaning(*shard, tuple(known), to) for shard, to in zip(shards, clean, strict=True)
    ])  # fmt: skip
    return clean


def _shares(held: Sequence[Source]) -> Iterator[tuple[Source, ...]]:
    """The sources in their order, in shares that take about as long."""
    some, size = list[Source](), 0
    for source in held:
        if some and (size + source.size > SHARE or len(some) >= FILES):
            yield tuple(some)
            some, size = [], 0
        some.append(source)
        size += source.size
    if some:
        yield tuple(some)


def _named(shards: Sequence[Path]) -> tuple[list[list[bytes | None]], list[Refusal]]:
    """The id of each row of each shard, None where it was refused, and all refusals in order."""
    register = Register()
    names: list[list[bytes | None]] = []
    refused: list[Refusal] = []
    for shard in shards:
        some: list[bytes | None] = []
        for batch in batches(shard, ("given", "made", "digest", "where", "reason")):
            for row in batch.to_pylist():
                where = _text(row["where"])
                if row["reason"] is not None:
                    found: str | Refusal = Refusal(where, _text(row["reason"]))
                else:
                    found = register.named(Claimant(_text(row["given"]), row["made"], row["digest"], where))
                if isinstance(found, Refusal):
                    refused.append(found)
                some.append(None if isinstance(found, Refusal) else found.encode("utf-8", "surrogatepass"))
        names.append(some)
    return names, refused


def _numbered(names: Sequence[Sequence[bytes | None]], ids: Sequence[Path]) -> int:
    """Write the id and the number of each row: its place in the order of ids, which is that of their bytes."""
    flat = pa.array([name for some in names for name in some if name is not None], type=pa.large_binary())
    numbers = np.empty(len(flat), dtype=np.int64)
    numbers[pa.compute.sort_indices(flat).to_numpy()] = np.arange(len(flat))
    left = iter(numbers.tolist())
    for path, some in zip(ids, names, strict=True):
        rows = [{"number": -1 if name is None else next(left), "id": name} for name in some]
        write(path, [rows], IDS)
    return len(flat)


def _origins(clean: Sequence[Path], count: int, out: Path) -> None:
    """Write, for each number, the place in the order in which copies are looked for: by day published, then by id."""
    published = np.full(count, None, dtype=object)
    for path in clean:
        with pa.memory_map(str(path)) as source:
            table = pa.ipc.open_file(source).read_all()
            published[table["number"].to_numpy()] = table["day"].to_numpy()
    days: Any = pa.array(published, type=pa.large_binary())
    order = pa.compute.sort_indices(
        pa.table({"day": days, "number": np.arange(count)}),
        sort_keys=[("day", "ascending"), ("number", "ascending")],
    )
    origin = np.empty(count, dtype=np.int64)
    origin[order.to_numpy()] = np.arange(count)
    table = pa.table({"origin": origin})
    with whole(out) as part, pa.OSFile(str(part), "wb") as sink, pa.ipc.new_file(sink, table.schema) as to:
        to.write_table(table)


def _text(said: bytes) -> str:
    return said.decode("utf-8", "surrogatepass")
