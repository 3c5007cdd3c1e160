"""Who "he", "she" and "they" are, what else names a speaker, and what a word of doubt about somebody leaves certain."""

from __future__ import annotations

import pytest

from test_statements_speakers import read


def who(text: str, words: str) -> str | None:
    """Who says the statement that holds the words."""
    found = [s for s in read(text) if words in " ".join(c.of(text) for c in s.content)]
    assert found, [" ".join(c.of(text) for c in s.content) for s in read(text)]
    return found[0].who


def test_nobody_speaks_of_themselves_by_name() -> None:
    text = (
        "Minister Olaf Brandt is one of many who thanked Sergeant Piet Marl.\n\n"
        "“I am grateful to Sergeant Piet Marl for keeping us safe,” he wrote."
    )
    assert who(text, "grateful") != "Piet Marl"


def test_she_is_not_whom_her_own_clause_names() -> None:
    text = (
        "Neighbor Ada Holm said that Lena Vik moved in last year. "
        "She dismissed a report that Lena Vik might be involved."
    )
    assert all(s.who != "Lena Vik" for s in read(text))


def test_a_post_shown_whole_is_said_by_whoever_posted_it() -> None:
    text = (
        "The bridge fell on Tuesday evening.\n\n"
        "Two cars are in the water below the bridge pic.twitter.com/abC9xyz — Ada Holm (@adaholm) May 6, 2031\n\n"
        "The bridge was closed."
    )
    assert who(text, "Two cars are in the water") == "Ada Holm"


def test_the_police_in_a_town_are_that_towns() -> None:
    text = "Westford police chased the car. Police in Hartfield confirmed on Monday that the driver was a girl from the town."
    assert who(text, "driver was a girl") == "Hartfield police"


def test_the_name_after_a_noun_belongs_to_the_source() -> None:
    text = "According to trade website Ledgerline, the cheap model will sell for less, with two more to come."
    assert who(text, "cheap model") == "Ledgerline"


@pytest.mark.parametrize(
    "text",
    [
        "The rumors claim that the bridge has fallen.",
        "Ada Holm, who co-wrote a book with her father, was accused of taking the money.",
        "Ledger Works sells boats. If the mayor did say so, it could indicate that the town will buy one.",
    ],
)
def test_rumours_halves_of_words_and_facts_say_nothing(text: str) -> None:
    assert not [
        s
        for s in read(text)
        if (s.who and s.voiced and s.who.casefold() != "ada holm") or s.who == "Ledger Works"
    ]


def test_a_weekday_is_nobody_spoken_to() -> None:
    text = "In their remarks on Sunday, Ada Holm and Lena Vik called the fire a crime."
    assert all(s.told is None for s in read(text))


@pytest.mark.parametrize(
    "text",
    [
        "Ada Holm, who saw the bridge fall, said that it shook first.",
        "Two men who were inside said that the roof came down.",
    ],
)
def test_whoever_was_there_is_a_witness(text: str) -> None:
    assert [s.basis for s in read(text)] == ["witnessed"]


@pytest.mark.parametrize(
    ("text", "certainty"),
    [
        ("A suspected gang leader hanged himself in his cell, police said.", "asserted"),
        ("Police said that the suspected shooter had left the school.", "asserted"),
        ("Police said that the fire was suspected arson.", "possible"),
        ("Police said that the man may have hanged himself.", "possible"),
    ],
)
def test_what_somebody_is_taken_for_casts_no_doubt_on_what_they_did(text: str, certainty: str) -> None:
    assert [s.certainty for s in read(text)] == [certainty]
