"""A case keeps lists of outlets' owners as it keeps decisions: who brought which, taken back, packed, restored, held against."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from databases import settled
from test_case_settle import REPORTS, SETTINGS, standing
from twosource.case import settle
from twosource.case.deciding import decide
from twosource.case.owning import bring, ownership, remove, rows
from twosource.case.packing import pack
from twosource.case.restoring import restore
from twosource.case.verifying import replayed
from twosource.cli import twosource
from twosource.errors import CaseDamaged, UsageError
from twosource.store import Store, carried
from twosource.store.carried import Decided
from twosource.store.decisions import history, in_force
from twosource.store.soundness import problems

LIST = "outlet,owner\nThe f1 Post,Coast Media\nf2 Post,Coast Media\n"


@pytest.fixture
def store(case_name: str) -> Iterator[Store]:
    with settled(case_name, REPORTS) as opened:
        yield opened


@pytest.fixture
def owners(tmp_path: Path) -> Path:
    path = tmp_path / "owners.csv"
    path.write_text(LIST, encoding="utf-8")
    return path


def of_the_ferry(store: Store) -> dict[str, str]:
    """The owners that the account of the ferry shows, by report."""
    account = next(s[5] for s in standing(store) if "f1" in s[4])
    return {r["id"]: r["owner"]["name"] for r in account["reports"] if "owner" in r}


def test_a_list_is_followed_and_can_be_taken_back(store: Store, owners: Path) -> None:
    before = standing(store)
    done = bring(store, owners, who="ada", why="the company register")
    assert (done.outlets, done.owners, done.reports) == (2, 1, 2)
    assert settle(store, SETTINGS) == [next(s[0] for s in before if "f1" in s[4])]
    assert of_the_ferry(store) == {"f1": "Coast Media", "f2": "Coast Media"}
    market = next(s for s in before if "m1" in s[4])
    assert market in standing(store)  # byte for byte what it was
    assert replayed(store, SETTINGS) == []
    assert bring(store, owners, who="bo").decision is None
    assert [(r["outlet"], r["group"], r["who"]) for r in rows(store)] == [("The f1 Post", "Coast Media", "ada"), ("f2 Post", "Coast Media", "ada")]  # fmt: skip
    remove(store, "owners.csv", who="bo")
    settle(store, SETTINGS)
    assert standing(store) == before
    with pytest.raises(UsageError, match="the case has none"):
        remove(store, "owners.csv", who="bo")


def test_a_new_list_of_that_name_takes_the_place_of_the_old(store: Store, owners: Path) -> None:
    bring(store, owners, who="ada")
    owners.write_text("outlet,owner\nThe f1 Post,Inland Media\nThe m1 Post,Inland Media\n", encoding="utf-8")
    bring(store, owners, who="ada")
    settle(store, SETTINGS)
    assert of_the_ferry(store) == {"f1": "Inland Media"}
    with store.reads() as c:
        log = history(c)
    assert [d.kind for d in log] == ["owners", "undo", "owners"]
    assert [d.said for d in in_force(log) if d.kind == "owners"] == ["2 outlets"]


def test_a_list_that_contradicts_another_is_refused_and_leaves_nothing(store: Store, owners: Path) -> None:
    first = bring(store, owners, who="ada").decision
    other = owners.with_name("other.csv")
    other.write_text("outlet,owner\nThe f1 Post,Inland Media\n", encoding="utf-8")
    with pytest.raises(UsageError, match="two owners"):
        bring(store, other, who="bo")
    assert first is not None
    undone = decide(store, "", [], who="bo", undo=first.id)
    bring(store, other, who="bo")
    with pytest.raises(UsageError, match="take the other list back first"):
        decide(store, "", [], who="bo", undo=undone.id)
    with store.reads() as c:
        assert [r.owner for r in ownership(in_force(history(c))).rows] == ["Inland Media"]
        assert problems(c) == []


def test_an_undoing_in_the_history_is_followed_too(store: Store, owners: Path) -> None:
    before = standing(store)
    made = bring(store, owners, who="ada").decision
    settle(store, SETTINGS)
    assert made is not None
    decide(store, "", [], who="bo", undo=made.id)
    settle(store, SETTINGS)
    assert standing(store) == before


def test_lists_go_into_a_package_and_come_back(store: Store, owners: Path, tmp_path: Path) -> None:
    bring(store, owners, who="ada", why="the company register")
    settle(store, SETTINGS)
    pack(store, tmp_path / "p", whole=False)
    done = restore(tmp_path / "p", str(tmp_path / "again.case"), SETTINGS)
    assert done.other == ()
    with Store.open(str(tmp_path / "again.case")) as again:
        assert standing(again) == standing(store)
        assert rows(again) == rows(store)
        assert replayed(again, SETTINGS) == []
        pack(again, tmp_path / "q", whole=False)
    for path in sorted(p for p in (tmp_path / "p").rglob("*") if p.is_file()):
        assert (tmp_path / "q" / path.relative_to(tmp_path / "p")).read_bytes() == path.read_bytes()


def test_a_list_that_no_case_has_written_is_not_restored(store: Store, owners: Path, tmp_path: Path) -> None:
    bring(store, owners, who="ada")
    with store.reads() as c:
        (row,) = carried.every(c, Decided)
    with Store.create(str(tmp_path / "b.case")) as other, pytest.raises(CaseDamaged, match="list of owners"), other.writes() as c:  # fmt: skip
        carried.put(c, [replace(row, value="outlet,owner\nA,B\nA,C\n")])


def test_it_is_not_decided_by_hand(store: Store) -> None:
    with pytest.raises(UsageError, match="there is no decision 'owners'"):
        decide(store, "owners", ["f1"], who="ada", value="Coast Media")


def run(*words: str | Path) -> Result:
    return CliRunner().invoke(twosource, ["--quiet", "case", *map(str, words)])


def test_on_the_command_line(tmp_path: Path, owners: Path) -> None:
    case = tmp_path / "a.case"
    with settled(str(case), REPORTS):
        pass
    done = run("outlets", "import", case, owners, "--who", "ada")
    assert done.exit_code == 0
    assert "2 outlets of 1 owner; 2 reports of the case may be touched by it" in done.output
    run("redact", case, "Coast Media", "--who", "ada")
    listed = [json.loads(x) for x in run("outlets", "list", case, "--json").output.splitlines()]
    assert [r["outlet"] for r in listed] == ["The f1 Post", "f2 Post"]
    assert all("Coast" not in json.dumps(r) for r in listed)  # withheld like anything else
    assert run("outlets", "remove", case, "owners.csv", "--who", "ada").exit_code == 0
    assert run("verify", case).exit_code == 0
    assert "owners" in run("history", case).output
