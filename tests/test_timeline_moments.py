"""The timeline, on invented reports."""

from __future__ import annotations

import pytest

from twosource.annotate import annotate
from twosource.clean import clean
from twosource.corroborate.timeline import timeline
from twosource.model import Moment, Report
from twosource.settings import Settings


def moments(*texts: str, published: str | None = "2031-05-14") -> list[Moment]:
    articles = clean([Report(id=f"r{n}", text=t, published=published) for n, t in enumerate(texts)])
    return timeline(articles, list(annotate(articles, Settings())), [])


def test_moments_are_in_order_and_told_in_the_reports_words() -> None:
    text = (
        "The ferry burned on May 12, 2031, the coast guard said. It was built in 2009 by a yard in the north. "
        "The owner sold the yard in March 2030."
    )
    found = moments(text)
    assert [m.when for m in found] == sorted(m.when for m in found)
    assert [m.when for m in found] == ["2009", "2030-03", "2031-05-12"]
    for m in found:
        assert " ".join(m.evidence[0].span.of(text).split()) == m.text
    assert "the coast guard said" in found[-1].text


def test_two_tellings_of_one_moment_are_one() -> None:
    found = moments(
        "The ferry burned in the harbour on May 12, 2031, and sank.",
        "On May 12, 2031, the ferry burned in the harbour.",
    )
    assert len(found) == 1
    assert {e.report for e in found[0].evidence} == {"r0", "r1"}


def test_an_unknown_year_stays_unknown_and_comes_last() -> None:
    found = moments("The ferry burned on May 12. It was built in 2009.", published=None)
    assert [m.when for m in found] == ["2009", "XXXX-05-12"]


def test_nothing_dated_is_no_timeline() -> None:
    assert moments("The council talked about plans.", "") == []


def test_order_of_reports_does_not_matter() -> None:
    a, b = "The ferry burned on May 12, 2031.", "The yard was sold on May 2, 2031."
    first, second = moments(a, b), moments(b, a)
    assert [(m.when, m.text) for m in first] == [(m.when, m.text) for m in second]


@pytest.mark.parametrize(
    "text",
    [
        "The guild fought the 2014 ban on nets.",
        "Crews searched a shed at 1917 Hill Avenue.",
        "The harbour master was rude, she said on Monday.",
        "He fired a gun that he bought in May 2029.",
        "The clerk was dismissed at a Christmas party in the office.",
        "The crew repaired the engine before May 12, 2031.",
        "It was the worst fire since a storm in June 2029.",
        "They fall under the old law.",
    ],
)
def test_a_time_that_is_not_of_what_is_told_makes_no_moment(text: str) -> None:
    assert moments(text) == []


def test_a_weekday_of_an_undated_report_dates_nothing() -> None:
    assert (
        moments("Repairs end on December 31, 2031. The cable broke on Friday.", published=None)[0].when
        == "2031-12-31"
    )
    assert len(moments("Repairs end on December 31, 2031. The cable broke on Friday.", published=None)) == 1


def test_a_stretch_of_days_is_one_moment() -> None:
    assert [m.when for m in moments("Between May 2 and May 9, the crews cleared the harbour.")] == [
        "2031-05-02/2031-05-09"
    ]


def test_a_feast_that_is_a_day_dates_what_happened_on_it() -> None:
    (moment,) = moments("The ferry burned on Christmas Day.")
    assert moment.when == "2030-12-25"


def test_one_deed_of_one_person_on_one_day_is_one_moment() -> None:
    found = moments(
        "Ada Lindt, who began as a diver in the far north and later owned two yards, died on Monday in her house.",
        "It was confirmed by the notary Hugo Brandt that the shipbuilder Ada Lindt died on May 12 in her sleep.",
    )
    assert [m.when for m in found] == ["2031-05-12"]
