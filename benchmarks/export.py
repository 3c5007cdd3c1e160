"""What each export costs: `python -m benchmarks.export`.

10,000 statements with their claims, mentions, places and shared passages: as twenty incidents, and all in one. Each format
in a process of its own; seconds are of its processor, memory is its peak, both with Python and the libraries that it loads.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

from twosource.export import FOLDERS, NAMES, write
from twosource.model import (
    Account,
    Actor,
    Alias,
    Annotation,
    Article,
    Backing,
    Claim,
    Denial,
    Evidence,
    Facts,
    Line,
    Moment,
    Origin,
    Passage,
    Place,
    Quantity,
    Relation,
    Report,
    Reuse,
    Span,
    Statement,
    When,
)

STATEMENTS = 10_000
A_REPORT = 20  # statements
A_CLAIM = 5
PEOPLE = 40
_SENTENCE = (
    "Ida Brandt of the harbour board told the Port Alder Gazette that 12 sheds had burned by 14 March. "
)


def main() -> None:
    """Print a line for each format and shape; with a name and a number, be the process that is measured."""
    if len(sys.argv) == 4:
        measured(sys.argv[1], int(sys.argv[2]), Path(sys.argv[3]))
        return
    print(f"{'format':14}{'incidents':>10}{'seconds':>9}{'peak MB':>9}{'written MB':>12}")
    for name in NAMES:
        for incidents in (20, 1):
            with tempfile.TemporaryDirectory() as folder:
                done = subprocess.run(
                    [sys.executable, "-m", "benchmarks.export", name, str(incidents), folder],
                    capture_output=True,
                    text=True,
                    check=True,
                )
            told = json.loads(done.stdout)
            print(
                f"{name:14}{incidents:10}{told['seconds']:9.1f}{told['peak']:9.0f}{told['written']:12.1f}",
                flush=True,
            )


def measured(name: str, incidents: int, folder: Path) -> None:
    """Export once and tell what it took; making the accounts is part of it, since they are made as they are written."""
    out = folder / "out"
    write(name, invented(incidents), out)
    files = out.iterdir() if name in FOLDERS else [out]
    told = {
        "seconds": time.process_time(),
        "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "written": sum(f.stat().st_size for f in files) / 1e6,
    }
    print(json.dumps(told))


def invented(incidents: int, statements: int = STATEMENTS) -> Iterator[Account]:
    """Accounts by the number, made one at a time."""
    for n in range(incidents):
        yield account(n, statements // incidents // A_REPORT)


def account(n: int, reports: int) -> Account:
    """One incident: every claim is said by one, denied by another, and carried by five reports."""
    text = _SENTENCE * A_REPORT
    names = [f"i{n}r{r}" for r in range(reports)]
    articles = tuple(
        Article(Report(r, text, f"Fire {r}", outlet=f"Outlet {k % 37}", published=f"2025-03-{1 + k % 28:02}", url=f"https://o{k % 37}.example/{r}"))
        for k, r in enumerate(names)
    )  # fmt: skip
    annotations = tuple(_annotation(r, k) for k, r in enumerate(names))
    said = [s for a in annotations for s in a.statements]
    groups = [said[k : k + A_CLAIM] for k in range(0, len(said), A_CLAIM)]
    claims = tuple(
        Claim(f"i{n}c{k}", _SENTENCE.strip(), "main", tuple(s.id for s in g)) for k, g in enumerate(groups)
    )
    backings = tuple(_backing(c, g) for c, g in zip(claims, groups, strict=True))
    actors = tuple(
        _actor(n, k, [r for j, r in enumerate(names) if j % min(PEOPLE, reports) == k % min(PEOPLE, reports)])
        for k in range(PEOPLE)
    )
    reuse = tuple(
        Reuse(a, b, "shared_text", 0.4, a, (Passage(Span(0, 90), Span(0, 90)), Passage(Span(200, 290), Span(200, 290))), "shared words")
        for a, b in pairwise(names)
    )  # fmt: skip
    where = annotations[0].places[0]
    return Account(
        id=f"i{n}", title=f"Fire {n}", articles=articles, annotations=annotations, reuse=reuse, actors=actors,
        relations=(Relation(actors[0].id, "leads", actors[1].id, (Evidence(names[0], Span(0, 30)),)),), claims=claims,
        backings=backings, disagreements=(), questions=(), timeline=tuple(Moment("2025-03-14", _SENTENCE.strip(), (Evidence(r, Span(0, 97)),)) for r in names),
        facts=Facts("2025-03-14", where), central=claims[0].id, summary=(Line(_SENTENCE.strip(), (Evidence(names[0], Span(0, 97)),)),),
    )  # fmt: skip


def _annotation(report: str, k: int) -> Annotation:
    starts = [len(_SENTENCE) * j for j in range(A_REPORT)]
    return Annotation(
        report, "en",
        statements=tuple(
            Statement(f"{report}s{j}", report, (Span(s + 61, s + 96),), (Span(s + 31, s + 35),), (Span(s, s + 10),), f"Person {(k + j) % PEOPLE}", "person",
                      "Port Alder Gazette", None, "denies" if j % A_CLAIM == 4 else "asserts", "asserted", "indirect")
            for j, s in enumerate(starts)
        ),
        times=tuple(When(Span(s + 88, s + 96), "DATE", "2025-03-14", "2025-03-14") for s in starts),
        places=tuple(Place(Span(s + 40, s + 50), "Port Alder", 100 + j, 50.0 + j, 10.0, 5.0, f"Port Alder {j}") for j, s in enumerate(starts)),
        quantities=tuple(Quantity(Span(s + 66, s + 68), 12.0, 12.0, None, "shed") for s in starts),
    )  # fmt: skip


def _backing(claim: Claim, said: list[Statement]) -> Backing:
    origins = tuple(
        Origin(s.who, "person", "witnessed", None, ("Outlet 1",), (s.report,), (s.id,)) for s in said[:-1]
    )
    reports = tuple(sorted({s.report for s in said}))
    return Backing(
        claim.id, origins, reports, ("Outlet 1",), 0, ("Outlet 1",), len(origins), len(origins), "asserted", "disputed",
        (Denial(said[-1].id, "claim"),), "each was there",
    )  # fmt: skip


def _actor(n: int, k: int, reports: list[str]) -> Actor:
    mentions = tuple(
        Evidence(r, Span(len(_SENTENCE) * j, len(_SENTENCE) * j + 10))
        for r in reports
        for j in range(A_REPORT)
    )
    return Actor(
        f"i{n}a{k}", f"Person {k}", "person", (Alias("Ida Brandt", len(mentions)),), mentions=mentions
    )


if __name__ == "__main__":
    main()
