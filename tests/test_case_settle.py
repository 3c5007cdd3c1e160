"""Incidents of a case: the same whatever the order and the number of batches, and as people decided."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from databases import settled
from twosource.case import account_in, add, settle
from twosource.case.deciding import decide
from twosource.case.forgetting import forget
from twosource.case.reviewing import waiting
from twosource.case.verifying import replayed
from twosource.errors import TwosourceError, UsageError
from twosource.model import Report
from twosource.pipeline import brief_of
from twosource.settings import Settings
from twosource.store import Store, derived, evidence
from twosource.store.soundness import problems
from twosource.wire import line
from twosource.wire import report as row

SETTINGS = Settings()


def report(name: str, text: str, day: str) -> Report:
    """A report of an outlet of its own."""
    return Report(name, text, outlet=f"The {name} Post", published=day)


REPORTS = [
    report("f1", "PORT ELLIS — The ferry Orla struck the north pier at Port Ellis on Monday. Two passengers were killed, harbour master Hugo Brandt said.", "2023-05-02"),
    report("f2", "Three passengers died when the ferry Orla hit the north pier at Port Ellis, the coast guard said on Tuesday. Brandt denied that the ferry was speeding.", "2023-05-03"),
    report("f3", "The ferry Orla was speeding when it struck the pier at Port Ellis, said engineer Ada Lindt, who was on board the Orla.", "2023-05-03"),
    report("m1", "TENNICK — A fire destroyed the covered market of Tennick on Friday night. Nobody was hurt, fire chief Mona Rask said.", "2023-09-16"),
    report("m2", "Fire chief Mona Rask said that an oven started the fire that destroyed the covered market in Tennick on Friday.", "2023-09-17"),
    report("m3", "Traders of the covered market in Tennick denied that an oven started Friday's fire at the market.", "2023-09-18"),
]  # fmt: skip


def standing(store: Store) -> list[Any]:
    """All that a case says of its incidents."""
    with store.reads() as c:
        rows = list(derived.listed(c))
        return [
            (r.id, r.key, r.why, r.title, evidence.ids_of(c, derived.numbers_in(c, [r.id])[r.id]), derived.account(c, r.id))
            for r in rows
        ]  # fmt: skip


def after(name: str, batches: Sequence[Sequence[Report]], few: int = 300) -> list[Any]:
    """What a new case says after these batches."""
    with Store.create(name) as store:
        for some in batches:
            add(store, some)
            settle(store, SETTINGS, few=few)
        with store.reads() as c:
            assert problems(c) == []
        return standing(store)


@pytest.fixture
def store(case_name: str) -> Iterator[Store]:
    with settled(case_name, REPORTS) as opened:
        yield opened


@pytest.mark.parametrize("few", [300, 0], ids=["a small case", "a large case"])
@settings(max_examples=4, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(order=st.permutations(REPORTS), cuts=st.sets(st.integers(1, len(REPORTS) - 1), max_size=4))
def test_neither_order_nor_batches_change_what_a_case_says(
    tmp_path: Path, order: list[Report], cuts: set[int], few: int
) -> None:
    edges = [0, *sorted(cuts), len(order)]
    batches = [order[a:b] for a, b in pairwise(edges)]
    for old in tmp_path.glob("*.case*"):
        old.unlink()
    one = after(str(tmp_path / "one.case"), [REPORTS], few)
    assert [len(s[4]) for s in one] == [3, 3]
    assert after(str(tmp_path / "many.case"), batches, few) == one


def test_a_small_case_says_what_a_brief_of_its_reports_says(store: Store, tmp_path: Path) -> None:
    lines = tmp_path / "reports.jsonl"
    lines.write_bytes(b"".join(line(row(r)) for r in REPORTS))
    made = brief_of([str(lines)], SETTINGS)
    kept = [account_in(store, s[0], SETTINGS) for s in standing(store)]
    assert {a.id: a.claims for a in made.accounts} == {a.id: a.claims for a in kept if a}


def test_adding_again_changes_nothing(store: Store) -> None:
    before = standing(store)
    with store.reads() as c:
        written = derived.generation(c)
    assert add(store, REPORTS).new == []
    assert settle(store, SETTINGS) == []
    with store.reads() as c:
        assert derived.generation(c) == written
    assert standing(store) == before


def test_a_new_report_touches_its_own_incident_only(case_name: str) -> None:
    with Store.create(case_name) as store:
        add(store, [r for r in REPORTS if r.id != "f2"])
        settle(store, SETTINGS)
        before = {s[0]: s for s in standing(store)}
        add(store, REPORTS[1:2])
        changed = settle(store, SETTINGS)
        after = {s[0]: s for s in standing(store)}
        assert len(changed) == 1
        assert [i for i in after if i not in changed] == [i for i in before if after.get(i) == before[i]]
        with store.reads() as c:
            told = {e.kind for e in derived.events_since(c, 0)}
    assert {"new_incident", "new_report", "toll"} <= told


def test_a_merge_holds_until_it_is_undone_and_old_ids_lead_to_where_the_reports_are(store: Store) -> None:
    before = standing(store)
    made = decide(store, "merge", [s[0] for s in before], who="ada", why="one night")
    settle(store, SETTINGS)
    after = standing(store)
    assert [len(s[4]) for s in after] == [6]
    with store.reads() as c:
        assert {derived.current(c, s[0]) for s in before} == {after[0][0]}
    add(store, [report("m4", "The fire at the covered market of Tennick was out by Saturday, fire chief Mona Rask said.", "2023-09-17")])  # fmt: skip
    settle(store, SETTINGS)
    assert [len(s[4]) for s in standing(store)] == [7]
    assert [r["kind"] for r in waiting(store) if r["kind"] != "withhold?"] == ["conflict"]
    decide(store, "", [], who="bo", undo=made.id)
    settle(store, SETTINGS)
    assert sorted(len(s[4]) for s in standing(store)) == [3, 4]


def test_a_split_takes_reports_out_and_what_comes_later_goes_where_it_belongs(store: Store) -> None:
    decide(store, "split", ["f3"], who="ada", why="another ferry")
    settle(store, SETTINGS)
    assert sorted(s[4] for s in standing(store)) == [["f1", "f2"], ["f3"], ["m1", "m2", "m3"]]
    with pytest.raises(UsageError, match="nothing would be left"):
        decide(store, "split", ["f3"], who="ada")


def test_decisions_that_make_no_sense_are_refused_with_the_reason(store: Store) -> None:
    for kind, ids, why in (
        ("marry", ["f1"], "no decision"),
        ("merge", ["f1"], "at least two"),
        ("merge", ["f1", "f2"], "report cannot be merged"),
        ("merge", ["f1", "nowhere"], "nothing called"),
        ("grade", ["f1"], "--value"),
        ("split", ["f1", "m1"], "several"),
    ):
        with pytest.raises(UsageError, match=why):
            decide(store, kind, ids, who="ada")


def test_programs_that_decide_and_settle_at_once_end_as_if_one_had_gone_after_the_other(
    store: Store,
) -> None:
    wrong: list[str] = []

    def run(name: str) -> None:
        try:
            with Store.open(store.name) as own:
                for value in "ABC":
                    decide(own, "grade", [name], who="ada", value=value)
                    settle(own, SETTINGS)
        except TwosourceError as e:
            wrong.append(str(e))

    threads = [threading.Thread(target=run, args=(name,)) for name in ("f1", "m1")]
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    assert wrong == []
    with store.reads() as c:
        assert problems(c) == []
        assert derived.waiting_numbers(c) == []
    assert replayed(store, SETTINGS) == []


def test_a_forgotten_report_leaves_nothing_but_its_tombstone(store: Store) -> None:
    forget(store, "f2", who="ada", why="the family asked")
    settle(store, SETTINGS)
    with store.reads() as c:
        assert problems(c) == []
        assert "f2" not in evidence.known(c, ["f2"])
    alone = [s for s in standing(store) if "f1" in s[4]]
    assert alone[0][4] == ["f1", "f3"]
    if "://" not in store.name:
        kept = Path(store.name).read_bytes() + Path(store.name + "-wal").read_bytes()
        assert b"Three passengers" not in kept
        assert b"three passengers" not in kept


def test_damage_to_what_was_derived_is_mended_from_the_reports(store: Store) -> None:
    from twosource.store.soundness import mend

    before = standing(store)
    with store.writes() as c:
        mend(c)
    settle(store, SETTINGS)
    assert standing(store) == before
