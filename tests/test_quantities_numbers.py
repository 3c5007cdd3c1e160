"""Numbers as English writes them."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from twosource.text.numbers import CARDINAL, ONES, TENS, parse_number

WRITTEN = [
    ("43", 43),
    ("4,500", 4_500),
    ("1.5 million", 1_500_000),
    ("2 1/2", 2.5),
    ("twenty-one", 21),
    ("a hundred", 100),
    ("one hundred and five", 105),
    ("two thousand and five", 2_005),
    ("five hundred thousand", 500_000),
    ("half a million", 500_000),
    ("half a dozen", 6),
    ("a dozen", 12),
    ("five dozen", 60),
    ("three and a half", 3.5),
    ("two and a half million", 2_500_000),
]


@pytest.mark.parametrize(("written", "value"), WRITTEN)
def test_written_numbers(written: str, value: float) -> None:
    """The expression takes the whole of it, and it has that value."""
    assert re.fullmatch(CARDINAL, written, re.IGNORECASE)
    assert parse_number(written) == value


@given(st.integers(0, 10**9))
def test_digits_with_commas(number: int) -> None:
    """Digits say what they say, with commas or without."""
    assert parse_number(str(number)) == parse_number(f"{number:,}") == number


@given(st.sampled_from(sorted(TENS)), st.sampled_from([w for w, n in ONES.items() if 1 <= n <= 9]))
def test_tens_and_ones(tens: str, ones: str) -> None:
    """ "Forty-three", with a hyphen or a space."""
    assert parse_number(f"{tens}-{ones}") == parse_number(f"{tens} {ones}") == TENS[tens] + ONES[ones]


@given(st.text(max_size=40))
def test_anything_else_is_no_number(text: str) -> None:
    """Never raises; words that are no numbers have no value."""
    value = parse_number(text)
    assert value is None or value >= 0


def test_other_words_have_no_value() -> None:
    """A word that is no number makes the whole no number."""
    assert parse_number("several") is None
    assert parse_number("") is None
