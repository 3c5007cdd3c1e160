"""Which namesake a report means: by where it comes from, by what a name is joined to, by who bears the name today."""

from __future__ import annotations

import pytest

from twosource.annotate.places import find_places
from twosource.annotate.places.home import home_of
from twosource.model import Article, Report
from twosource.text import sentences


def named(text: str) -> list[str | None]:
    return [p.full_name for p in find_places(text, sentences(text))]


def at_home(text: str, **report: str) -> list[str | None]:
    home = home_of(Article(Report("r", text, **report)))
    return [p.full_name for p in find_places(text, sentences(text), home=home)]


@pytest.mark.parametrize(
    ("report", "home"),
    [
        ({"url": "http://www.tulsabugle.example/news/1"}, "Tulsa, Oklahoma, United States"),
        ({"url": "https://chicago.wires.example:80/1"}, "Chicago, Illinois, United States"),
        ({"url": "http://www.santabarbaracourier.example/1"}, "Santa Barbara, California, United States"),
        ({"outlet": "fresnoledger.example"}, "Fresno, California, United States"),
        ({"url": "http://local.example/new-mexico/roswell/1"}, "New Mexico, United States"),
        ({"title": "Bridge falls - WXYZ - Columbia, South Carolina"}, "Columbia, South Carolina, United States"),
        ({"outlet": "Dayton Daily Bugle"}, "Dayton, Ohio, United States"),
    ],
)  # fmt: skip
def test_where_a_report_comes_from(report: dict[str, str], home: str) -> None:
    assert home in [e.full_name for e in home_of(Article(Report("r", "Words.", **report)))]


@pytest.mark.parametrize(
    "address", ["https://thewire.example/1", "http://www.unitedpress.example", "world.example", "", "http://"]
)
def test_an_address_without_a_town_says_nothing(address: str) -> None:
    assert home_of(Article(Report("r", "Words.", url=address))) == ()


def test_the_outlets_town_decides_between_namesakes() -> None:
    text = "A man was hurt in Springfield on Monday, officers said."
    assert at_home(text, title="Man hurt - WXYZ - Quincy, IL") == ["Springfield, Illinois, United States"]
    assert at_home(text, title="Man hurt - WXYZ - Boston, MA") == [
        "Springfield, Massachusetts, United States"
    ]


def test_a_city_is_not_taken_for_one_that_bore_its_name_in_antiquity() -> None:
    assert named("A boy was hurt in Philadelphia.") == ["Philadelphia, Pennsylvania, United States"]
    assert named("The flight to Bombay was late.") == ["Mumbai, Maharashtra, India"]


def test_a_street_is_no_town() -> None:
    assert named("Two people were shot near Clinton and Marks avenues.") == []
    assert named("A car burned on Memphis Street.") == []
    assert named("It happened on Newmarket Road.") == []


def test_a_side_of_a_city_is_that_city() -> None:
    assert named("A boy was shot in North Philadelphia on Monday.") == [
        "Philadelphia, Pennsylvania, United States"
    ]
    assert named("The storm reached North Texas.") == ["Texas, United States"]
    assert named("She lives in North Las Vegas.") == ["North Las Vegas, Nevada, United States"]


def test_a_town_that_the_text_puts_in_a_state_is_never_a_namesake_elsewhere() -> None:
    found = find_places(text := "A man was hurt in Durban, Ohio, on Monday.", sentences(text))
    assert (found[0].name, found[0].lat) == ("Durban", None)
