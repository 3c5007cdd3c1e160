"""What a run says of itself: report.json, and the same for a reader."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, fields
from importlib.metadata import PackageNotFoundError, version
from itertools import islice
from typing import Any

import numpy as np

from twosource.model import Refusal
from twosource.scale.incidents import listed
from twosource.scale.records import batches, files
from twosource.scale.shelves import roots
from twosource.scale.stages import Done, Run
from twosource.version import __version__

__all__ = ["Told", "told"]

SCHEMA = "twosource.scale/1"
FIRST = 200  # refused inputs that are at hand
_LIBRARIES = ("daft", "ray", "pyarrow", "spacy", "numpy")


@dataclass(frozen=True, slots=True)
class Told:
    """What a run read, found and took."""

    inputs: tuple[str, ...]
    address: str | None
    workers: int
    settings: dict[str, int | str]
    model: str
    read: int
    refused: int
    first_refused: tuple[Refusal, ...]  # for a reader; all are in tables/refused
    copied: int  # reports that have their text, or much of it, from another report of the archive
    new: int
    incidents: int
    largest: int  # reports of the largest incident
    briefs: tuple[str, ...]
    stages: tuple[Done, ...]

    def document(self) -> dict[str, Any]:
        """As report.json has it."""
        held = {
            f.name: getattr(self, f.name) for f in fields(self) if f.name not in ("stages", "first_refused")
        }
        return {
            "schema": SCHEMA,
            "version": __version__,
            "libraries": dict(_versions()),
            **{k: list(v) if isinstance(v, tuple) else v for k, v in held.items()},
            "seconds": round(sum(d.seconds for d in self.stages if not d.again), 2),
            "peak_mb": max((d.peak_mb for d in self.stages if not d.again), default=0),
            "stages": [
                {**asdict(d), "rows_a_second": round(d.rows / d.seconds, 1) if d.seconds else None}
                for d in self.stages
            ],
        }

    def lines(self) -> Iterator[str]:
        """As a person reads it."""
        yield (
            f"{self.read:,} reports read, {self.refused:,} inputs refused; {self.copied:,} reports copy another, "
            f"{self.new:,} are new text"
        )
        yield f"{self.incidents:,} incidents, the largest of {self.largest:,} reports"
        yield f"{'stage':<12}{'rows':>12}{'seconds':>10}{'a second':>10}{'peak MB':>9}"
        for d in self.stages:
            rate = f"{d.rows / d.seconds:,.0f}" if d.seconds else "-"
            again = "  finished before" if d.again else ""
            yield f"{d.name:<12}{d.rows:>12,}{d.seconds:>10,.1f}{rate:>10}{d.peak_mb:>9,}{again}"


def told(
    here: Run, inputs: Sequence[str], address: str | None, done: Sequence[Done], briefs: Sequence[str]
) -> Told:
    """What there is to say of a run that has come to its end."""
    found = listed(here.at("incidents"))
    read = sum(i.size for i in found)
    root = roots(here.at("copies"), read)
    copied = int(np.count_nonzero(root != np.arange(read)))
    return Told(
        inputs=tuple(inputs),
        address=address,
        workers=here.engine.workers,
        settings={f.name: getattr(here.settings, f.name) for f in fields(here.settings)},
        model=here.settings.model,
        read=read,
        refused=sum(
            b.num_rows for p in files(here.at("reports") / "refused") for b in batches(p, ("input",))
        ),
        first_refused=tuple(islice(_refused(here), FIRST)),
        copied=copied,
        new=read - copied,
        incidents=len(found),
        largest=max((i.size for i in found), default=0),
        briefs=tuple(briefs),
        stages=tuple(done),
    )


def _refused(here: Run) -> Iterator[Refusal]:
    for path in files(here.at("reports") / "refused"):
        for batch in batches(path):
            for row in batch.to_pylist():
                yield Refusal(row["input"], row["reason"])


def _versions() -> Iterator[tuple[str, str]]:
    for name in _LIBRARIES:
        try:
            yield name, version(name)
        except PackageNotFoundError:
            continue
