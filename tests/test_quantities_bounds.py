"""Bounded, vague and counted numbers in sentences of our own: what they bound, what they count, what befell those counted."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from twosource.annotate.quantities import find_quantities
from twosource.model import Quantity
from twosource.text import sentences


def read(text: str) -> tuple[Quantity, ...]:
    """The quantities of a text."""
    return find_quantities(text, sentences(text))


# sentence, words of the quantity, low, high (None: no upper bound), unit, of, role
CASES: list[tuple[str, str, float, float | None, str | None, str | None, str | None]] = [
    ("The strikes killed more than 40 militants.", "more than 40", 41, None, "person", "militant", "killed"),
    ("Officials counted 43 dead.", "43", 43, 43, "person", "person", "killed"),
    ("At least a dozen people were wounded.", "At least a dozen", 12, None, "person", "person", "injured"),
    (
        "Hundreds of private military contractors arrived.",
        "Hundreds",
        200,
        999,
        "person",
        "private military contractor",
        None,
    ),
    (
        "The group documented 600 to 800 foreign fighters.",
        "600 to 800",
        600,
        800,
        "person",
        "foreign fighter",
        None,
    ),
    ("About a third of the families left.", "About a third", 30.0, 36.666666, "percent", "family", None),
    ("Several officers were hurt.", "Several", 3, 9, "person", "officer", "injured"),
    ("There were no casualties.", "no", 0, 0, "person", "casualty", "casualty"),
    (
        "A 12-year-old and three others were injured.",
        "A 12-year-old and three others",
        4,
        4,
        "person",
        "person",
        "injured",
    ),
    ("Four people were shot dead.", "Four", 4, 4, "person", "person", "killed"),
    ("The blast left two dead and five wounded.", "two", 2, 2, "person", "person", "killed"),
    ("The blast left two dead and five wounded.", "five", 5, 5, "person", "person", "injured"),
    ("The 24-year-old was arrested.", "24-year-old", 24, 24, "year", "person", "age"),
    ("The ferry sank with up to 300 passengers aboard.", "up to 300", 0, 300, "person", "passenger", None),
    ("As many as 12 bodies were found in the rubble.", "As many as 12", 0, 12, "person", "body", "killed"),
    ("Fewer than 10 homes were destroyed.", "Fewer than 10", 0, 9, None, "home", None),
    ("No fewer than 15 soldiers died.", "No fewer than 15", 15, None, "person", "soldier", "killed"),
    ("Nearly 50 students were detained.", "Nearly 50", 45, 49, "person", "student", "arrested"),
    ("Almost 1,000 residents fled.", "Almost 1,000", 900, 999, "person", "resident", "evacuated"),
    ("Around 60 prisoners were freed.", "Around 60", 54, 66, "person", "prisoner", "rescued"),
    ("Some 200 protesters gathered.", "Some 200", 180, 220, "person", "protester", None),
    ("An estimated 500 workers lost their jobs.", "An estimated 500", 450, 550, "person", "worker", None),
    (
        "Police arrested between 20 and 30 people.",
        "between 20 and 30",
        20,
        30,
        "person",
        "person",
        "arrested",
    ),
    ("Two or three shots rang out.", "Two or three", 2, 3, None, "shot", None),
    ("Dozens of villagers are missing.", "Dozens", 24, 99, "person", None, "missing"),
    (
        "Tens of thousands of protesters marched.",
        "Tens of thousands",
        20_000,
        99_999,
        "person",
        "protester",
        None,
    ),
    (
        "Hundreds of thousands of people were displaced.",
        "Hundreds of thousands",
        200_000,
        999_999,
        "person",
        "person",
        "evacuated",
    ),
    ("Thousands of refugees crossed.", "Thousands", 2_000, 9_999, None, "refugee", None),
    ("A few passengers were hurt.", "A few", 2, 5, "person", "passenger", "injured"),
    ("A handful of residents stayed.", "A handful", 2, 6, "person", "resident", None),
    ("Several hundred soldiers were sent.", "Several hundred", 300, 999, "person", "soldier", None),
    ("More than a dozen houses burned.", "More than a dozen", 13, None, None, "house", None),
    ("Over 2,500 people were evacuated.", "Over 2,500", 2_501, None, "person", "person", "evacuated"),
    ("The company paid at least $1.5 million.", "at least $1.5 million", 1.5e6, None, "USD", None, None),
    (
        "The repair will cost $3 million to $4 million.",
        "$3 million to $4 million",
        3e6,
        4e6,
        "USD",
        None,
        None,
    ),
    ("The fine was 500 euros.", "500 euros", 500, 500, "EUR", None, None),
    ("They raised £2,000 in a day.", "£2,000", 2_000, 2_000, "GBP", None, None),
    ("Turnout was 43 percent.", "43 percent", 43, 43, "percent", None, None),
    ("More than 60% of voters agreed.", "More than 60%", 60, None, "percent", "voter", None),
    ("The fire covered 12 square miles.", "12 square miles", 12, 12, "square mile", None, None),
    ("The well is 300 feet deep.", "300 feet", 300, 300, "foot", None, None),
    ("Nobody was hurt.", "Nobody", 0, 0, "person", "person", "injured"),
    ("No one was killed in the fire.", "no one", 0, 0, "person", "person", "killed"),
    ("No injuries were reported.", "No", 0, 0, "person", "injury", "injured"),
    ("The gunman killed two and injured nine.", "two", 2, 2, "person", "person", "killed"),
    ("The gunman killed two and injured nine.", "nine", 9, 9, "person", "person", "injured"),
    ("Two people were killed and five others injured.", "five", 5, 5, "person", "person", "injured"),
    ("The death toll rose to 17.", "17", 17, 17, "person", "person", "killed"),
    ("The death toll stands at 31.", "31", 31, 31, "person", "person", "killed"),
    ("A man was killed and a woman was wounded.", "A man", 1, 1, "person", "man", "killed"),
    ("A man was killed and a woman was wounded.", "a woman", 1, 1, "person", "woman", "injured"),
    ("One person died.", "One", 1, 1, "person", "person", "killed"),
    (
        "A woman and two other passengers were injured.",
        "A woman and two other passengers",
        3,
        3,
        "person",
        "person",
        "injured",
    ),
    ("Rebels kidnapped 14 aid workers.", "14", 14, 14, "person", "aid worker", "kidnapped"),
    ("Twenty-one miners were rescued.", "Twenty-one", 21, 21, "person", "miner", "rescued"),
    ("Seven people are still missing.", "Seven", 7, 7, "person", "person", "missing"),
    ("The dam holds five million gallons.", "five million", 5e6, 5e6, None, "gallon", None),
    ("Half of the roofs were torn off.", "Half", 50, 50, "percent", "roof", None),
    ("Nearly three quarters of the herd died.", "Nearly three quarters", 67.5, 75, "percent", None, None),
    ("The suspect is in his early 30s.", "in his early 30s", 30, 33, "year", "person", "age"),
    ("A woman in her 20's was hurt.", "in her 20's", 20, 29, "year", "person", "age"),
    ("Mara Lind, 52, was not hurt.", "52", 52, 52, "year", "person", "age"),
    ("The children, aged 4 to 11, are safe.", "aged 4 to 11", 4, 11, "year", "person", "age"),
    ("A crowd of 2,000 or more watched.", "2,000 or more", 2_000, None, None, None, None),
    ("100-plus cars were towed.", "100-plus", 100, None, None, "car", None),
    ("Eight people, including five children, were killed.", "Eight", 8, 8, "person", "person", "killed"),
    ("Five children and three men were found dead.", "Five", 5, 5, "person", "child", "killed"),
    ("The raid wounded two officers and four soldiers.", "four", 4, 4, "person", "soldier", "injured"),
    ("Two men shot a guard.", "Two", 2, 2, "person", "man", None),
    ("Three shots were fired.", "Three", 3, 3, None, "shot", None),
    ("The crash left five people wounded at a bus stop.", "five", 5, 5, "person", "person", "injured"),
    ("Half a dozen boats capsized.", "Half a dozen", 6, 6, None, "boat", None),
]


@pytest.mark.parametrize(
    ("text", "words", "low", "high", "unit", "of", "role"), CASES, ids=[f"{c[0]} {c[1]}" for c in CASES]
)
def test_bounds(
    text: str, words: str, low: float, high: float | None, unit: str | None, of: str | None, role: str | None
) -> None:
    """Each sentence's quantity has the bounds, the unit, what is counted and what befell it."""
    found = [q for q in read(text) if q.span.of(text).lower() == words.lower()]
    if words == "2,000 or more":
        assert not found  # it counts nothing that the sentence names
        return
    assert found, [(q.span.of(text), q.low, q.high) for q in read(text)]
    q = found[0]
    assert q.low == pytest.approx(low)
    assert (
        (q.high is None)
        if high is None
        else (q.high is not None and q.high >= high - 0.5 and q.high <= high + 0.5)
    )
    assert (q.unit, q.role) == (unit, role)
    if of is not None:
        assert q.of == of


NOTHING = [
    "The bridge opened in 1998.",
    "They met on March 3 at 9:40 p.m.",
    "She lives at 1935 Orchard Street.",
    "Flight 370 left on time.",
    "It lasted six hours and two days.",
    "One of the doors was open.",
    "He drove down Highway 61.",
    "The one who knew had gone.",
    "No. 4 was closed.",
    "",
    "—",
]


@pytest.mark.parametrize("text", NOTHING)
def test_numbers_that_count_nothing(text: str) -> None:
    """Dates, years, clock times, addresses, names and lengths of time are not quantities."""
    assert read(text) == ()


def test_reason_names_the_words() -> None:
    """The reason quotes what the text says, so that a reader can challenge it."""
    (q,) = read("More than 40 boats sank.")
    assert "More than 40" in q.why


@given(st.text(alphabet="a 1,0$%.-nodthre killedw pso\n", max_size=200))
def test_never_raises(text: str) -> None:
    """Whatever the text is, spans lie in it and bounds are in order."""
    for q in read(text):
        assert 0 <= q.span.start < q.span.end <= len(text)
        assert q.high is None or q.low <= q.high
