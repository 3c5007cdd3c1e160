"""A case of many reports: how fast it takes them in, adds one, searches and opens.

    python -m benchmarks.case [--reports 100000] [-o benchmarks/case.json]

The reports are made up: incidents of five reports each, 200 words, that share names, a place and some sentences. Analysis is not
measured here (`benchmarks/brief.py` does that): the case is told what an analysis would have found.
"""

from __future__ import annotations

import argparse
import json
import platform
import random
import resource
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from twosource.case import add
from twosource.model import Report
from twosource.store import Store, derived
from twosource.store.search import search

SYLLABLES = "ba ke lo mi nu ra se ti vo za dro fen gal hir jos kul mar nes por tas".split()
PLAIN = "the a said on in of and that was were police people road town night after before had been with from near".split()


def made_up(count: int, seed: int = 1) -> Iterator[Report]:
    """Reports of `count` // 5 incidents."""
    chance = random.Random(seed)

    def name() -> str:
        return "".join(chance.choices(SYLLABLES, k=4)).capitalize()

    common = ["".join(chance.choices(SYLLABLES, k=4)) for _ in range(20_000)]
    for n in range(count):
        if n % 5 == 0:
            names = [name() for _ in range(6)]
            rare = chance.sample(common, 12)
        words = (
            chance.choices(PLAIN, k=110)
            + chance.choices(common, k=60)
            + chance.choices(names, k=20)
            + chance.choices(rare, k=10)
        )
        chance.shuffle(words)
        day = f"2024-{n % 12 + 1:02}-{n // 12 % 28 + 1:02}"
        yield Report(
            f"r{n:07}",
            " ".join(words) + ".",
            title=f"{names[0]} {rare[0]}",
            outlet=f"Outlet {n % 97}",
            published=day,
        )


def seconds(call: Callable[[], object]) -> float:
    """How long a call takes, on the clock."""
    began = time.perf_counter()
    call()
    return time.perf_counter() - began


def main() -> None:
    """Measure, print and keep."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--reports", type=int, default=100_000)
    options.add_argument("-o", "--out", type=Path)
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        name = str(Path(folder) / "a.case")
        store = Store.create(name)
        brought = list(made_up(chosen.reports))
        took = seconds(lambda: add(store, brought))
        again = seconds(lambda: add(store, brought))
        compared = seconds(lambda: _compared(store))
        opening = statistics.median(seconds(lambda: Store.open(name).close()) for _ in range(5))
        asked = ["police", "town night", f'"{brought[7].title}"', brought[9].text.split()[5], "people -road"]
        looked = [statistics.median(seconds(lambda q=q: _search(store, q)) for _ in range(5)) for q in asked]
        found = {
            "reports": chosen.reports,
            "taken in a second": round(chosen.reports / took),
            "known again a second": round(chosen.reports / again),
            "compared a second": round(chosen.reports / compared),
            "opened in ms": round(opening * 1000, 1),
            "search in ms, slowest of five questions": round(max(looked) * 1000, 1),
            "file MB": round(Path(name).stat().st_size / 1e6),
            "peak MB": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1000,
            "machine": platform.machine(),
        }
        store.close()
    print(json.dumps(found, indent=1))
    if chosen.out:
        chosen.out.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")


def _search(store: Store, asked: str) -> None:
    with store.reads() as c:
        search(c, asked)


def _compared(store: Store) -> None:
    from twosource.case.settling import AT_ONCE, compare_some

    with store.reads() as c:
        waiting = derived.waiting_numbers(c)
    for at in range(0, len(waiting), AT_ONCE):
        compare_some(store, waiting[at : at + AT_ONCE])


if __name__ == "__main__":
    main()
