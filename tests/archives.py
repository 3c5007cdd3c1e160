"""An invented archive, what the pipeline in one process makes of it, and the same laid out as a run finds it after its first stages."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from twosource import pipeline
from twosource.brief import document
from twosource.export.shape import View
from twosource.export.tables import tables
from twosource.model import Article, Brief, Report, Reuse
from twosource.scale.engine import Alone, Engine
from twosource.scale.records import COPIES, REFUSED, REPORTS, article_row, files, reuse_row, write
from twosource.scale.running import later
from twosource.scale.stages import Done, Run, finish
from twosource.settings import Settings

HERE = Path(__file__).parent
FOLDERS = (
    HERE / "incidents" / "night_market",
    HERE / "incidents" / "patrol_boat",
    HERE.parent / "examples" / "derailment" / "reports",
)
OUTLETS = ("Harbour Gazette", "The Tilden Post", "Radio Marrow", "Cascade Press")
WIRE = (
    "KESTREL POINT (Cascade Press) — A tanker struck the north jetty on Sunday, killing {n} dockers, the port authority said.\n\n"
    "“We heard steel tear,” said Ida Brandt, a welder at the yard. “Then the lights went out.”\n\n"
    "The owner, Marrow Lines, denied that the tanker had been travelling too fast."
)


def rows() -> list[dict[str, Any]]:
    """The reports of three incidents, and of others invented here, copied under other names, days and addresses."""
    found = []
    for folder in FOLDERS:
        for path in sorted(p for p in folder.iterdir() if p.suffix == ".txt"):
            found.append(
                {"id": f"{folder.parent.name}-{path.stem}", "text": path.read_text(encoding="utf-8")}
            )
    for n in range(12):
        text = WIRE.format(n=3 + n // 8)
        if n % 4 == 3:
            text += f"\n\nRadio Marrow first reported at {n} o’clock that divers were in the water."
        found.append(
            {
                "id": f"wire-{n:02}",
                "text": text,
                "outlet": OUTLETS[n % 4],
                "published": f"2025-03-{9 + n % 3:02}",
                "url": f"https://marrow{n}.example/jetty",
            }
        )
    found.append(
        {
            "id": "half \ud83d",
            "text": "A lone bell rang \ud83d in Dunholm on Monday, Theo Marsh said.",
            "outlet": "Radio \ud83d",
        }
    )
    found += [
        {
            "id": f"kept-{n}",
            "text": f"Nora Quill won the race at Wexcombe by {n + 1} lengths.",
            "incident": "races",
        }
        for n in range(2)
    ]
    found.append({"id": "fr", "text": "Le pont a été fermé lundi, a dit le maire.", "language": "fr"})
    return found


@cache
def cleaned() -> tuple[Article, ...]:
    """The articles, in the order of their ids."""
    from twosource.clean import clean

    return tuple(clean(sorted((Report(**r) for r in rows()), key=lambda r: r.id)))


@cache
def in_process() -> tuple[Brief, tuple[Reuse, ...]]:
    """What the pipeline makes of them in one process."""
    articles = list(cleaned())
    incidents, shared = pipeline.incidents_of(articles)
    annotations = dict(
        zip((a.id for a in articles), pipeline.annotations_of(articles, Settings()), strict=True)
    )
    by_id = {a.id: a for a in articles}
    accounts = []
    for incident in sorted(incidents, key=lambda i: (-len(i.reports), i.id)):
        ids = set(incident.reports)
        accounts.append(
            pipeline.account_of(
                incident,
                [by_id[i] for i in incident.reports],
                [annotations[i] for i in incident.reports],
                [r for r in shared if r.a in ids and r.b in ids],
            )
        )
    return Brief(accounts=tuple(accounts)), tuple(shared)


def laid_out(folder: Path, parts: int, engine: Engine | None = None) -> tuple[Run, list[Done]]:
    """A run over the archive whose first two stages are done, in so many parts."""
    articles, (_, shared) = cleaned(), in_process()
    number = {a.id: n for n, a in enumerate(articles)}
    work = folder / "work"
    for n, some in enumerate(_parts(range(len(articles)), parts)):
        held = [article_row(articles[k]) | {"number": k, "origin": k} for k in some]
        write(work / "reports" / f"{n:04}.parquet", [held], REPORTS)
    write(
        work / "reports" / "refused" / "0.parquet",
        [[{"input": "torn.pdf", "reason": "no text in it"}]],
        REFUSED,
    )
    for n, some in enumerate(_parts(range(len(shared)), parts)):
        pairs = [reuse_row(shared[k], number[shared[k].a], number[shared[k].b]) for k in some]
        write(work / "copies" / f"{n:04}.parquet", [pairs], COPIES)
    here = Run(folder, Settings(scale_parts=parts), engine or Alone())
    return here, [Done(name, name, 0, 0.0, 0, True) for name in ("reports", "copies")]


def finished(here: Run, done: list[Done]) -> list[Done]:
    """All stages after the first two."""
    for stage in later():
        done.append(finish(here, stage, done))
    return done


def accounts_in(folder: Path) -> list[Any]:
    """The accounts that a run wrote, in the order of their files."""
    held = [
        row for p in files(folder / "work" / "accounts" / "accounts") for row in pq.read_table(p).to_pylist()
    ]
    assert [r["rank"] for r in held] == list(range(len(held)))
    return [json.loads(r["account"]) for r in held]


def accounts_expected() -> list[Any]:
    """The same, of one process."""
    found: list[Any] = json.loads(json.dumps(document(in_process()[0])["incidents"]))
    return found


def tables_in(folder: Path) -> dict[str, list[Any]]:
    """Every table's rows, in the order of its files."""
    return {
        t.name: [r for p in files(folder / t.name) for r in pq.read_table(p).to_pylist()] for t in tables()
    }


def tables_expected() -> dict[str, list[Any]]:
    """The same, of one process."""
    views = [View(a) for a in in_process()[0].accounts]
    return {
        t.name: [_even({c.name: row[c.name] for c in t.columns}) for v in views for row in t.rows(v)]
        for t in tables()
    }


def _even(value: Any) -> Any:
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode("utf-8")
    if isinstance(value, dict):
        return {k: _even(v) for k, v in value.items()}
    return [_even(v) for v in value] if isinstance(value, list | tuple) else value


def _parts(numbers: Sequence[int], parts: int) -> list[Sequence[int]]:
    size = -(-len(numbers) // parts)
    return [numbers[at : at + size] for at in range(0, len(numbers), size)]
