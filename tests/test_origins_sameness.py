"""Two bodies are two origins of a claim only where both say it: the same of the same, not something about the same people."""

from __future__ import annotations

import pytest

from twosource.annotate import annotate
from twosource.claims import points
from twosource.corroborate.origins.sameness import sayings
from twosource.corroborate.origins.whom import Whom, whom
from twosource.model import Article, Report
from twosource.resolve import resolve
from twosource.settings import Settings


def same(one: str, other: str) -> bool:
    """Whether two things said by two people confirm one another."""
    texts = (f"Mayor Ada Lindt said that {one}.", f"Doctor Hugo Brandt said that {other}.")
    articles = [Article(Report(f"r{n}", text)) for n, text in enumerate(texts)]
    annotations = list(annotate(articles, Settings()))
    found = points(articles, annotations, resolve(articles, annotations))
    ids = [next(p.statement.id for p in found if p.report == f"r{n}" and p.statement.who) for n in (0, 1)]
    said = sayings(found, annotations)
    assert said.same(*ids) == said.same(*reversed(ids))
    return said.same(*ids)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (
            "the company opened the dams above the town",
            "the dams, which the company opened at night, are old",
        ),
        ("more than 80 families had to leave their homes", "80 families were moved out of the valley"),
        ("the water in the lower town rose to three metres", "the water reached more than three metres"),
        ("four people died in the fire at the mill", "the mill fire killed four people"),
        ("the guard shot the driver at the gate", "a driver was shot by the guard"),
        (
            "the bridge was unsafe and nobody cared",
            "they all knew that the bridge was unsafe and nobody cared",
        ),
        ("the board will sell the ferry", "the board plans to sell the ferry"),
        ("the guard shot Karl Lindqvist in the yard", "the guard shot a man in the yard"),
    ],
)
def test_the_same_in_other_words_is_the_same(one: str, other: str) -> None:
    assert same(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (
            "he did not know why officers took the bomb inside",
            "he did not know whether the bomb went off by itself",
        ),
        ("the driver entered the courthouse with his father", "the driver opened fire in the courthouse"),
        ("the police need more help from the town", "the police have arrested nobody in the town"),
        ("better maps are needed for a raid on the camp", "the camp lies an hour from the coast"),
        ("three people were killed on the pier", "five people were killed on the pier"),
        ("the ferry was old", "the ferry was new"),
        ("the fire destroyed the church in Tennick", "the church in Tennick had received threats"),
        (
            "two sisters flew to London for a cruise",
            "a cousin flew to London to help her",
        ),  # a place is no deed
        (
            "the new board would drain the marsh in a year",
            "nobody did more to drain the marsh than the old board",
        ),
        ("the board will sell the ferry", "the board sold the ferry"),
        ("the guard shot Ida Quill in the yard", "the guard shot Karl Lindqvist in the yard"),
        ("he was shot by the guard at the gate", "she was shot by the guard at the gate"),
    ],
)
def test_something_else_about_the_same_is_not(one: str, other: str) -> None:
    assert not same(one, other)


def test_they_are_those_of_the_same_sentence_first() -> None:
    text = (
        "Ida Quill opened the fair. After what befell Karl Lund, the parish said he would not open it again."
    )
    article = Article(Report("r", text))
    annotations = list(annotate([article], Settings()))
    found = points([article], annotations, resolve([article], annotations))
    of = whom(found, annotations)
    (told,) = (of[p.statement.id] for p in found if "again" in p.text and p.statement.cue)
    assert told.them == "he"
    assert told.strange_to(Whom(frozenset({"ida", "quill"})))
    assert not told.strange_to(Whom(frozenset({"karl", "lund"})))
    assert told.strange_to(Whom(frozenset(), None, "she"))


def test_others_are_they() -> None:
    """Who "they" are stands just before: what is told of them is not told of somebody else."""
    texts = (
        "Ida Quill and her husband had boarded the night ferry for a cruise, the parish said.",
        "Karl Lund, 57, was hurt on the pier. They had boarded the night ferry for a cruise, his sister said.",
        "Ida Quill was hurt on the pier. They had boarded the night ferry for a cruise, her sister said.",
    )
    articles = [Article(Report(f"r{n}", text)) for n, text in enumerate(texts)]
    annotations = list(annotate(articles, Settings()))
    found = points(articles, annotations, resolve(articles, annotations))
    told = [
        next(p.statement.id for p in found if p.report == f"r{n}" and "cruise" in p.text and p.statement.who)
        for n in range(3)
    ]
    of = whom(found, annotations)
    assert of[told[0]].strange_to(of[told[1]])
    assert of[told[1]].strange_to(of[told[0]])
    assert not of[told[0]].strange_to(of[told[2]])
    assert not Whom(frozenset({"quill"})).strange_to(Whom(frozenset()))
