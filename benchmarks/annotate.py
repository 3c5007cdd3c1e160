"""What annotating costs beside the language model alone: `python -m benchmarks.annotate [REPORTS.jsonl] [--processes N] [--write]`.

Both run over the same text in one process, several times in turn, and the best of each counts: a busy machine only ever
slows. Processor time, load time apart. With `--processes` the same is then timed on the clock in one and in that many
worker processes, again without their start and the loading of their models; spaCy alone is timed likewise, to show what the
machine gives. Without a file, invented reports are used, none of them a copy: passages seen before are not parsed again.
"""

from __future__ import annotations

import json
import multiprocessing
import time
from collections.abc import Callable
from concurrent.futures import Executor, ProcessPoolExecutor
from pathlib import Path

from benchmarks.figures import Figures, asked, tell
from benchmarks.invented import archive
from benchmarks.timing import Clock, beside, least, peak

from twosource.annotate import annotate
from twosource.annotate.annotating import annotate_share, shares
from twosource.annotate.parse import load
from twosource.model import Article, Report
from twosource.settings import Settings


def main() -> None:
    """Measure, tell and keep."""
    given = asked(
        "annotate", __doc__,
        ("reports", {"nargs": "?", "type": Path, "help": "JSON Lines; invented reports otherwise"}),
        ("--processes", {"type": int, "default": 1}), ("--times", {"type": int, "default": 3}),
    )  # fmt: skip
    articles = _read(given.reports) if given.reports else _invented(200 if given.full else 60)
    tell(f"{len(articles)} reports", alone(articles, given.times), given.out)
    if given.processes > 1:
        _compare(articles, given.processes, given.times)


def alone(articles: list[Article], times: int) -> Figures:
    """Words a second of the processor: spaCy's full pipe, and all that is annotated."""
    settings = Settings()
    nlp = load(settings.model).nlp
    texts = [a.text for a in articles]
    list(annotate(articles[:1], settings))
    clock = Clock()
    took = beside(
        {"spaCy": lambda: list(nlp.pipe(texts)), "ours": lambda: list(annotate(articles, settings))}, times
    )
    count = sum(len(t.split()) for t in texts)
    return {
        "reports": len(articles),
        "words": count,
        "words a second": round(count / took["ours"]),
        "spaCy's full pipe, words a second": round(count / took["spaCy"]),
        "times the cost of spaCy's full pipe": round(took["ours"] / took["spaCy"], 2),
        "milliseconds a report": round(1000 * took["ours"] / len(articles), 1),
        "other work on the machine (%)": clock.others,
        "peak MB": peak(),
    }


def _compare(articles: list[Article], processes: int, times: int) -> None:
    """Both kinds of work in one warm worker and in several: on the clock, and in processor time, which others don't touch."""
    for name, work in (("language model alone", model_share), ("annotate", annotate_share)):
        clock, processor = {}, {}
        for workers in (1, processes):
            with ProcessPoolExecutor(workers, mp_context=multiprocessing.get_context("spawn")) as pool:
                _spent(pool, work, [articles[:1]] * 4 * workers)
                parts = [[articles[n] for n in row] for row in shares(articles, workers)]
                runs = [_spent(pool, work, parts) for _ in range(times)]
                clock[workers], processor[workers] = min(r[0] for r in runs), min(r[1] for r in runs)
        print(
            f"{name}: {clock[1]:.2f} s on the clock in one process, {clock[processes]:.2f} in {processes}, "
            f"{clock[1] / clock[processes]:.2f} times as fast; {processor[1]:.2f} and {processor[processes]:.2f} s of "
            f"processor, so {processes * processor[1] / processor[processes]:.2f} times on processors of their own"
        )


def _spent(
    pool: Executor, work: Callable[[str, list[Article]], object], parts: list[list[Article]]
) -> tuple[float, float]:
    """Seconds on the clock and, over all workers, of processor time."""
    start = time.perf_counter()
    done = [pool.submit(timed, work, part) for part in parts]
    used = sum(d.result() for d in done)
    return time.perf_counter() - start, used


def timed(work: Callable[[str, list[Article]], object], part: list[Article]) -> float:
    """The processor time that a worker needs for a share."""
    return least(lambda: work(Settings().model, part), 1)


def model_share(model: str, articles: list[Article]) -> int:
    """The language model alone over a share."""
    return sum(len(doc) for doc in load(model).nlp.pipe(a.text for a in articles))


def _read(path: Path) -> list[Article]:
    rows = (json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip())
    return [Article(Report(r["id"], r["text"])) for r in rows]


def _invented(count: int) -> list[Article]:
    return [Article(Report(r["id"], r["text"])) for r in archive(count, copies=0)]


if __name__ == "__main__":
    main()
