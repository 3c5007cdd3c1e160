"""Which reports share text, exactly as `reuse.compare` says, by steps that each hold a part of the archive.

Fingerprints → pairs that share them → texts brought to the pairs → judged → the pairs that families left out, likewise → the order
of families → work/copies. What is held for all reports at once are whole numbers: some forty bytes for each report and each pair.
Sorted files carry the join and not the engine's own shuffle, which holds the same fingerprints as rows with a list for each: over
50,000 reports that takes three times the work and four times the memory (`benchmarks/scale.py --part shuffle`).
"""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
import pyarrow as pa

from twosource.reuse.candidates import Candidates, chosen, ranges_of
from twosource.reuse.compare import rest_of_families
from twosource.reuse.lineage import connected
from twosource.reuse.shingles import Keys
from twosource.scale import joining, judging
from twosource.scale.joining import Joining, Printing, save
from twosource.scale.judging import Bringing, Judging, Ordering, Settling, Sorting
from twosource.scale.reading import room
from twosource.scale.records import batches, files, rows_in
from twosource.scale.stages import Run, Stage

__all__ = ["copies_stage"]

RANGES = 32  # of fingerprints that one task looks through at most
PAIRS = 20_000  # that make a block at most
FAMILIES = 2000  # that are put in order by one task
ROWS = 50_000  # pairs in a file of work/copies, about


@dataclass(frozen=True, slots=True)
class _Held:
    """The files of reports, the first number of each, how many reports there are, and how many bytes."""

    parts: tuple[Path, ...]
    lows: tuple[int, ...]
    reports: int
    letters: int


def copies_stage() -> Stage:
    """The stage that finds what reports share and writes work/copies."""
    return Stage("copies", _copies, after=("reports",))


def _copies(run: Run, out: Path) -> int:
    held = _held(run)
    near, number_of = _near(run, held, out)
    blocks = _judged(run, held, _by_number(near.pairs, number_of), out / "near")
    copied = _copied(near, number_of, blocks)
    rest = rest_of_families(near, copied, held.reports)
    blocks += _judged(run, held, _by_number(rest, number_of), out / "rest")
    ranks = _ranks(run, blocks, held.reports, out)
    rows = _settled(run, blocks, ranks, out)
    for folder in (p for p in out.iterdir() if p.is_dir()):
        shutil.rmtree(folder)
    return rows


def _held(run: Run) -> _Held:
    parts = files(run.at("reports"))
    counts = [rows_in(part) for part in parts]
    lows = np.cumsum([0, *counts]).tolist()
    letters = sum(part.stat().st_size for part in parts) * 3  # about, as texts pack
    return _Held(tuple(parts), tuple(lows[:-1]), lows[-1], letters)


