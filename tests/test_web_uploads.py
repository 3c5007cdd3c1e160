"""What people bring: read in a process that can be ended, called by its own name, taken in once."""

from __future__ import annotations

import contextlib
import io
import os
import shutil
import time
import zipfile
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from twosource.settings import Settings
from twosource.store import Store
from twosource.web.changing import _called, _ending
from twosource.web.rules import Rules
from twosource.web.workers import TaskFailed, Worker
from workbenches import EXAMPLE, at_work, token

TEXT = "PORT VESSEN, May 3, 2024 — A pier at Port Vessen sank on Friday, the harbour master said. Nobody was hurt."


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """A workbench of a case that was empty, with small limits; each test brings texts of its own."""
    path = tmp_path_factory.mktemp("fresh") / "fresh.case"
    Store.create(str(path)).close()
    with at_work(path, Rules(files=3, file_bytes=50_000, jobs=2)) as client:
        yield client


def finished(client: TestClient, where: str) -> dict[str, Any]:
    """The job, once it is over."""
    name = where.rpartition("/")[2]
    for _ in range(900):
        row: dict[str, Any] = client.get(f"/api/v1/jobs/{name}").json()
        if row["stage"] in ("done", "failed"):
            return row
        time.sleep(0.1)
    raise AssertionError(row)


def bring(client: TestClient, *files: tuple[str, bytes]) -> Any:
    said = [("files", (name, data, "application/octet-stream")) for name, data in files]
    return client.post("/add", data={"token": token(client)}, files=said)


def test_files_are_read_under_their_own_names_and_taken_in_once(fresh: TestClient) -> None:
    before = set(Path("/tmp").glob("twosource-upload-*"))
    files = [
        ("../../etc/cron.d/x.txt", TEXT.encode()),
        ("a<script>.html", b"<html><body><p>" + TEXT.encode() + b" It was built in 1911.</p></body></html>"),
    ]
    answer = bring(fresh, *files, ("broken.pdf", b"%PDF-1.4 nothing"))
    assert answer.status_code == 303
    row = finished(fresh, answer.headers["location"])
    assert row["stage"] == "done"
    assert len(row["new"]) == 2
    assert [r["input"] for r in row["refused"]] == ["broken.pdf"]
    held = [fresh.get("/api/v1/report", params={"id": r}).json()["original"] for r in row["new"]]
    assert sorted(held) == ["a<script>.html", "x.txt"]
    page = fresh.get(answer.headers["location"])
    assert "a&lt;script&gt;" in page.text
    again = finished(fresh, bring(fresh, files[0]).headers["location"])
    assert (again["new"], again["known"]) == ([], 1)
    assert set(Path("/tmp").glob("twosource-upload-*")) <= before


def test_too_many_too_large_or_nothing_is_refused(fresh: TestClient) -> None:
    assert bring(fresh, *((f"{n}.txt", b"x") for n in range(4))).status_code == 400
    assert "larger than" in bring(fresh, ("a.txt", b"x" * 50_001)).text
    assert fresh.post("/add", data={"token": token(fresh)}).status_code == 400
    for address in ("file:///etc/passwd", "ftp://x", "javascript:alert(1)", "//x", "http:/x y", "-"):
        assert fresh.post("/add", data={"token": token(fresh), "addresses": address}).status_code == 400
    many = "\n".join(f"http://h{n}.example/" for n in range(4))
    assert fresh.post("/add", data={"token": token(fresh), "addresses": many}).status_code == 400


@pytest.mark.parametrize(
    "addresses",
    [
        ("http://127.0.0.1:1/x", "http://localhost/", "http://169.254.169.254/latest"),
        ("http://[::1]/", "http://10.0.0.1/", "http://0x7f000001/"),
    ],
)
def test_addresses_pass_the_guard(fresh: TestClient, addresses: tuple[str, ...]) -> None:
    """What lies on a private network is not fetched for anybody."""
    answer = fresh.post("/add", data={"token": token(fresh), "addresses": "\n".join(addresses)})
    row = finished(fresh, answer.headers["location"])
    assert row["new"] == []
    assert len(row["refused"]) == len(addresses)


def test_a_zip_that_leads_out_of_its_folder_writes_nothing_there(fresh: TestClient) -> None:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as z:
        z.writestr("../../../../tmp/twosource-owned.txt", TEXT + " It was of wood.")
        z.writestr("/etc/twosource-owned.txt", TEXT + " It was of wood. More.")
    finished(fresh, bring(fresh, ("a.zip", data.getvalue())).headers["location"])
    assert not Path("/tmp/twosource-owned.txt").exists()
    assert not Path("/etc/twosource-owned.txt").exists()


def test_a_text_is_taken_in(fresh: TestClient) -> None:
    said = {
        "token": token(fresh),
        "title": "Pier sinks",
        "outlet": "Vessen Post",
        "published": "2024-05-03",
        "text": TEXT + " It was of iron.",
    }
    row = finished(fresh, fresh.post("/add", data=said).headers["location"])
    held = fresh.get("/api/v1/report", params={"id": row["new"][0]}).json()
    assert (held["title"], held["outlet"], held["published"], held["text"]) == (
        "Pier sinks",
        "Vessen Post",
        "2024-05-03",
        said["text"],
    )


def read_task(folder: Path) -> dict[str, Any]:
    path = folder / "0000.html"
    shutil.copy(next(EXAMPLE.glob("*.html"), next(EXAMPLE.iterdir())), path)
    return {"do": "read", "files": [[str(path), "a.html"]], "addresses": [], "out": str(folder / "out.jsonl")}


def test_reading_that_needs_too_much_memory_is_refused_and_the_server_goes_on(tmp_path: Path) -> None:
    task = read_task(tmp_path)
    Path(task["files"][0][0]).write_text("<p>" + TEXT * 100_000, encoding="utf-8")
    worker = Worker(Settings(), memory=60_000_000, seconds=20)
    with contextlib.suppress(TaskFailed):  # ended, or it could refuse the file itself
        assert worker.do(task, 60)["reports"] == 0
    worker.close()


def test_reading_that_takes_too_long_is_ended(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    task = {
        "do": "read",
        "files": [[str(tmp_path / "pipe.txt"), "a"]],
        "addresses": [],
        "out": str(tmp_path / "o"),
    }
    worker = Worker(Settings(), memory=2_000_000_000, seconds=20)
    started = time.monotonic()
    with pytest.raises(TaskFailed, match="longer than"):
        worker.do(task, 6)
    assert time.monotonic() - started < 12
    assert worker._process is None
    assert worker.do(read_task(tmp_path), 60)["reports"] == 1  # a new process
    worker.close()


@pytest.mark.parametrize(
    ("name", "ending", "called"),
    [
        ("a.txt", ".txt", "a.txt"),
        ("C:\\x\\a.PDF", ".pdf", "a.PDF"),
        ("../../a", "", "a"),
        ("a.tar.gz", ".tar.gz", "a.tar.gz"),
        ("a.t/../x", "", "x"),
        ("\u202egnp.exe", ".exe", "\ufffdgnp.exe"),
        ("", "", "a file"),
        ("x." + "y" * 300, "", ("x." + "y" * 300)[:200]),
    ],
)
def test_a_files_name_is_only_what_it_is_called(name: str, ending: str, called: str) -> None:
    assert (_ending(name), _called(name)) == (ending, called)
