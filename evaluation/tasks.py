"""What is measured: the data, how predictions are made, and the figures to compare with.

Peer figures come from the notes that lie with the evaluation data (each measured on data of the same kind, or published).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec

from twosource import wire
from twosource.settings import Settings

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Peer:
    """One figure of a scorer, what a peer reaches there, and what we aim at least for."""

    metric: str
    index: int | None  # which of the metric's numbers; None where it is one
    label: str
    peer: str
    floor: float


@dataclass(frozen=True, slots=True)
class Task:
    """One run of the scorer."""

    name: str
    scorer: str
    folder: str
    predict: Callable[[Path, Path], None]  # (data folder, where predictions go)
    peers: tuple[Peer, ...]


def rows(path: Path) -> Iterator[Row]:
    """The rows of a JSON Lines file."""
    with path.open(encoding="utf-8") as f:
        for text in f:
            if text.strip():
                yield json.loads(text)


def write(path: Path, found: Iterator[Row]) -> None:
    """Write rows as JSON Lines."""
    with path.open("wb") as f:
        for row in found:
            f.write(wire.line(row))


def _annotate(folder: Path, out: Path) -> None:
    from twosource.annotate import annotate
    from twosource.pipeline import articles_of

    articles, _ = articles_of([str(folder / "input.jsonl")], Settings())
    found = annotate(articles, Settings())
    write(
        out,
        (wire.annotation(n, [f.span for f in a.boilerplate]) for a, n in zip(articles, found, strict=True)),
    )


def _read(folder: Path, out: Path) -> None:
    from twosource.model import Report
    from twosource.read import read

    write(out, (wire.report(r) for r in read([str(folder / "html")], Settings()) if isinstance(r, Report)))


def _group(folder: Path, out: Path) -> None:
    from twosource.pipeline import articles_of, incidents_of

    articles, _ = articles_of([str(folder / "input.jsonl")], Settings())
    write(out, iter(wire.membership(incidents_of(articles)[0])))


def _reuse(folder: Path, out: Path) -> None:
    from twosource.pipeline import articles_of
    from twosource.reuse import compare

    articles, _ = articles_of([str(folder / "input.jsonl")], Settings())
    write(out, (wire.reuse(r) for r in compare(articles)))


def _names(folder: Path, out: Path) -> None:
    from twosource.resolve import compare_names

    write(
        out,
        (
            {"id": r["id"], "same": compare_names(r["a"], r["b"], r["kind"]).value}
            for r in rows(folder / "input.jsonl")
        ),
    )


def _accounts(folder: Path, out: Path) -> None:
    from twosource.brief import to_json
    from twosource.pipeline import brief_of

    out.mkdir(parents=True, exist_ok=True)
    for path in sorted(folder.glob("*.input.jsonl")):
        name = path.name.removesuffix(".input.jsonl")
        (out / f"{name}.json").write_bytes(to_json(brief_of([str(path)], Settings())))


def _facts(folder: Path, out: Path) -> None:
    """The brief of all reports with the grouping given; only what the facts need is made, one incident at a time."""
    from twosource.brief import document
    from twosource.pipeline import facts_of

    incident = {r["id"]: r["incident"] for r in rows(folder / "gold.jsonl")}
    given = out.with_suffix(".input.jsonl")
    write(given, ({**r, "incident": incident[r["id"]]} for r in rows(folder / "input.jsonl")))
    out.write_bytes(msgspec.json.encode(document(facts_of([str(given)], Settings()))))


def _stance(folder: Path, out: Path) -> None:
    from twosource.corroborate.stance import Asked
    from twosource.pipeline import check_of

    asked = [Asked(r["id"], r["claim"], r["report"]) for r in rows(folder / "input.jsonl")]
    found, _ = check_of(asked, [str(folder / "reports.jsonl")], Settings(), origins=False)
    write(out, ({"id": c.id, "report": c.report, "stance": c.stand.verdict} for c in found))


P, R, F = 0, 1, 2
TASKS = (
    Task(
        "accounts", "accounts", "accounts", _accounts,
        (
            Peer("account score", None, "account score", "naive system .430; two readers .801", 0.58),
            Peer("pair relation accuracy", None, "pair relation accuracy", "naive .67; readers .95", 0.80),
            Peer("copies P/R/F1", F, "copies F1", "shingle overlap .67; readers 1.00", 0.90),
            Peer("boilerplate recall", None, "boilerplate recall", "readers .79", 0.70),
            Peer("  words of evidence marked as boilerplate", None, "evidence marked as boilerplate (less is better)", "", 0.003),
            Peer("statement recall", None, "statement recall", "naive .73; readers .94", 0.83),
            Peer("  who right, of all", None, "who right, of all", "naive .49; readers .92", 0.68),
            Peer("  denials P/R/F1", F, "denials F1", "naive 0; readers .85", 0.60),
            Peer("  hedges P/R/F1", F, "hedges F1", "naive 0; readers .81", 0.50),
            Peer("  kind of source right, of those found", None, "kind of source right", "naive .59; readers .93", 0.85),
            Peer("  told right, of those found that name one", None, "told right", "naive 0; readers .84", 0.65),
            Peer("claim grouping B-cubed P/R/F1", F, "claim grouping B-cubed", "naive .66; readers .82", 0.72),
            Peer("  two-source claims P/R/F1", F, "two-source claims F1", "naive .30; readers .80", 0.50),
            Peer("  two-source claims P/R/F1", P, "two-source claims precision", "naive .26; readers .78", 0.70),
            Peer("  origins named P/R/F1, of claims found", F, "origins named F1", "naive 0; readers .73", 0.50),
            Peer("  status right, of all claims", None, "status right", "naive .45; readers .71", 0.56),
            Peer("differences P/R/F1", F, "differences F1", "naive .03; readers .52", 0.30),
            Peer("  nature right, of those found", None, "nature right", "naive .67; readers .95", 0.75),
        ),
    ),
    Task(
        "attribution", "attribution", "attribution-dev", _annotate,
        (
            Peer("content@.5 P/R/F1", F, "content@.5 F1", "Citron retrained .578; GenderGapTracker .494", 0.60),
            Peer("attr@.5 P/R/F1", F, "attr@.5 F1", "Citron retrained .515; GenderGapTracker .425; second human about .72", 0.53),
        ),
    ),
    Task("pages", "pages", "pages", _read, (
        Peer("segments P/R/F1", F, "segments F1", "trafilatura .921", 0.925),
        Peer("date right", None, "date right", "trafilatura .883", 0.90),
        Peer("byline right", None, "byline right", "trafilatura .587", 0.65),
    )),
    Task("names", "names", "names", _names, (
        Peer("person balanced accuracy", None, "people, balanced accuracy", "token-set similarity .917", 0.935),
        Peer("organisation balanced accuracy", None, "organisations, balanced accuracy", "token-sort similarity .617", 0.70),
    )),
    Task("times (AQUAINT)", "times", "times-aquaint", _annotate, (Peer("value P/R/F1", F, "value F1", "HeidelTime .721", 0.72),)),
    Task("times (TimeBank)", "times", "times-timebank", _annotate, (Peer("value P/R/F1", F, "value F1", "", 0.72),)),
    Task("places (LGL)", "places", "places-lgl", _annotate, (
        Peer("resolved @161 km of those found", None, "resolved @161 km of those found", "most populous namesake .53; population prior on given spans .575", 0.68),
        Peer("end to end @161 km P/R/F1", F, "end to end F1", "most populous namesake .32", 0.45),
    )),
    Task("places (GeoWebNews)", "places", "places-gwn", _annotate, (
        Peer("resolved @161 km of those found", None, "resolved @161 km of those found", "most populous namesake .48; population prior on given spans .703", 0.78),
        Peer("end to end @161 km P/R/F1", F, "end to end F1", "most populous namesake .30; transformer about .62 pooled", 0.48),
    )),
    Task("incidents (shootings)", "incidents", "incidents-shootings", _group, (
        Peer("pairwise P/R/F1", F, "pairwise F1", "quadratic TF-IDF .55", 0.70),
        Peer("B-cubed P/R/F1", F, "B-cubed", "quadratic TF-IDF .87", 0.90),
    )),
    Task("incidents (ECB+)", "incidents", "incidents-ecb", _group, (Peer("B-cubed P/R/F1", F, "B-cubed", "quadratic TF-IDF .86", 0.90),)),
    Task("incidents (BASIL)", "incidents", "incidents-basil", _group, (Peer("B-cubed P/R/F1", F, "B-cubed", "quadratic TF-IDF .966", 0.97),)),
    Task("lineage", "lineage", "lineage", _reuse, (
        Peer("pairs linked", None, "pairs linked", "", 0.80),
        Peer("right order of those linked", None, "right order of those linked", "the longer is the later .82", 0.87),
    )),
    Task("facts", "facts", "incidents-shootings", _facts, (Peer("mean of the four", None, "mean of the four", "regular expressions and counting .70", 0.80),)),
    Task("stance", "stance", "stance", _stance, (
        Peer("macro F1", None, "macro F1", "cue words alone .42", 0.55),
        Peer("disagree P/R/F1", F, "disagree F1", "cue words alone .39", 0.50),
    )),
)  # fmt: skip
