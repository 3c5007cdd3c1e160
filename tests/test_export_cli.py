"""The commands that export: what they ask for, what they refuse, and what never leaves."""

from __future__ import annotations

import json
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner, Result

from exporting import awkward, example
from test_case_redaction import HIDDEN, REPORTS
from test_case_settle import SETTINGS
from twosource import pipeline
from twosource.case import add, settle
from twosource.case.deciding import decide
from twosource.cli import twosource
from twosource.export import ENDINGS, FOLDERS, NAMES, write
from twosource.model import Brief, Report
from twosource.store import Store


def run(*words: str | Path) -> Result:
    return CliRunner().invoke(twosource, ["--quiet", *map(str, words)])


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Reports of one accident, one of them confidential, and one report that is confidential and alone."""
    path = tmp_path_factory.mktemp("case") / "a.case"
    alone = Report("quay", "A crane fell into the Norrvik harbour basin on Sunday, the harbour master Olle Brandt said.", published="2024-05-05")  # fmt: skip
    with Store.create(str(path)) as store:
        add(store, [*REPORTS, alone])
        settle(store, SETTINGS)
        decide(store, "redact", (), who="Mia", value="Lena Ost")
        decide(store, "confidential", ("r3", "quay"), who="Mia")
        settle(store, SETTINGS)
    return path


def everything(out: Path) -> str:
    """All that an export wrote, as text."""
    files = sorted(out.iterdir()) if out.is_dir() else [out]
    return "\n".join(
        json.dumps(pq.read_table(f).to_pylist(), ensure_ascii=False)
        if f.suffix == ".parquet"
        else f.read_text(encoding="utf-8")
        for f in files
    )


@pytest.mark.parametrize("name", NAMES)
def test_nothing_withheld_and_nothing_confidential_leaves_a_case(
    case: Path, tmp_path: Path, name: str
) -> None:
    out = tmp_path / name
    done = run("case", "export", case, "--format", name, "-o", out)
    assert done.exit_code == 0, done.output
    assert "confidential and left out: 2 reports, with them 1 incidents as a whole" in done.output
    text = everything(out).lower()
    assert [n for n in HIDDEN if n in text] == []
    assert "prosecutor" not in text
    assert "brandt" not in text
    assert "hallby" in text or name == "passim"  # no two of them share a text


@pytest.mark.parametrize("name", NAMES)
def test_the_same_account_gives_the_same_bytes(tmp_path: Path, name: str) -> None:
    for out in ("a", "b"):
        write(name, iter([example(), awkward()]), tmp_path / out)
    assert everything(tmp_path / "a") == everything(tmp_path / "b") != ""


@pytest.mark.parametrize("name", NAMES)
def test_no_account_is_an_empty_export(tmp_path: Path, name: str) -> None:
    write(name, [], tmp_path / "none")
    assert (tmp_path / "none").exists()


def test_one_incident_can_be_asked_for(case: Path, tmp_path: Path) -> None:
    (i,) = {
        f["properties"]["incident"]
        for f in json.loads(run("case", "export", case, "--format", "geojson").stdout)["features"]
    }
    assert (
        run("case", "export", case, "--format", "csv", "--incident", i, "-o", tmp_path / "t").exit_code == 0
    )
    assert i in (tmp_path / "t" / "incidents.csv").read_text(encoding="utf-8")
    done = run("case", "export", case, "--format", "geojson", "--incident", "i000")
    assert "there is no incident 'i000'" in str(done.exception)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--format", "xlsx"], "--format knows"),
        (["--format", "csv"], "-o FOLDER"),
        (["--format", "geojson", "--raw"], "--raw is for csv and tsv"),
    ],
)
def test_what_cannot_be_written_is_refused_before_the_work(case: Path, words: list[str], told: str) -> None:
    assert told in str(run("case", "export", case, *words).exception)
    assert told in str(run("brief", "nowhere.txt", *words).exception)


def test_a_brief_is_written_in_several_formats_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pipeline, "brief_of", lambda *_, **__: Brief((example(),)))
    names = [n for n in NAMES if n not in FOLDERS]
    done = run("brief", "x", "--format", ",".join(["json", "csv", *names]), "-o", tmp_path / "b.json")
    assert done.exit_code == 0, done.output
    assert {p.name for p in tmp_path.iterdir()} == {"b.json", "b-csv", *(f"b{ENDINGS[n]}" for n in names)}


@pytest.mark.parametrize("name", ENDINGS)
def test_the_ending_says_the_format(tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pipeline, "brief_of", lambda *_, **__: Brief((example(),)))
    out = tmp_path / f"b{ENDINGS[name]}"
    assert run("brief", "x", "-o", out).exit_code == 0
    assert out.read_bytes() == run("brief", "x", "--format", name).stdout_bytes
