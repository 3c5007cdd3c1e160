"""What annotating costs beside the language model alone: `python benchmarks/annotate.py [REPORTS.jsonl] [--processes N]`.

Both run over the same text in one process, several times in turn, and the best of each counts: a busy machine only ever
slows. Processor time, load time apart. With `--processes` the same is then timed on the clock in one and in that many
worker processes, again without their start and the loading of their models; spaCy alone is timed likewise, to show what the
machine gives. Without a file, an invented text is used; its sentences repeat, so numbers stand in
them to keep passages from being recognised as seen before.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import time
from collections.abc import Callable
from concurrent.futures import Executor, ProcessPoolExecutor
from pathlib import Path

from twosource.annotate import annotate
from twosource.annotate.annotating import annotate_share, shares
from twosource.annotate.parse import load
from twosource.model import Article, Report
from twosource.settings import Settings

_SENTENCES = (
    "The harbour master said on Tuesday that {n} boats had left Ellerton before the storm.",
    "“We counted them twice,” said Hugo Brandt, who has run the port for {n} years. “Nobody was left behind.”",
    "A spokesman for the ministry denied that {n} warnings had been ignored, and declined to comment further.",
    "The road to the north was closed for {n} hours, and the bridge was damaged by floating timber.",
    "According to the coast guard, {n} people were taken off the ferry, which sank within minutes.",
    "Ada Lindt told the Harbour Gazette that she believed {n} of the crew may have jumped.",
)


def main() -> None:
    """Print seconds for each, and their ratio."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("reports", nargs="?", type=Path)
    options.add_argument("--processes", type=int, default=1)
    options.add_argument("--times", type=int, default=3)
    chosen = options.parse_args()
    articles = _read(chosen.reports) if chosen.reports else _invented()
    settings = Settings()
    nlp = load(settings.model).nlp
    texts = [a.text for a in articles]
    count = sum(len(t.split()) for t in texts)
    alone = whole = float("inf")
    list(annotate(articles[:1], settings))
    for _ in range(chosen.times):
        alone = min(alone, _seconds(lambda: list(nlp.pipe(texts))))
        whole = min(whole, _seconds(lambda: list(annotate(articles, settings))))
    print(f"{count:,} words in {len(articles)} reports")
    print(f"language model alone {alone:6.2f} s, {count / alone:8,.0f} words a second")
    print(
        f"annotate             {whole:6.2f} s, {count / whole:8,.0f} words a second, {whole / alone:.2f} times the model"
    )
    if chosen.processes > 1:
        _compare(articles, chosen.processes, chosen.times)


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
    return _seconds(lambda: work(Settings().model, part))


def model_share(model: str, articles: list[Article]) -> int:
    """The language model alone over a share."""
    return sum(len(doc) for doc in load(model).nlp.pipe(a.text for a in articles))


def _read(path: Path) -> list[Article]:
    rows = (json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip())
    return [Article(Report(r["id"], r["text"])) for r in rows]


def _invented() -> list[Article]:
    return [
        Article(
            Report(
                f"r{n}", "\n\n".join(" ".join(s.format(n=n * 40 + k) for s in _SENTENCES) for k in range(6))
            )
        )
        for n in range(40)
    ]


def _seconds(call: Callable[[], object], clock: Callable[[], float] = time.process_time) -> float:
    start = clock()
    call()
    return clock() - start


if __name__ == "__main__":
    main()
