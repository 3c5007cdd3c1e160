"""Copies over partitions: a million invented reports of 300 words through fingerprints, band join, verified passages and families.

    python -m benchmarks.scale [--reports 20000,100000] [--words 300] [--workers 2] [--part copies,skew,shuffle] [--folder F] [--write]

`--full` adds a million. Reports are made by parts, each from seeds of its own, and lie in Parquet files before the clock starts; with
`--folder` they stay there for the next time. `skew`: one story reprinted over and over among others. `shuffle`: the same join of
fingerprints by the engine's own grouping, beside ours. Memory is that of all processes together, mapped files included, looked at ten
times a second.
"""

from __future__ import annotations

import contextlib
import tempfile
import time
from collections import Counter
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from benchmarks.figures import Figures, asked, tell
from benchmarks.planted import Making, make, originals
from benchmarks.reuse import KINDS, MEMORY
from benchmarks.timing import Clock

from twosource.reuse.candidates import ranges_of
from twosource.reuse.fingerprints import own_bits
from twosource.reuse.lineage import COPIES
from twosource.scale import joining
from twosource.scale.copies import copies_stage
from twosource.scale.engine import Cluster
from twosource.scale.joining import Joining, Printing
from twosource.scale.records import batches, files, rows_in
from twosource.scale.stages import Done, Run, finish
from twosource.settings import Settings

PART = 25_000  # reports in a file


def made(run: Run, reports: int, words: int, reprints: int = 0) -> Done:
    """The reports as a finished stage, made now if they are not there."""
    folder = run.at("reports")
    edges = [*range(0, reports, PART), reports]
    tasks = [
        Making(low, high, reports, words, reprints, folder / f"{n:05}.parquet")
        for n, (low, high) in enumerate(pairwise(edges))
    ]
    run.all("making", make, [t for t in tasks if not t.out.exists()])
    return Done("reports", f"{reports} of {words}", reports, 0.0, 0)


def part_copies(run: Run, reports: int, words: int) -> Figures:
    """All of it, with recall by kind of edit and precision."""
    done = made(run, reports, words)
    figures = timed(run, done)
    return {**figures, **found(run, reports)}


