"""An origin stands behind a claim only where what it says is the claim, not a part of it or something beside it."""

from __future__ import annotations

import pytest

from twosource.annotate import annotate
from twosource.claims import Point, points
from twosource.corroborate.origins.coverage import covers, is_part, worded_as
from twosource.corroborate.origins.sameness import Sayings, sayings
from twosource.model import Article, Report
from twosource.resolve import resolve
from twosource.settings import Settings


def said(one: str, other: str) -> tuple[Sayings, Point, Point]:
    texts = (f"Mayor Ada Lindt said that {one}.", f"Doctor Hugo Brandt said that {other}.")
    articles = [Article(Report(f"r{n}", text)) for n, text in enumerate(texts)]
    annotations = list(annotate(articles, Settings()))
    found = points(articles, annotations, resolve(articles, annotations))
    a, b = (next(p for p in found if p.report == f"r{n}" and p.statement.who) for n in (0, 1))
    return sayings(found, annotations), a, b


@pytest.mark.parametrize(
    ("one", "other", "part"),
    [
        ("two of the victims were brother and sister", "four people were killed at the mill", True),
        ("one of them was killed in the yard", "four people were killed at the mill", True),
        ("four of the victims were killed in the yard", "four people were killed at the mill", False),
        ("two of the four were killed in the yard", "four people were killed at the mill", False),
        ("four people were killed, two of them in the yard", "four people were killed at the mill", False),
        ("two of the victims were brother and sister", "a baker was killed at the mill", False),
    ],
)
def test_some_of_them_are_a_part(one: str, other: str, part: bool) -> None:
    _, a, b = said(one, other)
    assert is_part(a, b) is part


def test_who_was_shot_is_not_yet_dead() -> None:
    sayings_, a, b = said("the baker was shot at the mill", "the baker was shot at the mill and died")
    assert not covers(sayings_, a, b)
    assert covers(sayings_, b, a)


def test_as_many_who_lived_there_are_not_as_many_who_died() -> None:
    sayings_, a, b = said(
        "at least four people lived in the red house by the mill",
        "four people were killed in the red house by the mill",
    )
    assert not sayings_.same(a.statement.id, b.statement.id)


def test_the_words_of_a_claim_are_those_of_one_of_its_statements() -> None:
    _, a, b = said("the baker was shot at the mill", "the mill is old")
    assert worded_as(a.statement.id, [a, b]) == (a,)
    assert worded_as("somebody else's", [a, b]) == worded_as(None, [a, b]) == ()
