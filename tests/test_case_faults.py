"""What a case survives: programs killed in the middle, a full disk, a damaged file, a server that goes away, a clock that goes back.

TWOSOURCE_FAULTS=200 asks for that many kills and a minute of readers; the short form is for every day. With TWOSOURCE_FAULTS_LOG
each test that kills writes a line there: how often it killed, and how often the program was still at work.
"""

from __future__ import annotations

import gzip
import json
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from sqlalchemy import text

from databases import Server
from twosource.case import add
from twosource.errors import CaseDamaged, CaseError, TwosourceError, UsageError
from twosource.model import Report
from twosource.store import Store, decisions, evidence
from twosource.store.migrations import LATEST
from twosource.store.soundness import problems

TIMES = int(os.environ.get("TWOSOURCE_FAULTS", "6"))
WORDS = "the ferry struck a pier in fog and nobody knew at first how many were on board that night".split()


KILLED: list[bool] = []  # for each time that a program was to be killed: whether it was still at work


@pytest.fixture(autouse=True)
def told(request: pytest.FixtureRequest) -> Iterator[None]:
    """Write down how often a test killed, where somebody wants to know."""
    KILLED.clear()
    began = time.monotonic()
    yield
    log = os.environ.get("TWOSOURCE_FAULTS_LOG")
    if log and KILLED:
        row = {"test": request.node.name, "times": len(KILLED), "killed at work": sum(KILLED), "seconds": round(time.monotonic() - began)}  # fmt: skip
        with Path(log).open("a") as f:
            f.write(json.dumps(row) + "\n")


def reports(count: int) -> list[Report]:
    """Reports that differ."""
    return [
        Report(f"n{k}", f"Report {k}. " + " ".join(WORDS[k % 9 :] + WORDS[: k % 7])) for k in range(count)
    ]


def lines(path: Path, brought: Sequence[Report]) -> Path:
    """The reports as JSON Lines."""
    path.write_text("".join(json.dumps({"id": r.id, "text": r.text}) + "\n" for r in brought))
    return path


def command(*arguments: str) -> list[str]:
    """A command line of ours in a process of its own."""
    return [sys.executable, "-m", "twosource", "--quiet", *arguments]


def killed_after(seconds: float, arguments: Sequence[str]) -> list[str]:
    """Run a command, kill it so that it can do nothing more, and give the lines that it had written."""
    running = subprocess.Popen(
        command(*arguments), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    )
    try:
        time.sleep(seconds)
        KILLED.append(running.poll() is None)
        running.send_signal(signal.SIGKILL)
        said, _ = running.communicate(timeout=60)
    finally:
        running.kill()
        running.wait()
    return [line for line in said.split("\n")[:-1] if line]


def sound(name: str) -> set[str]:
    """The ids in a case with which nothing is wrong."""
    with Store.open(name) as store, store.reads() as c:
        assert problems(c) == []
        return {r.id for r in evidence.listed(c)}


def how_long(arguments: Sequence[str]) -> float:
    """Seconds that a command takes."""
    began = time.monotonic()
    subprocess.run(command(*arguments), check=False, capture_output=True)
    return time.monotonic() - began


def test_killed_while_adding_it_keeps_all_that_was_acknowledged_and_goes_on(
    case_name: str, tmp_path: Path
) -> None:
    brought = lines(tmp_path / "in.jsonl", reports(400))
    Store.create(case_name).close()
    whole = how_long(["case", "add", case_name, "--no-analysis", "--batch", "3", str(lines(tmp_path / "other.jsonl", reports(400)[:200]))])  # fmt: skip
    chance = random.Random(4)
    acknowledged: set[str] = sound(case_name)
    for _ in range(TIMES):
        said = killed_after(
            chance.uniform(0.3, 1.0) * whole,
            ["case", "add", case_name, "--no-analysis", "--batch", "3", str(brought)],
        )
        acknowledged |= {line.removeprefix("added ") for line in said}
        assert acknowledged <= sound(case_name)
    subprocess.run(
        command("case", "add", case_name, "--no-analysis", str(brought)), check=True, capture_output=True
    )
    assert sound(case_name) == {f"n{k}" for k in range(400)}


