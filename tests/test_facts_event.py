"""The main event's day, place and toll, from invented reports that are parsed for real."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from twosource.annotate import annotate
from twosource.clean import clean
from twosource.corroborate.facts import establish
from twosource.corroborate.facts.casualties import casualties, headline
from twosource.corroborate.facts.reading import LONGEST_SIDE, Reading, families, shorten
from twosource.model import Annotation, Article, Facts, Report, Reuse, Sentence, Span
from twosource.settings import Settings
from twosource.text import words


def facts(*texts: str, title: str | None = None, published: str | None = "2031-05-14") -> Facts:
    reports = [Report(id=f"r{n}", text=t, title=title, published=published) for n, t in enumerate(texts)]
    articles = clean(reports)
    return establish([], articles, list(annotate(articles, Settings())), [])


def toll(found: Facts, fate: str) -> tuple[int, int | None] | None:
    value = found.killed if fate == "killed" else found.injured
    return (value.low, value.high) if value else None


@pytest.mark.parametrize(
    ("text", "killed", "injured"),
    [
        (
            "Two people were killed and three others were wounded when a ferry burned, police said.",
            (2, 2),
            (3, 3),
        ),
        ("A baker was shot and killed in his shop, police said.", (1, 1), None),
        ("A 14-year-old boy was shot in the leg, officers said.", None, (1, 1)),
        ("Five people were shot, police said. One of them, a teacher, died at the hospital.", (1, 1), (4, 4)),
        ("At least six passengers were injured in the crash, officials said.", None, (6, None)),
        ("A clerk shot his wife and then himself; both are dead, police said.", (2, 2), None),
        ("No one was hurt in the explosion, the fire chief said.", None, (0, 0)),
        (
            "Five people were killed and six others were taken to the hospital, police said.",
            (5, 5),
            (6, 6),
        ),
        (
            "A boy accidentally shot himself on Monday. He pulled a gun from a bag and shot himself in the leg.",
            None,
            (1, 1),
        ),
        ("Both the driver and a guard were wounded, police said.", None, (2, 2)),
        (
            "A man shot and killed his wife, son and daughter before killing himself, officers said.",
            (4, 4),
            None,
        ),
        (
            "At least nine people were shot and two people were killed at a fair, police said.",
            (2, 2),
            None,
        ),
        ("The blast left one man dead and at least six others with burns.", (1, 1), None),
        ("Police found one deceased male and one woman who was wounded.", (1, 1), (1, 1)),
        ("Two of the divers, Ada Lorne and Ben Marrow, later died.", (2, 2), None),
        ("A 20-year-old woman suffered a fatal gunshot wound.", (1, 1), None),
        ("A fire left a 15-year-old boy critically injured, the chief said.", None, (1, 1)),
        ("3:51 Marbury shooting victim speaks. The council met.", None, None),
        ("A gardener was found dead in the shed, and his death is under investigation.", (1, 1), None),
    ],
)
def test_the_toll_is_read_from_the_lead(
    text: str, killed: tuple[int, int | None] | None, injured: tuple[int, int | None] | None
) -> None:
    found = facts(text)
    assert toll(found, "killed") == killed
    assert toll(found, "injured") == injured


def test_what_is_feared_tried_or_counted_by_the_year_is_no_toll() -> None:
    assert facts("The blast could have killed dozens of people, the mayor said.").killed is None
    assert facts("He tried to kill the guard, the court heard.").killed is None
    assert (
        facts(
            "Police opened a bridge. More than 90 people have been killed in the city so far this year."
        ).killed
        is None
    )


def test_the_dead_of_an_earlier_event_are_background() -> None:
    text = (
        "A survey balloon was lost over the bay on May 12, the harbour office said. The office wants the wreck back. "
        "It asked two ships to look for it. Its crew was ashore. "
        "In February, a storm off the same coast killed 12 fishermen."
    )
    assert facts(text).killed is None


def test_the_day_is_the_events_and_not_the_courts() -> None:
    text = (
        "A Marbury man was sentenced on Tuesday to nine years. The warehouse fire happened on March 3, 2031. "
        "He was charged on April 2, 2031."
    )
    assert facts(text).when == "2031-03-03"


def test_a_day_after_publication_is_never_the_events() -> None:
    found = facts("The bridge fell on May 13, 2031. A hearing is set for May 20, 2031.")
    assert found.when == "2031-05-13"
    assert all(
        "May 13" in e.span.of("The bridge fell on May 13, 2031. A hearing is set for May 20, 2031.")
        for e in found.when_evidence
    )


def test_nothing_is_made_up_where_nothing_is_said() -> None:
    found = facts("The council talked about its plans.", published=None)
    assert found.when is None
    assert found.killed is None
    assert found.injured is None


def test_every_fact_stands_in_the_text_it_points_at() -> None:
    text = "MARBURY, Ohio - Three people were killed in Toledo, Ohio, on May 11, 2031, when a crane fell."
    found = facts(text)
    assert found.killed is not None
    assert found.killed.evidence
    for e in (*found.killed.evidence, *found.when_evidence, *found.where_evidence):
        assert 0 <= e.span.start < e.span.end <= len(text)
    assert found.where is not None
    assert "Toledo" in (found.where.full_name or "")


def place(text: str, title: str | None = None) -> str | None:
    found = facts(text, title=title).where
    return found.full_name if found else None


def test_an_agencys_desk_is_not_where_it_happened() -> None:
    text = (
        "BOSTON (Reuters) - Five people were hurt when a boat burned in Saco, Maine, on Sunday, police said."
    )
    assert place(text) == "Saco, Maine, United States"


def test_the_region_a_senator_speaks_for_is_not_where_it_happened() -> None:
    said = "Senator Mara Dunn of Oregon opposed it, and so did Representative Ivo Kell (D-Ohio)."
    assert place(f"Lawmakers ended a long session without a vote. {said}") is None
    assert (
        place(f"Lawmakers in Denver ended a long session without a vote. {said}")
        == "Denver, Colorado, United States"
    )


@pytest.mark.parametrize(
    "who",
    [
        "Mara Dunn, a congresswoman from a district anchored in Akron, Ohio,",
        "Mara Dunn, who represents Akron, Ohio,",
    ],
)
def test_the_town_that_elected_somebody_is_not_where_it_happened(who: str) -> None:
    assert place(f"Lawmakers ended a long session without a vote. {who} opposed it.") is None


def test_a_quarter_is_not_its_namesake_in_another_state() -> None:
    text = (
        "A man was wounded in the Austin neighborhood on Monday. He was on a porch when shots were fired in Austin, according to "
        "Chicago Police."
    )
    assert place(text) == "Chicago, Illinois, United States"


def test_a_club_is_not_a_town_abroad() -> None:
    text = "Three people were hurt inside The Boom Room in Anson County, North Carolina, on Saturday. They had come from Boom, a guard said."
    assert (place(text) or "").endswith("North Carolina, United States")


def test_a_region_named_throughout_outweighs_a_town_of_another_speech() -> None:
    text = (
        "The mayor spoke to farmers in Iowa on Sunday. She asked Iowa for patience. Her staff was silent. The hall was full. "
        "It was her second speech after one at Roosevelt Island in New York City on Saturday. She stays in Iowa until Monday."
    )
    assert "Iowa" in (place(text) or "")


def test_a_ship_or_a_paper_named_after_a_town_is_no_place() -> None:
    text = (
        "The navy seized a boat in the Gulf of Aden on Monday. The INS Mysore had come from the north. Mysore closed in and ordered the boat to stop, "
        "a spokesman told the Denver Post."
    )
    assert "Aden" in (place(text) or "")


def test_an_undated_report_takes_no_day_of_another_event() -> None:
    text = "A stone fell on a field near Managua on Sunday. It fell hours after a rock passed. The last one damaged houses on February 15, 2013."
    assert facts(text, published=None).when is None
    told = "A drone was lost over the bay on Nov. 21, the harbour office said. It asked two ships to look for it."
    assert facts(told, published=None).when == "XXXX-11-21"


def test_nobody_is_subtracted_where_no_text_says_so() -> None:
    text = "At least 20 people were taken to hospital after the train left the rails. Officials said four people were killed."
    assert toll(facts(text), "injured") in (None, (20, None))


def test_close_to_a_town_is_told_by_the_towns_name() -> None:
    found = facts("A bridge fell just north of Winnfield, Louisiana, on Monday, the sheriff said.").where
    assert found is not None
    assert found.full_name == "Winnfield, Louisiana, United States"
    assert found.relation == "offset"


def test_no_word_of_a_headline_or_street_is_made_a_town() -> None:
    text = "AFTERNOON UPDATE - Two people were hurt at a fair in Marble Lane, in Columbus, Ohio, on Monday."
    assert place(text) == "Columbus, Ohio, United States"


def test_a_headline_is_read_by_its_set_phrases() -> None:
    said = {(c.fate, c.low) for c in headline("3 dead, 12 wounded as crane falls in Marbury")}
    assert ("killed", 3) in said
    assert ("injured", 12) in said
    assert headline("Council votes on bridge") == []


def test_more_reports_that_say_the_same_raise_only_the_origins() -> None:
    text = "Two people were killed when a ferry burned, police said."
    one, two = facts(text), facts(text, "Officials said two people were killed on the burning ferry.")
    assert one.killed is not None
    assert two.killed is not None
    assert (one.killed.low, one.killed.high) == (two.killed.low, two.killed.high)
    assert two.killed.origins >= one.killed.origins


def test_copies_are_heard_once() -> None:
    assert families(["a", "b", "c"], [Reuse("a", "b", "same_text", 1.0, None, (), "")]) == {
        "a": "a",
        "b": "a",
        "c": "c",
    }


def test_an_empty_report_has_no_facts() -> None:
    article = Article(Report(id="r", text=""))
    assert establish([], [article], [Annotation("r", "en")], []) == Facts()


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=400), st.integers(0, 400), st.integers(0, 60))
def test_a_side_is_never_longer_than_a_passage(text: str, start: int, length: int) -> None:
    core = Span(min(start, len(text)), min(start + length, len(text)))
    span = shorten(text, Span(0, len(text)), core)
    assert 0 <= span.start <= span.end <= len(text)
    assert span.start <= core.start
    assert span.end >= core.end
    assert len(words(text, span)) <= max(60, LONGEST_SIDE + len(words(text, core)) + 2)


@settings(max_examples=30, deadline=None)
@given(st.text(max_size=200))
def test_odd_text_never_raises(text: str) -> None:
    headline(text)
    assert casualties(text, Sentence(Span(0, len(text)))) == []
    Reading(Article(Report(id="r", text=text)), Annotation("r", "en")).passage(Span(0, len(text)))
