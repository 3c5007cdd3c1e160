"""A case of many reports: how fast it takes them in, adds one, searches and opens.

    python -m benchmarks.case [--reports N] [--case postgresql://…] [--full] [--write]

The reports are made up: incidents of five reports each, 200 words, that share names, a place and some sentences. Grouping is done
in full; what an analysis would find in them (statements, claims, actors) is made up too. What real analysis adds to one report is
measured on the bundled example, in a program that has the language model loaded, as `case watch` has.
"""

from __future__ import annotations

import hashlib
import json
import random
import statistics
import sys
import tempfile
import time
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from benchmarks.figures import asked as options
from benchmarks.figures import keep
from benchmarks.timing import Clock, peak
from sqlalchemy import text

from twosource.case import add, likening, settle, settling
from twosource.case.weighing import Weighed
from twosource.model import Incident, Report
from twosource.read import read
from twosource.settings import Settings
from twosource.store import Store, evidence, vectors
from twosource.store.connect import is_database
from twosource.store.derived import Settled, Sought
from twosource.store.search import Filters, search
from twosource.text import make_id

SYLLABLES = "ba ke lo mi nu ra se ti vo za dro fen gal hir jos kul mar nes por tas".split()
PLAIN = "the a said on in of and that was were police people road town night after before had been with from near".split()
STATUS = ("single_origin", "corroborated", "disputed", "reporter_only")
BEGAN = time.perf_counter()
Figure = float | int | str
Figures = Iterator[tuple[str, Figure]]
EXAMPLE = Path(__file__).parents[1] / "examples" / "derailment" / "reports"


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


def told(
    _store: Store, incident: Incident, key: str, members: Mapping[int, Report], *_: object
) -> Weighed:  # in place of `weighing.weighed`
    """What an analysis might find: three statements a report, four claims and six actors an incident."""
    reports = sorted(members.values(), key=lambda r: r.id)
    names = sorted({w for w in reports[0].text.split() if w[0].isupper()})[:6]
    sought: list[Sought] = []
    statements = []
    for r in reports:
        words = r.text.split()
        for k in range(3):
            name = make_id("s", r.id, k)
            statements.append(name)
            sought.append(Sought("statement", name, " ".join(words[20 * k : 20 * k + 20]), report=r.id, who=names[k % len(names)] if names else None, stance="denies" if k == 2 else "asserts"))  # fmt: skip
    claims = []
    for k in range(4):
        name, said = make_id("c", incident.id, k), " ".join(reports[0].text.split()[30 * k : 30 * k + 15])
        sought.append(Sought("claim", name, said, status=STATUS[k], origins=k))
        claims.append({"id": name, "text": said, "statements": statements[k::4], "independent_origins": k, "denials": []})  # fmt: skip
    actors = [{"id": make_id("a", n, incident.id), "name": n, "aliases": [], "mentions": []} for n in names]
    sought += [Sought("actor", a["id"], a["name"]) for a in actors]
    record: dict[str, Any] = {
        "id": incident.id, "title": reports[0].title, "when": reports[0].published, "where": {"name": names[0], "lat": 1.0, "lon": 2.0} if names else None,
        "killed": None, "injured": None, "figure": {"outlets": len({r.outlet for r in reports})},
        "reports": [{"id": r.id, "title": r.title} for r in reports], "claims": claims, "actors": actors,
        "statements": [{"id": s, "content": [[0, 10]]} for s in statements],
    }  # fmt: skip
    settled = Settled(
        incident.id, key, incident.why, tuple(sorted(members)), reports[0].title or "", record["figure"]["outlets"], record, tuple(sought)
    )  # fmt: skip
    return Weighed(settled, {n: (r.outlet, r.published) for n, r in members.items()}, ())


def nowhere(texts: Sequence[str]) -> Any:
    """Vectors that cost nothing to make, in place of those of an encoder (about 2 ms each); texts of one first word are near each other."""
    made = [np.random.default_rng(zlib.crc32(t.split(" ")[0].encode())).normal(size=512) for t in texts]
    noise = [np.random.default_rng(zlib.crc32(t.encode())).normal(size=512) for t in texts]
    return np.array([m + 0.5 * n for m, n in zip(made, noise, strict=True)], dtype=np.float32).reshape(
        -1, 512
    )


def say(what: str) -> None:
    """A line on standard error, after the seconds since the program began: on the clock, and of the processor."""
    print(
        f"{time.perf_counter() - BEGAN:7.0f} s {time.process_time():7.0f} s  {what}",
        file=sys.stderr,
        flush=True,
    )


