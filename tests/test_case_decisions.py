"""What people decide about actors, claims, copies, origins, differences, grades and verdicts shapes the account, and can be undone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from test_case_settle import REPORTS, SETTINGS, report, standing
from twosource.brief import to_html
from twosource.case import account_in, add, settle
from twosource.case.deciding import decide
from twosource.case.forgetting import forget
from twosource.case.reviewing import waiting
from twosource.case.showing import reports_of, row_of
from twosource.errors import UsageError
from twosource.model import Brief, Report
from twosource.store import Store, derived
from twosource.store.soundness import problems

LATER = [
    report("f4", "Hugo Brandt, the harbour master of Port Ellis, said that two passengers of the ferry Orla were killed.", "2023-05-04"),
    report("f5", "The ferry Orla was speeding when it struck the pier at Port Ellis, the coast guard said on Thursday.", "2023-05-04"),
]  # fmt: skip


LONG = (
    "The ferry Orla struck the north pier at Port Ellis shortly after eight on Monday morning, when some sixty commuters were on board. "
    "Fishermen pulled a dozen of them out of the cold water before the lifeboat came, and the wounded were laid on the quay under tarpaulins. "
    "The bow was torn open from the rail down to the waterline, and by noon the vessel had settled on the mud with her stern still afloat. "
    "Crossings to the island are off until the end of the week while divers look at the piles of the pier. Seen by {}."
)


@pytest.fixture
def store(case_name: str) -> Iterator[Store]:
    with Store.create(case_name) as opened:
        add(opened, REPORTS)
        settle(opened, SETTINGS)
        yield opened


def account(store: Store, about: str = "f2") -> Any:
    """The stored account of the incident of this report."""
    return next(s[5] for s in standing(store) if about in s[4])


def thing(store: Store, noun: str, words: str, about: str = "f2") -> Any:
    """A claim or an actor by its words."""
    return next(
        x for x in account(store, about)[noun] if words in x.get("text", x.get("name", x.get("about")))
    )


def ruled(store: Store, kind: str, *ids: str, **more: Any) -> str:
    """A decision that is applied; its id."""
    made = decide(store, kind, ids, who="ada", **more)
    settle(store, SETTINGS)
    with store.reads() as c:
        assert problems(c) == []
    return made.id


def ids_of(store: Store) -> dict[str, str]:
    """Things to decide about, by a name for each."""
    return {
        "speeding": thing(store, "claims", "speeding")["id"],
        "killed": thing(store, "claims", "killed")["id"],
        "Brandt": thing(store, "actors", "Brandt")["id"],
        "Lindt": thing(store, "actors", "Lindt")["id"],
        "toll": next(
            d["id"] for d in account(store)["disagreements"] if d["about"] == "how many were killed"
        ),
        "Rask": thing(store, "actors", "Rask", "m2")["id"],
        "nobody": thing(store, "claims", "Nobody", "m2")["id"],
    }


def test_merged_actors_are_one_source_and_the_old_id_leads_there(store: Store) -> None:
    ids = ids_of(store)
    ruled(store, "merge", ids["Brandt"], ids["Lindt"], why="one man, two trades")
    one = thing(store, "actors", "Brandt") if _has(store, "Brandt") else thing(store, "actors", "Lindt")
    assert {"Hugo Brandt", "Ada Lindt"} <= set(one["aliases"])
    assert len([a for a in account(store)["actors"] if a["kind"] == "person"]) == 1
    with store.reads() as c:
        assert derived.current(c, ids["Brandt"]) == derived.current(c, ids["Lindt"]) == one["id"]
    (told,) = account(store)["decisions"]
    assert (told["state"], told["things"]) == ("holds", [one["id"]])
    assert told["text"].startswith("ada found these actors to be one")
    assert "one man, two trades" in told["text"]
    made = account_in(store, account(store)["id"], SETTINGS)
    assert made is not None
    assert "one man, two trades" in to_html(Brief((made,)))


def _has(store: Store, name: str) -> bool:
    return any(name in a["name"] for a in account(store)["actors"])


def test_an_actor_is_split_by_mentions_and_by_a_name(store: Store) -> None:
    orla = thing(store, "actors", "Orla")
    one, *rest = orla["mentions"]
    ruled(store, "split", f"{one['report']}:{one['start']}:{one['end']}")
    assert sorted(len(a["mentions"]) for a in account(store)["actors"] if a["name"] == "Orla") == [
        1,
        len(rest),
    ]
    merged = ids_of(store)
    ruled(store, "merge", merged["Brandt"], merged["Lindt"])
    both = next(a for a in account(store)["actors"] if "Ada Lindt" in a["aliases"])
    ruled(store, "split", both["id"], value="Ada Lindt")
    assert {a["name"] for a in account(store)["actors"] if a["kind"] == "person"} == {
        "Ada Lindt",
        "Hugo Brandt",
    }


def test_merged_claims_are_one_and_a_split_takes_statements_out(store: Store) -> None:
    ids = ids_of(store)
    before = account(store)
    ruled(store, "merge", ids["speeding"], ids["killed"], why="one sentence of the inquiry")
    one = account(store)["claims"]
    assert len(one) == len(before["claims"]) - 1
    assert sorted(one[0]["statements"]) == sorted(s for c in before["claims"] for s in c["statements"])
    with store.reads() as c:
        assert derived.current(c, ids["killed"]) == one[0]["id"]
    out = thing(store, "claims", "")["statements"][0]
    ruled(store, "split", out)
    assert [out] in [c["statements"] for c in account(store)["claims"]]
    made = account_in(store, account(store)["id"], SETTINGS)
    assert made is not None
    assert all(c.why.count("ada ") == len(c.decided) for c in made.claims)


def test_a_copy_that_is_rejected_is_none_and_one_that_is_confirmed_is(case_name: str) -> None:
    with Store.create(case_name) as store:
        add(store, [*REPORTS, *(report(n, LONG.format(n), "2023-05-02") for n in ("f8", "f9"))])
        settle(store, SETTINGS)
        assert [(r["a"], r["b"]) for r in account(store)["reuse"] if r["relation"] != "shared_source"] == [
            ("f8", "f9")
        ]
        made = ruled(store, "reject", "f9", "f8", why="both were at the pier")
        assert account(store)["reuse"] == []
        assert [d["state"] for d in account(store)["decisions"]] == ["holds"]
        ruled(store, "confirm", "f2", "f3", value="shared_text")
        assert [(r["a"], r["b"], r["relation"]) for r in account(store)["reuse"]] == [
            ("f2", "f3", "shared_text")
        ]
        ruled(store, "", undo=made)
        assert {("f8", "f9"), ("f2", "f3")} == {(r["a"], r["b"]) for r in account(store)["reuse"]}


def test_an_origin_that_is_rejected_counts_no_more_and_comes_up_when_a_later_report_has_it(
    store: Store,
) -> None:
    ids = ids_of(store)
    ruled(store, "reject", ids["killed"], value="Hugo Brandt", why="he was misheard")
    claim = thing(store, "claims", "killed")
    assert claim["origins"] == []
    assert claim["independent_origins"] == 0
    assert (claim["status"], claim["reports"]) == ("reporter_only", 1)
    assert "he was misheard" in claim["why"]
    add(store, LATER[:1])
    settle(store, SETTINGS)
    assert [(r["kind"], "f4" in r["text"]) for r in waiting(store) if r["kind"] == "conflict"] == [("conflict", True)]  # fmt: skip
    assert not any(o["who"] == "Hugo Brandt" for o in thing(store, "claims", "killed")["origins"])


def test_a_difference_that_is_rejected_comes_back_with_a_value_that_nobody_had_seen(store: Store) -> None:
    toll = ids_of(store)["toll"]
    ruled(store, "reject", toll)
    assert toll not in {d["id"] for d in account(store)["disagreements"]}
    add(store, [report("f6", "Five passengers of the ferry Orla were killed when it hit the pier at Port Ellis, the mayor said.", "2023-05-05")])  # fmt: skip
    settle(store, SETTINGS)
    back = [d for d in account(store)["disagreements"] if d["about"] == "how many were killed"]
    assert len(back) == 1
    assert "ada rejected it" in back[0]["why"]
    assert any("Another value" in r["text"] for r in waiting(store))


def test_grades_and_verdicts_are_the_persons_own(store: Store) -> None:
    ids = ids_of(store)
    ruled(store, "grade", ids["Brandt"], value="B", why="right three times before")
    grade = thing(store, "claims", "killed")["grade"]
    assert (grade["source"], grade["information"]) == ("B", 3)
    assert "right three times before" in grade["why"]
    ruled(store, "grade", ids["killed"], value="2")
    grade = thing(store, "claims", "killed")["grade"]
    assert (grade["source"], grade["information"]) == ("B", 2)
    assert "suggest 3" in grade["why"]
    ruled(store, "grade", ids["Brandt"], value="D")
    assert thing(store, "claims", "killed")["grade"]["source"] == "D"
    ruled(store, "verdict", ids["killed"], value="True: the register has both names")
    assert [v["text"] for v in thing(store, "claims", "killed")["verdicts"]] == [
        "True: the register has both names"
    ]


DECISIONS: dict[str, tuple[str, Sequence[str], str | None]] = {
    "actors": ("merge", ("Brandt", "Lindt"), None),
    "claims": ("merge", ("speeding", "killed"), None),
    "toll": ("reject", ("toll",), None),
    "pair": ("confirm", ("=f1", "=f2"), None),
    "fire chief": ("grade", ("Rask",), "A"),
    "hurt": ("reject", ("nobody",), "Mona Rask"),
    "words": ("verdict", ("nobody",), "Confirmed by the hospital"),
}


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(order=st.permutations(sorted(DECISIONS)), undone=st.permutations(sorted(DECISIONS)))
def test_independent_decisions_say_the_same_in_any_order_and_undone_it_is_as_if_they_had_never_been(
    tmp_path: Path, order: list[str], undone: list[str]
) -> None:
    for old in tmp_path.glob("*.case*"):
        old.unlink()
    said = []
    for n, names in enumerate((order, sorted(DECISIONS))):
        with Store.create(str(tmp_path / f"{n}.case")) as store:
            add(store, REPORTS)
            settle(store, SETTINGS)
            before = standing(store)
            ids = ids_of(store)
            made = {
                name: decide(
                    store, kind, [x[1:] if x[0] == "=" else ids[x] for x in of], who="ada", value=value
                ).id
                for name in names
                for kind, of, value in [DECISIONS[name]]
            }
            settle(store, SETTINGS)
            said.append([_but_for_decisions(s, made) for s in standing(store)])
            for name in undone:
                decide(store, "", [], who="bo", undo=made[name])
                settle(store, SETTINGS)
            assert standing(store) == before
    assert said[0] == said[1]


@settings(max_examples=4, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    order=st.permutations(LATER),
    alone=st.booleans(),
    names=st.sets(st.sampled_from(sorted(DECISIONS)), min_size=1),
)
def test_reports_that_come_after_decisions_say_the_same_in_any_order_and_batches(
    tmp_path: Path, order: list[Report], alone: bool, names: set[str]
) -> None:
    for old in tmp_path.glob("*.case*"):
        old.unlink()
    said = []
    for n, batches in enumerate(([LATER], [[r] for r in order] if alone else [order])):
        with Store.create(str(tmp_path / f"{n}.case")) as store:
            add(store, REPORTS)
            settle(store, SETTINGS)
            ids = ids_of(store)
            made = {}
            for name in sorted(names):
                kind, of, value = DECISIONS[name]
                about = [x[1:] if x[0] == "=" else ids[x] for x in of]
                made[name] = decide(store, kind, about, who="ada", value=value).id
            for some in batches:
                add(store, some)
                settle(store, SETTINGS)
            said.append([_but_for_decisions(s, made) for s in standing(store)])
            with store.reads() as c:
                assert problems(c) == []
    assert said[0] == said[1]
    assert {d for _, states in said[0] for d in states}


def _but_for_decisions(row: Any, made: dict[str, str]) -> Any:
    """A standing without its key and the ids of the decisions, which tell when they were taken."""
    text = repr((row[0], row[2:5], {k: v for k, v in row[5].items() if k != "decisions"}))
    for name, i in made.items():
        text = text.replace(i, name)
    states = sorted((d["kind"], d["about"], d["state"]) for d in row[5].get("decisions", []))
    return text, states


def test_decisions_hold_for_reports_that_come_later_and_outlast_the_making_again(store: Store) -> None:
    ids = ids_of(store)
    ruled(store, "merge", ids["Brandt"], ids["Lindt"])
    ruled(store, "verdict", ids["killed"], value="True")
    ruled(store, "merge", ids["speeding"], ids["killed"])
    add(store, LATER)
    settle(store, SETTINGS)
    person = [a for a in account(store)["actors"] if {"Hugo Brandt", "Ada Lindt"} & set(a["aliases"])]
    assert len(person) == 1
    assert {m["report"] for m in person[0]["mentions"]} >= {"f1", "f3", "f4"}
    assert {d["state"] for d in account(store)["decisions"] if d["kind"] == "merge"} == {"holds"}
    assert [v["text"] for v in thing(store, "claims", "")["verdicts"]] == ["True"]
    before = standing(store)
    from twosource.store.soundness import mend

    with store.writes() as c:
        mend(c)
    settle(store, SETTINGS)
    assert standing(store) == before


def test_a_decision_whose_reports_are_gone_is_shown_and_not_dropped(store: Store) -> None:
    ids = ids_of(store)
    some = ruled(store, "verdict", ids["speeding"], value="Likely")
    all_gone = ruled(store, "verdict", ids["nobody"], value="True")
    forget(store, "f3", who="ada", why="asked to")
    forget(store, "m1", who="ada", why="asked to")
    settle(store, SETTINGS)
    rows = {r["ids"][0]: r["text"] for r in waiting(store)}
    assert "It was disputed then" in rows[some]
    assert "rests on nothing" in rows[all_gone]


@pytest.mark.parametrize(
    ("kind", "ids", "value", "why"),
    [
        ("grade", ["killed"], "Z9", "no grade"),
        ("grade", ["Brandt"], "2", "graded with a letter"),
        ("verdict", ["Brandt"], "true", "not for an actor"),
        ("reject", ["killed"], "Somebody Else", "no origin"),
        ("reject", ["=f1", "=f2", "=f3"], None, "two reports"),
        ("split", ["killed"], None, "split takes"),
        ("split", ["=f1:0:1"], None, "not mentions of one actor"),
        ("redact", [], None, "NAME"),
        ("redact", [], "/(a+)+/", "for ever"),
        ("redact", [], "/a*/", "matches where nothing"),
        ("merge", ["killed", "Brandt"], None, "different things"),
    ],
)
def test_what_makes_no_decision_is_refused_with_the_reason(
    tmp_path: Path, kind: str, ids: list[str], value: str | None, why: str
) -> None:
    with Store.create(str(tmp_path / "a.case")) as store:
        add(store, REPORTS[:3])
        settle(store, SETTINGS)
        known = {"killed": thing(store, "claims", "killed")["id"], "Brandt": thing(store, "actors", "Brandt")["id"]}  # fmt: skip
        with pytest.raises(UsageError, match=why):
            decide(store, kind, [i[1:] if i[0] == "=" else known[i] for i in ids], who="ada", value=value)


def test_replayed_decisions_give_the_state_that_is_kept_and_another_is_named(store: Store) -> None:
    from twosource.case.verifying import replayed
    from twosource.store.records import packed
    from twosource.store.schema import incidents

    ids = ids_of(store)
    assert replayed(store, SETTINGS) == []
    ruled(store, "merge", ids["Brandt"], ids["Lindt"])
    ruled(store, "reject", ids["nobody"], value="Mona Rask")
    ruled(store, "merge", *(s[0] for s in standing(store)))
    assert replayed(store, SETTINGS) == []
    (row,) = standing(store)
    changed = {**row[5], "actors": []}
    with store.writes() as c:
        record, check = packed(changed)
        c.execute(incidents.update().where(incidents.c.id == row[0]).values(record=record, check=check))
    with store.reads() as c:
        assert problems(c) == []
    (found,) = replayed(store, SETTINGS)
    assert row[0] in found.what
    assert "--mend" in found.cure


def test_ids_that_were_merged_away_show_what_they_became_with_what_was_decided(store: Store) -> None:
    ids = ids_of(store)
    made = ruled(store, "merge", ids["speeding"], ids["killed"])
    decide(store, "note", [ids["killed"]], who="bo", value="ask the inquiry")
    decide(store, "tag", ["f1"], who="bo", value="pier")
    found = row_of(store, ids["killed"])
    assert found is not None
    assert found["id"] == thing(store, "claims", "")["id"]
    assert [d["kind"] for d in found["decided"]] == ["merge", "note"]
    shown = row_of(store, made)
    assert shown is not None
    assert (shown["kind"], shown["holds"]) == ("merge", True)
    assert row_of(store, "nothing") is None
    assert {r["id"]: r["tags"] for r in reports_of(store) if r["tags"]} == {"f1": ["pier"]}


def test_lists_show_the_outlet_and_date_that_a_reports_head_shows(case_name: str) -> None:
    text = "Harbour Courier\n\nFerry hits pier\n\nPublished May 2, 2023\n\n" + LONG
    with Store.create(case_name) as store:
        add(store, [Report("h1", text), *REPORTS[:1]])
        waiting_for_it = {r["id"]: (r["outlet"], r["published"]) for r in reports_of(store)}
        settle(store, SETTINGS)
        assert {r["id"]: (r["outlet"], r["published"]) for r in reports_of(store)} == waiting_for_it
        assert waiting_for_it["f1"] == ("The f1 Post", "2023-05-02")
        assert waiting_for_it["h1"][1] == "2023-05-02"


def test_what_is_kept_beside_a_case_is_verified_with_it(tmp_path: Path) -> None:
    from twosource.read import keep
    from twosource.store.soundness import unseen
    from twosource.version import __version__

    page, kept = tmp_path / "page.txt", tmp_path / "kept"
    page.write_text(LONG, encoding="utf-8")
    with Store.create(str(tmp_path / "a.case")) as store:
        add(store, keep([str(page)], kept, SETTINGS, version=__version__), kept=str(kept))
        with store.reads() as c:
            assert (problems(c), unseen(c)) == ([], [])
        (original,) = [p for p in (kept / "originals").glob("*/*") if p.is_file()]
        original.chmod(0o644)
        original.write_text("something else", encoding="utf-8")
        with store.reads() as c:
            assert ["was changed" in p.what for p in problems(c)] == [True]
        original.unlink()
        with store.reads() as c:
            assert ["is gone" in p.what for p in problems(c)] == [True]
