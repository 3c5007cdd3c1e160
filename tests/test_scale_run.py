"""A whole run: the same answer as `brief`, from any place where an earlier one was stopped."""

from __future__ import annotations

import fcntl
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

import archives
from twosource.brief import document
from twosource.errors import TwosourceError, UsageError
from twosource.pipeline import brief_of
from twosource.scale import running
from twosource.scale.engine import WorkFailed
from twosource.scale.running import Wanted, run
from twosource.scale.stages import Done, Stage
from twosource.settings import Settings

TEXT = archives.WIRE.format(n=3)
FEW = [
    {"id": f"w{n}", "text": TEXT, "outlet": archives.OUTLETS[n], "published": f"2025-03-{9 + n:02}"}
    for n in range(3)
] + [{"id": "q", "text": "Nora Quill won the race at Wexcombe, the Wexcombe Post said on Sunday."}]
ONE = Settings(scale_parts=2)


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """A small archive and a file that cannot be read."""
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "few.jsonl").write_text("".join(json.dumps(r) + "\n" for r in FEW))
    (folder / "torn.pdf").write_bytes(b"%PDF-1.4 torn")
    return folder


def expected(source: Path) -> Any:
    return json.loads(json.dumps(document(brief_of([str(source)], Settings()))))


def program(*arguments: object) -> subprocess.Popen[str]:
    """The command line in a process of its own."""
    words = [sys.executable, "-m", "twosource", "--jobs", "1", "scale", "run", *map(str, arguments)]
    return subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def test_a_run_says_what_brief_says_and_a_second_one_does_nothing_again(tmp_path: Path, source: Path) -> None:
    out = tmp_path / "out"
    whole = expected(source)
    (wire,) = (i["id"] for i in whole["incidents"] if len(i["reports"]) == 3)
    first = run(Wanted((str(source),), out, largest=1, briefs=(wire,)), ONE)
    assert archives.accounts_in(out) == whole["incidents"]
    assert [r.reason for r in first.first_refused] == [r["reason"] for r in whole["refused"]]
    assert first.briefs == (wire,)
    brief = json.loads((out / "briefs" / f"{wire}.json").read_text())
    assert brief["incidents"] == whole["incidents"][:1]
    assert brief["refused"] == whole["refused"]
    assert wire in (out / "briefs" / f"{wire}.html").read_text()
    told = json.loads((out / "report.json").read_text())
    assert (told["read"], told["refused"], told["copied"], told["new"], told["incidents"]) == (4, 1, 2, 2, 2)
    before = {p: p.stat().st_mtime_ns for p in (out / "work").rglob("*.parquet")}
    second = run(Wanted((str(source),), out), ONE)
    assert [d.name for d in second.stages] == [d.name for d in first.stages]
    assert all(d.again for d in second.stages)
    assert {p: p.stat().st_mtime_ns for p in (out / "work").rglob("*.parquet")} == before


def test_a_new_report_changes_the_answer(tmp_path: Path, source: Path) -> None:
    out = tmp_path / "out"
    run(Wanted((str(source),), out), ONE)
    (source / "more.jsonl").write_text(
        json.dumps({"id": "w9", "text": TEXT + "\n\nDivers found a rope."}) + "\n"
    )
    again = run(Wanted((str(source),), out), ONE)
    assert not any(d.again for d in again.stages)
    assert archives.accounts_in(out) == expected(source)["incidents"]
    assert sum(len(i["reports"]) for i in archives.accounts_in(out)) == 5


@pytest.mark.parametrize("ending", [signal.SIGKILL, signal.SIGINT])
def test_what_was_stopped_goes_on_where_it_ended(
    tmp_path: Path, source: Path, ending: signal.Signals
) -> None:
    """Killed once a part is annotated: that part is not annotated again, and the answer is the same."""
    out = tmp_path / "out"
    with program(source, "--out", out) as first:
        while (
            not (made := list((out / "work").glob(".annotations.*.part/*.parquet"))) and first.poll() is None
        ):
            time.sleep(0.01)
        first.send_signal(ending)
        _, said = first.communicate()
    if ending is signal.SIGINT:
        assert (first.returncode, "stopped" in said, "Traceback" in said) == (130, True, False)
    kept = {p.name: p.stat().st_mtime_ns for p in made if p.exists()}
    run(Wanted((str(source),), out), ONE)
    found = {p.name: p.stat().st_mtime_ns for p in (out / "work" / "annotations").glob("*.parquet")}
    assert kept.items() <= found.items()
    assert archives.accounts_in(out) == expected(source)["incidents"]
    assert not list((out / "work").glob(".*.part"))


def test_a_folder_that_is_not_ours_is_left_alone(tmp_path: Path, source: Path) -> None:
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters" / "dear.txt").write_text("Dear Ida")
    with pytest.raises(UsageError, match="was not made by"):
        run(Wanted((str(source),), tmp_path / "letters"), ONE)
    assert [p.name for p in (tmp_path / "letters").iterdir()] == ["dear.txt"]
    with pytest.raises(UsageError, match="cannot write"):
        run(Wanted((str(source),), tmp_path / "letters" / "dear.txt"), ONE)


def test_two_runs_do_not_work_in_one_folder(tmp_path: Path, source: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    with (out / running.OURS).open("a") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        with pytest.raises(UsageError, match="another run works in"):
            run(Wanted((str(source),), out), ONE)


def test_an_incident_that_is_not_there_is_named(tmp_path: Path, source: Path) -> None:
    with pytest.raises(UsageError, match="no incident i000"):
        run(Wanted((str(source),), tmp_path / "out", briefs=("i000",)), ONE)
    assert (tmp_path / "out" / "tables" / "incidents").is_dir()  # all else is done


def test_no_room_says_what_to_do(tmp_path: Path, source: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> int:
        raise WorkFailed(f"OSError: [Errno 28] {os.strerror(28)}\nTraceback …")

    monkeypatch.setattr(running, "stages", lambda *_: [Stage("reports", full)])
    with pytest.raises(TwosourceError, match="make room and run the same command again"):
        run(Wanted((str(source),), tmp_path / "out"), ONE)


@pytest.mark.parametrize("address", ["127.0.0.1:1", "nowhere", "host.invalid:6379", "127.0.0.1:99999"])
def test_an_address_where_nobody_answers_is_named_at_once(tmp_path: Path, source: Path, address: str) -> None:
    began = time.monotonic()
    with pytest.raises(UsageError, match="ray"):
        run(Wanted((str(source),), tmp_path / "out", address=address), ONE)
    assert time.monotonic() - began < 2 * running.ANSWERS_WITHIN
    assert not (tmp_path / "out").exists()


def test_what_a_run_says_of_itself_fits_a_terminal() -> None:
    told = running.Told(
        ("a",),
        None,
        2,
        {},
        "m",
        12_000,
        1,
        (),
        5_000,
        7_000,
        90,
        40,
        (),
        (Done("reports", "k", 12_000, 3.0, 512), Done("copies", "k", 9, 0.0, 1, True)),
    )
    lines = list(told.lines())
    assert lines[0] == "12,000 reports read, 1 inputs refused; 5,000 reports copy another, 7,000 are new text"
    assert lines[3].split() == ["reports", "12,000", "3.0", "4,000", "512"]
    assert lines[4].endswith("finished before")
