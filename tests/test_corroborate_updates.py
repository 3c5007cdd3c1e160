"""What later news replaces is an update: a caller's figure, a step of a case, somebody who has died since."""

from __future__ import annotations

import pytest

from twosource.annotate import annotate
from twosource.claims import gather
from twosource.clean import clean
from twosource.corroborate import differ
from twosource.corroborate.facts.first_word import is_first_word
from twosource.corroborate.facts.reading import Reading
from twosource.model import Disagreement, Report, Span
from twosource.resolve import resolve
from twosource.settings import Settings


def found(*reports: tuple[str, str | None]) -> list[Disagreement]:
    articles = clean([Report(f"r{n}", text, published=day) for n, (text, day) in enumerate(reports)])
    annotations = list(annotate(articles, Settings()))
    cast = resolve(articles, annotations)
    return differ(gather(articles, annotations, cast), [], articles, annotations, cast, [])


def about(made: list[Disagreement], what: str) -> list[Disagreement]:
    return [d for d in made if what in d.about]


FIVE = "Officers went to the mill after an anonymous 911 call saying five people were killed."
FOUR = "Four people were killed at the mill on Saturday, police said."


def test_a_callers_figure_is_no_second_toll() -> None:
    assert not about(found((f"{FIVE} {FOUR}", "2031-05-12"), (FOUR, "2031-05-12")), "killed")
    (made,) = about(found((FIVE, "2031-05-12"), (FOUR, "2031-05-12")), "killed")
    assert made.nature == "update"


def test_two_figures_of_those_who_count_still_clash() -> None:
    five = "Five people were killed at the mill on Saturday, the fire service said."
    (made,) = about(found((five, "2031-05-12"), (FOUR, "2031-05-12")), "killed")
    assert made.nature == "contradiction"


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("A 911 caller said five people were shot at the mill.", True),
        ("Witnesses said five people were shot at the mill.", True),
        ("Early reports put it that five people were shot at the mill.", True),
        ("Police at first said five people were shot at the mill.", True),
        ("After a 911 call officers found five people shot at the mill.", False),
        ("Witnesses said they ran; five people were shot at the mill.", False),
        ("Five people were shot at the mill, the sheriff said.", False),
        ("", False),
    ],
)
def test_the_first_word_is_told_from_what_was_found(text: str, first: bool) -> None:
    articles = clean([Report("r", text)])
    (annotation,) = annotate(articles, Settings())
    at = max(0, text.lower().find("five"))
    assert is_first_word(Reading(articles[0], annotation), Span(at, at + 4)) is first


CAUGHT = "Otto Brandt, 31, was arrested at the customs house, police said."
JAILED = "Otto Brandt, 31, was sentenced to twelve years in prison, the court said."


def test_a_later_step_of_a_case_is_an_update() -> None:
    (made,) = about(found((CAUGHT, "2031-03-11"), (JAILED, "2032-08-16")), "case of Otto Brandt")
    assert made.nature == "update"
    assert {(s.value, s.evidence.report) for s in made.sides} == {("arrested", "r0"), ("sentenced", "r1")}
    assert about(found((CAUGHT, None), (JAILED, None)), "case of")


@pytest.mark.parametrize(
    "later",
    [
        "Otto Brandt, 31, could be sentenced to twelve years in prison, the court said.",
        "Otto Brandt, 31, was not charged with anything, the court said.",
        "Otto Brandt, 31, was convicted of theft in 2019, the court said.",
        "The court previously sentenced Otto Brandt to a year in prison for theft.",
        CAUGHT,
    ],
)
def test_what_is_ahead_or_long_past_is_no_step(later: str) -> None:
    assert not about(found((CAUGHT, "2031-03-11"), (later, "2031-03-20")), "case of")


def test_what_is_retold_later_is_no_step_back() -> None:
    assert not about(found((JAILED, "2031-03-11"), (CAUGHT, "2032-08-16")), "case of")


ALIVE = "The wounded baker was taken to Saint Ann Hospital in critical condition, police said."
DEAD = "The wounded baker was taken to Saint Ann Hospital and died there, police said."


