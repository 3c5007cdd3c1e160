"""The commands as a user meets them: what they print, refuse, and exit with."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path

import pytest

EXAMPLE = Path(__file__).parents[1] / "examples" / "derailment" / "reports"
REPORT = "A tanker ran aground off Port Alder on Monday, the coast guard said.\n\nNobody was hurt.\n"


def run(*words: str | Path, stdin: str | None = None) -> subprocess.CompletedProcess[str]:
    """The command line in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "twosource", *map(str, words)],
        capture_output=True,
        text=True,
        input=stdin,
        timeout=120,
        check=False,
    )


@pytest.fixture
def good(tmp_path: Path) -> Path:
    path = tmp_path / "good.txt"
    path.write_text(REPORT, encoding="utf-8")
    return path


def test_help_comes_at_once() -> None:
    """Nothing heavy is imported before it is needed; the best of three, since machines are noisy."""
    times = []
    for _ in range(3):
        began = time.perf_counter()
        assert run("--help").returncode == 0
        times.append(time.perf_counter() - began)
    assert min(times) < 0.6
    loaded = subprocess.run(
        [sys.executable, "-c", "import sys, twosource.cli; print(*sys.modules)"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split()
    assert not {"spacy", "numpy", "trafilatura", "lxml", "jinja2", "rich"} & set(loaded)


@pytest.mark.parametrize("command", ["brief", "read", "annotate", "group", "reuse", "check"])
def test_every_command_explains_itself(command: str) -> None:
    shown = run(command, "--help")
    assert shown.returncode == 0
    assert "IN..." in shown.stdout


def test_a_wrong_option_is_wrong_usage() -> None:
    assert run("brief", "--no-such-option").returncode == 2


def test_an_ending_that_says_no_format_is_wrong_usage(good: Path, tmp_path: Path) -> None:
    shown = run("brief", good, "-o", tmp_path / "brief.docx")
    assert shown.returncode == 2
    assert ".html, .json or .md" in shown.stderr


def test_a_missing_path_alone_leaves_nothing_usable(tmp_path: Path) -> None:
    shown = run("brief", tmp_path / "nowhere.txt")
    assert shown.returncode == 1
    assert "nowhere.txt" in shown.stderr
    assert "Traceback" not in shown.stderr


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("empty.txt", b""),
        ("blank.txt", b"  \n\n "),
        ("binary.txt", bytes(range(256)) * 40),
        ("big.txt", b"word " * 14_000_000),
    ],
)
def test_bad_input_is_named_and_the_rest_is_done(good: Path, tmp_path: Path, name: str, data: bytes) -> None:
    bad = tmp_path / name
    bad.write_bytes(data)
    shown = run("read", good, bad)
    assert shown.returncode == 3
    assert len(shown.stdout.splitlines()) == 1
    assert [line for line in shown.stderr.splitlines() if name in line]
    assert "Traceback" not in shown.stderr


def test_a_path_given_twice_is_counted_once(good: Path) -> None:
    shown = run("read", good, good)
    assert len(shown.stdout.splitlines()) == 1
    assert shown.returncode == 3
    assert "good.txt" in shown.stderr


def test_a_folder_is_read_through(good: Path) -> None:
    shown = run("read", good.parent)
    assert shown.returncode == 0
    assert json.loads(shown.stdout)["text"] == REPORT


def test_standard_input_is_a_report() -> None:
    shown = run("read", "-", stdin=REPORT)
    assert shown.returncode == 0
    assert "Port Alder" in json.loads(shown.stdout)["text"]


def test_other_encodings_are_read(tmp_path: Path) -> None:
    path = tmp_path / "old.txt"
    path.write_bytes("The café on the quay was closed, the mayor’s office said.\n".encode("cp1252"))
    assert "café" in json.loads(run("read", path).stdout)["text"]


def test_a_report_with_no_sentence_still_makes_a_brief(tmp_path: Path) -> None:
    path = tmp_path / "odd.txt"
    path.write_text("12 34 --- 56\n", encoding="utf-8")
    shown = run("brief", path, "--format", "json")
    assert shown.returncode in (0, 1, 3)
    assert "Traceback" not in shown.stderr