class Stages:
    """Says how far the settling is, twice a minute at most."""

    def __init__(self) -> None:
        self._next = time.perf_counter()

    def __call__(self, stage: str, done: int, of: int | None) -> None:
        if time.perf_counter() >= self._next:
            self._next = time.perf_counter() + 30
            say(f"{stage} {done}" + (f" of {of}" if of else ""))


def seconds(call: Callable[[], object]) -> float:
    """How long a call takes, on the clock."""
    began = time.perf_counter()
    call()
    return time.perf_counter() - began


def spent(call: Callable[[], object]) -> tuple[float, float]:
    """How long a call takes, on the clock and in processor time of this program."""
    began, used = time.perf_counter(), time.process_time()
    call()
    return time.perf_counter() - began, time.process_time() - used


def questions(brought: Sequence[Report]) -> dict[str, tuple[str, Filters]]:
    """What people ask: words in all reports and in few, phrases, names, and every filter."""
    some = brought[7]
    words, name = some.text.split(), (some.title or "").split()[0]
    return {
        "the commonest word": ("said", Filters()),
        "two common words": ("town night", Filters()),
        "a common word without another": ("people -road", Filters()),
        "a common phrase": ('"the night"', Filters()),
        "a title": (f'"{some.title}"', Filters()),
        "a word of some hundred reports": (words[5], Filters()),
        "a name with a slip": (name[:2] + name[3] + name[2] + name[4:], Filters()),
        "a name": (name, Filters()),
        "a common word, an outlet": ("police", Filters(outlet="Outlet 7")),
        "a common word, a week": ("police", Filters(since="2024-03-01", until="2024-03-07")),
        "a common word, an actor": ("police", Filters(actor=name)),
        "a common word, a place": ("police", Filters(place=name)),
        "a common word, denied": ("police", Filters(stance="denies")),
        "a common word, disputed": ("police", Filters(status="disputed")),
        "a common word, two origins": ("police", Filters(origins=2)),
        "a common word, all filters": (
            "police",
            Filters(outlet="Outlet 7", since="2024-01-01", actor=name, place=name, status="disputed"),
        ),
        "a common word, an outlet that is not there": ("police", Filters(outlet="Nobody")),
    }


def main() -> None:
    """Measure, say each figure as soon as it is known, and keep them."""
    given = options(
        "case", __doc__,
        ("--reports", {"type": int}), ("--case", {"help": "an empty PostgreSQL database instead of a file"}),
    )  # fmt: skip
    reports = given.reports or (100_000 if given.full else 3_000)
    found: dict[str, Figure] = {}
    clock = Clock()
    with tempfile.TemporaryDirectory() as folder:
        name = given.case or str(Path(folder) / "a.case")
        part = f"{'PostgreSQL' if is_database(name) else 'file'}, {reports} reports"
        for what, figure in measured(name, reports):
            found[what] = figure
            say(f"{what}: {figure}")
            found["other work on the machine (%)"] = clock.others
            keep(given.out, part, found)  # what is known stays when the rest fails
    print(json.dumps(found, indent=1))


def measured(name: str, reports: int) -> Figures:
    """All figures of a new case of that many reports."""
    real = analysed() if EXAMPLE.is_dir() else None  # first, so that nothing is loaded later
    settling.weighed, settling.prepare = told, lambda *_: None  # type: ignore[assignment]
    likening.vectors = nowhere  # type: ignore[assignment]
    brought = list(made_up(reports + 30))
    brought, later = brought[:reports], brought[reports:]
    yield "reports", reports
    with Store.create(name) as store:
        yield from filled(store, brought)
        yield from added(store, later)
        opening = statistics.median(seconds(lambda: Store.open(name).close()) for _ in range(9))
        yield "opened (ms)", round(opening * 1000, 1)
        yield from searched(store, brought)
    if real is not None:
        yield "one report of the example added, with real analysis (ms)", round(1000 * real, 1)
    yield "file (MB)", 0 if is_database(name) else round(Path(name).stat().st_size / 1e6)
    yield "peak (MB)", peak()


