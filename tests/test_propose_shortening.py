"""A shorter sentence holds only where it is the claim with words left out that a reader can do without."""

from __future__ import annotations

import pytest

from twosource.model import Annotation, Article, Report
from twosource.pipeline import annotations_of
from twosource.propose.shortening import Shortened, may_be_shortened, shortened
from twosource.settings import Settings

TRAIN = "A freight train derailed near Ostwick on Tuesday after a landslide hit the line."
HURT = "Nine passengers who sat in the last carriage were injured in the crash."
GUARD = "The guard did not leave his post during the night."
DENIAL = "The rail authority denied that the signal had failed on Tuesday."
DOUBT = "The driver may have fallen asleep shortly before the crash, the authority said."
STRUCK = "The ferry was struck by the tug in the harbour on Monday."
NESTED = "The mayor said the driver who hit the boy was drunk on Monday."
ALL = "All workers who stayed in the shed died in the fire on Monday."
HELD = "The captain remained in custody in Ostwick on Monday evening."
FIRED = "Guards fired at the strikers on Tuesday near the gate."
EITHER = "A student or a teacher opened the gate on Friday morning."


@pytest.fixture(scope="module")
def parsed() -> dict[str, Annotation]:
    every = [TRAIN, HURT, GUARD, DENIAL, DOUBT, STRUCK, NESTED, ALL, HELD, FIRED, EITHER]
    articles = [Article(Report(f"r{n}", text, language="en")) for n, text in enumerate(every)]
    found = annotations_of(articles, Settings())
    return dict(zip(every, found, strict=True))


def shorter(proposed: str, claim: str, parsed: dict[str, Annotation]) -> Shortened:
    a = parsed[claim]
    return shortened(proposed, claim, claim, a.sentences, [x.span for x in (*a.times, *a.places)])


@pytest.mark.parametrize(
    ("claim", "proposed", "made"),
    [
        (TRAIN, "A freight train derailed near Ostwick.", "A freight train derailed near Ostwick."),
        (TRAIN, "freight train derailed near ostwick on tuesday", "A freight train derailed near Ostwick on Tuesday."),
        (HURT, "Nine passengers were injured.", "Nine passengers were injured."),
        (FIRED, "Guards fired at the strikers.", "Guards fired at the strikers."),
        (STRUCK, "The ferry was struck by the tug.", "The ferry was struck by the tug."),
    ],
)  # fmt: skip
def test_words_of_time_and_place_may_go(
    parsed: dict[str, Annotation], claim: str, proposed: str, made: str
) -> None:
    assert may_be_shortened(claim, claim, parsed[claim].sentences)
    assert shorter(proposed, claim, parsed).text == made


@pytest.mark.parametrize(
    ("claim", "proposed"),
    [
        (HURT, "Nineteen passengers were injured."),  # another number
        (HURT, "Passengers were injured in the crash."),  # none
        (TRAIN, "A passenger train derailed near Ostwick."),  # another word
        (TRAIN, "A freight train driven by Jan Ost derailed near Ostwick."),  # a name of its own
        (TRAIN, "A landslide derailed a freight train near Ostwick."),  # another order
        (TRAIN, "A freight train hit the line."),  # words of two clauses
        (GUARD, "The guard did leave his post."),  # without "not"
        (GUARD, "The guard did not leave."),  # "not" of something else
        (DENIAL, "The signal had failed on Tuesday."),  # without the denial
        (DENIAL, "The rail authority denied that the signal had failed."),
        (DOUBT, "The driver have fallen asleep, the authority said."),  # without "may"
        (DOUBT, "The driver may have fallen asleep."),  # without who says so
        (STRUCK, "The ferry struck the tug."),  # the other way round
        (STRUCK, "The ferry was struck in the harbour."),  # without who did it
        (NESTED, "The mayor was drunk on Monday."),  # of somebody else
        (NESTED, "The driver was drunk on Monday."),
        (NESTED, "The mayor hit the boy on Monday."),
        (ALL, "All workers died in the fire."),  # of more than were there
        (HELD, "The captain remained in Ostwick."),  # elsewhere than in custody
        (FIRED, "Guards fired on Tuesday near the gate."),  # at nobody
        (EITHER, "A student opened the gate."),  # one of two
        (TRAIN, ""),
        (TRAIN, "derailed"),
        (TRAIN, TRAIN),
        (TRAIN, "A <b>freight</b> train derailed."),
        (TRAIN, "train " * 5000),
    ],
)
def test_what_changes_the_meaning_is_refused_with_a_reason(
    parsed: dict[str, Annotation], claim: str, proposed: str
) -> None:
    made = shorter(proposed, claim, parsed)
    assert made.text == ""
    assert made.why


def test_a_claim_that_is_not_a_report_s_running_words_is_not_shortened(
    parsed: dict[str, Annotation],
) -> None:
    assert not may_be_shortened(
        "Jan Ost: “It was the train that came off the line.”", TRAIN, parsed[TRAIN].sentences
    )
    assert not may_be_shortened(
        "A train came off the line somewhere near the town.", TRAIN, parsed[TRAIN].sentences
    )
    assert not may_be_shortened("", "", ())
    assert shortened("A train.", "A train.", "", ()).why