def test_brief_writes_what_the_ending_says(tmp_path: Path) -> None:
    shown = run("brief", EXAMPLE, "--format", "html,json,md", "-o", tmp_path / "brief.html")
    assert shown.returncode == 0, shown.stderr
    assert (tmp_path / "brief.html").read_text(encoding="utf-8").startswith("<!")
    assert json.loads((tmp_path / "brief.json").read_bytes())["schema"] == "twosource.brief/1"
    assert (tmp_path / "brief.md").read_text(encoding="utf-8").startswith("#")


def test_brief_on_the_terminal_is_plain_when_piped() -> None:
    shown = run("brief", EXAMPLE)
    assert shown.returncode == 0, shown.stderr
    assert "\x1b" not in shown.stdout
    assert "origin" in shown.stdout


def test_as_of_leaves_out_what_came_later(tmp_path: Path) -> None:
    shown = run("brief", EXAMPLE, "--as-of", "2025-03-14", "-o", tmp_path / "brief.json")
    assert shown.returncode == 3
    made = json.loads((tmp_path / "brief.json").read_bytes())
    assert made["made"]["as_of"] == "2025-03-14"
    assert all((r["published"] or "") <= "2025-03-14T99" for i in made["incidents"] for r in i["reports"])
    assert "after the day asked for" in shown.stderr


def test_group_reuse_and_annotate_write_rows() -> None:
    groups = [json.loads(x) for x in run("group", EXAMPLE).stdout.splitlines()]
    assert len(groups) == 6
    assert len({g["incident"] for g in groups}) == 1
    pairs = [json.loads(x) for x in run("reuse", EXAMPLE).stdout.splitlines()]
    assert {"same_text", "revised"} <= {p["relation"] for p in pairs}
    rows = [json.loads(x) for x in run("annotate", EXAMPLE / "1-wire.txt").stdout.splitlines()]
    assert rows[0]["statements"]
    assert rows[0]["times"]


def test_check_says_how_each_report_stands() -> None:
    shown = run(
        "check", "Four people died in the derailment", EXAMPLE / "3-wire-update.txt", EXAMPLE / "5-radio.eml"
    )
    assert shown.returncode == 0, shown.stderr
    assert len(shown.stdout.splitlines()) == 2


def test_a_given_id_is_kept_and_two_texts_under_it_are_refused() -> None:
    lines = "\n".join(
        json.dumps(x) for x in ({"id": "a", "text": REPORT}, {"id": "a", "text": "Another text altogether."})
    )
    shown = run("read", "-", stdin=lines)
    assert [json.loads(x)["id"] for x in shown.stdout.splitlines()] == ["a"]
    assert shown.returncode == 3


def test_originals_are_kept_and_verified(good: Path, tmp_path: Path) -> None:
    folder = tmp_path / "kept"
    assert run("read", good, "--keep", folder, "-o", tmp_path / "out.jsonl").returncode == 0
    assert run("verify", folder).returncode == 0
    original = next(p for p in folder.rglob("*") if p.is_file() and p.read_bytes() == REPORT.encode())
    original.chmod(0o644)
    original.write_text("changed", encoding="utf-8")
    shown = run("verify", folder)
    assert shown.returncode == 1
    assert original.name[:12] in shown.stdout


def test_reading_goes_on_after_a_stop(good: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    other = tmp_path / "other.txt"
    assert run("read", good, other, "-o", out).returncode == 3
    failures = tmp_path / "out.jsonl.failures.jsonl"
    assert [json.loads(x)["input"] for x in failures.read_text(encoding="utf-8").splitlines()] == [str(other)]
    other.write_text(
        "A second tanker ran aground off Port Alder on Tuesday, the coast guard said.", encoding="utf-8"
    )
    assert run("read", good, other, "-o", out, "--resume").returncode == 0
    assert not failures.exists()
    assert [Path(json.loads(x)["original"]).name for x in out.read_text(encoding="utf-8").splitlines()] == [
        "good.txt",
        "other.txt",
    ]
