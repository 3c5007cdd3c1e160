"""Finished accounts: kept when incidents are settled, equal to working them out again, gone with what they rest on."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NoReturn

import pytest
from sqlalchemy import delete, select, update

from databases import settled
from twosource.case import account_in, settle, weighing
from twosource.case.deciding import decide
from twosource.case.forgetting import forget
from twosource.case.weighing import is_kept
from twosource.model import Account, Report
from twosource.settings import Settings
from twosource.store import Store, derived
from twosource.store.schema import finished
from twosource.store.soundness import mend, problems

SETTINGS = Settings()
REPORTS = [
    Report("p1", "PORT ELLIS — The ferry Orla struck the north pier at Port Ellis on Monday. Two passengers were killed, harbour master Hugo Brandt said.", outlet="The Mail", published="2023-05-02"),
    Report("p2", "Three passengers died when the ferry Orla hit the north pier at Port Ellis, the coast guard said on Tuesday. Mr Brandt denied that the ferry was speeding.", outlet="The Post", published="2023-05-03"),
    Report("p3", "The ferry Orla was speeding when it struck the pier at Port Ellis, said engineer Ada Lindt..", outlet="The \ud83d Echo", published="2023-05-03"),
]  # fmt: skip


@pytest.fixture
def store(case_name: str) -> Iterator[Store]:
    with settled(case_name, REPORTS) as opened:
        yield opened


def home(store: Store) -> str:
    """The id of the only incident."""
    with store.reads() as c:
        return str(next(iter(derived.listed(c))).id)


def kept(store: Store) -> list[tuple[str, str]]:
    """The incidents and keys of the accounts that are kept."""
    with store.reads() as c:
        return [(r.incident, r.key) for r in c.execute(select(finished).order_by(finished.c.incident))]


def anew(store: Store) -> Account | None:
    """The account, worked out again."""
    with store.writes() as c:
        c.execute(delete(finished))
    return account_in(store, home(store), SETTINGS)


def read_only(patch: pytest.MonkeyPatch) -> None:
    """From now on nothing may be worked out."""

    def refuse(*_: object, **__: object) -> NoReturn:
        raise AssertionError("worked out again")

    patch.setattr(weighing, "account_of", refuse)


def test_what_is_kept_is_what_working_it_out_again_gives(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        read_only(patch)
        shown = account_in(store, home(store), SETTINGS)
    assert shown is not None
    assert shown.claims
    assert shown == anew(store)


def test_an_account_that_had_to_be_worked_out_is_kept_then(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As in a case of an earlier version."""
    before = kept(store)
    made = anew(store)
    assert kept(store) == before
    read_only(monkeypatch)
    assert account_in(store, home(store), SETTINGS) == made


def test_a_decision_is_seen_at_once_and_kept_once_it_is_settled(store: Store) -> None:
    before = account_in(store, home(store), SETTINGS)
    assert before is not None
    first = kept(store)
    made = decide(store, "reject", [before.claims[0].id], who="ada", why="nobody said so")
    at_once = account_in(store, home(store), SETTINGS)
    assert at_once is not None
    assert at_once.decided != before.decided
    assert kept(store) == first  # of the state that the case has on record
    settle(store, SETTINGS)
    assert kept(store) != first
    assert account_in(store, home(store), SETTINGS) == at_once == anew(store)
    decide(store, "", [], who="bo", undo=made.id)
    settle(store, SETTINGS)
    assert kept(store) == first
    assert account_in(store, home(store), SETTINGS) == before


def test_without_some_reports_another_account_is_kept_beside_that_of_all(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole, before = account_in(store, home(store), SETTINGS), kept(store)
    less = account_in(store, home(store), SETTINGS, without={"p2"})
    assert less is not None
    assert [a.id for a in less.articles] == ["p1", "p3"]
    with monkeypatch.context() as patch:
        read_only(patch)
        assert is_kept(store, home(store), SETTINGS, without={"p2"})
        assert account_in(store, home(store), SETTINGS, without={"p2"}) == less
        assert account_in(store, home(store), SETTINGS) == whole
        assert account_in(store, home(store), SETTINGS, without={"elsewhere"}) == whole
        with pytest.raises(AssertionError, match="worked out again"):
            account_in(store, home(store), SETTINGS, without={"p1"})
    assert account_in(store, home(store), SETTINGS, without={r.id for r in REPORTS}) is None
    account_in(store, home(store), SETTINGS, without={"p1"})
    assert not is_kept(store, home(store), SETTINGS, without={"p2"})  # of some reports one is kept
    assert len(kept(store)) == 2
    assert set(before) < set(kept(store))


def test_an_account_without_some_reports_follows_decisions_and_goes_with_what_it_rests_on(
    store: Store,
) -> None:
    before = account_in(store, home(store), SETTINGS, without={"p2"})
    assert before is not None
    decide(store, "grade", ["p1"], value="B", who="ada")
    assert not is_kept(store, home(store), SETTINGS, without={"p2"})
    settle(store, SETTINGS)
    after = account_in(store, home(store), SETTINGS, without={"p2"})
    assert after is not None
    assert after.decided != before.decided
    assert is_kept(store, home(store), SETTINGS, without={"p2"})
    forget(store, "p3", who="ada", why="the family asked")
    assert kept(store) == []


def test_a_forgotten_report_stands_in_no_finished_account(store: Store) -> None:
    forget(store, "p2", who="ada", why="the family asked")
    assert kept(store) == []
    settle(store, SETTINGS)
    shown = account_in(store, home(store), SETTINGS)
    assert shown is not None
    assert [a.id for a in shown.articles] == ["p1", "p3"]
    assert len(kept(store)) == 1


def test_a_damaged_account_is_named_and_mended(store: Store) -> None:
    before = kept(store)
    with store.writes() as c:
        c.execute(update(finished).values(record=b"nothing"))
        assert ["finished account" in p.what and p.derived for p in problems(c)] == [True]
        mend(c)
    assert kept(store) == []
    settle(store, SETTINGS)
    assert kept(store) == before
    with store.reads() as c:
        assert problems(c) == []
