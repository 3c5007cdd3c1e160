"""Times in sentences of our own, with the TIMEX3 value and the EDTF that they should get."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from twosource.annotate.times import find_times
from twosource.annotate.times.anchors import easter, read_anchor, shift_days, weekday_near, write_day
from twosource.annotate.times.edtf import edtf_of
from twosource.model import Span, When
from twosource.text import sentences

THURSDAY = "2020-03-05"


def read(text: str, published: str | None = THURSDAY) -> tuple[When, ...]:
    """The times of a text that was published on a Thursday."""
    return find_times(text, sentences(text), published)


# sentence, words of the time, type, TIMEX3 value, EDTF
DATED: list[tuple[str, str, str, str, str | None]] = [
    ("The council met on Tuesday.", "Tuesday", "DATE", "2020-03-03", "2020-03-03"),
    ("The council will meet on Tuesday.", "Tuesday", "DATE", "2020-03-10", "2020-03-10"),
    ("The council met last Friday.", "last Friday", "DATE", "2020-02-28", "2020-02-28"),
    ("He arrived yesterday.", "yesterday", "DATE", "2020-03-04", "2020-03-04"),
    ("He leaves tomorrow.", "tomorrow", "DATE", "2020-03-06", "2020-03-06"),
    ("It rained on Wednesday night.", "Wednesday night", "TIME", "2020-03-04TNI", "2020-03-04"),
    ("It rained this morning.", "this morning", "TIME", "2020-03-05TMO", "2020-03-05"),
    ("It rained last night.", "last night", "TIME", "2020-03-04TNI", "2020-03-04"),
    ("The bridge closed on Feb. 3.", "Feb. 3", "DATE", "2020-02-03", "2020-02-03"),
    ("The bridge closed on Nov. 21.", "Nov. 21", "DATE", "2019-11-21", "2019-11-21"),
    ("The bridge will close on Nov. 21.", "Nov. 21", "DATE", "2020-11-21", "2020-11-21"),
    ("The bridge closed on Monday, Feb. 3.", "Monday, Feb. 3", "DATE", "2020-02-03", "2020-02-03"),
    ("It was 14 June 2018.", "14 June 2018", "DATE", "2018-06-14", "2018-06-14"),
    ("It was June 14, 2018.", "June 14, 2018", "DATE", "2018-06-14", "2018-06-14"),
    ("It was the 14th of June 2018.", "the 14th of June 2018", "DATE", "2018-06-14", "2018-06-14"),
    ("It was 2018-06-14.", "2018-06-14", "DATE", "2018-06-14", "2018-06-14"),
    ("It opened in June 2018.", "June 2018", "DATE", "2018-06", "2018-06"),
    ("It opened in early June 2018.", "early June 2018", "DATE", "2018-06", "2018-06"),
    ("It opened in October.", "October", "DATE", "2019-10", "2019-10"),
    ("It opened in 1998.", "1998", "DATE", "1998", "1998"),
    ("It opened in the 1990s.", "the 1990s", "DATE", "199", "199X"),
    ("It was built in the 19th century.", "the 19th century", "DATE", "18", "18XX"),
    ("They met last month.", "last month", "DATE", "2020-02", "2020-02"),
    ("They met last week.", "last week", "DATE", "2020-W09", "2020-02-24/2020-03-01"),
    ("They will meet next week.", "next week", "DATE", "2020-W11", "2020-03-09/2020-03-15"),
    ("They met last year.", "last year", "DATE", "2019", "2019"),
    ("They met earlier this year.", "earlier this year", "DATE", "2020", "2020"),
    ("They met two days ago.", "two days ago", "DATE", "2020-03-03", "2020-03-03"),
    ("They met two years ago.", "two years ago", "DATE", "2018", "2018"),
    ("They met three months ago.", "three months ago", "DATE", "2019-12", "2019-12"),
    ("They met about two years ago.", "about two years ago", "DATE", "2018", "2018~"),
    ("Profit rose in the fourth quarter.", "the fourth quarter", "DATE", "2019-Q4", "2019-36"),
    (
        "Profit rose in the second quarter of 2018.",
        "the second quarter of 2018",
        "DATE",
        "2018-Q2",
        "2018-34",
    ),
    ("It snowed last winter.", "last winter", "DATE", "2019-WI", "2019-24"),
    ("It snowed in the summer of 2018.", "the summer of 2018", "DATE", "2018-SU", "2018-22"),
    ("They met on Christmas Eve.", "Christmas Eve", "DATE", "2019-12-24", "2019-12-24"),
    ("They met on Thanksgiving.", "Thanksgiving", "DATE", "2019-11-28", "2019-11-28"),
    ("They will meet on Easter Sunday 2021.", "Easter Sunday 2021", "DATE", "2021-04-04", "2021-04-04"),
    (
        "It struck at 9:40 p.m. Tuesday.",
        "9:40 p.m. Tuesday",
        "TIME",
        "2020-03-03T21:40",
        "2020-03-03T21:40:00",
    ),
    (
        "It struck on Tuesday at about 9 a.m.",
        "about 9 a.m.",
        "TIME",
        "2020-03-03T09:00",
        "2020-03-03T09:00:00",
    ),
    ("It struck at noon on Tuesday.", "noon", "TIME", "2020-03-03T12:00", "2020-03-03T12:00:00"),
    ("The siege lasted six hours.", "six hours", "DURATION", "PT6H", None),
    ("The siege lasted 2 1/2 years.", "2 1/2 years", "DURATION", "P2Y6M", None),
    ("The siege lasted a decade.", "a decade", "DURATION", "P10Y", None),
    ("The siege lasted a couple of weeks.", "a couple of weeks", "DURATION", "P2W", None),
    ("The siege lasted for several days.", "several days", "DURATION", "PXD", None),
    ("A three-day truce began.", "three-day", "DURATION", "P3D", None),
    ("It fell over the past two months.", "the past two months", "DURATION", "P2M", None),
    ("Ships call every week.", "every week", "SET", "P1W", None),
    ("Ships call daily.", "daily", "SET", "P1D", None),
    ("Ships call each Thursday.", "each Thursday", "SET", "XXXX-WXX-4", None),
    ("It recently reopened.", "recently", "DATE", "PAST_REF", None),
    ("It is now open.", "now", "DATE", "PRESENT_REF", None),
    (
        "It ended between Sept. 20 and Sept. 30.",
        "between Sept. 20 and Sept. 30",
        "DURATION",
        "P10D",
        "2019-09-20/2019-09-30",
    ),
    ("It ran from 1998 to 2004.", "from 1998 to 2004", "DURATION", "P6Y", "1998/2004"),
    ("It ran from June 3 to June 9, 2018.", "June 9, 2018", "DATE", "2018-06-09", "2018-06-09"),
]

UNDATED: list[tuple[str, str, str, str, str | None]] = [
    ("The bridge closed on Nov. 21.", "Nov. 21", "DATE", "XXXX-11-21", "XXXX-11-21"),
    (
        "It ended between Sept. 20 and Sept. 30.",
        "between Sept. 20 and Sept. 30",
        "DURATION",
        "P10D",
        "XXXX-09-20/XXXX-09-30",
    ),
    ("They met last month.", "last month", "DATE", "XXXX-XX", None),
    ("They met last year.", "last year", "DATE", "XXXX", None),
    ("They met on Friday.", "Friday", "DATE", "XXXX-WXX-5", None),
    ("They met yesterday.", "yesterday", "DATE", "XXXX-XX-XX", None),
    ("It opened in October.", "October", "DATE", "XXXX-10", "XXXX-10"),
    ("They met in 2011.", "2011", "DATE", "2011", "2011"),
    ("It struck at 9 a.m. on Nov. 21.", "9 a.m.", "TIME", "XXXX-11-21T09:00", "XXXX-11-21"),
    ("On Nov. 21, 2019, it fell. Nobody saw it on Nov. 21.", "Nov. 21", "DATE", "2019-11-21", "2019-11-21"),
    (
        "On Thursday, Nov. 21, it fell. Nobody slept on Thursday.",
        "Thursday",
        "DATE",
        "XXXX-11-21",
        "XXXX-11-21",
    ),
]


@pytest.mark.parametrize(("text", "words", "type_", "value", "edtf"), DATED, ids=[c[0] for c in DATED])
def test_with_the_reports_date(text: str, words: str, type_: str, value: str, edtf: str | None) -> None:
    """Relative times count from the report's date."""
    _check(read(text), text, words, type_, value, edtf)


