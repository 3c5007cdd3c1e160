"""Programs killed with `kill -9` while they work on a case: nothing acknowledged is lost, nothing is half there, the rerun finishes.

TWOSOURCE_FAULTS=200 asks for that many kills of each that meet the program at work; the short form is for every day. With
TWOSOURCE_FAULTS_LOG each test writes a line there: how often it killed, and in which tenths of the work.
"""

from __future__ import annotations

import gzip
import json
import os
import shutil
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from databases import Server, sound
from killing import Strikes, Warm, warmed
from twosource.case import add
from twosource.case.verifying import replayed
from twosource.model import Report
from twosource.settings import Settings
from twosource.store import Store, decisions, derived, evidence
from twosource.store.migrations import LATEST

TIMES = int(os.environ.get("TWOSOURCE_FAULTS", "6"))
IN_A_ROW = 10  # kills after which a case is finished, looked at, and another one begun
WORDS = "the ferry struck a pier in fog and nobody knew at first how many were on board that night".split()
WORKED_OUT = [
    Report("f1", "PORT ELLIS — The ferry Orla struck the north pier at Port Ellis on Monday. Two passengers were killed, harbour master Hugo Brandt said.", outlet="The Mail", published="2023-05-02"),
    Report("f2", "Three passengers died when the ferry Orla hit the north pier at Port Ellis, the coast guard said on Tuesday. Mr Brandt denied that the ferry was speeding.", outlet="The Post", published="2023-05-03"),
    Report("m1", "TENNICK — A fire destroyed the covered market of Tennick on Friday night. Nobody was hurt, fire chief Mona Rask said.", outlet="The Mail", published="2023-09-16"),
]  # fmt: skip


@pytest.fixture(scope="module")
def warm(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Warm]:
    with warmed(tmp_path_factory.mktemp("warm")) as program:
        yield program


@pytest.fixture
def strikes(request: pytest.FixtureRequest, warm: Warm) -> Iterator[Strikes]:
    """Kills to come, written down at the end where somebody wants to know."""
    made, began = Strikes(warm, TIMES, seed=4), time.monotonic()
    yield made
    log = os.environ.get("TWOSOURCE_FAULTS_LOG")
    if log:
        row = {"test": request.node.name, **made.row(), "seconds": round(time.monotonic() - began)}
        with Path(log).open("a") as f:
            f.write(json.dumps(row) + "\n")


@pytest.fixture(params=["file", "postgres"])
def another(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[], str]:
    """Where one case after another can be made, over both kinds of storage."""
    if request.param == "postgres":
        server: Server = request.getfixturevalue("postgres")
        return server.database
    numbers = iter(range(10_000))
    return lambda: str(tmp_path / f"{next(numbers)}.case")


def lines(path: Path, brought: list[Report]) -> str:
    """The reports as JSON Lines."""
    path.write_text(
        "".join(
            json.dumps({"id": r.id, "text": r.text, "outlet": r.outlet, "published": r.published}) + "\n"
            for r in brought
        )
    )
    return str(path)


def named(said: tuple[str, ...], what: str) -> set[str]:
    """What a program acknowledged."""
    return {line.removeprefix(what) for line in said if line.startswith(what)}


def accounts(name: str) -> list[Any]:
    """The accounts of a case in which nothing waits and nothing is wrong."""
    assert sound(name)
    with Store.open(name) as store, store.reads() as c:
        assert derived.waiting_numbers(c) == []
        return sorted((derived.account(c, i.id) for i in derived.listed(c)), key=lambda a: a["id"])


def test_killed_while_adding_it_keeps_all_that_was_acknowledged_and_goes_on(
    another: Callable[[], str], strikes: Strikes, warm: Warm, tmp_path: Path
) -> None:
    size = 48  # reports of a round
    every = [
        Report(f"n{k}", f"Report {k}. " + " ".join(WORDS[k % 9 :] + WORDS[: k % 7]))
        for k in range(size * (IN_A_ROW + 2))
    ]
    rounds = [
        lines(tmp_path / f"{n}.jsonl", every[: size * (n + 1)]) for n in range(IN_A_ROW + 2)
    ]  # each holds what the one before it held
    while strikes.left:
        name = another()
        Store.create(name).close()
        adding = ["case", "add", name, "--no-analysis", "--batch", "4"]
        acknowledged = named(strikes.undisturbed(*adding, rounds[0]).said, "added ")
        for brought in rounds[1 : 1 + min(IN_A_ROW, strikes.left)]:
            acknowledged |= named(strikes.strike(*adding, brought).said, "added ")
            assert acknowledged <= sound(name)
        warm.finish(*adding, rounds[-1])
        assert sound(name) == {r.id for r in every}


def test_killed_while_settling_it_finishes_the_next_time(
    strikes: Strikes, warm: Warm, tmp_path: Path
) -> None:
    taken_in = tmp_path / "taken-in.case"
    with Store.create(str(taken_in)) as store:
        add(store, WORKED_OUT)
        store.compact()
    name = tmp_path / "whole.case"
    shutil.copyfile(taken_in, name)
    warm.finish("case", "add", str(name))
    wanted = accounts(str(name))
    assert wanted
    for n in range(100 * TIMES):
        if not strikes.left:
            break
        name = tmp_path / f"{n}.case"
        shutil.copyfile(taken_in, name)
        if n % (2 * IN_A_ROW) == 0:  # a machine is not always as fast
            strikes.undisturbed("case", "add", str(name))
            continue
        strikes.strike("case", "add", str(name))
        assert sound(str(name)) == {r.id for r in WORKED_OUT}
        warm.finish("case", "add", str(name))
        assert accounts(str(name)) == wanted
        name.unlink()


