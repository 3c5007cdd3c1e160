"""Speed, memory, recall and precision of copy-finding and grouping on invented, edited reports, peers beside them.

    python benchmarks/reuse.py [--reports 100000] [--words 400] [--part reuse,peers,index,group] [-o benchmarks/reuse.json]

Nothing is downloaded: the reports are made here from an invented vocabulary, and then edited as copies are in the wild. Peers are run where
they are installed: rensa's MinHash with LSH (a core dependency), datasketch's; text-dedup's method is datasketch's with other defaults.
Seconds are of the wall clock on whatever else the machine was doing, with those of the processor beside them (one process, one core);
every part runs in a process of its own, so memory is the part's, that of the made reports included.
"""

from __future__ import annotations

import argparse
import bisect
import json
import multiprocessing
import random
import resource
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from twosource.incidents import group
from twosource.model import Article, Report
from twosource.reuse import Index, compare
from twosource.text import words

KINDS = ("exact", "cut", "reordered", "number", "wire .5", "wire .3")
SHARE = 0.3  # of the reports are edited copies
OUTLETS = 200
THRESHOLD = 0.3  # Jaccard similarity that the peers are set to


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

    def word(self) -> str:
        """One word, common ones more often."""
        return self.vocabulary[bisect.bisect(self.edges, self.dice.random() * self.edges[-1])]

    def sentences(self, length: int) -> list[str]:
        """Sentences of about that many words together."""
        made: list[str] = []
        left = length
        while left > 0:
            n = min(left, self.dice.randint(8, 24))
            told = [self.word() for _ in range(n)]
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


def made(reports: int, length: int, seed: int = 7) -> tuple[list[Article], dict[tuple[str, str], str]]:
    """The reports, and the planted pairs with the kind of edit."""
    inventor = Inventor(seed)
    outlets = [f"outlet {i}" for i in range(OUTLETS)]
    feet = [" ".join(inventor.sentences(14)) for _ in outlets]
    originals = round(reports * (1 - SHARE))
    bodies = [inventor.sentences(length) for _ in range(originals)]
    planted: dict[tuple[str, str], str] = {}
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


def judged(found: set[tuple[str, str]], planted: dict[tuple[str, str], str]) -> dict[str, Any]:
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


def part_reuse(reports: int, length: int) -> dict[str, Any]:
    """Ours: candidates, verified passages, relation, direction."""
    held, planted = made(reports, length)
    start = clock()
    shared = compare(held)
    figures = rate(reports, start)
    copies = {(r.a, r.b) for r in shared if r.relation in ("same_text", "revised", "shared_text")}
    return {**figures, **judged(copies, planted)}


def shingled(text: str) -> list[str]:
    """The five-word shingles that the peers are given."""
    told = [w.of(text) for w in words(text)]
    return [" ".join(told[i : i + 5]) for i in range(len(told) - 4)]


def part_rensa(reports: int, length: int) -> dict[str, Any]:
    """rensa alone: MinHash of 128 permutations and LSH; its candidates are its answer."""
    from rensa import RMinHash, RMinHashLSH

    held, planted = made(reports, length)
    start = clock()
    lsh = RMinHashLSH(threshold=THRESHOLD, num_perm=128, num_bands=32)
    found: set[tuple[str, str]] = set()
    for n, article in enumerate(held):
        sketch = RMinHash(num_perm=128, seed=42)
        sketch.update(shingled(article.text))
        found.update((held[other].id, article.id) for other in lsh.query(sketch))
        lsh.insert(n, sketch)
    return {**rate(reports, start), **judged(found, planted)}


def part_datasketch(reports: int, length: int) -> dict[str, Any]:
    """datasketch alone, the same setting; text-dedup and most pipelines run this."""
    try:
        from datasketch import MinHash, MinHashLSH
    except ImportError:
        return {"left out": "datasketch is not installed"}
    held, planted = made(reports, length)
    start = clock()
    lsh = MinHashLSH(threshold=THRESHOLD, num_perm=128, params=(32, 4))
    found: set[tuple[str, str]] = set()
    for article in held:
        sketch = MinHash(num_perm=128)
        sketch.update_batch([s.encode() for s in shingled(article.text)])
        found.update((str(other), article.id) for other in lsh.query(sketch))
        lsh.insert(article.id, sketch)
    return {**rate(reports, start), **judged(found, planted)}


def part_index(reports: int, length: int) -> dict[str, Any]:
    """Adding to an archive: the time of each of the last two hundred reports."""
    held, _ = made(reports, length)
    by_id = {a.id: a for a in held}
    index = Index(by_id.__getitem__)
    took = []
    for article in held:
        start = time.perf_counter()
        index.add(article)
        took.append(time.perf_counter() - start)
    last = sorted(took[-1000:])
    return {
        "reports": reports,
        "mean ms of the last 1,000": round(1000 * sum(last) / len(last), 2),
        "median ms": round(1000 * last[len(last) // 2], 2),
        "99th of 100 ms": round(1000 * last[int(0.99 * len(last))], 2),
        "slowest of all ms (a merge of runs)": round(1000 * max(took), 1),
    }


def part_group(reports: int, length: int) -> dict[str, Any]:
    """Grouping of the same reports with what they share given; incidents of two are planted by the copies."""
    held, _ = made(reports, length)
    start = clock()
    found = group(held, [])
    return {**rate(reports, start), "incidents": len(found)}


def clock() -> tuple[float, float]:
    """Seconds of the wall and of the processor."""
    return time.perf_counter(), time.process_time()


def rate(reports: int, start: tuple[float, float]) -> dict[str, Any]:
    """Reports a second since the start, and the most memory that the process had."""
    wall, processor = (now - then for now, then in zip(clock(), start, strict=True))
    return {
        "reports": reports,
        "seconds": round(wall, 1),
        "processor seconds": round(processor, 1),
        "reports a second of the processor": round(reports / processor),
        "peak MB": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
    }


PARTS: dict[str, Callable[[int, int], dict[str, Any]]] = {
    "reuse": part_reuse,
    "rensa": part_rensa,
    "datasketch": part_datasketch,
    "index": part_index,
    "group": part_group,
}


def run(part: str, reports: int, length: int, queue: Any) -> None:
    """One part, in a process of its own."""
    queue.put(PARTS[part](reports, length))


def results(parts: list[str], reports: int, length: int) -> Iterator[tuple[str, dict[str, Any]]]:
    """Each part's figures, as they come."""
    context = multiprocessing.get_context("spawn")
    for part in parts:
        queue = context.Queue()
        process = context.Process(target=run, args=(part, reports, length, queue))
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
    parser.add_argument("--part", default="reuse,rensa,datasketch,index,group")
    parser.add_argument("-o", type=Path)
    asked = parser.parse_args()
    kept = json.loads(asked.o.read_text()) if asked.o and asked.o.exists() else {}
    for part, figures in results(asked.part.split(","), asked.reports, asked.words):
        print(part, json.dumps(figures), flush=True)
        kept[f"{part}, {asked.reports} reports of {asked.words} words"] = figures
    if asked.o:
        asked.o.write_text(json.dumps(kept, indent=1, sort_keys=True) + "\n")


if __name__ == "__main__":
    main()
