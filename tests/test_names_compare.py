"""Two names, one answer with its reasons: spellings, initials, titles, short forms; and what is not the same."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from twosource.errors import UsageError
from twosource.resolve import compare_names

SAME_PERSON = [
    ("Yusuf Kharrubi", "Youssef Kharoubi"),  # transliteration
    ("Kharrubi", "Yusuf Kharrubi"),  # family name alone
    ("Muhammad Qadhafani", "Mohamed Gadafani"),
    ("J. Ostergaard", "Jens Ostergaard"),  # initial
    ("Jens P. Ostergaard", "Jens Ostergaard"),
    ("Ostergaard, Jens", "Jens Ostergaard"),  # order
    ("General Jens Ostergaard", "Jens Ostergaard"),  # titles are not part of names
    ("Deputy Secretary of State Jens Ostergaard", "Jens Ostergaard"),
    ("Robert Tallis", "Bob Tallis"),  # customary short form
    ("Vasily Ivanovich Morev", "Vasily Morev"),  # patronymic left out
    ("Ana María López", "Ana Maria Lopez"),  # accents
    ("Chirstopher Tallis", "Christopher Tallis"),  # typing error
]
OTHER_PERSON = [
    ("Kharrubi", "al-Ghazwani"),
    ("Yusuf Kharrubi", "Yusuf al-Ghazwani"),
    ("Jens Ostergaard", "Karl Lindqvist"),
    ("John Tallis", "Jane Tallis"),  # one family, two people
    ("William Tallis", "Harriet Tallis"),
    ("Sergei Ivanovich Morev", "Sergei Ivanov"),  # the father's name is not the family's
]
SAME_BODY = [
    ("Council of Coastal Accord", "CCA"),
    ("Council of Coastal Accord (CCA)", "CCA"),
    ("Northern Marsh Command", "NORMARCOM"),  # made of beginnings
    ("Lowland Liberation Front", "Front for the Liberation of the Lowland"),
    ("Islamic State", "ISIS"),  # the list of short forms
    ("Daesh", "Islamic State group"),
    ("Harbour Board", "Harbor Board"),
    ("Varby-Lund County EMS", "Varby Lund County Emergency Medical Services"),  # initials of a part
    ("Varby ISD", "Varby Independent School District"),
    ("Northport PD", "Northport Police"),
    ("NMPD", "North Mere Police"),
    ("Varby SO", "Varby Sheriff's Office"),
    ("Frente de Liberacion de Costaguana", "Liberation Front of Costaguana"),  # the general words translated
]
OTHER_BODY = [
    ("Real Lowland Army", "Lowland Army"),  # a breakaway
    ("Norwegian Workers Party", "Peruvian Workers Party"),  # other nations
    ("Harbour Board", "Teachers Union"),
    ("Northport PD", "Northport Parks Department"),  # two letters spell many things
    ("Varby EMS", "Lund Emergency Medical Services"),
    ("March 3 Movement", "May 19 Movement"),
]


@pytest.mark.parametrize(("a", "b"), SAME_PERSON)
def test_one_person(a: str, b: str) -> None:
    """Spellings of one name are the same."""
    assert compare_names(a, b, "person").value >= 0.5


@pytest.mark.parametrize(("a", "b"), OTHER_PERSON)
def test_two_people(a: str, b: str) -> None:
    """Real differences are not taken for typing errors."""
    assert compare_names(a, b, "person").value < 0.5


@pytest.mark.parametrize(("a", "b"), SAME_BODY)
def test_one_body(a: str, b: str) -> None:
    """Short forms, initials, word order and translation of general words."""
    assert compare_names(a, b, "organisation").value >= 0.5


@pytest.mark.parametrize(("a", "b"), OTHER_BODY)
def test_two_bodies(a: str, b: str) -> None:
    """What tells bodies apart counts, however much else they share."""
    assert compare_names(a, b, "organisation").value < 0.5


def test_every_feature_has_its_sentence() -> None:
    """A reader can see what spoke for and against, the weightiest first."""
    why = compare_names("Yusuf Kharrubi", "Youssef Kharoubi", "person").why
    assert any(
        "'kharrubi' may be a spelling of 'kharoubi'" in w or "'kharoubi' may be a spelling of 'kharrubi'" in w
        for w in why
    )
    weights = [abs(float(w.rsplit("(", 1)[1].rstrip(")"))) for w in why]
    assert weights == sorted(weights, reverse=True)


def test_another_kind_is_refused() -> None:
    """Places have coordinates; names of other kinds are not compared."""
    with pytest.raises(UsageError, match="place"):
        compare_names("a", "b", "place")  # type: ignore[arg-type]


NAMES = st.text(max_size=30) | st.lists(
    st.sampled_from(
        [
            "Ana",
            "Yusuf",
            "al-",
            "O'Neil",
            "de",
            "Marek",
            "III",
            "J.",
            "Ost",
            "Army",
            "of",
            "(ABC)",
            "3rd",
            "anti-",
        ]
    ),
    max_size=5,
).map(" ".join)


@settings(max_examples=150, deadline=None)
@given(NAMES, NAMES)
def test_people_are_compared_symmetrically(a: str, b: str) -> None:
    """Which name comes first doesn't matter; a value lies between 0 and 1; nothing raises."""
    score = compare_names(a, b, "person")
    assert score == compare_names(b, a, "person")
    assert 0.0 <= score.value <= 1.0


@settings(max_examples=60, deadline=None)
@given(NAMES, NAMES)
def test_bodies_are_compared_symmetrically(a: str, b: str) -> None:
    """The same for bodies."""
    score = compare_names(a, b, "organisation")
    assert score.value == compare_names(b, a, "organisation").value
    assert 0.0 <= score.value <= 1.0


@given(NAMES.filter(lambda n: bool(n.strip())))
def test_a_name_is_itself(name: str) -> None:
    """Identity, for both kinds."""
    assert compare_names(name, name, "person").value == 1.0
    assert compare_names(name, name, "organisation").value == 1.0
