"""A passage that several reports print is told once, so its relative days are dated once: by the oldest that has it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from twosource.annotate import annotate
from twosource.clean import clean
from twosource.corroborate import dated_once, timeline
from twosource.model import Annotation, Article, Moment, Report, Reuse
from twosource.reuse import compare
from twosource.settings import Settings

CAUGHT = (
    "Otto Brandt was caught by harbour police in the old customs house on Friday after a month in hiding."
)
SHORT = "On Monday, he was brought back to the island."


def read(*reports: tuple[str, str | None]) -> tuple[list[Article], list[Annotation]]:
    articles = clean([Report(f"r{n}", text, published=day) for n, (text, day) in enumerate(reports)])
    return articles, list(annotate(articles, Settings()))


def days(*reports: tuple[str, str | None], shared: list[Reuse] | None = None) -> list[set[str | None]]:
    articles, annotations = read(*reports)
    dated = dated_once(articles, annotations, compare(articles) if shared is None else shared)
    return [{t.edtf for t in a.times if t.type == "DATE"} for a in dated]


def moments(*reports: tuple[str, str | None]) -> list[Moment]:
    articles, annotations = read(*reports)
    return timeline(articles, dated_once(articles, annotations, compare(articles)), [])


def test_a_reprint_is_dated_by_the_oldest_report_that_has_it() -> None:
    later = f"The trial of the harbour robbers is over. {CAUGHT}"
    assert days((later, "2032-08-16"), (CAUGHT, "2031-03-11")) == [{"2031-03-07"}, {"2031-03-07"}]


def test_one_deed_stands_once_in_the_timeline() -> None:
    found = moments(
        (CAUGHT, "2031-03-11"),
        (f"The trial ended. {CAUGHT}", "2031-03-26"),
        (f"{CAUGHT} He was tried.", "2032-08-16"),
    )
    assert [m.when for m in found] == ["2031-03-07"]
    assert {e.report for e in found[0].evidence} == {"r0", "r1", "r2"}


def test_the_reason_is_told() -> None:
    articles, annotations = read((CAUGHT, "2031-03-11"), (CAUGHT, "2032-08-16"))
    (time,) = (t for t in dated_once(articles, annotations, [])[1].times if t.type == "DATE")
    assert time.why == "as in report r0 of 2031-03-11, the oldest that has this passage"


def test_few_words_are_one_passage_only_where_text_is_known_to_be_shared() -> None:
    first, later = f"{CAUGHT} {SHORT}", f"The jury heard him for two days. {CAUGHT} {SHORT}"
    assert days((first, "2031-03-11"), (later, "2032-08-16"))[1] == {"2031-03-07", "2031-03-10"}
    alone = days((SHORT, "2031-03-11"), (f"The jury heard him. {SHORT}", "2032-08-16"), shared=[])
    assert alone == [{"2031-03-10"}, {"2032-08-16"}]


@pytest.mark.parametrize(
    "other",
    [
        "Otto Brandt was caught by harbour police in the old customs house on Sunday after a month in hiding.",
        "Ida Holm was freed by harbour police from the old customs house on Friday after a day in hiding.",
    ],
)
def test_other_words_are_another_passage(other: str) -> None:
    articles, annotations = read((CAUGHT, "2031-03-11"), (other, "2032-08-16"))
    assert dated_once(articles, annotations, []) == annotations


def test_reports_of_one_day_and_without_a_day_stay_as_they_are() -> None:
    articles, annotations = read((CAUGHT, None), (CAUGHT, "2031-03-11"), (CAUGHT, "2031-03-11"))
    assert dated_once(articles, annotations, []) == annotations


@settings(max_examples=25, deadline=None)
@given(st.permutations(["2031-03-11", "2031-03-26", "2032-08-16", "2031-03"]))
def test_the_order_of_reports_does_not_matter(published: list[str]) -> None:
    articles, annotations = read(*((CAUGHT, day) for day in published))
    forward = {a.report: a for a in dated_once(articles, annotations, [])}
    back = {a.report: a for a in dated_once(articles[::-1], annotations[::-1], [])}
    assert forward == back
    assert all(
        t.edtf == "2031-03-07" for a in forward.values() for t in a.times if t.edtf and len(t.edtf) == 10
    )
