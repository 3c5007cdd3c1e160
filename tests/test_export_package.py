"""A package: a bag that other programs accept, that a person can read without this one, and the same for the same case."""

from __future__ import annotations

import hashlib
import json
import os
import re
import subprocess
import sys
import textwrap
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import bagit
import jsonschema
import pytest
from click.testing import CliRunner, Result
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from databases import settled
from test_case_redaction import REPORTS as WITHHELD
from test_case_settle import REPORTS
from twosource.case import add
from twosource.case.deciding import decide
from twosource.case.forgetting import forget
from twosource.case.packing import pack
from twosource.cli import twosource
from twosource.errors import UsageError
from twosource.model import Report
from twosource.store import Store

ROOT = Path(__file__).parents[1]


def run(*words: str | Path) -> Result:
    return CliRunner().invoke(twosource, ["--quiet", *map(str, words)])


def refused(done: Result) -> str:
    """What is said to whoever put the command wrongly."""
    assert isinstance(done.exception, UsageError), done.output
    return str(done.exception)


def rows(package: Path, name: str) -> list[Any]:
    """The records of a file."""
    with (package / "data" / name).open("rb") as f:
        return [json.loads(line) for line in f]


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Two incidents, a report that is forgotten, and three decisions."""
    name = str(tmp_path_factory.mktemp("case") / "a.case")
    with settled(name, REPORTS[1:]) as store:
        decide(store, "tag", ["f2"], who="ada", value="coast guard")
        decide(store, "note", ["f3"], who="bo", value="ask Lindt “again”\nand again", why="she was on board")
        forget(store, "m3", who="ada", why="not ours")
    assert run("case", "add", name).exit_code == 0
    return name


@pytest.fixture
def package(case: str, tmp_path: Path) -> Path:
    out = tmp_path / "package"
    done = run("case", "export", case, "--format", "package", "-o", out)
    assert done.exit_code == 0, done.output
    assert "4 reports, 2 decisions, 2 accounts, 0 kept originals" in done.output
    return out


def test_other_programs_accept_the_bag(package: Path) -> None:
    bag = bagit.Bag(str(package))
    assert bag.validate()
    assert bag.version_info == (1, 0)
    assert bag.info["Twosource-Package"] == "1"


def test_it_holds_all_of_the_case(package: Path) -> None:
    held = {r.id: r for r in REPORTS}
    for row in rows(package, "reports.jsonl"):
        assert Report(**row) == held[row["id"]]
    assert [r["id"] for r in rows(package, "reports.jsonl")] == ["f2", "f3", "m1", "m2"]
    assert [r["report"] for r in rows(package, "custody.jsonl")] == ["f2", "f3", "m1", "m2"]
    assert [(r["id"], r["who"], r["why"]) for r in rows(package, "forgotten.jsonl")] == [("m3", "ada", "not ours")]  # fmt: skip
    assert [(r["kind"], r["value"]) for r in rows(package, "decisions.jsonl")] == [("tag", "coast guard"), ("note", "ask Lindt “again”\nand again")]  # fmt: skip
    schema = json.loads((ROOT / "docs" / "brief.schema.json").read_text(encoding="utf-8"))
    for row in rows(package, "accounts.jsonl"):
        jsonschema.validate(row, schema)


def test_its_metadata_name_every_file(package: Path) -> None:
    """RO-Crate 1.1: what a crate must say of itself, and every file that it names is there."""
    graph = {
        e["@id"]: e for e in json.loads((package / "data/ro-crate-metadata.json").read_bytes())["@graph"]
    }
    about = graph["ro-crate-metadata.json"]
    assert (about["conformsTo"], about["about"]) == (
        {"@id": "https://w3id.org/ro/crate/1.1"},
        {"@id": "./"},
    )
    root = graph["./"]
    assert {"name", "description", "datePublished", "license"} <= set(root)
    parts = {p["@id"] for p in root["hasPart"]}
    there = {p.name: p.stat().st_size for p in (package / "data").iterdir() if p.name != about["@id"]}
    assert parts == set(there)
    assert all(graph[name]["contentSize"] == str(size) for name, size in there.items())
    named = re.findall(r'"@id": "([^"]+)"', json.dumps(graph))
    assert [n for n in named if n not in graph and not n.startswith("https://w3id.org/ro/crate/")] == []


def test_a_validator_of_crates_finds_nothing_that_must_be_otherwise(package: Path, tmp_path: Path) -> None:
    """It should have an author and a publisher, too: whose a case is, nobody has said."""
    folder = Path(os.environ.get("TWOSOURCE_ROCRATE", ROOT / ".venv" / "rocrate"))
    if not (folder / "bin" / "python").exists():
        pytest.skip(f"roc-validator is not in {folder}: make test installs it")
    kept = ROOT / "tests" / "rocrate_kept.py"
    asked = [folder / "bin" / "python", kept, package / "data", tmp_path / "cache"]
    done = subprocess.run([str(a) for a in asked], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert found["checks"] > 50
    assert [(severity, name) for severity, name, _ in found["issues"]] == [
        ("RECOMMENDED", "ro-crate-1.1_22.2"),
        ("RECOMMENDED", "ro-crate-1.1_22.3"),
    ]


def test_what_the_readme_says_to_do_works(package: Path) -> None:
    """The programs in it need nothing but Python."""
    text = (package / "README.txt").read_text(encoding="utf-8")
    texts, chain = (textwrap.dedent(found) for found in re.findall(r"\n\n((?:    (?!twosource).*\n)+)", text) if "json.loads" in found)  # fmt: skip
    for program in (texts, chain):
        done = subprocess.run([sys.executable, "-I", "-c", program], cwd=package, capture_output=True, text=True, check=True)  # fmt: skip
    assert done.stdout == "the chain is whole\n"
    assert (package / "report-0.txt").read_text(encoding="utf-8") == REPORTS[1].text
    checked = subprocess.run(["sha256sum", "-c", "manifest-sha256.txt"], cwd=package, capture_output=True, text=True, check=True)  # fmt: skip
    assert checked.stdout.count(": OK") == 8
    assert "$" not in text


def test_the_chain_in_the_readme_sees_a_change(package: Path) -> None:
    path = package / "data" / "decisions.jsonl"
    path.write_text(path.read_text(encoding="utf-8").replace("coast guard", "coastguard"), encoding="utf-8")
    text = (package / "README.txt").read_text(encoding="utf-8")
    program = textwrap.dedent(re.findall(r"(    import hashlib.*?)\n\n", text, re.DOTALL)[0])
    done = subprocess.run([sys.executable, "-I", "-c", program], cwd=package, capture_output=True, text=True, check=False)  # fmt: skip
    assert "AssertionError" in done.stderr


def test_the_same_case_gives_the_same_bytes(case: str, package: Path, tmp_path: Path) -> None:
    def everything(folder: Path) -> dict[str, bytes]:
        return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}

    with Store.open(case) as store:
        for name in ("again", "a.zip", "b.ZIP"):
            pack(store, tmp_path / name, whole=True)
    assert everything(tmp_path / "again") == everything(package)
    assert (tmp_path / "a.zip").read_bytes() == (tmp_path / "b.ZIP").read_bytes()
    with zipfile.ZipFile(tmp_path / "a.zip") as archive:
        archive.extractall(tmp_path / "unzipped")
    assert everything(tmp_path / "unzipped" / "case") == everything(package)


def test_nothing_is_replaced_and_nothing_half_made_is_left(case: str, tmp_path: Path) -> None:
    for name in ("there", "there.zip"):
        (tmp_path / name).write_text("mine")
        done = run("case", "export", case, "--format", "package", "-o", tmp_path / name)
        assert "is there already" in refused(done)
        assert (tmp_path / name).read_text() == "mine"

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    with Store.open(case) as store:
        for name in ("a", "a.zip"):
            with pytest.raises(KeyboardInterrupt):
                pack(store, tmp_path / name, whole=True, progress=stop)
    assert sorted(p.name for p in tmp_path.iterdir()) == ["there", "there.zip"]


@pytest.mark.parametrize("decided", [("redact", (), "Lena Ost"), ("confidential", ("r3",), None)])
def test_what_must_not_be_shown_goes_in_only_when_that_is_said(
    tmp_path: Path, decided: tuple[str, tuple[str, ...], str | None]
) -> None:
    case, (kind, ids, value) = tmp_path / "a.case", decided
    with Store.create(str(case)) as store:
        add(store, WITHHELD)
        made = decide(store, kind, ids, who="Mia", value=value)
    command = ("case", "export", case, "--format", "package", "-o", tmp_path / "p.zip")
    assert "--whole" in refused(run(*command))
    assert not (tmp_path / "p.zip").exists()
    done = run(*command, "--whole")
    assert done.exit_code == 0, done.output
    assert "reports that wait to be analysed: 3" in done.output
    with zipfile.ZipFile(tmp_path / "p.zip") as archive:
        assert b"Lena Ost" in archive.read("case/data/reports.jsonl")
        assert b"MAY HOLD WHAT MUST NOT BE SHOWN" in archive.read("case/README.txt")
    with Store.open(str(case)) as store:
        decide(store, "", [], who="Mia", undo=made.id)
        pack(store, tmp_path / "free", whole=False)  # nothing is withheld any more


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--format", "bag", "-o", "p"), "package, not 'bag'"),
        (("--format", "package"), "name it with -o"),
        (("--format", "package", "-o", "-"), "name it with -o"),
        (("--format", "package", "-o", "p", "--incident", "i1"), "the whole case"),
        (("--format", "csv", "-o", "p", "--whole"), "--whole is for packages"),
        (("--format", "package", "-o", "no/where"), "cannot write"),
        (("--format", "package", "-o", "no/where.zip"), "cannot write"),
    ],
)
def test_what_makes_no_package_is_said(
    case: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...], said: str
) -> None:
    monkeypatch.chdir(tmp_path)
    assert said in refused(run("case", "export", case, *words))
    assert list(tmp_path.iterdir()) == []


def test_kept_originals_go_along_and_lost_ones_are_said(tmp_path: Path) -> None:
    case, kept = tmp_path / "a.case", tmp_path / "kept"
    for n, r in enumerate(REPORTS[:3]):
        (tmp_path / f"{n}.txt").write_bytes(r.text.replace(" ", "\r\n", 1).encode())
    run("case", "init", case)
    files = sorted(tmp_path.glob("*.txt"))
    assert run("case", "add", case, *files[:2], "--keep", kept, "--no-analysis").exit_code == 0
    assert run("case", "add", case, files[2], "--no-analysis").exit_code == 0
    (lost,) = (kept / "originals").rglob(hashlib.sha256(files[1].read_bytes()).hexdigest())
    lost.chmod(0o600)
    lost.write_text("something else")
    done = run("case", "export", case, "--format", "package", "-o", tmp_path / "p")
    assert done.exit_code == 0, done.output
    assert "1 kept originals\n" in done.output
    assert "gone or were changed, and are not in it: 1;" in done.output
    assert bagit.Bag(str(tmp_path / "p")).validate()
    places = {r["original"]: r["original_file"] for r in rows(tmp_path / "p", "custody.jsonl")}
    assert places[str(files[1])] is places[str(files[2])] is None
    assert (tmp_path / "p" / "data" / str(places[str(files[0])])).read_bytes() == files[0].read_bytes()


TEXTS = st.text(st.characters(exclude_categories=[]), max_size=40)  # halves of characters and NULs too


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(texts=st.lists(TEXTS, min_size=1, max_size=4), title=st.none() | TEXTS)
def test_whatever_a_report_holds_comes_out_as_it_came_in(
    tmp_path: Path, texts: list[str], title: str | None
) -> None:
    brought = [Report(f"r{n}", text, title=title, url=title) for n, text in enumerate(texts)]
    case, out = tmp_path / "a.case", tmp_path / f"p{len(list(tmp_path.iterdir()))}"
    case.unlink(missing_ok=True)
    with Store.create(str(case)) as store:
        added = add(store, brought)
        pack(store, out, whole=True)
    assert [Report(**row) for row in rows(out, "reports.jsonl")] == [r for r in brought if r.id in added.new]


def test_an_empty_case_is_a_package_too(tmp_path: Path) -> None:
    with Store.create(str(tmp_path / "a.case")) as store:
        pack(store, tmp_path / "p", whole=False)
    assert bagit.Bag(str(tmp_path / "p")).validate()


def test_a_brief_is_no_package(tmp_path: Path) -> None:
    reports = ROOT / "examples" / "derailment" / "reports"
    assert "not 'package'" in refused(run("brief", reports, "--format", "package", "-o", tmp_path / "p"))