def test_who_has_died_since_is_an_update() -> None:
    (made,) = about(found((ALIVE, "2031-05-12"), (DEAD, "2031-05-13")), "whether")
    assert (made.kind, made.nature) == ("occurrence", "update")
    assert {(s.value, s.evidence.report) for s in made.sides} == {("alive", "r0"), ("dead", "r1")}


def test_who_is_alive_after_being_called_dead_is_a_contradiction() -> None:
    (made,) = about(found((ALIVE, "2031-05-13"), (DEAD, "2031-05-12")), "whether")
    assert made.nature == "contradiction"


def test_of_several_people_one_may_live() -> None:
    two = "Two bakers were taken to Saint Ann Hospital, one in critical condition, the other wounded, police said."
    assert not about(found((two, "2031-05-12"), (DEAD, "2031-05-13")), "whether")


@pytest.mark.parametrize(
    ("a", "b", "differ_"),
    [
        ("A 19-year-old man was shot at the mill.", "A 20-year-old man was shot at the mill.", True),
        ("Police arrested a 19-year-old baker.", "A 20-year-old was arrested, police said.", True),
        ("A 19-year-old man was shot at the mill.", "Police arrested a 20-year-old man at the mill.", False),
        ("Two men were shot, a 19-year-old man died.", "A 20-year-old man was shot at the mill.", False),
        ("A 19-year-old man was shot at the mill.", "A man was shot at the mill.", False),
    ],
)
def test_the_age_of_the_only_one_is_compared_without_a_name(a: str, b: str, differ_: bool) -> None:
    assert bool(about(found((a, None), (b, None)), "age of the one")) is differ_


MILL = "A fire broke out at the mill on Sunday. "


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("80 families fled their homes.", "The war of last summer had made 3,000 families flee their homes."),
        ("80 families fled their homes.", "In 2019 the river made 12 families flee their homes."),
        ("Two deputies fired at the barge.", "Three officers fired at the barge."),
        ("Ada Lindt ran for 70 yards in the game.", "Ida Holm ran for 201 yards in the game."),
    ],
)
def test_other_years_other_nouns_and_sums_of_players_are_no_second_figure(a: str, b: str) -> None:
    assert not [d for d in found((MILL + a, None), (MILL + b, None)) if d.kind == "quantity"]


def test_a_clock_in_a_quotation_is_no_other_wording() -> None:
    said = '"The crew locked the harbour down and the man gave himself up just after {}," said Captain Ada Lindt.'
    made = found((said.format("6:00 p.m."), None), (said.format("6 p.m."), None))
    assert not [d for d in made if d.kind == "quotation"]


def test_what_two_reports_count_both_is_two_things() -> None:
    day = "The patrol ship found 12 magazines and six rifles on the skiff and confiscated them."
    total = "In five operations the patrol ship has confiscated 31 magazines and 14 rifles on skiffs."
    both = f"{day} {total}"
    assert about(found((day, None), (total, None)), "magazines")
    assert not about(found((both, None), (f"{total} {day}", None), (day, None), (total, None)), "magazines")


def test_a_short_title_and_a_torn_apostrophe_are_no_other_wording() -> None:
    one = (
        'The aide said: "Senator Lindt sees it but thinks that this year\'s pier should be built elsewhere."'
    )
    other = 'The aide said: "Sen. Lindt sees it but thinks that this year’ s pier should be built elsewhere."'
    assert not about(found((one, None), (other, None)), "wording")


@pytest.mark.parametrize(
    ("other", "differ_"),
    [
        ('"We are thrilled to have the old ferry back on the lake," said Karl Brandt.', True),
        ('"We are thrilled to have the old ferry back on the lake," said Karl Brandt and Ida Quill.', False),
        (
            'As Quill left she told them: "We are thrilled to have the old ferry back on the lake," said Karl Brandt.',
            False,
        ),
    ],
)
def test_two_who_stand_beside_one_quotation_said_it_together(other: str, differ_: bool) -> None:
    one = '"We are thrilled to have the old ferry back on the lake," said Ida Quill.'
    assert bool(about(found((one, None), (other, None)), "who said it")) is differ_
