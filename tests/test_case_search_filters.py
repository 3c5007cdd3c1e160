"""Filters of a search say the same whichever way the database goes about them, over both kinds of storage."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from twosource.case import add
from twosource.errors import UsageError
from twosource.model import Report
from twosource.store import Store, derived, mastheads, narrowing, search_tables
from twosource.store import search as searching
from twosource.store.derived import Settled, Sought
from twosource.store.search import Filters, Hit, search

PLACES = ("Port Ellis", "Tennick", "Élan 100%")
ACTORS = ("Mira Brandt\nM. Brandt", "Halvas Marine", "Jörg Lindt")


@pytest.fixture
def store(case_name: str) -> Iterator[Store]:
    """Three incidents of four reports; each has a claim, an actor, and a statement a report."""
    with Store.create(case_name) as opened:
        brought = [
            Report(f"r{k}", f"The harbour police said that crane {k} fell near the pier.", outlet=None if k == 3 else f"Outlet {k % 2}", published=f"2024-0{k % 3 + 1}-10", title=f"Crane {k}")
            for k in range(12)
        ]  # fmt: skip
        add(opened, brought)
        with opened.writes() as c:
            made = []
            for i in range(3):
                numbers = tuple(range(4 * i + 1, 4 * i + 5))
                sought = [Sought("statement", f"s{n}", f"the police said so of crane {n - 1}", report=f"r{n - 1}", who="police", stance="denies" if n % 2 else "asserts") for n in numbers]  # fmt: skip
                sought.append(Sought("claim", f"c{i}", f"police saw crane {i} fall", status=("disputed", "corroborated", "single_origin")[i], origins=i))  # fmt: skip
                sought.append(Sought("actor", f"a{i}", ACTORS[i]))
                record = {"where": {"name": PLACES[i], "lat": 1.0, "lon": 2.0}, "when": "2024-01-10"}
                made.append(Settled(f"i{i}", "k", "why", numbers, f"Crane {i}", 2, record, tuple(sought)))
            derived.put_incidents(c, (), made)
            mastheads.put(c, {4: ("The Head Post", "2024-01-10")})
        yield opened


def asked(store: Store, words: str = "police", **filters: object) -> list[Hit]:
    """The results of a search."""
    with store.reads() as c:
        return search(c, words, Filters(**filters))  # type: ignore[arg-type]


def ids(hits: list[Hit], noun: str) -> set[str]:
    """The ids of one noun."""
    return {h.id for h in hits if h.noun == noun}


EVERY = {f"r{k}" for k in range(12)}
WAYS = [
    ({}, EVERY, {f"s{n}" for n in range(1, 13)}, {"c0", "c1", "c2"}),
    ({"outlet": "outlet 1"}, {"r1", "r5", "r7", "r9", "r11"}, {"s2", "s6", "s8", "s10", "s12"}, set()),
    ({"outlet": "The Head Post"}, {"r3"}, {"s4"}, set()),
    ({"since": "2024-03-01"}, {"r2", "r5", "r8", "r11"}, {"s3", "s6", "s9", "s12"}, set()),
    ({"until": "2024-01"}, {"r0", "r3", "r6", "r9"}, {"s1", "s4", "s7", "s10"}, set()),
    ({"place": "port ell"}, {"r0", "r1", "r2", "r3"}, {"s1", "s2", "s3", "s4"}, {"c0"}),
    ({"place": "100%"}, {"r8", "r9", "r10", "r11"}, {"s9", "s10", "s11", "s12"}, {"c2"}),
    ({"actor": "halvas"}, {"r4", "r5", "r6", "r7"}, {"s5", "s6", "s7", "s8"}, {"c1"}),
    ({"actor": "jorg LINDT"}, {"r8", "r9", "r10", "r11"}, {"s9", "s10", "s11", "s12"}, {"c2"}),
    ({"stance": "denies"}, set(), {"s1", "s3", "s5", "s7", "s9", "s11"}, set()),
    ({"status": "disputed"}, {"r0", "r1", "r2", "r3"}, set(), {"c0"}),
    ({"origins": 1}, {f"r{k}" for k in range(4, 12)}, set(), {"c1", "c2"}),
    ({"origins": 2, "outlet": "Outlet 1"}, {"r9", "r11"}, set(), set()),
    ({"place": "tennick", "since": "2024-02-01", "actor": "halvas", "status": "corroborated"}, {"r4", "r5", "r7"}, set(), set()),
    ({"outlet": "Nobody"}, set(), set(), set()),
    ({"place": "nowhere"}, set(), set(), set()),
]  # fmt: skip


@pytest.mark.parametrize("few", [2000, 0], ids=["as sets", "row by row"])
@pytest.mark.parametrize("many", [5000, 0], ids=["ranked", "newest first"])
def test_each_filter_lets_through_what_it_says(
    store: Store, few: int, many: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(narrowing, "FEW", few)
    monkeypatch.setattr(searching, "MANY", many)
    for filters, reports, statements, claims in WAYS:
        hits = asked(store, **filters)  # type: ignore[arg-type]
        assert ids(hits, "report") == reports, filters
        assert ids(hits, "statement") == statements, filters
        assert ids(hits, "claim") == claims, filters


def test_where_many_match_the_newest_come_first(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(searching, "MANY", 5)
    assert [h.id for h in asked(store, nouns=("report",))] == [f"r{k}" for k in range(11, -1, -1)]
    assert [h.id for h in asked(store, "crane -7 -11", nouns=("report",))][:3] == ["r10", "r9", "r8"]


def test_a_line_is_found_under_its_noun_alone_and_gone_with_its_incident(store: Store) -> None:
    assert ids(asked(store, "brandt"), "actor") == {"a0"}
    assert ids(asked(store, "brandt", nouns=("statement", "claim")), "statement") == set()
    with store.writes() as c:
        derived.strip_incident(c, "i0")
    assert asked(store, "brandt") == []
    assert ids(asked(store), "claim") == {"c1", "c2"}


def test_words_that_are_no_words_are_refused(store: Store) -> None:
    for words in ("", "  ", "-police", '""', "'\";--"):
        with pytest.raises(UsageError, match="needs a word"):
            asked(store, words)


def test_lines_of_an_earlier_case_are_put_in_their_places(store: Store) -> None:
    before = asked(store)
    with store.writes() as c:
        search_tables.renew(c)
    assert asked(store) == before
