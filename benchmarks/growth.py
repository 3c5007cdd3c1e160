"""How cost grows with the number of reports: `python -m benchmarks.growth [--full] [--write]`.

Three curves over invented archives (three in ten reports are copies): finding copies and grouping, for which a report is 400 words of an
invented vocabulary; and everything, from a file of reports to the finished accounts, for which it is 300 words in sentences that a language
model can parse. Each size runs in one process of its own. Seconds are of the processor.
"""

from __future__ import annotations

import json
import tempfile
from collections import Counter
from pathlib import Path

from benchmarks.figures import Figures, asked, tell
from benchmarks.invented import archive
from benchmarks.reuse import made
from benchmarks.timing import Clock, apart

from twosource.incidents import group
from twosource.pipeline import account_of, annotations_of, articles_of
from twosource.reuse import compare
from twosource.settings import Settings

QUICK = {"copies": (1_000, 3_000, 10_000), "everything": (100, 300, 1_000)}
FULL = {"copies": (1_000, 3_000, 10_000, 30_000, 100_000), "everything": (1_000, 2_000, 5_000)}
WORDS = 300


def main() -> None:
    """Measure each size, tell and keep."""
    sizes = ("--sizes", {"help": "sizes of the whole pipeline, with commas between", "default": ""})
    only = ("--only", {"choices": ("copies", "everything")})
    given = asked("growth", __doc__, sizes, only)
    chosen = dict(FULL if given.full else QUICK)
    if given.sizes:
        chosen["everything"] = tuple(int(n) for n in given.sizes.split(","))
    for curve, work in (("copies", copies), ("everything", everything)):
        for reports in chosen[curve] if given.only in (None, curve) else ():
            tell(f"{curve}, {reports} reports", apart(work, reports), given.out)


def copies(reports: int) -> Figures:
    """Finding copies, and grouping with what was found."""
    held, _ = made(reports, 400)
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


def everything(reports: int) -> Figures:
    """All stages over a file of reports, one after the other in one process."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "reports.jsonl"
        with path.open("w", encoding="utf-8") as f:
            f.writelines(json.dumps(row) + "\n" for row in archive(reports, words=WORDS))
        settings = Settings()
        took: dict[str, float] = {}
        annotations_of(articles_of([str(path)], settings)[0][:1], settings)  # so that the model is loaded
        whole = Clock()

        def since(stage: str, clock: Clock) -> Clock:
            took[stage] = round(clock.processor, 2)
            return Clock()

        clock = Clock()
        articles, _ = articles_of([str(path)], settings)
        clock = since("read and cleaned", clock)
        shared = compare(articles)
        clock = since("copies found", clock)
        incidents = group(articles, shared)
        clock = since("grouped", clock)
        annotations = {a.report: a for a in annotations_of(articles, settings)}
        clock = since("annotated", clock)
        by_id = {a.id: a for a in articles}
        among = {r: i.id for i in incidents for r in i.reports}
        within: dict[str, list[object]] = {}
        for pair in shared:
            if among[pair.a] == among[pair.b]:
                within.setdefault(among[pair.a], []).append(pair)
        claims = statements = 0
        for incident in incidents:
            account = account_of(
                incident,
                [by_id[i] for i in incident.reports],
                [annotations[i] for i in incident.reports],
                within.get(incident.id, []),  # type: ignore[arg-type]
            )
            claims += len(account.claims)
            statements += sum(len(a.statements) for a in account.annotations)
        since("accounts made", clock)
        sizes = Counter(len(i.reports) for i in incidents)
        return {
            "reports": reports,
            "words": sum(len(a.text.split()) for a in articles),
            "incidents": len(incidents),
            "largest incident": max(sizes),
            "pairs": len(shared),
            "statements": statements,
            "claims": claims,
            "processor seconds by stage": took,
            **whole.figures(),
        }


if __name__ == "__main__":
    main()
