"""What a case promises of its reports, decisions and search, over every kind of storage."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Iterator
from dataclasses import replace

import pytest
from sqlalchemy import text

from twosource.case import add
from twosource.errors import CaseDamaged, CaseError, UsageError
from twosource.model import Refusal, Report
from twosource.store import Store, decisions, derived, evidence
from twosource.store.derived import Settled, Sought
from twosource.store.migrations import LATEST
from twosource.store.search import Filters, search
from twosource.store.soundness import problems


def report(name: str, words: str, **more: str) -> Report:
    """A report of an outlet of its own."""
    return Report(name, words, outlet=more.pop("outlet", f"The {name} Post"), **more)


FERRY = report(
    "a", "The ferry Orla struck the pier at Port Ellis on Monday. Nobody was hurt, the harbour office said."
)
MARKET = report("b", "A fire broke out at the covered market of Tennick. Traders blamed the café’s old oven.")
ODD = report(
    "c", "Half a character \ud83d and a NUL \0 and a mark \u202e stand in this report of Señor Ñandú."
)


@pytest.fixture
def store(case_name: str) -> Iterator[Store]:
    with Store.create(case_name) as opened:
        yield opened


def test_a_report_comes_back_as_it_went_in_whatever_characters_it_has(store: Store) -> None:
    named: list[str] = []
    added = add(store, [FERRY, MARKET, ODD], durable=named.append)
    assert added.new == named == ["a", "b", "c"]
    with store.reads() as c:
        held = evidence.fetch(c, evidence.all_numbers(c))
    assert sorted(held.values(), key=lambda r: r.id) == [FERRY, MARKET, ODD]


def test_what_is_there_is_skipped_and_writes_nothing(store: Store) -> None:
    add(store, [FERRY, MARKET])
    with store.reads() as c:
        before = [tuple(r) for r in c.execute(text("SELECT id, digest FROM reports ORDER BY n"))]
        custody = c.execute(text("SELECT count(*) FROM custody")).scalar()
    added = add(store, [MARKET, FERRY, FERRY])
    assert (added.new, added.known) == ([], ["b", "a"])
    with store.reads() as c:
        assert before == [tuple(r) for r in c.execute(text("SELECT id, digest FROM reports ORDER BY n"))]
        assert custody == c.execute(text("SELECT count(*) FROM custody")).scalar()


def test_one_id_with_two_texts_is_refused_and_the_first_stays(store: Store) -> None:
    added = add(store, [FERRY, MARKET, replace(MARKET, id="a"), Refusal("x.pdf", "no text layer")])
    assert [r.input for r in added.refused] == ["x.pdf"]
    again = add(store, [replace(MARKET, id="a")])
    assert [(r.input, "another text" in r.reason) for r in again.refused] == [("a", True)]
    with store.reads() as c:
        assert evidence.known(c, ["a"]) != evidence.known(c, ["b"])


def test_an_id_that_could_break_a_line_is_refused(store: Store) -> None:
    odd = [replace(FERRY, id=name) for name in ("a\nb", "a\0b", "\x1b[2J", "z" * 2000)]
    added = add(store, [*odd, MARKET])
    assert added.new == ["b"]
    assert len(added.refused) == 4


def test_a_page_that_was_edited_is_kept_beside_the_one_before(store: Store) -> None:
    first = report("p1", "Two were hurt, police said.", url="https://news.example/quay")
    second = report("p2", "Three were hurt, police said.", url="https://news.example/quay")
    add(store, [first])
    add(store, [second])
    with store.reads() as c:
        assert evidence.count(c) == 2
        told = [(e.kind, derived.record(e)) for e in derived.events_since(c, 0)]
    assert told == [("edited", {"report": "p2", "before": "p1"})]


def test_a_forgotten_report_is_gone_and_stays_away(store: Store) -> None:
    add(store, [FERRY, MARKET])
    with store.writes() as c:
        evidence.forget(c, "a", "ada", "asked by the family")
    assert [r.reason for r in add(store, [FERRY]).refused] == [
        "a person had it forgotten: it is not taken in again"
    ]
    with store.reads() as c:
        assert search(c, "ferry") == []
        assert [h.id for h in search(c, "tennick")] == ["b"]


def test_decisions_only_grow_and_the_last_word_on_each_holds(store: Store) -> None:
    with store.writes() as c:
        one = decisions.decide(c, who="ada", kind="note", targets=["a"], value="look again", why="odd")
        two = decisions.decide(c, who="bo", kind="undo", targets=[one.id], undoes=one.id)
        three = decisions.decide(c, who="ada", kind="undo", targets=[two.id], undoes=two.id)
    with store.reads() as c:
        log = decisions.history(c)
        assert [d.id for d in log] == [one.id, two.id, three.id]
        assert [d.id for d in decisions.in_force(log)] == [one.id, three.id]
        assert decisions.broken_links(c) == []
    with pytest.raises(UsageError, match="no decision"), store.writes() as c:
        decisions.decide(c, who="ada", kind="undo", targets=["j0"], undoes="j0")


def test_a_decision_that_was_tampered_with_is_seen(store: Store) -> None:
    with store.writes() as c:
        for n in range(3):
            decisions.decide(c, who="ada", kind="tag", targets=["a"], value=f"t{n}")
    with store.writes() as c:
        c.execute(text("UPDATE decisions SET who = 'someone else' WHERE n = (SELECT min(n) FROM decisions)"))
    with store.reads() as c:
        assert len(decisions.broken_links(c)) == 1
        assert any("changed, added or taken out" in p.what for p in problems(c))


def test_a_report_that_was_changed_behind_our_back_is_never_read_as_if_it_were_whole(store: Store) -> None:
    add(store, [FERRY])
    with store.writes() as c:
        c.execute(text('UPDATE reports SET "check" = :other'), {"other": "0" * 32})
    with store.reads() as c:
        with pytest.raises(CaseDamaged, match="report a"):
            evidence.fetch(c, evidence.all_numbers(c))
        assert any("report a" in p.what for p in problems(c))


def test_search_finds_words_phrases_and_other_spellings_of_a_name(store: Store) -> None:
    add(
        store,
        [
            FERRY,
            MARKET,
            report("h1", "Gen. Marat Khalvas denied it.", published="2024-05-02"),
            report("h2", "Troops of Marat Halvas left the town.", published="2024-06-02"),
        ],
    )
    with store.writes() as c:
        numbers = evidence.numbers_of(c, ["h1", "h2"])
        sought = (
            Sought("actor", "a1", "Marat Khalvas\nMarat Halvas"),
            Sought("statement", "s1", "it", report="h1", who="Marat Khalvas", stance="denies"),
            Sought("claim", "c1", "Troops left the town.", status="disputed", origins=2),
        )
        derived.put_incidents(
            c, [], [Settled("i1", "k", "why", tuple(numbers.values()), "Troops", 2, None, sought)]
        )
    with store.reads() as c:
        assert {h.id for h in search(c, "Halvas", Filters(nouns=("report",)))} == {"h1", "h2"}
        assert {h.id for h in search(c, "khalvas", Filters(nouns=("report",), since="2024-06-01"))} == {"h2"}
        assert [h.id for h in search(c, '"covered market"')] == ["b"]
        assert [h.id for h in search(c, "CAFE oven")] == ["b"]
        assert search(c, "market -fire") == []
        assert [h.id for h in search(c, "trader")] == ["b"]  # stems
        assert [h.id for h in search(c, "khalvas", Filters(stance="denies"))] == ["s1"]
        assert [h.id for h in search(c, "troops", Filters(nouns=("claim",), origins=2))] == ["c1"]
        assert search(c, "troops", Filters(nouns=("claim",), origins=3)) == []
        hit = search(c, "pier")[0]
        assert [hit.snippet[s:e] for s, e in hit.marks] == ["pier"]


@pytest.mark.parametrize(
    "asked", ["'", '"', "a AND (", "x*", "NEAR(a b)", "title:x", "%", "ferry'; DROP TABLE reports; --", "(((", "a" * 5000]
)  # fmt: skip
def test_a_question_is_never_taken_for_a_query_language(store: Store, asked: str) -> None:
    add(store, [FERRY])
    with store.reads() as c, contextlib.suppress(UsageError):  # no word in it to look for
        search(c, asked)
    with store.reads() as c:
        assert evidence.count(c) == 1


def test_two_programs_that_add_the_same_name_each_report_once(store: Store, case_name: str) -> None:
    brought = [report(f"n{k}", f"Report {k} of a long night at the quay.") for k in range(120)]
    named: list[list[str]] = [[], []]

    def run(which: int) -> None:
        with Store.open(case_name) as own:
            add(own, brought, batch=7, durable=named[which].append)

    threads = [threading.Thread(target=run, args=(k,)) for k in (0, 1)]
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    assert sorted(named[0] + named[1]) == sorted(r.id for r in brought)
    with store.reads() as c:
        assert problems(c) == []


def test_an_unfinished_step_leaves_nothing(store: Store) -> None:
    def stopped() -> None:
        with store.writes() as c:
            evidence.admit(c, [FERRY])
            raise RuntimeError("stop")

    with pytest.raises(RuntimeError, match="stop"):
        stopped()
    with store.reads() as c:
        assert evidence.count(c) == 0
        assert derived.waiting_numbers(c) == []


def test_a_case_of_a_later_version_is_refused_with_the_reason(case_name: str) -> None:
    with Store.create(case_name) as store, store.writes() as c:
        c.execute(
            text("INSERT INTO migrations (version, name, at, made_by) VALUES (:v, 'later', '', '9.9')"),
            {"v": LATEST + 1},
        )
    with pytest.raises(CaseError, match="later version of twosource"):
        Store.open(case_name)


def test_a_case_is_made_once(case_name: str) -> None:
    Store.create(case_name).close()
    with pytest.raises(UsageError, match="already"):
        Store.create(case_name)
