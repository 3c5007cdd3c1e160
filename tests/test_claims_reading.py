"""A claim's text is a sentence that can be read alone, in the words of one of its statements."""

from __future__ import annotations

from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from twosource.claims import gather
from twosource.claims.wording import _finished
from twosource.clean import clean
from twosource.model import Claim, Report
from twosource.pipeline import annotations_of
from twosource.resolve import resolve
from twosource.settings import Settings


@cache
def claims_of(*texts: str) -> tuple[Claim, ...]:
    articles = clean([Report(id=f"r{n}", text=text) for n, text in enumerate(texts, 1)])
    annotations = annotations_of(articles, Settings())
    return tuple(gather(articles, annotations, resolve(articles, annotations)))


def texts_of(*texts: str) -> list[str]:
    return [c.text for c in claims_of(*texts)]


def test_half_a_sentence_is_given_with_who_says_it() -> None:
    found = texts_of("Mayor Ada Vale explained why the new bridge over the Tamme was closed.")
    assert found == ["Mayor Ada Vale explained why the new bridge over the Tamme was closed."]


def test_a_quotation_in_the_first_person_names_its_speaker() -> None:
    found = texts_of(
        "The roof of the market hall fell in on Friday.\n\n"
        "“I was standing at the well when the beams broke,” said Tomas Reed."
    )
    assert "Tomas Reed said: “I was standing at the well when the beams broke.”" in found


def test_a_doubt_stays_in_the_text() -> None:
    found = texts_of("Investigators believe that the night watchman left the gate open.")
    assert any("believe" in t for t in found)


def test_what_was_done_is_not_told_as_a_plan() -> None:
    (text, *_) = texts_of(
        "The council of Port Alder voted on Monday to close the harbour.",
        "The council of Port Alder voted on Monday to close the old harbour.",
        "The council of Port Alder would vote on Monday to close the harbour.",
    )
    assert "would" not in text


def test_the_text_names_the_statement_that_it_is_taken_from() -> None:
    for claim in claims_of("The ferry sank off Pirita on Friday.", "A ferry sank on Friday off Pirita."):
        assert claim.worded in claim.statements
        assert claim.said


@pytest.mark.parametrize(
    ("words", "text"),
    [
        ("PORT ALDER -- The mill burned down", "The mill burned down."),
        ("However, the mill burned down.", "The mill burned down."),
        ("Image 1 of 5 The mill burned down.", "The mill burned down."),
        ("22 July 2031 Last updated at 17: 50 GMT The mill burned down.", "The mill burned down."),
        ("The water rose to three meters, .", "The water rose to three meters."),
        ("`` The mill burned down, ''", "The mill burned down."),
        ("Obama", "Obama."),
    ],
)
def test_what_stands_round_a_sentence_is_left_away(words: str, text: str) -> None:
    assert _finished(words) == text


@settings(deadline=None, max_examples=200)
@given(st.text(max_size=300))
def test_any_words_can_be_finished(words: str) -> None:
    assert isinstance(_finished(words), str)
