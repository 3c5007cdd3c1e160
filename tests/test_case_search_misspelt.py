"""A name typed with a slip is found where nothing has that word; what stands somewhere is never taken for something else."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from click.testing import CliRunner
from sqlalchemy import Engine, create_engine, text

from databases import Server
from twosource.case import add
from twosource.case.deciding import decide
from twosource.case.searching import look
from twosource.cli import twosource
from twosource.model import Report
from twosource.store import Store, derived, evidence, misspelt
from twosource.store.derived import Settled, Sought
from twosource.store.search import search

REPORTS = [
    Report("h1", "Gen. Marat Khalvas denied it.", published="2024-05-02"),
    Report("h2", "Troops of Marat Halvas left the town with Zoë Brandt.", published="2024-06-02"),
    Report("h3", "The halves of the loaf were sold.", published="2024-06-02"),
]


def filled(store: Store) -> Store:
    """The reports, and whom an account of them would name."""
    add(store, REPORTS)
    with store.writes() as c:
        numbers = evidence.numbers_of(c, ["h1", "h2"])
        sought = (Sought("actor", "a1", "Marat Khalvas\nMarat Halvas"), Sought("actor", "a2", "Zoë Brandt"))
        derived.put_incidents(
            c, [], [Settled("i1", "k", "why", tuple(numbers.values()), "Troops", 2, None, sought)]
        )
    return store


@pytest.fixture
def store(case_name: str) -> Iterator[Store]:
    with Store.create(case_name) as opened:
        yield filled(opened)


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("Brnadt", {"h2", "a2"}),
        ("brand", {"h2", "a2"}),
        ("Halvsa", {"h1", "h2", "a1"}),
        ("Khalvs", {"h1", "h2", "a1"}),
        ("halves", {"h3"}),
        ("xyzzy", set()),
        ("Bra", set()),
        ("-Brnadt Marat", {"h1", "h2", "a1"}),
        ('"Zoe Brnadt"', set()),
    ],
)
def test_a_name_typed_with_a_slip_is_found_in_all_its_spellings(
    store: Store, typed: str, found: set[str]
) -> None:
    with store.reads() as c:
        hits = {h.id for h in search(c, typed)}
    assert hits == found


@pytest.mark.parametrize("typed", ["%", "hal%as", "퟿퟿퟿퟿퟿", "x" * 4000, "'''' OR 1"])
def test_odd_words_are_looked_up_as_they_are(store: Store, typed: str) -> None:
    with store.reads() as c:
        for word in typed.split():
            assert misspelt.meant(c, word) in ([], ["halvas"], ["halva", "halvas"], ["halvas", "halva"])


def test_a_withheld_name_is_not_found_by_a_slip_either(store: Store) -> None:
    assert look(store, "Brnadt")
    decide(store, "redact", [], who="ada", value="Brandt")
    assert look(store, "Brnadt") == []


@pytest.fixture
def poor(postgres: Server) -> Iterator[tuple[str, Engine]]:
    """A database of a user who may not add an extension, and a way in for one who may."""
    owned = postgres.database()
    engine = create_engine(owned.replace("postgresql://", "postgresql+psycopg://"))
    with engine.begin() as c:
        c.execute(text("CREATE ROLE poor LOGIN"))
        c.execute(text("GRANT ALL ON SCHEMA public TO poor"))
    yield owned.replace("tester@", "poor@"), engine
    with engine.begin() as c:
        c.execute(text("DROP OWNED BY poor"))
        c.execute(text("DROP ROLE poor"))
    engine.dispose()


def test_a_user_who_may_not_add_the_extension_has_a_case_all_the_same_and_is_told(
    poor: tuple[str, Engine],
) -> None:
    name, engine = poor
    with Store.create(name) as store:
        filled(store)
        with store.reads() as c:
            assert misspelt.lacking(c)
            assert search(c, "Brnadt") == []
            assert {h.id for h in search(c, "Brandt")} == {"h2", "a2"}
        done = CliRunner().invoke(twosource, ["--quiet", "case", "doctor", name])
        assert "CREATE EXTENSION pg_trgm" in done.stderr
        with engine.begin() as c:
            c.execute(text("CREATE EXTENSION pg_trgm"))
        with store.writes() as c:
            assert misspelt.create(c)
        with store.reads() as c:
            assert {h.id for h in search(c, "Brnadt")} == {"h2", "a2"}