def _near(run: Run, held: _Held, out: Path) -> tuple[Candidates, Keys]:
    """The pairs to look at, by places in the order of likely origin; and the number of the report at each place."""
    prints = [out / "prints" / f"{n:05}" for n in range(len(held.parts))]
    tasks = [Printing(part, to, held.reports) for part, to in zip(held.parts, prints, strict=True)]
    total = sum(run.all("fingerprinting", joining.fingerprint, tasks))
    ranges = ranges_of(total)
    step = max(1, min(RANGES, -(-ranges // (4 * run.engine.workers))))
    some = [range(at, min(at + step, ranges)) for at in range(0, ranges, step)]
    found = [out / "joined" / f"{n:05}.npz" for n in range(len(some))]
    run.all("bringing together", joining.join, [
        Joining(tuple(prints), s, ranges, max(1, held.reports), to) for s, to in zip(some, found, strict=True)
    ])  # fmt: skip
    near = chosen(joining.held(found), joining.sizes_of(prints, held.reports))
    number_of = np.empty(held.reports, dtype=np.int64)
    for part, low in zip(held.parts, held.lows, strict=True):
        origins = np.concatenate([b["origin"].to_numpy() for b in batches(part, ("origin",))])
        number_of[origins] = np.arange(low, low + len(origins))
    shutil.rmtree(out / "prints")  # they are the most that lies on the disk
    return near, number_of


def _by_number(pairs: Keys, number_of: Keys) -> Keys:
    """Pairs of places as pairs of numbers, the smaller first, in order."""
    rows = np.sort(number_of[pairs], axis=1)
    return rows[np.lexsort((rows[:, 1], rows[:, 0]))]


def _judged(run: Run, held: _Held, pairs: Keys, out: Path) -> list[Path]:
    """The files of what these pairs share, block by block."""
    if not len(pairs):
        return []
    save(out / "pairs.npy", pairs)
    each = max(
        1,
        min(
            PAIRS,
            room(run) * held.reports // (2 * max(1, held.letters)),
            -(-len(pairs) // (4 * run.engine.workers)),
        ),
    )
    lows = list(range(0, len(pairs), each))
    block = np.arange(len(pairs)) // each
    keys = np.unique(np.concatenate([pairs[:, x] * len(lows) + block for x in (0, 1)]))
    save(out / "needs.npy", np.stack([keys // len(lows), keys % len(lows)], axis=1))
    brought = [out / f"brought-{n:05}.arrow" for n in range(len(held.parts))]
    run.all("bringing texts", judging.bring, [
        Bringing(part, low, out / "needs.npy", to)
        for part, low, to in zip(held.parts, held.lows, brought, strict=True)
    ])  # fmt: skip
    found = [out / f"judged-{n:05}.arrow" for n in range(len(lows))]
    run.all("comparing", judging.judge_block, [
        Judging(out / "pairs.npy", low, low + each, n, tuple(brought), to)
        for n, (low, to) in enumerate(zip(lows, found, strict=True))
    ])  # fmt: skip
    for path in brought:
        path.unlink(missing_ok=True)
    return found


def _columns(blocks: Sequence[Path], *names: str) -> list[Keys]:
    """Columns of whole numbers and of truths, of all blocks one after another."""
    found: list[list[Keys]] = [[np.zeros(0, dtype=np.int64)] for _ in names]
    for path in blocks:
        with pa.memory_map(str(path)) as source:
            table = pa.ipc.open_file(source).read_all()
            for column, name in zip(found, names, strict=True):
                column.append(table[name].to_numpy().astype(np.int64))
    return [np.concatenate(column) for column in found]


def _copied(near: Candidates, number_of: Keys, blocks: Sequence[Path]) -> Keys:
    """Those of the crowded pairs that are copies."""
    a, b, copy = _columns(blocks, "a", "b", "copy")
    n = max(1, len(number_of))
    rows = np.sort(number_of[near.crowded], axis=1)
    copies = (a * n + b)[copy == 1]
    return near.crowded[np.isin(rows[:, 0] * n + rows[:, 1], copies)]


def _ranks(run: Run, blocks: Sequence[Path], reports: int, out: Path) -> Path:
    """Rows (family, place, words, figures) by number, -1 for a report whose family needs no order; none where no family does."""
    a, b, grows, undecided = _columns(blocks, "a", "b", "grows", "open")
    path = out / "ranks" / "ranks.npy"
    family = connected(a[grows == 1], b[grows == 1], reports)
    asked = np.unique(family[a[undecided == 1]])
    if not len(asked):
        save(path, np.zeros((0, 4), dtype=np.int64))
        return path
    names = np.full(reports, -1, dtype=np.int64)
    names[asked] = np.arange(len(asked))
    save(out / "ranks" / "families.npy", names[family])
    sorted_ = [out / "ranks" / f"sorted-{n:05}.arrow" for n in range(len(blocks))]
    run.all("sorting families", judging.sort_out, [
        Sorting(block, out / "ranks" / "families.npy", to) for block, to in zip(blocks, sorted_, strict=True)
    ])  # fmt: skip
    lows = list(range(0, len(asked), FAMILIES))
    ordered = [out / "ranks" / f"ordered-{n:05}.parquet" for n in range(len(lows))]
    run.all("putting families in order", judging.order, [
        Ordering(tuple(sorted_), low, low + FAMILIES, to) for low, to in zip(lows, ordered, strict=True)
    ])  # fmt: skip
    ranks = np.full((reports, 4), -1, dtype=np.int64)
    for batch in (b for part in ordered for b in batches(part)):
        columns = [batch[name].to_numpy() for name in ("family", "place", "words", "figures")]
        ranks[batch["number"].to_numpy()] = np.stack(columns, axis=1)
    save(path, ranks)
    return path


def _settled(run: Run, blocks: Sequence[Path], ranks: Path, out: Path) -> int:
    """Write the pairs in the order of ids; how many there are."""
    (a,) = _columns(blocks, "a")
    a.sort()
    if not len(a):
        return 0
    edges = [0, *np.unique(a[ROWS::ROWS]).tolist(), int(a[-1]) + 1]
    ranges = [(low, high) for low, high in pairwise(edges) if low < high]
    return sum(run.all("writing what is shared", judging.settle, [
        Settling(tuple(blocks), low, high, ranks, out / f"{n:05}.parquet")
        for n, (low, high) in enumerate(ranges)
    ]))  # fmt: skip
