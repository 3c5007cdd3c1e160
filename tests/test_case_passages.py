"""Paragraphs of a case are parsed once, whatever report they stand in, and go with the last report that has them."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from typing import Any

import pytest
from sqlalchemy import func, select

from twosource.annotate.passages import Held
from twosource.case import add, annotating, settle
from twosource.case.forgetting import forget
from twosource.model import Annotation, Report
from twosource.settings import Settings
from twosource.store import Store, derived
from twosource.store.schema import analyses, passages
from twosource.store.soundness import problems

WIRE = [
    "PORT ELLIS — Two dockers were killed on Monday when a crane fell at Port Ellis, harbour master Hugo Brandt said.",
    "Police said that 14 people were taken to the hospital in Ellerton, and that three of them may not live.",
    "The owner of the crane, Halvas Marine, denied that it had been overloaded when it fell at Port Ellis.",
    "Work in the harbour stopped at noon, and the dockers' union called for a day of mourning on Friday.",
]
OWN = "The mayor of Ellerton told this paper on Tuesday that the quay will stay closed until the inquiry is over."


def report(name: str, *paragraphs: str) -> Report:
    """A report of an outlet of its own."""
    return Report(name, "\n\n".join(paragraphs), outlet=f"The {name} Post", published="2024-02-26")


class Seen(Held):
    """A memory that counts what is parsed."""

    parsed = 0

    def put(self, made: Mapping[str, bytes]) -> None:
        """As any memory."""
        Seen.parsed += len(made)
        super().put(made)


@pytest.fixture(autouse=True)
def counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(annotating, "Held", Seen)
    Seen.parsed = 0


def kept(store: Store, table: Any) -> int:
    """How many rows a table has."""
    with store.reads() as c:
        return int(c.execute(select(func.count()).select_from(table)).scalar_one())


def accounts(store: Store) -> list[Any]:
    """All accounts of a case."""
    with store.reads() as c:
        assert problems(c) == []
        return [derived.account(c, i.id) for i in derived.listed(c)]


def test_of_a_report_that_is_mostly_known_copy_only_the_rest_is_parsed(case_name: str) -> None:
    with Store.create(case_name) as store:
        add(store, [report("a", *WIRE)])
        settle(store, Settings())
        assert Seen.parsed == len(WIRE)
        add(store, [report("b", *WIRE, OWN)])
        settle(store, Settings())
        assert Seen.parsed == len(WIRE) + 1
        assert kept(store, passages) == len(WIRE) + 1
        assert kept(store, analyses) == 2


def test_with_what_was_parsed_before_the_account_is_the_same(tmp_path: Any) -> None:
    both = [report("a", *WIRE), report("b", OWN, *WIRE[1:])]
    with Store.create(str(tmp_path / "one.case")) as store:
        add(store, both)
        settle(store, Settings())
        at_once = accounts(store)
    with Store.create(str(tmp_path / "two.case")) as store:
        for r in both:
            add(store, [r])
            settle(store, Settings())
        assert accounts(store) == at_once


def test_of_a_forgotten_report_no_paragraph_is_left_but_those_that_others_have(case_name: str) -> None:
    with Store.create(case_name) as store:
        add(store, [report("a", *WIRE), report("b", *WIRE[:3], OWN)])
        settle(store, Settings())
        assert kept(store, passages) == len(WIRE) + 1
        forget(store, "b", who="ada", why="asked to")
        assert kept(store, passages) == len(WIRE)
        before = Seen.parsed
        settle(store, Settings())
        assert Seen.parsed == before
        forget(store, "a", who="ada", why="asked to")
        assert kept(store, passages) == 0


def test_of_a_report_forgotten_while_it_is_parsed_nothing_is_kept(
    case_name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    parse = annotating.annotations_of
    with Store.create(case_name) as store:
        add(store, [report("a", *WIRE[:2]), report("b", OWN)])

        def forgetting(*given: Any) -> list[Annotation]:
            made = parse(*given)
            monkeypatch.setattr(annotating, "annotations_of", parse)
            forget(store, "b", who="ada", why="asked to")
            return made

        monkeypatch.setattr(annotating, "annotations_of", forgetting)
        settle(store, Settings())
        assert kept(store, passages) == 2
        assert len(accounts(store)) == 1


def test_another_model_takes_nothing_that_this_one_parsed(
    tmp_path: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Store.create(str(tmp_path / "a.case")) as store:
        add(store, [report("a", *WIRE)])
        settle(store, Settings())
        for module in (sys.modules["twosource.annotate.parse"], annotating):
            monkeypatch.setattr(module, "analyser", lambda model: f"other weights of {model}")
        add(store, [report("b", *WIRE)])
        settle(store, Settings())
        assert Seen.parsed == 2 * len(WIRE)  # those of `a` are annotated again too, each parsed once
