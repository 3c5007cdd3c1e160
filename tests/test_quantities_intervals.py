"""The algebra of bounded numbers: what two statements of one number say about each other."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from twosource.text.intervals import Interval, common, compare_quantities, holds, say

_NUMBERS = st.integers(min_value=0, max_value=10_000).map(float)


@st.composite
def intervals(draw: st.DrawFn) -> Interval:
    """Any interval, with or without an upper bound."""
    low = draw(_NUMBERS)
    width = draw(st.none() | _NUMBERS)
    return Interval(
        low, None if width is None else low + width, draw(st.sampled_from([None, "person", "km", "mile"]))
    )


@given(intervals(), intervals())
def test_order_does_not_matter(a: Interval, b: Interval) -> None:
    """Comparing is symmetric, in its finding and in its sentence."""
    assert compare_quantities(a, b) == compare_quantities(b, a)


@given(intervals())
def test_an_interval_agrees_with_itself(a: Interval) -> None:
    """Nothing contradicts or narrows itself."""
    assert compare_quantities(a, a)[0] == "consistent"


@given(intervals(), intervals(), _NUMBERS)
def test_contradicting_means_no_common_number(a: Interval, b: Interval, number: float) -> None:
    """Two of one unit contradict exactly when no number is in both."""
    if a.unit != b.unit:
        return
    both = all(i.low <= number and (i.high is None or number <= i.high) for i in (a, b))
    if both:
        assert compare_quantities(a, b)[0] != "contradicting"
    assert (common(a, b) is None) == (compare_quantities(a, b)[0] == "contradicting")


@given(intervals(), intervals())
def test_narrower_means_one_holds_the_other(a: Interval, b: Interval) -> None:
    """ "Narrower" is said only where one lies wholly in the other and they differ."""
    if a.unit == b.unit and compare_quantities(a, b)[0] == "narrower":
        assert holds(a, b) != holds(b, a)


@given(intervals(), intervals(), intervals())
def test_holding_is_transitive(a: Interval, b: Interval, c: Interval) -> None:
    """What holds a holder holds what it holds."""
    if holds(a, b) and holds(b, c):
        assert holds(a, c)


@given(intervals(), intervals())
def test_what_is_common_lies_in_both(a: Interval, b: Interval) -> None:
    """The common interval lies in each."""
    both = common(a, b)
    if both is not None:
        assert holds(a, both)
        assert holds(b, both)


@given(intervals(), intervals())
def test_every_finding_has_a_sentence(a: Interval, b: Interval) -> None:
    """A reader gets a sentence that names what is compared."""
    _, why = compare_quantities(a, b)
    assert why.endswith(".")
    assert say(a) in why or say(b) in why


CASES = [
    (Interval(41, None), Interval(43, 43), "narrower"),
    (Interval(3, 3), Interval(5, 5), "contradicting"),
    (Interval(600, 800), Interval(700, 900), "consistent"),
    (Interval(600, 800), Interval(200, 999), "narrower"),
    (Interval(0, 0), Interval(1, None), "contradicting"),
    (Interval(12, None), Interval(20, None), "narrower"),
    (Interval(0, 9), Interval(10, None), "contradicting"),
    (Interval(40, 40, "mile"), Interval(64, 64, "km"), "consistent"),
    (Interval(40, 40, "mile"), Interval(90, 90, "km"), "contradicting"),
    (Interval(5, 5, "km"), Interval(5, 5, "USD"), "consistent"),
    (Interval(1, 1, "tonne"), Interval(1000, 1000, "kg"), "consistent"),
]


@pytest.mark.parametrize(("a", "b", "finding"), CASES)
def test_findings(a: Interval, b: Interval, finding: str) -> None:
    """Precision is no contradiction; converted units may differ by rounding; other kinds of unit don't contradict."""
    got, _ = compare_quantities(a, b)
    assert got == finding


def test_sentences_read_well() -> None:
    """The sentences are those of an editor."""
    assert (
        compare_quantities(Interval(41, None), Interval(43, 43))[1]
        == "“43” is more precise than “41 or more” and fits it."
    )
    assert compare_quantities(Interval(3, 3), Interval(5, 5))[1] == "No number is both “3” and “5”."
    assert say(Interval(0, 12)) == "at most 12"
    assert say(Interval(1.5e6, 1.5e6, "USD")) == "1,500,000 USD"