def test_killed_while_a_case_is_made_there_is_a_case_or_none(strikes: Strikes, tmp_path: Path) -> None:
    for n in range(100 * TIMES):
        if not strikes.left:
            break
        name = str(tmp_path / f"{n}.case")
        if n % (2 * IN_A_ROW) == 0:
            strikes.undisturbed("case", "init", name)
            continue
        strikes.strike("case", "init", name)
        if not Path(name).exists():
            Store.create(name).close()
        assert sound(name) == set()


def test_killed_while_deciding_each_decision_is_there_or_not(
    another: Callable[[], str], strikes: Strikes, warm: Warm, tmp_path: Path
) -> None:
    brought = lines(tmp_path / "in.jsonl", WORKED_OUT)
    while strikes.left:
        name = another()
        Store.create(name).close()
        warm.finish("case", "add", name, brought)
        grading = ["case", "decide", name, "grade", "f1", "--who", "ada", "--value"]
        said = named(strikes.undisturbed(*grading, "A").said, "decided ")
        for n in range(min(IN_A_ROW, strikes.left)):
            said |= named(strikes.strike(*grading, "BCDE"[n % 4]).said, "decided ")
            sound(name)
            with Store.open(name) as store, store.reads() as c:
                assert said <= {d.id for d in decisions.history(c)}
        warm.finish("case", "add", name)
        assert accounts(name)
        with Store.open(name) as store:
            assert replayed(store, Settings()) == []


class Paper(BaseHTTPRequestHandler):
    """A feed that has two entries more whenever it is asked."""

    asked = 0

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""

    def do_GET(self) -> None:
        items = ""
        if self.path == "/feed":
            Paper.asked += 1
            items = "".join(
                f"<item><title>Entry {k}</title><link>http://localhost/{k}</link><description>Entry {k} says that {' '.join(WORDS[k % 9 :])}.</description></item>"
                for k in range(Paper.asked * 2)
            )
        body = f"<rss version='2.0'><channel><title>Quay</title>{items}</channel></rss>".encode()
        self.send_response(200 if self.path == "/feed" else 404)
        self.send_header("Content-Type", "application/rss+xml")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


@pytest.fixture
def feed() -> Iterator[str]:
    """The address of a feed that grows."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Paper)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://localhost:{server.server_port}/feed"
    server.shutdown()
    server.server_close()


def due(name: str) -> None:
    """Have every feed asked again at once."""
    with Store.open(name) as store, store.writes() as c:
        c.execute(text("UPDATE feeds SET due = 0"))


def test_killed_while_watching_it_keeps_what_was_acknowledged_and_doubles_nothing(
    feed: str, strikes: Strikes, warm: Warm, tmp_path: Path
) -> None:
    chosen = tmp_path / "settings.toml"
    chosen.write_text('private_hosts = "localhost"\nhost_pause_ms = 1\nrobots = "ignore"\n')
    for n in range(100 * TIMES):
        if not strikes.left:
            break
        Paper.asked = 0
        name, told = str(tmp_path / f"{n}.case"), tmp_path / f"{n}.jsonl"
        Store.create(name).close()
        watch = ["--settings", str(chosen), "case", "watch", name, feed, "--once", "--alert", str(told)]
        acknowledged = named(strikes.undisturbed(*watch).said, "added ")
        for _ in range(min(IN_A_ROW, strikes.left)):
            due(name)
            acknowledged |= named(strikes.strike(*watch).said, "added ")
            assert acknowledged <= sound(name)
        due(name)
        warm.finish(*watch)
        assert accounts(name)
        with Store.open(name) as store, store.reads() as c:
            urls = [r.url for r in evidence.listed(c)]
            happened = {e.n for e in derived.events_since(c, 0)}
        assert sorted(urls) == sorted(f"http://localhost/{k}" for k in range(Paper.asked * 2))
        assert happened == {json.loads(line)["n"] for line in told.read_text().splitlines()}


def test_killed_while_the_tables_are_brought_up_to_date_they_are_of_one_version(
    strikes: Strikes, tmp_path: Path
) -> None:
    packed = Path(__file__).parent / "cases" / "version-1.case.gz"
    first = gzip.decompress(packed.read_bytes())
    for n in range(100 * TIMES):
        if not strikes.left:
            break
        name = tmp_path / f"{n}.case"
        name.write_bytes(first)
        if n % (2 * IN_A_ROW) == 0:
            strikes.undisturbed("case", "history", str(name), "--json")
            continue
        strikes.strike("case", "history", str(name), "--json")
        with closing(sqlite3.connect(name)) as c:
            versions = [v for (v,) in c.execute("SELECT version FROM migrations ORDER BY version")]
            tables = {t for (t,) in c.execute("SELECT name FROM sqlite_master")}
        assert versions in ([1], list(range(1, LATEST + 1)))  # all steps are one
        assert ("sketches" in tables) == (versions != [1])
        assert sound(str(name)) == {"a", "b"}