def test_killed_while_settling_it_finishes_the_next_time(tmp_path: Path) -> None:
    brought = lines(tmp_path / "in.jsonl", reports(6))
    name = str(tmp_path / "a.case")
    Store.create(name).close()
    chance = random.Random(5)
    for _ in range(max(2, TIMES // 5)):
        killed_after(chance.uniform(1.0, 5.0), ["case", "add", name, str(brought)])
        sound(name)
    subprocess.run(command("case", "add", name, str(brought)), check=True, capture_output=True)
    with Store.open(name) as store, store.reads() as c:
        assert problems(c) == []
        assert c.execute(text("SELECT count(*) FROM waiting")).scalar() == 0
        assert c.execute(text("SELECT count(*) FROM members")).scalar() == 6


def test_killed_while_a_case_is_made_there_is_a_case_or_none(tmp_path: Path) -> None:
    chance = random.Random(6)
    whole = how_long(["case", "init", str(tmp_path / "first.case")])
    for n in range(TIMES):
        name = str(tmp_path / f"{n}.case")
        killed_after(chance.uniform(0.4, 1.1) * whole, ["case", "init", name])
        if Path(name).exists():
            assert sound(name) == set()
        else:
            Store.create(name).close()


def test_killed_while_deciding_each_decision_is_there_or_not(case_name: str) -> None:
    with Store.create(case_name) as store:
        add(store, reports(3))
        with store.writes() as c:
            c.execute(text("DELETE FROM waiting"))  # nothing to analyse: the decision alone is looked at
    chance = random.Random(7)
    said: set[str] = set()
    whole = how_long(["case", "decide", case_name, "note", "n0", "--value", "first", "--who", "ada"])
    for n in range(TIMES):
        answer = killed_after(
            chance.uniform(0.4, 1.1) * whole,
            ["case", "decide", case_name, "note", "n0", "--value", f"{n}", "--who", "ada"],
        )
        said |= {line.removeprefix("decided ") for line in answer}
    with Store.open(case_name) as store, store.reads() as c:
        log = decisions.history(c)
        assert said <= {d.id for d in log}
        assert decisions.broken_links(c) == []


class Paper(BaseHTTPRequestHandler):
    """A feed that has one entry more whenever it is asked, up to a hundred."""

    asked = 0

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""

    def do_GET(self) -> None:
        items = ""
        if self.path == "/feed":
            Paper.asked += 1
            items = "".join(
                f"<item><title>Entry {k}</title><link>http://localhost/{k}</link><description>Entry {k} says that {' '.join(WORDS[k % 9 :])}.</description></item>"
                for k in range(min(100, Paper.asked * 4))
            )
        body = f"<rss version='2.0'><channel><title>Quay</title>{items}</channel></rss>".encode()
        self.send_response(200 if self.path == "/feed" else 404)
        self.send_header("Content-Type", "application/rss+xml")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


def test_killed_while_watching_it_keeps_what_was_acknowledged_and_doubles_nothing(tmp_path: Path) -> None:
    Paper.asked = 0
    server = ThreadingHTTPServer(("127.0.0.1", 0), Paper)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    name = str(tmp_path / "a.case")
    Store.create(name).close()
    chosen = tmp_path / "settings.toml"
    chosen.write_text('private_hosts = "localhost"\nhost_pause_ms = 1\nrobots = "ignore"\n')
    watch = ["--settings", str(chosen), "case", "watch", name, f"http://localhost:{server.server_port}/feed", "--once"]  # fmt: skip
    chance = random.Random(9)
    acknowledged: set[str] = set()
    try:
        for _ in range(TIMES):
            said = killed_after(chance.uniform(0.4, 6.0), watch)
            acknowledged |= {line.removeprefix("added ") for line in said if line.startswith("added ")}
            assert acknowledged <= sound(name)
            with Store.open(name) as store, store.writes() as c:
                c.execute(text("UPDATE feeds SET due = 0"))  # it is asked again at once
        done = subprocess.run(command(*watch), capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
    finally:
        server.shutdown()
        server.server_close()
    with Store.open(name) as store, store.reads() as c:
        assert problems(c) == []
        assert c.execute(text("SELECT count(*) FROM waiting")).scalar() == 0
        assert c.execute(text("SELECT count(*) FROM reports")).scalar() == min(100, Paper.asked * 4)
        assert c.execute(text("SELECT count(DISTINCT url) FROM reports")).scalar() == min(
            100, Paper.asked * 4
        )


def test_killed_while_the_tables_are_brought_up_to_date_they_are_of_one_version(tmp_path: Path) -> None:
    packed = sorted((Path(__file__).parent / "cases").glob("version-*.case.gz"))
    chance = random.Random(10)
    seen: set[int] = set()
    first = tmp_path / "first.case"
    first.write_bytes(gzip.decompress(packed[0].read_bytes()))
    whole = how_long(["case", "history", str(first), "--json"])
    for n in range(TIMES):
        name = tmp_path / f"{n}.case"
        name.write_bytes(gzip.decompress(packed[0].read_bytes()))
        killed_after(chance.uniform(0.5, 1.1) * whole, ["case", "history", str(name), "--json"])
        with closing(sqlite3.connect(name)) as c:
            versions = [v for (v,) in c.execute("SELECT version FROM migrations ORDER BY version")]
            tables = {t for (t,) in c.execute("SELECT name FROM sqlite_master")}
        assert versions in ([1], list(range(1, LATEST + 1)))  # all steps are one
        assert ("sketches" in tables) == (versions != [1])
        seen.add(len(versions))
        assert sound(str(name)) == {"a", "b"}
    assert seen


def test_two_programs_that_add_the_same_folder_lose_and_double_nothing(
    case_name: str, tmp_path: Path
) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    for r in reports(60):
        (folder / f"{r.id}.txt").write_text(r.text)
    Store.create(case_name).close()
    both = [
        subprocess.Popen(
            command("case", "add", case_name, "--no-analysis", "--batch", "2", str(folder)),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for _ in range(2)
    ]
    answers = [p.communicate(timeout=120) for p in both]
    assert [p.returncode for p in both] == [0, 0], answers
    named = [line for said, _ in answers for line in said.splitlines()]
    assert len(named) == len(set(named)) == 60
    assert len(sound(case_name)) == 60


def test_a_full_disk_is_said_and_the_case_is_as_it_was(tmp_path: Path) -> None:
    name = str(tmp_path / "a.case")
    with Store.create(name) as store:
        add(store, reports(5))
    chance = random.Random(3)
    brought = lines(
        tmp_path / "in.jsonl",
        [Report(f"x{k}", " ".join(f"{chance.randrange(10**9)}" for _ in range(4_000))) for k in range(60)],
    )
    # A process may not write files beyond this size: what a full disk answers, the system answers then.
    most = str(brought.stat().st_size // 1024 + 300)
    limited = ["bash", "-c", 'ulimit -f "$1"; shift; exec "$@"', "bash", most]
    done = subprocess.run(
        [*limited, *command("case", "add", name, "--no-analysis", "--batch", "5", str(brought))],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1, done.stderr
    assert "full" in done.stderr
    assert "Traceback" not in done.stderr
    acknowledged = {line.removeprefix("added ") for line in done.stdout.splitlines()}
    assert sound(name) >= acknowledged | {r.id for r in reports(5)}
    subprocess.run(
        command("case", "add", name, "--no-analysis", str(brought)), check=True, capture_output=True
    )
    assert len(sound(name)) == 65


def read_whole(path: Path) -> dict[int, Report] | None:
    """All reports of a case; None when it says that it is damaged."""
    try:
        with Store.open(str(path)) as store, store.reads() as c:
            return None if problems(c) else evidence.fetch(c, evidence.all_numbers(c))
    except (CaseDamaged, UsageError) as e:
        if str(path) not in str(e):
            raise
        return None


def test_a_file_cut_short_or_damaged_is_named_and_never_read_as_if_it_were_whole(tmp_path: Path) -> None:
    name = tmp_path / "a.case"
    with Store.create(str(name)) as store:
        add(store, reports(200))
    whole = name.read_bytes()
    with Store.open(str(name)) as store, store.reads() as c:
        before = evidence.fetch(c, evidence.all_numbers(c))
    chance = random.Random(8)
    seen = 0
    for n in range(TIMES * 3):
        broken = tmp_path / "broken.case"
        for beside in ("-wal", "-shm"):
            Path(f"{broken}{beside}").unlink(missing_ok=True)
        if n % 3 == 0:
            broken.write_bytes(whole[: chance.randrange(1, len(whole))])
        else:
            data = bytearray(whole)
            at = chance.randrange(0, len(data) - 64)
            data[at : at + 64] = chance.randbytes(64)
            broken.write_bytes(bytes(data))
        now = read_whole(broken)
        seen += now is None
        assert now is None or now == before  # else the damage hit nothing that is used
    assert seen >= TIMES


def test_ten_readers_and_a_writer_get_on_with_one_another(case_name: str) -> None:
    Store.create(case_name).close()
    until = time.monotonic() + (60 if TIMES >= 200 else 3)
    wrong: list[str] = []
    read = [0]

    def reader() -> None:
        with Store.open(case_name) as store:
            last = 0
            while time.monotonic() < until:
                with store.reads() as c:
                    one, other = evidence.count(c), len(evidence.all_numbers(c))
                if one != other or one < last:
                    wrong.append(f"saw {one}, {other} after {last}")
                last = one
                read[0] += 1

    def run() -> None:
        try:
            reader()
        except TwosourceError as e:
            wrong.append(str(e))

    threads = [threading.Thread(target=run) for _ in range(10)]
    for t in threads:
        t.start()
    written = 0
    with Store.open(case_name) as store:
        while time.monotonic() < until:
            added = add(store, [Report(f"w{written + k}", f"Word {written + k}.") for k in range(5)])
            written += len(added.new)
    for t in threads:
        t.join()
    assert wrong == []
    assert written
    assert read[0] > 10
    assert len(sound(case_name)) == written


def test_a_server_that_stops_in_the_middle_loses_nothing_acknowledged(postgres: Server) -> None:
    name = postgres.database()
    brought = reports(300)
    named: list[str] = []
    failed: list[CaseError] = []
    with Store.create(name) as store:

        def run() -> None:
            try:
                add(store, brought, batch=2, durable=named.append)
            except CaseError as e:
                failed.append(e)

        thread = threading.Thread(target=run)
        thread.start()
        while len(named) < 20 and thread.is_alive():
            time.sleep(0.01)
        postgres.stop("immediate")
        thread.join()
        postgres.start()
        assert failed
        assert "run the same command again" in str(failed[0])
        assert set(named) <= sound(name)
        add(store, brought)
    assert len(sound(name)) == 300


def test_a_clock_that_goes_back_changes_no_order(case_name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    times = iter(["2030-01-01T00:00:00Z", "2020-01-01T00:00:00Z"])
    monkeypatch.setattr("twosource.store.decisions.now", lambda: next(times))
    with Store.create(case_name) as store:
        with store.writes() as c:
            one = decisions.decide(c, who="ada", kind="note", targets=["a"], value="first")
        with store.writes() as c:
            two = decisions.decide(c, who="ada", kind="undo", targets=[one.id], undoes=one.id)
        with store.reads() as c:
            assert [d.id for d in decisions.history(c)] == [one.id, two.id]
            assert [d.id for d in decisions.in_force(decisions.history(c))] == [two.id]


def test_a_backup_taken_while_others_write_is_whole(tmp_path: Path) -> None:
    from twosource.store.backup import backup

    name = str(tmp_path / "a.case")
    Store.create(name).close()
    stop = threading.Event()

    def run() -> None:
        with Store.open(name) as store:
            for n in range(10_000):
                if stop.is_set():
                    return
                add(store, [Report(f"w{n}", f"Word {n}.")])

    thread = threading.Thread(target=run)
    thread.start()
    try:
        for n in range(3):
            time.sleep(0.2)
            backup(name, tmp_path / f"{n}.case")
    finally:
        stop.set()
        thread.join()
    sizes = [len(sound(str(tmp_path / f"{n}.case"))) for n in range(3)]
    assert sizes == sorted(sizes)
    assert sizes[-1] > 0
    with pytest.raises(UsageError, match="already"):
        backup(name, tmp_path / "0.case")
    shutil.rmtree(tmp_path, ignore_errors=True)
