"""Speed, memory, recall and precision of copy-finding and grouping on invented, edited reports, peers beside them.

    python benchmarks/reuse.py [--reports 100000] [--words 400] [--processes 2] [--peers 20000]
                               [--part reuse,alone,rensa,datasketch,floor,index,templates,group] [-o benchmarks/reuse.json]

Nothing is downloaded: the reports are made here from an invented vocabulary, and then edited as copies are in the wild. Peers are run where
they are installed: rensa's MinHash with LSH (a development dependency), datasketch's; text-dedup's method is datasketch's with other
defaults. They see the first `--peers` originals and copies only, so that all ends within ten minutes; the figure says how many.
Seconds are of the wall clock on whatever else the machine was doing, with those of the processor beside them: of the part's own
process, and of its workers. The floor says what there is to do for each report before any two are held against each other.
Every part runs in a process of its own, so memory is the part's, that of the made reports and of its worker processes included.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import pickle
import random
import resource
import tempfile
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from typing import Any

from twosource.incidents import Index as Incidents
from twosource.incidents import group
from twosource.model import Article, Report
from twosource.reuse import Index, compare
from twosource.reuse.fingerprints import own_bits, prints_of
from twosource.reuse.prose import words_of
from twosource.text import words

KINDS = ("exact", "cut", "reordered", "number", "wire .5", "wire .3")
SHARE = 0.3  # of the reports are edited copies
OUTLETS = 200
THRESHOLD = 0.3  # Jaccard similarity that the peers are set to
TEMPLATES = 500  # reports put together from the same sentences
FLOOR = 5000  # reports over which the floor is measured
PLACED = 2000  # reports among whose incidents a new one is placed

Reports = list[Article]
Planted = dict[tuple[str, str], str]


@dataclass(frozen=True, slots=True)
class Given:
    """What a part works on: the reports, the planted pairs with the kind of edit, how many processes."""

    held: Reports
    planted: Planted
    processes: int


class Inventor:
    """Texts of invented words in sentences and paragraphs, the same for the same seed."""

    def __init__(self, seed: int) -> None:
        self.dice = random.Random(seed)
        parts = [
            "ba",
            "ko",
            "ri",
            "su",
            "ten",
            "mal",
            "dor",
            "vi",
            "pa",
            "lun",
            "ger",
            "ost",
            "fe",
            "nu",
            "ar",
            "ilk",
        ]
        self.vocabulary = sorted(
            {"".join(self.dice.choice(parts) for _ in range(self.dice.randint(1, 4))) for _ in range(30000)}
        )
        self.dice.shuffle(self.vocabulary)
        total, self.edges = 0.0, []
        for rank in range(len(self.vocabulary)):
            total += 1 / (rank + 3)  # a few words are in every sentence, most are rare
            self.edges.append(total)

    def sentences(self, length: int) -> list[str]:
        """Sentences of about that many words together."""
        made: list[str] = []
        left = length
        while left > 0:
            n = min(left, self.dice.randint(8, 24))
            told = self.dice.choices(self.vocabulary, cum_weights=self.edges, k=n)  # common ones more often
            if self.dice.random() < 0.3:
                told[self.dice.randrange(n)] = str(self.dice.randint(2, 900))
            made.append(" ".join(told).capitalize() + ".")
            left -= n
        return made


def edited(kind: str, source: list[str], inventor: Inventor, length: int) -> list[str]:
    """A copy of a report as the kind has it."""
    if kind == "cut":
        return source[: max(1, len(source) * 2 // 3)]
    if kind == "reordered":
        blocks = [source[i : i + 3] for i in range(0, len(source), 3)]
        inventor.dice.shuffle(blocks)
        return [s for b in blocks for s in b]
    if kind == "number":
        return [" ".join("17" if w.isdigit() else w for w in s.split(" ")) for s in source]
    if kind.startswith("wire"):
        share = float(kind.split()[1])
        taken, count = [], 0
        for s in source:
            if count >= share * length:
                break
            taken.append(s)
            count += len(s.split())
        return inventor.sentences(length - count) + taken
    return list(source)


def made(reports: int, length: int, seed: int = 7) -> tuple[Reports, Planted]:
    """The reports, and the planted pairs with the kind of edit."""
    inventor = Inventor(seed)
    outlets = [f"outlet {i}" for i in range(OUTLETS)]
    feet = [" ".join(inventor.sentences(14)) for _ in outlets]
    originals = round(reports * (1 - SHARE))
    bodies = [inventor.sentences(length) for _ in range(originals)]
    planted: Planted = {}
    for n in range(reports - originals):
        kind = KINDS[n % len(KINDS)]
        planted[f"r{n:07}", f"r{originals + n:07}"] = kind
        bodies.append(edited(kind, bodies[n], inventor, length))
    held = []
    for n, body in enumerate(bodies):
        at = n * 7919 % OUTLETS
        text = "\n".join([*body, feet[at]])  # the same line under every story of an outlet
        held.append(Article(Report(f"r{n:07}", text, outlet=outlets[at])))
    return held, planted


def judged(found: set[tuple[str, str]], planted: Planted) -> dict[str, Any]:
    """Recall by kind of edit, and precision."""
    hit: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for pair, kind in planted.items():
        hit[kind][0] += pair in found
        hit[kind][1] += 1
    right = sum(pair in planted for pair in found)
    recall = {kind: round(a / b, 4) for kind, (a, b) in hit.items()}
    return {
        "recall": recall,
        "precision": round(right / len(found), 4) if found else None,
        "pairs": len(found),
    }


def part_reuse(given: Given) -> dict[str, Any]:
    """Ours: candidates, verified passages, relation, direction."""
    start = clock()
    shared = compare(given.held, processes=given.processes)
    figures = rate(len(given.held), start, given.processes)
    copies = {(r.a, r.b) for r in shared if r.relation in ("same_text", "revised", "shared_text")}
    return {**figures, **judged(copies, given.planted)}


def part_alone(given: Given) -> dict[str, Any]:
    """The same in one process."""
    return part_reuse(replace(given, processes=1))


def shingled(text: str) -> list[str]:
    """The five-word shingles that the peers are given."""
    told = [w.of(text) for w in words(text)]
    return [" ".join(told[i : i + 5]) for i in range(len(told) - 4)]


def part_rensa(given: Given) -> dict[str, Any]:
    """rensa alone: MinHash of 128 permutations and LSH; its candidates are its answer."""
    from rensa import RMinHash, RMinHashLSH

    start = clock()
    lsh = RMinHashLSH(threshold=THRESHOLD, num_perm=128, num_bands=32)
    found: set[tuple[str, str]] = set()
    for n, article in enumerate(given.held):
        sketch = RMinHash(num_perm=128, seed=42)
        sketch.update(shingled(article.text))
        found.update((given.held[other].id, article.id) for other in lsh.query(sketch))
        lsh.insert(n, sketch)
    return {**rate(len(given.held), start), **judged(found, given.planted)}


def part_datasketch(given: Given) -> dict[str, Any]:
    """datasketch alone, the same setting; text-dedup and most pipelines run this."""
    try:
        from datasketch import MinHash, MinHashLSH
    except ImportError:
        return {"left out": "datasketch is not installed"}
    start = clock()
    lsh = MinHashLSH(threshold=THRESHOLD, num_perm=128, params=(32, 4))
    found: set[tuple[str, str]] = set()
    for article in given.held:
        sketch = MinHash(num_perm=128)
        sketch.update_batch([s.encode() for s in shingled(article.text)])
        found.update((str(other), article.id) for other in lsh.query(sketch))
        lsh.insert(article.id, sketch)
    return {**rate(len(given.held), start), **judged(found, given.planted)}


def part_floor(given: Given) -> dict[str, Any]:
    """What no way of comparing gets round, for some of the reports: microseconds of one processor for each, with rensa's beside it."""
    from rensa import RMinHash

    some = given.held[:FLOOR]
    texts = [(a.text, ()) for a in some]

    def sketched() -> None:
        for article in some:
            RMinHash(num_perm=128, seed=42).update(shingled(article.text))

    return {
        "reports": len(some),
        "microseconds of the processor for each": {
            "cut into words and numbered, many at a time": spent(lambda: encoded_together(texts), len(some)),
            "the same and fingerprinted, in order": spent(
                lambda: prints_of(texts, range(len(texts)), own_bits(len(texts))), len(some)
            ),
            "sent to another process": spent(lambda: pickle.loads(pickle.dumps(texts, -1)), len(some)),
            "rensa's sketch of its five-word shingles": spent(sketched, len(some)),
        },
    }


