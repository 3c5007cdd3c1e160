"""What a case survives: two writers, a full disk, a damaged file, a server that goes away, a clock that goes back; see also test_case_kills.

TWOSOURCE_FAULTS=200 asks for six hundred damaged files and a minute of readers; the short form is for every day.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from pathlib import Path

import pytest

from databases import Server, sound
from twosource.case import add
from twosource.errors import CaseDamaged, CaseError, TwosourceError, UsageError
from twosource.model import Report
from twosource.store import Store, decisions, evidence
from twosource.store.soundness import problems

TIMES = int(os.environ.get("TWOSOURCE_FAULTS", "6"))
WORDS = "the ferry struck a pier in fog and nobody knew at first how many were on board that night".split()


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