def filled(store: Store, brought: Sequence[Report]) -> Figures:
    """All reports taken in and settled, and then once more."""
    tenth = max(1, len(brought) // 10)
    first = [
        spent(lambda at=at: add(store, brought[at : at + tenth])) for at in range(0, len(brought), tenth)
    ]
    took, took_cpu = sum(w for w, _ in first), sum(c for _, c in first)
    yield "taken in a second", round(len(brought) / took)
    yield "taken in a second of processor time", round(len(brought) / took_cpu)
    yield "taken in a second, the last tenth", round(tenth / first[-1][0])
    grouped, grouped_cpu = spent(lambda: settle(store, Settings(), Stages()))
    yield "grouped and settled a second", round(len(brought) / grouped, 1)
    yield "grouped and settled a second of processor time", round(len(brought) / grouped_cpu, 1)
    store.compact()
    before = state_of(store.name)
    again, again_cpu = spent(lambda: (add(store, brought), settle(store, Settings())))
    store.compact()
    yield "the same again, share of the first time (%)", round(100 * again / (took + grouped), 2)
    yield "the same again, share of taking it in alone (%)", round(100 * again / took, 2)
    yield "the same again, share of taking it in alone, processor time (%)", round(100 * again_cpu / took_cpu, 2)  # fmt: skip
    yield "the same again changes no byte", str(state_of(store.name) == before)


def added(store: Store, later: Sequence[Report]) -> Figures:
    """One report after another, each settled."""
    one = [spent(lambda r=r: (add(store, [r]), settle(store, Settings()))) for r in later]
    clocks, cpu = zip(*one, strict=True)
    yield "one report added with its incident, median (ms)", round(1000 * statistics.median(clocks), 1)
    yield "one report added with its incident, slowest (ms)", round(1000 * max(clocks), 1)
    yield "one report added with its incident, processor time (ms)", round(1000 * statistics.median(cpu), 1)


def searched(store: Store, brought: Sequence[Report]) -> Figures:
    """Every question, and what is near."""
    looked = {what: asked(store, *question) for what, question in questions(brought).items()}
    looked["reports and claims nearest to a report"] = timed(lambda: likening.like(store, brought[7].id))
    for what, (clock, used) in looked.items():
        say(f"{clock:8.1f} ms, {used:6.1f} ms of processor time: {what}")
    clocks, cpu = zip(*looked.values(), strict=True)
    yield "search, slowest question (ms)", max(clocks)
    yield "search, slowest question, processor time (ms)", max(cpu)
    yield "search, median question (ms)", statistics.median(clocks)
    near = recall(store, brought[:: max(1, len(brought) // 20)])
    yield "of the 20 nearest reports, found (%)", round(100 * near, 1)


def state_of(name: str) -> str:
    """A digest of every byte of a case file; nothing of a database."""
    if is_database(name):
        return ""
    with Path(name).open("rb") as f:
        return hashlib.file_digest(f, "sha256").hexdigest()


def asked(store: Store, words: str, filters: Filters) -> tuple[float, float]:
    """Milliseconds of a question, the median of seven: on the clock, and in processor time."""

    def ask() -> None:
        with store.reads() as c:
            search(c, words, filters)

    return timed(ask)


def timed(ask: Callable[[], object]) -> tuple[float, float]:
    """Milliseconds of a question, the median of seven: on the clock, and in processor time."""
    every = [spent(ask) for _ in range(7)]
    clock, used = (statistics.median(x) for x in zip(*every, strict=True))
    return round(1000 * clock, 1), round(1000 * used, 1)


def recall(store: Store, some: Sequence[Report]) -> float:
    """The share of the twenty reports nearest to each of some, all weighed byte by byte, that a search finds too."""
    with store.reads() as c:
        rows = c.execute(text("SELECT n, vector FROM vectors WHERE noun = 'report' ORDER BY n")).all()
        table = np.stack([np.frombuffer(r.vector, dtype=np.int8) for r in rows]).astype(np.float32)
        table /= np.linalg.norm(table, axis=1, keepdims=True)
        place = {r.n: i for i, r in enumerate(rows)}
        right = 0
        for n in evidence.numbers_of(c, [r.id for r in some]).values():
            best = np.argsort(-(table @ table[place[n]]), kind="stable")[:20]
            vector = vectors.of(c, "report", n)
            assert vector is not None
            near = {m for m, _ in vectors.nearest(c, "report", vector)[:20]}
            right += len(near & {rows[i].n for i in best.tolist()})
    return right / (20 * len(some))


def analysed() -> float:
    """Seconds to add the last report of the bundled example to a case of the others, with everything that belongs to it."""
    reports = [r for r in read([str(EXAMPLE)], Settings()) if isinstance(r, Report)]
    with tempfile.TemporaryDirectory() as folder, Store.create(str(Path(folder) / "a.case")) as store:
        add(store, reports[:-1])
        settle(store, Settings())
        return seconds(lambda: (add(store, reports[-1:]), settle(store, Settings())))


if __name__ == "__main__":
    main()
