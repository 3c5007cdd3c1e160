"""How cost grows with the number of reports: `python -m benchmarks.growth [--full] [--write]`.

Two curves over invented archives (three in ten reports are copies): finding copies and grouping, for which a report is 400 words of an
invented vocabulary; and everything, from a file of reports to the finished accounts, for which it is 300 words in sentences that a language
model can parse. Each size runs in one process of its own. Seconds are of the processor. `--news FILE` runs everything over real reports instead.
"""

from __future__ import annotations

import json
import tempfile
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
from benchmarks.figures import Figures, asked, tell
from benchmarks.invented import archive
from benchmarks.reuse import made
from benchmarks.timing import Clock, apart

from twosource.claims import warm
from twosource.incidents import group
from twosource.model import Annotation, Article, Incident, Reuse
from twosource.pipeline import account_of, annotations_of, articles_of
from twosource.reuse import compare
from twosource.settings import Settings

QUICK = {"copies": (1_000, 3_000, 10_000), "everything": (100, 200, 400)}
FULL = {"copies": (1_000, 3_000, 10_000, 30_000, 100_000), "everything": (1_000, 2_000, 5_000)}
WORDS = 300


def main() -> None:
    """Measure each size, tell and keep."""
    given = asked(
        "growth", __doc__,
        ("--sizes", {"help": "sizes of the whole pipeline, with commas between", "default": ""}),
        ("--only", {"choices": tuple(QUICK)}), ("--news", {"type": Path, "help": "JSON Lines of real reports"}),
    )  # fmt: skip
    chosen = dict(FULL if given.full else QUICK)
    if given.news:
        tell(f"everything, {given.news.stem}", apart(everything, str(given.news)), given.out)
        return
    if given.sizes:
        chosen["everything"] = tuple(int(n) for n in given.sizes.split(","))
    if given.only in (None, "copies"):
        for reports in chosen["copies"]:
            tell(f"copies, {reports} reports", apart(copies, reports), given.out)
    if given.only in (None, "everything"):
        for reports in chosen["everything"]:
            tell(f"everything, {reports} reports", apart(of_archive, reports), given.out)


def copies(reports: int) -> Figures:
    """Finding copies, and grouping with what was found."""
    with_feet, _ = made(
        reports, 400
    )  # the line under an outlet's stories would pair them all, and the fewer there are the more
    held = [Article(replace(a.report, text=a.text.rpartition("\n")[0])) for a in with_feet]
    group(held[:50], compare(held[:50]))  # so that word lists are loaded
    whole = Clock()
    first = Clock()
    shared = compare(held)
    comparing = first.processor
    second = Clock()
    incidents = group(held, shared)
    return {
        "reports": reports,
        "reuse, processor seconds": round(comparing, 2),
        "grouping, processor seconds": round(second.processor, 2),
        "pairs": len(shared),
        "incidents": len(incidents),
        **whole.figures(),
    }


def of_archive(reports: int) -> Figures:
    """Everything over an invented archive."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "reports.jsonl"
        with path.open("w", encoding="utf-8") as f:
            f.writelines(json.dumps(row) + "\n" for row in archive(reports, words=WORDS))
        return everything(str(path))


def everything(path: str) -> Figures:
    """All stages over a file of reports, one after the other in one process."""
    settings = Settings()
    annotations_of(articles_of([path], settings)[0][:1], settings)  # so that both models are loaded
    warm()
    took: dict[str, float] = {}
    whole = clock = Clock()

    def ended(stage: str) -> None:
        nonlocal clock
        took[stage], clock = round(clock.processor, 2), Clock()

    articles, _ = articles_of([path], settings)
    ended("read and cleaned")
    shared = compare(articles)
    ended("copies found")
    incidents = group(articles, shared)
    ended("grouped")
    annotations = annotations_of(articles, settings)
    ended("annotated")
    weighed = accounts(incidents, articles, annotations, shared)
    ended("accounts made")
    words = sum(len(a.text.split()) for a in articles)
    return {
        "reports": len(articles),
        "words": words,
        "words a second of the processor": round(words / whole.processor),
        "reports that copy (%)": round(100 * copying(shared) / len(articles), 1),
        "pairs": len(shared),
        "statements": sum(len(a.statements) for a in annotations),
        "processor seconds by stage": took,
        **weighed,
        **whole.figures(),
    }


def copying(shared: Sequence[Reuse]) -> int:
    """Reports that have running text from another report."""
    pairs = [(r.a, r.b, r.older) for r in shared if r.relation in ("same_text", "revised", "shared_text")]
    return len({a if older == b else b for a, b, older in pairs})


def accounts(
    incidents: Sequence[Incident],
    articles: Sequence[Article],
    annotations: Sequence[Annotation],
    shared: Sequence[Reuse],
) -> Figures:
    """The account of each incident, and how its cost hangs on how many reports the incident has."""
    by_id = {a.id: (a, n) for a, n in zip(articles, annotations, strict=True)}
    among = {r: i.id for i in incidents for r in i.reports}
    within: dict[str, list[Reuse]] = {}
    for pair in shared:
        if among[pair.a] == among[pair.b]:
            within.setdefault(among[pair.a], []).append(pair)
    claims, sizes, seconds = 0, [], []
    for incident in incidents:
        clock = Clock()
        own = [by_id[i] for i in incident.reports]
        claims += len(
            account_of(incident, [a for a, _ in own], [n for _, n in own], within.get(incident.id, [])).claims
        )
        sizes.append(len(own))
        seconds.append(clock.processor)
    each, square = fitted(sizes, seconds)
    return {
        "claims": claims,
        "incidents": len(incidents),
        "incidents by size": {str(n): k for n, k in sorted(Counter(sizes).items())},
        "account, milliseconds a report": round(1000 * each, 2),
        "account, milliseconds a pair of reports": round(1000 * square, 3),
    }


def fitted(sizes: Sequence[int], seconds: Sequence[float]) -> tuple[float, float]:
    """Seconds of an incident of n reports as a n + b n(n-1)/2, by least squares over the incidents; neither is negative."""
    n = np.array(sizes, dtype=float)
    rows, took = np.stack([n, n * (n - 1) / 2], axis=1), np.array(seconds)
    (each, square), *_ = np.linalg.lstsq(rows, took, rcond=None)
    if square < 0 or each < 0:
        return float(took.sum() / n.sum()), 0.0
    return float(each), float(square)


if __name__ == "__main__":
    main()