def encoded_together(texts: list[tuple[str, tuple[()]]]) -> None:
    """The words of texts as numbers, eight texts at a time."""
    for at in range(0, len(texts), 8):
        words_of(texts[at : at + 8])


def spent(work: Callable[[], object], reports: int) -> float:
    """Microseconds of the processor for each report, the least of three runs."""
    took = []
    for _ in range(3):
        start = time.process_time()
        work()
        took.append(time.process_time() - start)
    return round(min(took) / reports * 1e6, 1)


def part_index(given: Given) -> dict[str, Any]:
    """Adding to an archive: the time of each of the last thousand reports, looked up and put with its incident."""
    by_id = {a.id: a for a in given.held}
    index, incidents = Index(by_id.__getitem__), Incidents(by_id.__getitem__)
    last = max(1, min(1000, len(given.held) // 10))
    index.load(given.held[:-last])
    for article in given.held[-last - PLACED : -last]:
        incidents.add(article)
    found, placed = [], []
    for article in given.held[-last:]:
        start = time.perf_counter()
        shared = index.add(article)
        found.append(time.perf_counter() - start)
        incidents.add(article, shared)
        placed.append(time.perf_counter() - start - found[-1])
    return {
        "reports": len(given.held),
        "reuse: ms to add one": spread(found),
        f"incidents, over {PLACED} reports: ms to add one": spread(placed),
    }


def spread(seconds: list[float]) -> dict[str, float]:
    """Mean, median, 99th of 100 and slowest, in milliseconds."""
    ordered = sorted(seconds)
    return {
        "mean": round(1000 * sum(ordered) / len(ordered), 2),
        "median": round(1000 * ordered[len(ordered) // 2], 2),
        "99th of 100": round(1000 * ordered[int(0.99 * len(ordered))], 2),
        "slowest": round(1000 * ordered[-1], 1),
    }


def part_templates(given: Given) -> dict[str, Any]:
    """Reports of one incident that are all put together from the same few sentences, so that every two share some."""
    inventor = Inventor(11)
    moulds = [" ".join(inventor.sentences(16))[:-1] for _ in range(10)]
    chosen = [
        Article(
            Report(
                f"t{n:04}",
                "\n".join(
                    f"{inventor.dice.choice(moulds)} {inventor.dice.randint(2, 40)}." for _ in range(12)
                ),
                outlet=f"outlet {n % 37}",
            )
        )
        for n in range(TEMPLATES)
    ]
    start = clock()
    shared = compare(chosen, processes=given.processes)
    return {**rate(len(chosen), start, given.processes), "pairs": len(shared)}


def part_group(given: Given) -> dict[str, Any]:
    """Grouping of the same reports, of half and of a quarter of them: what a doubling costs."""
    took: dict[int, float] = {}
    for share in (4, 2, 1):
        some = given.held[::share]
        start = clock()
        found = group(some, [])
        took[len(some)] = time.process_time() - start[1]
    sizes = sorted(took)
    return {
        **rate(len(given.held), start),
        "incidents": len(found),
        "processor seconds by reports": {str(n): round(took[n], 1) for n in sizes},
        "a doubling multiplies the time by": [round(took[b] / took[a], 2) for a, b in pairwise(sizes)],
    }


class Memory(threading.Thread):
    """The most memory that this process and those it started hold at once, looked at ten times a second; Linux only."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.most = 0

    def run(self) -> None:
        """Look again and again."""
        while True:
            self.most = max(self.most, resident(os.getpid()))
            time.sleep(0.1)


def resident(process: int) -> int:
    """Megabytes of a process and of all that it started; 0 for one that is gone."""
    try:
        status = Path(f"/proc/{process}/status").read_text()
        tasks = [p.read_text() for p in Path(f"/proc/{process}/task").glob("*/children")]
    except OSError:
        return 0
    own = next((int(row.split()[1]) for row in status.splitlines() if row.startswith("VmRSS")), 0)
    return own // 1024 + sum(resident(int(child)) for row in tasks for child in row.split())


MEMORY = Memory()


def clock() -> tuple[float, float, float]:
    """Seconds of the wall, of this process's processor, and of that of the processes which it started and which have ended."""
    if not MEMORY.is_alive():
        MEMORY.start()
    ended = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.perf_counter(), time.process_time(), ended.ru_utime + ended.ru_stime


def rate(reports: int, start: tuple[float, float, float], processes: int = 1) -> dict[str, Any]:
    """Reports a second since the start, and the most memory that the process and its workers had together."""
    wall, processor, workers = (now - then for now, then in zip(clock(), start, strict=True))
    return {
        "reports": reports,
        "processes": processes,
        "seconds": round(wall, 1),
        "processor seconds": round(processor, 1),
        "processor seconds of its workers": round(workers, 1),
        "reports a second": round(reports / wall),
        "peak MB": MEMORY.most,
    }


PARTS: dict[str, Callable[[Given], dict[str, Any]]] = {
    "reuse": part_reuse,
    "alone": part_alone,
    "rensa": part_rensa,
    "datasketch": part_datasketch,
    "floor": part_floor,
    "index": part_index,
    "templates": part_templates,
    "group": part_group,
}
PEERS = ("rensa", "datasketch")


def fewer(held: Reports, planted: Planted, wanted: int) -> tuple[Reports, Planted]:
    """The first reports with their copies, and originals without one, in the same shares."""
    if wanted >= len(held):
        return held, planted
    pairs = dict(list(planted.items())[: round(wanted * SHARE)])
    names = {x for pair in pairs for x in pair}
    alone = [a for a in held if a.id not in {x for pair in planted for x in pair}][: wanted - len(names)]
    names.update(a.id for a in alone)
    return [a for a in held if a.id in names], pairs


def run(part: str, path: Path, processes: int, peers: int, queue: Any) -> None:
    """One part, in a process of its own."""
    held, planted = pickle.loads(path.read_bytes())
    if part in PEERS:
        held, planted = fewer(held, planted, peers)
    queue.put(PARTS[part](Given(held, planted, processes)))


def results(parts: list[str], path: Path, processes: int, peers: int) -> Iterator[tuple[str, dict[str, Any]]]:
    """Each part's figures, as they come."""
    context = multiprocessing.get_context("spawn")
    for part in parts:
        queue = context.Queue()
        process = context.Process(target=run, args=(part, path, processes, peers, queue))
        process.start()
        yield part, queue.get()
        process.join()


def main() -> None:
    """Run the parts asked for and write what they measured."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--reports", type=int, default=100_000)
    parser.add_argument("--words", type=int, default=400)
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--peers", type=int, default=20_000)
    parser.add_argument("--part", default=",".join(PARTS))
    parser.add_argument("-o", type=Path)
    asked = parser.parse_args()
    kept = json.loads(asked.o.read_text()) if asked.o and asked.o.exists() else {}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "made"
        path.write_bytes(pickle.dumps(made(asked.reports, asked.words)))
        for part, figures in results(asked.part.split(","), path, asked.processes, asked.peers):
            print(part, json.dumps(figures), flush=True)
            many = figures.get("reports", asked.reports)
            kept[f"{part}, {many} reports of {asked.words} words"] = figures
    if asked.o:
        asked.o.write_text(json.dumps(kept, indent=1, sort_keys=True) + "\n")


if __name__ == "__main__":
    main()
