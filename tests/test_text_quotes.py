"""Quotation marks of every kind are paired up, and no text, however odd, makes that fail or run away."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from twosource.text import paragraphs, quotations, sentences

MARKS = "\"“”‘’'«»‹›„‟＂`"


def inside(text: str) -> list[str]:
    return [q.inner.of(text) for q in quotations(text)]


@pytest.mark.parametrize(
    "text",
    ['He said "yes, now" twice.', "He said “yes, now” twice.", "He said ‘yes, now’ twice.", "He said 'yes, now' twice.",
     "He said «yes, now» twice.", "He said ''yes, now'' twice.", "He said ``yes, now'' twice.", "Er sagte „yes, now“ zweimal.", "Han sade ”yes, now” två gånger."],
)  # fmt: skip
def test_every_kind_of_mark_is_paired(text: str) -> None:
    assert inside(text) == ["yes, now"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“It’s the boys’ boat,” she said.", ["It’s the boys’ boat,"]),
        ("‘It’s ours,’ she said, ‘and it’s old.’", ["It’s ours,", "and it’s old."]),
        ("“He told us ‘no’ twice,” she said.", ["He told us ‘no’ twice,"]),
        ("The '90s and the dogs' bowls and rock'n'roll.", []),
        ('A 5" pipe and a "new" one.', ["new"]),
        ("stray” mark and “good one”", ["good one"]),
        ('"Left open for good.', ["Left open for good."]),
        ("“Left open. “Closed,” she said.", ["Left open. ", "Closed,"]),
        ('The dam broke."We saw it," he said.', ["We saw it,"]),
    ],
)
def test_apostrophes_nesting_and_missing_marks(text: str, expected: list[str]) -> None:
    assert inside(text) == expected


def test_a_paragraph_that_opens_with_a_mark_continues_one_left_open() -> None:
    first, second = quotations("“One.\n“Two,” she said.")
    assert (first.closed, first.continues) == (False, False)
    assert (second.closed, second.continues) == (True, True)


def test_a_quotation_may_run_over_paragraphs_without_marks_at_their_head() -> None:
    text = "`` One.\nTwo.\nThree, '' she said.\nFour."
    assert [q.span.of(text) for q in quotations(text)] == ["`` One.", "Two.", "Three, ''"]


def test_a_mark_left_open_never_swallows_the_article() -> None:
    text = "“One.\nTwo has no mark.\nThree has none either.\nNor has four."
    assert inside(text) == ["One."]


@given(st.text(alphabet=MARKS + "aB .,!?\n" + "s", max_size=200))
def test_quotations_never_overlap_or_cross_a_paragraph(text: str) -> None:
    found = quotations(text)
    assert all(a.span.end <= b.span.start for a, b in pairwise(found))
    blocks = paragraphs(text)
    for q in found:
        assert q.span.holds(q.inner)
        assert q.inner.end > q.inner.start
        assert any(b.holds(q.span) for b in blocks)


@given(st.text(max_size=300))
def test_sentences_are_in_order_trimmed_and_lose_no_character_but_blanks(text: str) -> None:
    found = sentences(text)
    assert all(a.end <= b.start for a, b in pairwise(found))
    kept = "".join("".join(s.of(text).split()) for s in found)
    assert kept == "".join(text.split())


@settings(max_examples=10, deadline=None)
@given(st.sampled_from(list(MARKS)), st.sampled_from(["", "a", " ", "a ", " a", ". A", "\n"]))
def test_time_grows_with_length_only(mark: str, between: str) -> None:
    text = (mark + between) * 20_000
    start = time.perf_counter()
    quotations(text)
    sentences(text)
    assert time.perf_counter() - start < 5


def test_a_prime_after_a_number_closes_where_no_proper_mark_does() -> None:
    text = (
        "A page says, “Vale found dead at 34″ (see below). It is called “news”. A “20″ screen” stays whole."
    )
    assert [q.inner.of(text) for q in quotations(text)] == ["Vale found dead at 34", "news", "20″ screen"]
