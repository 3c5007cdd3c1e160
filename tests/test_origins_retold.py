"""One utterance is one origin, in however many reports, to whomever they give it."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from invented import Said, actor, incident
from twosource.claims import gather
from twosource.corroborate.origins import back
from twosource.corroborate.origins.retold import same_words
from twosource.model import Backing

BARGE = "the crew let go of the ropes and the barge drifted across the basin into the old swing bridge"
BARGE_TOO = (
    "instead the crew let go of the ropes and the heavy barge drifted over the basin into the old bridge"
)
OTHERWISE = "the barge hit the swing bridge of the old basin because its crew had not made the ropes fast"


def backing(first: Said, second: Said, **more: object) -> Backing:
    made = incident([first], [second], **more)  # type: ignore[arg-type]
    claims = gather(made.articles, made.annotations, made.cast)
    found = back(claims, made.articles, made.annotations, made.cast, ())
    return next(b for c, b in zip(claims, found, strict=True) if "r1s0" in c.statements)


def test_nearly_the_same_words_are_one_utterance_whoever_is_named_for_them() -> None:
    one = Said(BARGE, "Ida Quill, a pilot", "person")
    other = Said(BARGE_TOO, "the harbour police", "organisation")
    assert backing(one, other).independent_origins == 1


def test_two_who_tell_one_thing_in_words_of_their_own_are_two() -> None:
    one = Said(BARGE, "Northport fire brigade", "organisation")
    other = Said(OTHERWISE, "the harbour police", "organisation")
    assert not same_words(BARGE, OTHERWISE)
    assert backing(one, other).at_most == 2


def test_one_body_is_one_origin_also_where_another_body_shares_its_words() -> None:
    """Given to a person and to his office in one wording, to the person alone in another: nobody is named twice."""
    office, person = actor("Harbour Board"), actor("Ann Lee", "person")
    made = incident(
        [Said("Mr. Sand sees that but thinks the quay ought to be built elsewhere", "Ann Lee")],
        [Said("Master Sand sees that but thinks the quay ought to be built elsewhere", "Ann Lee")],
        [
            Said(
                "Master Sand sees that but thinks the quay ought to be built elsewhere",
                "Harbour Board",
                "organisation",
            )
        ],
        actors=[office, person],
    )
    claims = gather(made.articles, made.annotations, made.cast)
    found = back(claims, made.articles, made.annotations, made.cast, ())
    assert [(b.independent_origins, b.at_most) for b in found] == [(1, 1)]


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [
        ("he was hurt in the leg", "he was hurt in the leg", True),
        ("he was hurt in the leg", "he was hurt in the leg and taken to the infirmary", True),
        ("he was hurt", "he was hurt in the leg", False),  # too short to tell
        (
            "the ferry was late in the day and in the rain of the north",
            "the day of the rain was in the late north and the ferry in it",
            False,
        ),
    ],
)
def test_what_counts_as_the_same_words(a: str, b: str, same: bool) -> None:
    assert same_words(a, b) is same


@given(st.text("ab ", max_size=60), st.text("ab ", max_size=60))
def test_it_is_symmetric(a: str, b: str) -> None:
    assert same_words(a, b) == same_words(b, a)


def test_long_statements_take_no_time() -> None:
    start = time.process_time()
    assert same_words("na " * 20_000, "na no " * 20_000) in (True, False)
    assert time.process_time() - start < 1