def part_skew(run: Run, reports: int, words: int) -> Figures:
    """Half of the reports are one story, word for word."""
    done = made(run, reports, words, reprints=reports // 2)
    figures = timed(run, done)
    return {**figures, "reprints": reports // 2, "pairs": sum(rows_in(p) for p in files(run.at("copies")))}


def timed(run: Run, done: Done) -> Figures:
    """The stage from its beginning, with the seconds of each of its steps."""
    steps = Counter[str]()
    last = [time.perf_counter()]

    def told(what: str, at: int, total: int | None) -> None:
        now = time.perf_counter()
        steps[what] += now - last[0]
        last[0] = now
        print(f"\r{what}: {at} of {total}    ", end="", flush=True)

    run.at("copies.done").unlink(missing_ok=True)
    MEMORY.most = 0
    clock = Clock()
    last[0] = time.perf_counter()
    ended = finish(replace(run, progress=told), copies_stage(), [done])
    figures = clock.figures()
    print()
    return {
        "reports": done.rows,
        "workers": run.engine.workers,
        **figures,
        "reports a second": round(done.rows / clock.wall),
        "peak MB": MEMORY.most,
        "pairs": ended.rows,
        "seconds until a step's last answer": {name: round(took, 1) for name, took in steps.items()},
    }


def found(run: Run, reports: int) -> Figures:
    """Recall by kind of edit, and precision, of what was called a copy."""
    first = originals(reports)
    hits, right, every = Counter[str](), 0, 0
    for path in files(run.at("copies")):
        for batch in batches(path, ("a_number", "b_number", "relation"), 10_000):
            copies = np.isin(batch["relation"].to_numpy(zero_copy_only=False), COPIES)
            a, b = (batch[name].to_numpy()[copies] for name in ("a_number", "b_number"))
            planted = a + first == b
            hits.update(KINDS[n % len(KINDS)] for n in a[planted].tolist())
            right, every = right + int(planted.sum()), every + len(a)
    planted_of = Counter(KINDS[n % len(KINDS)] for n in range(reports - first))
    return {
        "recall": {kind: round(hits[kind] / planted_of[kind], 4) for kind in KINDS},
        "recall of all": round(right / (reports - first), 4),
        "precision": round(right / every, 4) if every else None,
    }


def part_shuffle(run: Run, reports: int, words: int) -> Figures:
    """Who shares a fingerprint: sorted files against the engine's grouping, over the same fingerprints; Daft's rows are read from Parquet."""
    made(run, reports, words)
    out = run.folder / "shuffle"
    parts = files(run.at("reports"))
    prints = [out / f"{n:05}" for n in range(len(parts))]
    tasks = [Printing(part, to, reports) for part, to in zip(parts, prints, strict=True)]
    total = sum(run.all("fingerprinting", joining.fingerprint, tasks))
    ranges = ranges_of(total)
    step = -(-ranges // 8)
    MEMORY.most = 0
    clock = Clock()
    run.all("sorted files", joining.join, [
        Joining(tuple(prints), range(at, min(at + step, ranges)), ranges, reports, out / f"{at}.npz")
        for at in range(0, ranges, step)
    ])  # fmt: skip
    ours = {**clock.figures(), "peak MB": MEMORY.most}
    rows = [_rows(path, own_bits(reports)) for path in prints]
    MEMORY.most = 0
    clock = Clock()
    shared = _grouped(rows)
    return {
        "reports": reports,
        "fingerprints": total,
        "sorted files, pairs counted too": ours,
        "the engine's groupby": {**clock.figures(), "shared fingerprints": shared, "peak MB": MEMORY.most},
    }


def _rows(path: Path, bits: int) -> Path:
    """A part's fingerprints as rows for the engine to group."""
    keys = joining.loaded(path.with_name(f"{path.name}.keys.npy"))
    to = path.with_name(f"{path.name}.parquet")
    table = pa.table({"key": keys >> np.uint64(bits), "report": keys & np.uint64((1 << bits) - 1)})
    pq.write_table(table, to)
    return to


def _grouped(rows: list[Path]) -> int:
    """How many fingerprints more than one report has, with the reports of each at hand."""
    import daft

    frame = daft.read_parquet([str(path) for path in rows])
    held = frame.groupby("key").agg(daft.col("report").list_agg().alias("reports"))
    return int(held.where(daft.col("reports").list_count() > 1).count_rows())


PARTS = {"copies": part_copies, "skew": part_skew, "shuffle": part_shuffle}


def main() -> None:
    """The parts asked for, at each size."""
    given = asked(
        "scale",
        __doc__,
        ("--reports", {"default": None, "help": "sizes, with commas"}),
        ("--words", {"type": int, "default": 300}),
        ("--workers", {"type": int, "default": 2}),
        ("--memory", {"type": int, "default": Settings().scale_memory_mb, "help": "MB to aim at"}),
        ("--part", {"default": "copies"}),
        ("--folder", {"type": Path, "help": "where the reports lie, for the next time too"}),
    )
    sizes = given.reports or ("20000,100000,1000000" if given.full else "20000")
    settings = replace(Settings(), annotators=given.workers, scale_memory_mb=given.memory)
    MEMORY.start()
    with contextlib.ExitStack() as kept:
        folder = given.folder or Path(kept.enter_context(tempfile.TemporaryDirectory()))
        for part in given.part.split(","):
            for reports in (int(n) for n in sizes.split(",")):
                kind = "reprints" if part == "skew" else "copies"
                run = Run(folder / f"{kind}-{reports}", settings, Cluster(given.workers))
                name = f"{part}, {reports} reports of {given.words} words"
                tell(name, PARTS[part](run, reports, given.words), given.out)


if __name__ == "__main__":
    main()
