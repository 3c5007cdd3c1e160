"""The tasks that find which reports may share text: fingerprints of one part at a time, then one stretch of fingerprints at a time.

A part's fingerprints are one file of whole numbers in ascending order, each ending with the number of its report. A task that joins
maps all these files and takes its stretch out of each: however often one text was reprinted, a stretch holds it once a report.
The report's number takes its bits from the fingerprint: at a million reports 44 bits are left, which meet by chance some two thousand
times, at a hundred million 37, too few. An archive of more than some ten million is better run by years.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa

from twosource.reuse.candidates import Joined, joined
from twosource.reuse.encoding import Codes
from twosource.reuse.fingerprints import own_bits, prints_of
from twosource.reuse.prose import Given
from twosource.reuse.shingles import Keys
from twosource.scale.records import batches, whole

__all__ = ["Joining", "Printing", "fingerprint", "held", "join", "loaded", "save", "sizes_of"]

AT_ONCE = 2000  # reports that are fingerprinted at a time


@dataclass(frozen=True, slots=True)
class Printing:
    """A file of reports, where its fingerprints go, and how many reports there are in all."""

    part: Path
    out: Path  # .keys.npy, .origins.npy and .sizes.npy are put behind it
    reports: int


def fingerprint(task: Printing) -> int:
    """Write the fingerprints of a part, by the places of its reports in the order of likely origin; how many there are."""
    columns = ("origin", "text", "furniture")
    table = pa.Table.from_batches(list(batches(task.part, columns))).sort_by("origin")
    origins = table["origin"].to_numpy()
    bits = own_bits(task.reports)
    keys, sizes = [], []
    for at in range(0, len(table), AT_ONCE):
        some = table.slice(at, AT_ONCE)
        found = prints_of(_given(some), origins[at : at + AT_ONCE], bits)
        keys.append(found.keys)
        sizes.append(found.sizes)
    every = np.concatenate(keys)
    every.sort()
    save(_named(task.out, "keys"), every)
    save(_named(task.out, "origins"), origins)
    save(_named(task.out, "sizes"), np.concatenate(sizes))
    return len(every)


def _given(some: pa.Table) -> list[Given]:
    rows = zip(some["text"].to_pylist(), some["furniture"].to_pylist(), strict=True)
    return [
        (text.decode("utf-8", "surrogatepass"), tuple(zip(edges[::2], edges[1::2], strict=True)))
        for text, edges in rows
    ]


def sizes_of(outs: Iterable[Path], reports: int) -> Keys:
    """How many fingerprints each report has, in the order of likely origin."""
    found = np.zeros(reports, dtype=np.int64)
    for out in outs:
        found[loaded(_named(out, "origins"))] = loaded(_named(out, "sizes"))
    return found


@dataclass(frozen=True, slots=True)
class Joining:
    """The fingerprints of all parts, and which of their ranges to look through."""

    prints: tuple[Path, ...]
    some: range
    ranges: int
    reports: int
    out: Path


def join(task: Joining) -> None:
    """Write what these ranges say: pairs, pairs of families, and who is in which crowd."""
    keys = [np.load(_named(path, "keys"), mmap_mode="r") for path in task.prints]
    found = joined(keys, task.some, task.ranges, task.reports)
    with whole(task.out) as part, part.open("wb") as to:
        np.savez(
            to,
            uncommon=found.uncommon[0],
            uncommon_times=found.uncommon[1],
            family=found.family[0],
            family_times=found.family[1],
            members=found.members,
            crowds=np.array(found.crowds),
        )


def held(paths: Sequence[Path]) -> Iterable[Joined]:
    """What the ranges say, one task's after another."""
    for path in paths:
        with np.load(path) as f:
            yield Joined(
                (f["uncommon"], f["uncommon_times"]),
                (f["family"], f["family_times"]),
                f["members"],
                int(f["crowds"]),
            )


def save(path: Path, numbers: Keys | Codes) -> None:
    """Write numbers that `loaded` reads."""
    with whole(path) as part, part.open("wb") as to:
        np.save(to, numbers)


def loaded(path: Path) -> Keys:
    """Numbers as they lie in a file, read as they are looked at."""
    found: Keys = np.load(path, mmap_mode="r")
    return found


def _named(out: Path, what: str) -> Path:
    return out.with_name(f"{out.name}.{what}.npy")