@pytest.mark.parametrize(("text", "words", "type_", "value", "edtf"), UNDATED, ids=[c[0] for c in UNDATED])
def test_without_a_date_nothing_is_invented(
    text: str, words: str, type_: str, value: str, edtf: str | None
) -> None:
    """What the text doesn't give stays X, unless the report gives it elsewhere."""
    _check(read(text, None), text, words, type_, value, edtf)


def _check(found: tuple[When, ...], text: str, words: str, type_: str, value: str, edtf: str | None) -> None:
    times = [w for w in found if w.span.of(text) == words]
    assert times, [(w.span.of(text), w.value) for w in found]
    assert (times[-1].type, times[-1].value, times[-1].edtf) == (type_, value, edtf)
    assert times[-1].why


NO_TIMES = [
    "She may march on.",
    "A 24-year-old was hurt.",
    "He paid $1,998 for 2000 bricks.",
    "Jan Kavan spoke.",
    "A second man ran.",
    "",
]


@pytest.mark.parametrize("text", NO_TIMES)
def test_words_that_name_no_time(text: str) -> None:
    """Verbs, ages, sums and given names are not times."""
    assert read(text) == ()


@pytest.mark.parametrize("published", ["2019-11", "2019", "XXXX-11-21", "", "soon", "2019-13-45"])
def test_odd_dates_of_reports(published: str) -> None:
    """A date of which only a part is known is used as far as it goes."""
    text = "It fell yesterday, on Friday, last month, on Nov. 20, last summer, a year ago and at 9 a.m."
    assert find_times(text, sentences(text), published)


