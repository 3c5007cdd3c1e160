"""How a report stands to a claim."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from twosource.corroborate.stance import stand
from twosource.model import Article, Report

AGREES = "A tanker ran aground off Port Alder on Monday.\n\nThe tanker ran aground at dawn and its crew of twelve was taken off by helicopter."
DENIES = (
    "A story that a tanker ran aground off Port Alder is false.\n\nThe harbour office denied it. “No tanker ran aground here. "
    "It is a hoax,” said Ida Brandt, the harbour master. The picture was fake."
)
DOUBTS = (
    "A tanker has reportedly run aground off Port Alder, according to unconfirmed reports.\n\nIt may have been a tanker that ran aground, "
    "the coast guard said; it was unclear whether anyone was hurt and officials were trying to verify the claim."
)
CLAIM = "A tanker ran aground off Port Alder"


def verdict(text: str, claim: str = CLAIM) -> str | None:
    return stand(claim, Article(Report("r", text))).verdict


def test_a_report_that_says_it_agrees() -> None:
    assert verdict(AGREES) == "agree"


def test_a_report_that_calls_it_false_disagrees() -> None:
    assert verdict(DENIES) == "disagree"


def test_a_report_that_only_relays_doubtful_word_discusses() -> None:
    assert verdict(DOUBTS) == "discuss"


def test_a_report_on_something_else_has_no_stance() -> None:
    assert verdict("The council voted on Tuesday to plant lime trees in the square.") is None


def test_a_report_that_was_named_always_has_a_stance() -> None:
    other = Article(Report("r", "The council voted on Tuesday to plant lime trees in the square."))
    assert stand(CLAIM, other, named=True).verdict is not None


@given(st.text(max_size=300), st.text(max_size=60))
def test_any_text_can_be_asked(text: str, claim: str) -> None:
    """Never raises; evidence lies inside the text."""
    found = stand(claim, Article(Report("r", text)), named=True)
    assert all(0 <= s.start < s.end <= len(text) for s in found.evidence)
    assert found.why
