"""Names of one report put right, chained, and read with what stands beside them; all sentences are invented."""

from __future__ import annotations

import pytest

from twosource.annotate.mentions import mentions
from twosource.annotate.parse import parse
from twosource.model import Article, Mention, Report
from twosource.settings import Settings


def read(text: str) -> list[tuple[str, Mention]]:
    """Each mention with the words it stands on."""
    article = Article(Report("r", text))
    parsed = next(iter(parse([article], Settings().model)))
    return [(m.span.of(text), m) for m in mentions(parsed)]


def names(text: str) -> dict[str, Mention]:
    """The last mention of each form that is a name."""
    return {form: m for form, m in read(text) if m.form == "name"}


def test_ranks_and_possessives_are_not_part_of_names() -> None:
    """ "General Marek Tallis's" names Marek Tallis; the rank is his title."""
    found = names("Army General Marek Tallis's troops left the town. Sgt. Ana Brandt stayed.")
    assert found["Marek Tallis"].title == "Army General"
    assert found["Ana Brandt"].title == "Sgt."
    assert not {"Army", "General", "Sgt.", "Sgt"} & set(found)


def test_a_surname_is_its_bearers() -> None:
    """Later short names, even misspelled ones, are linked to the full name of the report."""
    found = names("Marek Tallisman spoke first. Tallisman said the bridge was closed. Later Talliman left.")
    assert found["Tallisman"].name == "Marek Tallisman"
    assert found["Tallisman"].chain == found["Marek Tallisman"].chain


def test_short_forms_in_brackets_join() -> None:
    """A short form explained once stands for the body everywhere."""
    found = names("The Council of Coastal Accord (CCA) met on Monday. The CCA said it would vote.")
    assert found["CCA"].name == "Council of Coastal Accord"
    assert found["CCA"].chain == found["Council of Coastal Accord"].chain


@pytest.mark.parametrize(
    "text",
    [
        "Marek Tallis, a spokesman for the Rail Safety Board, said the line was closed.",
        "Rail Safety Board spokesman Marek Tallis said the line was closed.",
        "The line was closed, said the Rail Safety Board's spokesman, Marek Tallis.",
    ],
)
def test_who_speaks_for_whom(text: str) -> None:
    """Apposition, noun in front and possessive all give role and body."""
    person = names(text)["Marek Tallis"]
    assert person.role == "spokesman"
    assert person.affiliation == "Rail Safety Board"


def test_police_of_a_town_are_a_body() -> None:
    """Lower-case words after a place can make a body; the place stays a mention of its own."""
    found = names(
        "Springfield police said the road was closed. Springfield police chief Ana Brandt thanked drivers."
    )
    assert found["Springfield police"].kind == "organisation"
    assert found["Ana Brandt"].affiliation == "Springfield police"


def test_bare_police_are_the_police_that_is_named() -> None:
    """ "Police said" means the only police of the report."""
    rows = read("The Springfield Police Department opened a case. Police said nobody was hurt.")
    police = next(m for form, m in rows if form == "Police")
    assert police.name == "Springfield Police Department"
    assert police.form == "description"


def test_months_weekdays_and_pronouns_are_nobody() -> None:
    """Never a date or a pronoun as an actor."""
    rows = read("On Monday, November rain fell. He said it would stop in May. They hoped so. August was dry.")
    assert not [m for _, m in rows if m.kind in ("person", "organisation")]


def test_pronouns_are_linked_where_there_is_no_doubt() -> None:
    """One person in sight: he; somebody without a name in between: nobody."""
    rows = read("Marek Tallis opened the gate. He said the yard was empty.")
    assert [m.name for form, m in rows if form == "He"] == ["Marek Tallis"]
    rows = read("Marek Tallis opened the gate for a man who said he was lost.")
    assert not [m for form, m in rows if form == "he"]


def test_nobody_is_linked_out_of_a_quotation() -> None:
    """The "he" inside a quotation is not the speaker of it."""
    rows = read('"He has no idea what he is doing," said Marek Tallis.')
    assert not [m for form, m in rows if form.lower() == "he"]


def test_descriptions_mean_who_fits() -> None:
    """ "The general" after a general; "the board" after a board."""
    rows = read("General Marek Tallis met the Rail Safety Board. The general left early. The board stayed.")
    assert {form: m.name for form, m in rows if m.form == "description"} == {
        "The general": "Marek Tallis",
        "The board": "Rail Safety Board",
    }


def test_an_apposition_says_what_a_body_is_called() -> None:
    """Whom "the operator" means, once the text has said it."""
    rows = read("The operator, Harbour Freight, denied it. A crane fell. The operator paid.")
    assert [m.name for form, m in rows if form == "The operator"] == ["Harbour Freight", "Harbour Freight"]


def test_capitals_and_headlines_name_nobody_new() -> None:
    """Lines in capitals are left out, however many names the recogniser sees there."""
    rows = read("HARBOUR BOARD CHIEF SLAMS UNION OVER FERRY DELAY\nThe ferry was late, Ana Brandt said.")
    assert {m.name for _, m in rows if m.kind == "person"} == {"Ana Brandt"}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n\n",
        "'s",
        "((((",
        "The",
        "Gen.",
        "Mr. Mr. Mr.",
        "’s ’s",
        "A" * 3000,
        "Dr. " * 500,
        "(ABC) " * 300,
    ],
)
def test_odd_texts_do_no_harm(text: str) -> None:
    """Nothing raises, and spans lie inside the text."""
    for _, m in read(text):
        assert 0 <= m.span.start < m.span.end <= len(text)


@pytest.mark.parametrize("odd", ["Mr. De", "Ms. La", "Mr. Le", "Gen. Of", "Mr. A", "Dr. The", "Mr. —"])
def test_a_name_of_little_words_alone_breaks_nothing(odd: str) -> None:
    text = f"{odd} met Anna Le and Carl De La on Monday. Le said that {odd} was late. {odd} said: “Not so.” La left."
    assert all(m.span.of(text) for _, m in read(text))
