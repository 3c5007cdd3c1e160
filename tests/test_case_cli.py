"""The case commands as a user meets them."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from twosource.cli import twosource
from twosource.errors import TwosourceError

EXAMPLE = Path(__file__).parents[1] / "examples" / "derailment" / "reports"


def run(*words: str | Path) -> Result:
    """A command, in this process."""
    return CliRunner().invoke(twosource, ["--quiet", "--jobs", "1", "case", *map(str, words)])


def rows(*words: str | Path) -> list[dict[str, Any]]:
    """What a command lists."""
    done = run(*words, "--json")
    assert done.exit_code == 0, done.output
    return [json.loads(line) for line in done.stdout.splitlines()]


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A case of the bundled example."""
    case = tmp_path_factory.mktemp("case") / "example.case"
    assert run("init", case).exit_code == 0
    done = run("add", case, EXAMPLE)
    assert done.exit_code == 0, done.output
    names = [line.removeprefix("added ") for line in done.stdout.splitlines()]
    assert sorted(names) == sorted(r["id"] for r in rows("reports", case))
    return case


def test_what_was_added_is_listed_shown_and_found(kept: Path, tmp_path: Path) -> None:
    (incident,) = rows("incidents", kept)
    assert incident["reports"] == len(rows("reports", kept)) > 2
    for name in ("a.html", "a.json", "a.md"):
        assert run("show", kept, incident["id"], "-o", tmp_path / name).exit_code == 0
    made = json.loads((tmp_path / "a.json").read_text(encoding="utf-8"))["incidents"][0]
    assert made["id"] == incident["id"]
    assert incident["title"] in (tmp_path / "a.html").read_text(encoding="utf-8")
    first = rows("reports", kept)[0]["id"]
    assert json.loads(run("show", kept, first).stdout)["id"] == first
    found = rows("search", kept, "derailed")
    assert {f["noun"] for f in found} >= {"report", "claim"}
    assert all(f["snippet"][s:e].lower().startswith("derail") for f in found for s, e in f["marks"])
    assert "derail" in run("search", kept, "derailed", "--most", "3").stdout


def test_adding_again_names_nothing_and_changes_no_byte(kept: Path) -> None:
    before = kept.read_bytes()
    done = run("add", kept, EXAMPLE)
    assert (done.exit_code, done.stdout) == (0, "")
    assert "0 new" in done.stderr
    assert kept.read_bytes() == before


def test_decisions_are_listed_and_taken_back(kept: Path) -> None:
    (incident,) = rows("incidents", kept)
    one = rows("reports", kept)[0]["id"]
    said = run("decide", kept, "split", one, "--who", "ada", "--why", "about another train").stdout
    assert len(rows("incidents", kept)) == 2
    run("decide", kept, "--undo", said.removeprefix("decided ").strip(), "--who", "bo")
    assert [i["id"] for i in rows("incidents", kept)] == [incident["id"]]
    log = rows("history", kept)
    assert [(d["kind"], d["who"], d["holds"]) for d in log] == [("split", "ada", False), ("undo", "bo", True)]
    assert {r["kind"] for r in rows("review", kept)} <= {"withhold?"}


def test_a_case_is_checked_backed_up_and_a_report_forgotten(kept: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.case"
    assert run("backup", kept, copy).exit_code == 0
    assert run("verify", copy).exit_code == 0
    gone = rows("reports", copy)[0]["id"]
    assert run("forget", copy, gone, "--why", "asked by the family").exit_code == 0
    assert gone not in {r["id"] for r in rows("reports", copy)}
    assert gone in {r["id"] for r in rows("reports", kept)}
    assert run("doctor", copy, "--mend").exit_code == 0


def test_what_is_refused_is_named_and_the_rest_goes_on(tmp_path: Path) -> None:
    case = tmp_path / "a.case"
    run("init", case)
    good, empty = tmp_path / "good.txt", tmp_path / "empty.txt"
    good.write_text("A tanker ran aground off Port Alder on Monday, the coast guard said.")
    empty.write_text("")
    done = run("add", case, "--no-analysis", good, empty, tmp_path / "nowhere.txt")
    assert done.exit_code == 3
    assert done.stderr.count("refused: ") == 2
    assert len(rows("reports", case)) == 1
    assert rows("incidents", case) == []
    assert run("add", case).exit_code == 0
    assert len(rows("incidents", case)) == 1


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (["incidents", "nowhere.case"], "there is no case"),
        (["init", "."], "is there already"),
        (["init", "no/such/folder/a.case"], "there is no folder"),
        (["reports", str(EXAMPLE)], "is not a file"),
        (["reports", __file__], "is not a case"),
        (["decide", "nowhere.case"], "decide needs a kind"),
        (["watch", "nowhere.case", "nowhere.opml"], "cannot be read"),
    ],
)
def test_what_cannot_be_done_is_said_in_one_line_with_what_to_do(words: list[str], why: str) -> None:
    done = run(*words)
    assert isinstance(done.exception, TwosourceError)
    assert why in str(done.exception)


def test_errors_are_one_line_and_an_exit_code() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "twosource", "case", "incidents", "nowhere.case"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert done.stderr.startswith("twosource: there is no case nowhere.case")
    assert done.stderr.count("\n") == 1