def test_a_day_known_without_its_year_still_counts() -> None:
    """With the day but not the year known, yesterday is still the day before."""
    (w,) = read("It fell yesterday.", "XXXX-11-21")
    assert (w.value, w.edtf) == ("XXXX-11-20", "XXXX-11-20")


@given(
    st.text(alphabet="Jan. Mon 0123456789-:/ap.m, thelstyear\n", max_size=200),
    st.sampled_from([None, THURSDAY, "XXXX-02-29"]),
)
def test_never_raises_and_stays_in_the_text(text: str, published: str | None) -> None:
    """Whatever the text is, spans lie in it."""
    for w in find_times(text, sentences(text), published):
        assert 0 <= w.span.start < w.span.end <= len(text)


@given(st.dates(), st.integers(0, 6), st.sampled_from([-1, 1]))
def test_nearest_weekday(day: object, weekday: int, direction: int) -> None:
    """The nearest weekday is at most six days off, in the right direction."""
    import datetime as dt

    assert isinstance(day, dt.date)
    if not dt.date(2, 1, 1) < day < dt.date(9998, 1, 1):
        return
    got = weekday_near(day, weekday, direction)
    assert got.weekday() == weekday
    assert 0 <= (got - day).days * direction <= 6


@given(st.dates().filter(lambda d: 2 < d.year < 9990), st.integers(-400, 400))
def test_shifting_days_is_exact(day: object, days: int) -> None:
    """Counting days with the whole date known is calendar arithmetic."""
    import datetime as dt

    assert isinstance(day, dt.date)
    moved = day + dt.timedelta(days=days)
    assert write_day(shift_days(read_anchor(day.isoformat()), days)) == moved.isoformat()


def test_easter_of_some_years() -> None:
    """Known dates of Easter."""
    assert [easter(y).isoformat() for y in (2000, 2008, 2019, 2024)] == [
        "2000-04-23",
        "2008-03-23",
        "2019-04-21",
        "2024-03-31",
    ]


def test_edtf_says_only_what_it_can() -> None:
    """Durations, sets and vague references have no EDTF; weeks become intervals."""
    assert [edtf_of(v) for v in ("P3D", "XXXX-WXX-5", "PAST_REF", "XXXX-XX", "2020-W09-WE")] == [
        None,
        None,
        None,
        None,
        "2020-02-29/2020-03-01",
    ]


def test_text_outside_the_sentences_is_not_read() -> None:
    """Only the stretches given are read: boilerplate isn't."""
    text = "Posted Tuesday. They met on Friday."
    (w,) = find_times(text, [Span(16, len(text))], THURSDAY)
    assert w.span.of(text) == "Friday"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        # the day of another clause further on is not the hour's
        (
            "Two were shot on Tuesday outside a bar.\n\nThe two were shot around 12:40 p.m. in the bar and remained in hospital Wednesday.",
            "2020-03-03T12:40",
        ),
        ("The two were shot around 12:40 p.m. outside the bar on Tuesday.", "2020-03-03T12:40"),
        (
            "The doors opened on Monday. It fell at 9 a.m., and the town met on Wednesday.",
            "2020-03-02T09:00",
        ),
    ],
)
def test_an_hour_goes_with_the_day_of_its_own_clause(text: str, value: str) -> None:
    assert [w.value for w in read(text) if w.type == "TIME"] == [value]
