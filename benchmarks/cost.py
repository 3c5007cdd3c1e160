"""What an archive costs, reckoned from the measured rates: `python -m benchmarks.cost [--unchecked] [--reports N] [--full] [--write]`.

The rates are those that other benchmarks keep (growth, annotate, share, scale) and, measured here, how many bytes a report's fingerprints are.
They are checked by `twosource scale run` over two invented archives on a Ray cluster of two nodes, both on this machine: the smaller tells what a run
needs once, and what each stage of the larger took stands beside what was reckoned for it. What lies on the disk afterwards gives the storage. With
`--unchecked` the last checks are used.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from benchmarks.figures import Figures, asked, kept, tell
from benchmarks.invented import archive
from benchmarks.simulated import checked
from benchmarks.timing import beside as in_turn

from twosource.annotate import annotate
from twosource.clean import clean
from twosource.model import Report
from twosource.reuse.fingerprints import own_bits, prints_of
from twosource.settings import Settings

SIZES = (1_000_000, 100_000_000)
STAGES = ("read and cleaned", "copies found", "grouped", "annotated", "accounts made")
HELD = 40  # bytes that one process holds for each report and each pair while copies are put in order
CHECK = "two nodes"
FEWER = 4  # times fewer reports in the first of the two runs
CURVE = 400  # words of a report in the curves of copies and grouping; those of benchmarks/scale.py have 300
SEEN = 9_500  # bytes that the one task which groups holds for each distinct text, as docs/scale.md has it of 8,000 reports
KEY = 8  # bytes of a fingerprint with the number of its report


@dataclass(frozen=True, slots=True)
class Rates:
    """What was measured, each for one report, one word or one pair; seconds are of one processor."""

    read: float  # a report
    compared: float  # a report, at `compared_at` reports
    compared_at: int
    grouped: float  # a report, at `grouped_at` reports
    grouped_at: int
    steeper: float  # the exponent by which comparing grows with the reports; 1: in proportion
    grouping_steeper: float
    parsed: float  # a word that is new
    copy: float  # what a copied word costs, as a share of a new one
    weighed: float  # a report of an incident
    pair: float  # a pair of reports of one incident
    prints: float  # fingerprints a word
    words: float  # of a report that the rates were measured on
    stored: dict[str, float]  # bytes a report, by stage
    worker: int  # MB of a process that annotates


@dataclass(frozen=True, slots=True)
class Assumed:
    """What an archive is taken to be."""

    articles: int
    copies: float = 0.3  # share of them
    words: float = 300.0  # in one
    sizes: tuple[
        tuple[int, int], ...
    ] = ()  # incidents by how many reports they have, in the proportions of an archive
    pairs: float = 4.0  # of reports that share text, for each report


def main() -> None:
    """The rates, the archives, what changes when an assumption does."""
    given = asked(
        "cost", __doc__,
        ("--unchecked", {"action": "store_true", "help": "use the last check instead of a new one"}),
        ("--reports", {"type": int, "help": "how many reports the check runs over"}),
    )  # fmt: skip
    runs = largest_two()
    if not given.unchecked:
        most = given.reports or (2_000 if given.full else 300)
        runs = [checked(most // FEWER), checked(most)]
        for found in runs:
            tell(f"{CHECK}, {found['reports']} reports", found, given.out)
    rates, sizes = measured()
    if len(runs) == 2:
        rates = replace(rates, stored=runs[1]["bytes a report by stage"])
        small, large = (seconds(rates, like(found, sizes)) for found in runs)
        tell("two nodes reckoned", beside(runs, small, large), given.out)
    tell("rates", {name: rounded(getattr(rates, name)) for name in Rates.__slots__}, given.out)
    for articles in SIZES:
        one = Assumed(articles, sizes=sizes)
        tell(f"{articles} articles", reckoned_of(rates, one), given.out)
    tell("what changes it, 1000000 articles", sensitivity(rates, Assumed(SIZES[0], sizes=sizes)), given.out)


def largest_two() -> list[Figures]:
    """The two checks with the most reports, the smaller first."""
    found = [f for k, f in kept("cost").items() if k.startswith(CHECK + ", ")]
    return sorted(found, key=lambda f: f["reports"])[-2:]


def like(found: Figures, sizes: tuple[tuple[int, int], ...]) -> Assumed:
    """The archive that was checked."""
    n = found["reports"]
    return Assumed(n, found["reports that copy (%)"] / 100, found["words"] / n, sizes, found["pairs"] / n)


def measured() -> tuple[Rates, tuple[tuple[int, int], ...]]:
    """The rates as they are kept, and how many incidents of which size the archive had that they were measured on.

    Ends the run where a benchmark that it rests on was never kept.
    """
    whole, copies = largest("growth", "everything"), largest("growth", "copies")
    alone = next((f for f in kept("annotate").values()), None)
    if whole is None or copies is None or alone is None:
        raise SystemExit("first: python -m benchmarks annotate growth --write")
    stage, reports = whole["processor seconds by stage"], whole["reports"]
    parsed = 1 / alone["words a second"]
    scaled = largest("scale", "copies")
    compared = scaled or {**copies, "processor seconds": copies["reuse, processor seconds"]}
    words = whole["words"] / reports
    shorter = words / CURVE  # the curves of copies are of longer reports
    rates = Rates(
        read=stage["read and cleaned"] / reports,
        compared=compared["processor seconds"] / compared["reports"] * (1 if scaled else shorter),
        compared_at=compared["reports"],
        grouped=copies["grouping, processor seconds"] / copies["reports"] * shorter,
        grouped_at=copies["reports"],
        steeper=exponent("scale", "processor seconds") if scaled else exponent("growth", "reuse, processor seconds"),
        grouping_steeper=exponent("growth", "grouping, processor seconds"),
        parsed=parsed,
        copy=copied(),
        weighed=whole["account, milliseconds a report"] / 1000,
        pair=whole["account, milliseconds a pair of reports"] / 1000,
        prints=prints_a_word(),
        words=words,
        stored={},
        worker=alone["peak MB"],
    )  # fmt: skip
    return rates, tuple((int(n), k) for n, k in whole["incidents by size"].items())


def largest(name: str, part: str) -> Figures | None:
    """The part of that beginning with the most reports."""
    found = [f for k, f in kept(name).items() if k.startswith(part + ",") and k.split()[1].isdigit()]
    return max(found, key=lambda f: f["reports"], default=None)


def exponent(name: str, what: str) -> float:
    """By which power a cost grows between the two largest sizes that were measured; at least 1."""
    rows = sorted(
        (f for k, f in kept(name).items() if k.startswith("copies,") and what in f),
        key=lambda f: f["reports"],
    )[-2:]
    if len(rows) < 2 or rows[0][what] <= 0:
        return 1.0
    return max(
        1.0, math.log(rows[1][what] / rows[0][what]) / math.log(rows[1]["reports"] / rows[0]["reports"])
    )


def copied(share: float = 0.7) -> float:
    """What a copied word costs to annotate, as a share of a new one: by the archives of benchmarks/share.py, or by two small ones here."""
    rows = {f["copies (%)"]: f["processor seconds"] for k, f in kept("share").items() if k.endswith("copies of all kinds")}  # fmt: skip
    whole = rows[100 * share] / rows[0] if rows.get(0) and 100 * share in rows else beside_none(share)
    return min(1.0, max(0.0, (whole - (1 - share)) / share))


def beside_none(share: float, reports: int = 60) -> float:
    """What a word costs to annotate in an archive with that share of copies, in times of what it costs in one without any."""
    without, among = (clean([Report(**r) for r in archive(reports, copies=n)]) for n in (0, share))
    list(annotate(without[:2], Settings()))
    took = in_turn(
        {"0": lambda: list(annotate(without, Settings())), "1": lambda: list(annotate(among, Settings()))}, 2
    )
    words = [sum(len(a.text.split()) for a in held) for held in (without, among)]
    return took["1"] / words[1] / (took["0"] / words[0])


def prints_a_word(reports: int = 200) -> float:
    """Fingerprints for each word of invented reports."""
    texts = [r["text"] for r in archive(reports, copies=0)]
    found = prints_of([(t, ()) for t in texts], range(reports), own_bits(reports))
    return len(found.keys) / sum(len(t.split()) for t in texts)


def seconds(rates: Rates, one: Assumed) -> dict[str, float]:
    """Seconds of one processor, by stage."""
    n = one.articles
    longer = one.words / rates.words
    reports = sum(size * many for size, many in one.sizes)
    pairs = sum(size * (size - 1) / 2 * many for size, many in one.sizes) / reports * n
    new = n * one.words * (1 - one.copies + one.copies * rates.copy)
    return {
        "read and cleaned": n * rates.read * longer,
        "copies found": n * rates.compared * longer * (n / rates.compared_at) ** (rates.steeper - 1),
        "grouped": n * rates.grouped * longer * (n / rates.grouped_at) ** (rates.grouping_steeper - 1),
        "annotated": new * rates.parsed,
        "accounts made": (n * rates.weighed + pairs * rates.pair) * longer,
    }


def reckoned_of(rates: Rates, one: Assumed) -> Figures:
    """Core-hours, memory, storage and what is moved."""
    spent = {stage: took / 3600 for stage, took in seconds(rates, one).items()}
    whole = sum(spent.values())
    most = max(spent, key=lambda s: spent[s])
    stored = sum(rates.stored.values()) * one.words / rates.words
    return {
        "articles": one.articles,
        "core-hours": rounded(whole),
        "core-hours by stage": {s: rounded(h) for s, h in spent.items()},
        "most of it": most,
        "most of it (%)": round(100 * spent[most] / whole),
        "hours on 64 processors": rounded(whole / 64),
        "GB of fingerprints moved": rounded(one.articles * one.words * rates.prints * KEY / 1e9),
        "GB held by one process for copies": rounded(one.articles * (1 + one.pairs) * HELD / 1e9),
        "GB held by one process for grouping": rounded(one.articles * (1 - one.copies) * SEEN / 1e9),
        "MB of each process that annotates": rates.worker,
        "GB stored": rounded(one.articles * stored / 1e9),
    }


def sensitivity(rates: Rates, usual: Assumed) -> Figures:
    """Core-hours when one assumption is another; each incident twice as large has half as many of its kind."""
    larger = tuple((2 * size, max(1, many // 2)) for size, many in usual.sizes)
    alone = tuple((1, size * many) for size, many in usual.sizes)
    others: dict[str, Assumed] = {
        "as assumed": usual,
        "no copies": replace(usual, copies=0.0),
        "70 % copies": replace(usual, copies=0.7),
        "600 words": replace(usual, words=2 * usual.words),
        "incidents twice as large": replace(usual, sizes=larger),
        "every report an incident of its own": replace(usual, sizes=alone),
    }
    return {name: rounded(total(seconds(rates, one))) for name, one in others.items()}


def total(spent: dict[str, float]) -> float:
    """Core-hours."""
    return sum(spent.values()) / 3600


def beside(runs: Sequence[Figures], small: dict[str, float], large: dict[str, float]) -> Figures:
    """What was reckoned for each stage of the larger run, and how many times that it took.

    What a run needs once, however many reports there are, is what the smaller one took beyond what was reckoned for it.
    """
    first, second = (found["processor seconds by stage"] for found in runs)
    once = {s: max(0.0, first[s] - small[s]) for s in STAGES}
    reckoned = {s: once[s] + large[s] for s in STAGES}
    return {
        "reports": [found["reports"] for found in runs],
        "once, processor seconds by stage": rounded(once),
        "reckoned processor seconds by stage": rounded(reckoned),
        "measured over reckoned": {s: round(second[s] / reckoned[s], 2) for s in STAGES},
        "measured over reckoned, together": round(sum(second[s] for s in STAGES) / sum(reckoned.values()), 2),
    }


def rounded(value: float | int | dict[str, float] | Sequence[float]) -> object:
    """Three digits that mean something."""
    if isinstance(value, dict):
        return {k: rounded(v) for k, v in value.items()}
    if not isinstance(value, float) or value == 0:
        return value
    digits = 2 - math.floor(math.log10(abs(value)))
    return round(value, digits) if digits > 0 else int(round(value, digits))


if __name__ == "__main__":
    main()
