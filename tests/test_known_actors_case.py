"""Known actors of a case: kept like decisions, packed and restored, followed by the accounts that name them and by no others."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import delete, update

from databases import Server, settled
from test_case_import import hashed_again, refused
from test_case_settle import REPORTS, SETTINGS, report, standing
from twosource.case import account_in, add, settle
from twosource.case.deciding import decide
from twosource.case.knowing import bring, remove, rows
from twosource.case.packing import pack
from twosource.case.restoring import restore
from twosource.case.verifying import replayed
from twosource.cli import twosource
from twosource.errors import UsageError
from twosource.model import Listed
from twosource.pipeline import brief_of
from twosource.resolve import register
from twosource.store import Store, carried, derived, known
from twosource.store.carried import Learnt
from twosource.store.schema import known_actors
from twosource.store.soundness import problems
from twosource.wire import line
from twosource.wire import report as row

BRANDT = Listed("NK-1", "Person", "Hugo Brandt", "people.jsonl", ("Hugo Brandt",), (), ("Harbour master",))
RASK = Listed("NK-2", "Person", "Mona Rask", "people.jsonl", ("Mona Rask",))
NOBODY = Listed("NK-3", "Person", "Pavel Tallis", "people.jsonl", ("Pavel Tallis",))


def run(*words: str | Path) -> Result:
    return CliRunner().invoke(twosource, ["--quiet", *map(str, words)])


def ids(store: Store) -> set[tuple[str, str]]:
    """Who is known in the accounts that are kept, and under which id."""
    return {(a["name"], k["id"]) for s in standing(store) for a in s[5]["actors"] for k in a.get("known", ())}


def learnt(store: Store) -> list[Learnt]:
    with store.reads() as c:
        return list(carried.every(c, Learnt))


@pytest.fixture
def store(case_name: str) -> Iterator[Store]:
    with settled(case_name, REPORTS) as opened:
        yield opened


def test_a_list_changes_the_accounts_that_name_its_entries_and_no_others(store: Store) -> None:
    before = {s[0]: s for s in standing(store)}
    done = bring(store, [BRANDT, NOBODY], who="ada")
    assert (done.listed, done.same, done.gone) == (2, 0, 0)
    (changed,) = settle(store, SETTINGS)
    assert ids(store) == {("Hugo Brandt", "NK-1")}
    after = {s[0]: s for s in standing(store)}
    assert [i for i in after if after[i] != before[i]] == [changed]
    account = account_in(store, changed, SETTINGS)
    assert account is not None
    assert [k.id for a in account.actors for k in a.known] == ["NK-1"]
    assert replayed(store, SETTINGS) == []
    with store.reads() as c:
        assert problems(c) == []


def test_what_nobody_mentions_touches_nothing(store: Store) -> None:
    before = standing(store)
    bring(store, [NOBODY], who="ada")
    assert settle(store, SETTINGS) == []
    assert standing(store) == before


def test_a_case_says_what_a_brief_with_the_same_list_says(store: Store, tmp_path: Path) -> None:
    bring(store, [BRANDT, RASK], who="ada")
    settle(store, SETTINGS)
    lines = tmp_path / "reports.jsonl"
    lines.write_bytes(b"".join(line(row(r)) for r in REPORTS))
    made = brief_of([str(lines)], SETTINGS, known=register([RASK, BRANDT]))
    kept = [account_in(store, s[0], SETTINGS) for s in standing(store)]
    assert {a.id: a.actors for a in made.accounts} == {a.id: a.actors for a in kept if a}


def test_entries_are_only_ever_added_to_the_log(store: Store) -> None:
    bring(store, [BRANDT, RASK], who="ada")
    first = learnt(store)
    assert (bring(store, [RASK, BRANDT], who="bo").same, learnt(store)) == (2, first)
    done = bring(store, [BRANDT, NOBODY], who="bo")  # the file as it is now
    assert (done.listed, done.same, done.gone) == (1, 1, 1)
    bring(store, [Listed("NK-2", "Person", "Mona Rask", "other.jsonl", ("Mona Rask",))], who="cy")
    remove(store, ["NK-3", "other.jsonl"], who="cy")
    log = learnt(store)
    assert log[:2] == first
    assert [(x.who, x.did, x.entity) for x in log[2:]] == [
        ("bo", "listed", "NK-3"), ("bo", "removed", "NK-2"), ("cy", "listed", "NK-2"), ("cy", "removed", "NK-2"), ("cy", "removed", "NK-3"),
    ]  # fmt: skip
    assert [r["id"] for r in rows(store)] == ["NK-1"]
    with pytest.raises(UsageError, match="no known actor"):
        remove(store, ["NK-3"], who="cy")
    settle(store, SETTINGS)
    with store.reads() as c:
        assert problems(c) == []


def test_a_case_without_lists_again_is_as_it_was(store: Store) -> None:
    before = standing(store)
    bring(store, [BRANDT, RASK], who="ada")
    settle(store, SETTINGS)
    assert standing(store) != before
    remove(store, ["people.jsonl"], who="ada")
    settle(store, SETTINGS)
    assert standing(store) == before


def test_a_new_report_is_looked_at_with_the_lists(store: Store) -> None:
    bring(store, [NOBODY], who="ada")
    add(store, [report("f4", "The ferry Orla had no pilot when it struck the pier at Port Ellis, shipowner Pavel Tallis said.", "2023-05-04")])  # fmt: skip
    settle(store, SETTINGS)
    assert ids(store) == {("Pavel Tallis", "NK-3")}


def test_a_person_has_the_last_word(store: Store) -> None:
    """Two that the list has as one are put apart, and neither keeps the id."""
    add(
        store,
        [
            report("x1", "The dam above Vale broke on Monday, Omar Haddad said.", "2023-01-02"),
            report("x2", "The dam above Vale broke on Monday, Pavel Tallis said.", "2023-01-02"),
        ],
    )
    bring(store, [Listed("NK-8", "Person", "Omar Haddad", "people.jsonl", ("Omar Haddad", "Pavel Tallis"))], who="ada")  # fmt: skip
    settle(store, SETTINGS)
    (actor,) = (a for a in dam(store)["actors"] if a["kind"] == "person")
    assert [k["id"] for k in actor["known"]] == ["NK-8"]
    decide(store, "split", [actor["id"]], who="ada", value="Pavel Tallis")
    settle(store, SETTINGS)
    people = [a for a in dam(store)["actors"] if a["kind"] == "person"]
    assert sorted(a["name"] for a in people) == ["Omar Haddad", "Pavel Tallis"]
    assert not any("known" in a for a in people)
    with store.reads() as c:
        assert problems(c) == []
    assert replayed(store, SETTINGS) == []


def dam(store: Store) -> Any:
    return next(s[5] for s in standing(store) if "x1" in s[4])


# ------------------------------------------------------------------ packed and restored


def test_a_restored_case_knows_them_too(store: Store, tmp_path: Path) -> None:
    bring(store, [BRANDT, RASK], who="ada")
    remove(store, ["NK-2"], who="bo")
    settle(store, SETTINGS)
    pack(store, tmp_path / "p", whole=True)
    assert "Twosource-Package: 2" in (tmp_path / "p" / "bag-info.txt").read_text()
    assert restore(tmp_path / "p", str(tmp_path / "b.case"), SETTINGS).other == ()
    with Store.open(str(tmp_path / "b.case")) as again:
        assert (learnt(again), standing(again), rows(again)) == (learnt(store), standing(store), rows(store))
        pack(again, tmp_path / "q", whole=True)
        with again.reads() as c:
            assert problems(c) == []
    for path in sorted(p for p in (tmp_path / "p").rglob("*") if p.is_file()):
        assert (tmp_path / "q" / path.relative_to(tmp_path / "p")).read_bytes() == path.read_bytes(), path


def test_a_file_moves_to_a_database(postgres: Server, tmp_path: Path) -> None:
    with settled(str(tmp_path / "a.case"), REPORTS) as store:
        bring(store, [BRANDT], who="ada")
        settle(store, SETTINGS)
        pack(store, tmp_path / "p.zip", whole=True)
        before = standing(store), learnt(store)
    name = postgres.database()
    restore(tmp_path / "p.zip", name, SETTINGS)
    with Store.open(name) as store:
        assert (standing(store), learnt(store)) == before


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"who": "somebody else"}, "was changed, added or taken out"),
        ({"did": "acquitted"}, "of nothing"),
        ({"record": ""}, "of nothing"),
        ({"record": "{}"}, "cannot be read"),
        ({"record": "[" * 50_000}, "cannot be read"),
        ({"entity": "NK-7"}, "of another entry"),
        ({"source": "\0"}, "characters that no case stores"),
        ({"n": 1, "id": None}, "actors.jsonl, line 1"),
    ],
)
def test_a_changed_list_is_refused_with_its_package(tmp_path: Path, change: dict[str, Any], said: str) -> None:  # fmt: skip
    with Store.create(str(tmp_path / "a.case")) as store:
        bring(store, [BRANDT, RASK], who="ada")
        pack(store, tmp_path / "p", whole=True)
    path = tmp_path / "p" / "data" / "actors.jsonl"
    first, *rest = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(json.dumps({**json.loads(first), **change}).encode() + b"\n" + b"".join(rest))
    hashed_again(tmp_path / "p")
    (tmp_path / "here").mkdir()
    assert said in refused(tmp_path / "p", tmp_path / "here")
    shutil.rmtree(tmp_path / "p")


def test_verify_sees_what_was_changed(store: Store) -> None:
    bring(store, [BRANDT, RASK, NOBODY], who="ada")
    settle(store, SETTINGS)
    with store.writes() as c:
        c.execute(update(known_actors).where(known_actors.c.entity == "NK-1").values(who="bo"))
    with store.reads() as c:
        assert any("NK-2" in p.what and "was changed" in p.what for p in problems(c))
        assert known.problems(c)
    with store.writes() as c:
        c.execute(delete(known_actors).where(known_actors.c.entity == "NK-1"))
    with store.reads() as c:
        assert known.problems(c)


# ------------------------------------------------------------------ the commands, and what is withheld


def test_the_commands(tmp_path: Path) -> None:
    case, people = tmp_path / "a.case", tmp_path / "people.jsonl"
    reports = tmp_path / "reports.jsonl"
    reports.write_bytes(b"".join(line(row(r)) for r in REPORTS))
    run("case", "init", case)
    run("case", "add", case, reports)
    people.write_text("".join(json.dumps({"id": x.id, "schema": x.schema, "properties": {"name": list(x.names)}}) + "\n" for x in (BRANDT, RASK)) + "no\n")  # fmt: skip
    done = run("case", "actors", "import", case, people, "--who", "ada")
    assert done.exit_code == 3
    assert f"refused: {people}:3: not JSON" in done.output
    assert "people.jsonl: 2 known actors new or changed, 0 as before, 0 not in it any more" in done.output
    with Store.open(str(case)) as store:
        assert ids(store) == {("Hugo Brandt", "NK-1"), ("Mona Rask", "NK-2")}
    found = [json.loads(x) for x in run("case", "actors", "list", case, "--json").stdout.splitlines()]
    assert [(x["id"], x["source"]) for x in found] == [("NK-1", "people.jsonl"), ("NK-2", "people.jsonl")]
    assert run("case", "verify", case).exit_code == 0
    run("case", "redact", case, "Mona Rask")
    shown = run("case", "actors", "list", case, "--json").output
    assert "NK-2" not in shown
    assert "Rask" not in shown
    assert "NK-1" in shown
    assert "NK-2" in run("case", "actors", "list", case, "--json", "--unredacted").output
    with Store.open(str(case)) as store:
        (market,) = (s for s in standing(store) if "m1" in s[4])
        rask = next(a["id"] for a in market[5]["actors"] if a["name"] == "Mona Rask")
    for words in (("show", case, market[0], "-o", tmp_path / "m.json"), ("show", case, rask), ("search", case, "Rask")):  # fmt: skip
        assert "NK-2" not in run("case", *words).output
    assert "NK-2" not in (tmp_path / "m.json").read_text()
    assert run("case", "actors", "remove", case, "NK-1").output == "removed NK-1 of people.jsonl\n"
    with Store.open(str(case)) as store:
        assert {i for _, i in ids(store)} == {"NK-2"}
        with store.reads() as c:
            assert derived.waiting_numbers(c) == []
