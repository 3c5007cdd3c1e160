"""What an archive keeps of a report says the same as the report itself, whatever stands beside it and in whichever order."""

from __future__ import annotations

import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from twosource.clean import clean
from twosource.incidents.archive import TIE, WAY, Weights, held, look, settle, written
from twosource.incidents.candidates import KEYS
from twosource.incidents.likeness import likeness
from twosource.incidents.sketch import sketch_of
from twosource.incidents.weights import Rarity, weigh
from twosource.model import Article, Report
from twosource.text import digest

TEXTS = (
    "Two dockers were killed on Monday when a crane fell at Port Ellis, harbour master Hugo Brandt said. Police closed the north quay.",
    "A crane fell on the north quay of Port Ellis and killed two dockers, Hugo Brandt told the Ellis Herald on Monday.",
    "A goods train left the rails near Tennick on 3 March 2024; 14 wagons caught fire, the railway said.",
    "The mayor of Ellerton opened a school of cookery and praised its soups. The 400 guests ate 1,200 rolls.",
    "the of and",
    "",
)


def articles() -> list[Article]:
    """One report of each text, of two outlets."""
    made = [
        Report(
            f"r{n}", text, outlet=f"Outlet {n % 2}", published=f"2024-03-{n + 1:02}", title=text[:20] or None
        )
        for n, text in enumerate(TEXTS)
    ]
    return [clean([r])[0] for r in made]


def test_the_odds_are_those_of_likeness() -> None:
    some = articles()
    weights = Weights([look(a) for a in some])
    plain = [weigh(sketch_of(a), Rarity(), KEYS) for a in some]
    for i in range(len(some)):
        others = [j for j in range(len(some)) if j != i]
        found = weights.odds(i, others, [None] * len(others))
        assert found == pytest.approx([likeness(plain[i], plain[j]).value for j in others], abs=1e-5)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(alphabet="abAB 1.\n\ud800é", max_size=60), min_size=2, max_size=6))
def test_the_odds_of_two_hang_on_the_two_alone(texts: list[str]) -> None:
    kept = [look(clean([Report(f"r{n}", t, title=t[:9])])[0]) for n, t in enumerate(texts)]
    again = [held(written(k)) for k in kept]
    every = Weights(again)
    for i in range(1, len(kept)):
        (two,) = Weights([kept[i], kept[0]]).odds(0, [1], [None])
        assert every.odds(0, [i], [None]) == [two]
        assert every.odds(i, [0], [None]) == [two]


def test_one_text_is_one_incident_whatever_the_outlet() -> None:
    one, other = (clean([Report(n, TEXTS[3], outlet=n)])[0] for n in "ab")
    weights = Weights([look(one), look(other)])
    (odds,) = weights.odds(0, [1], [None])
    assert odds > 16
    both = [(one, look(one)), (other, look(other))]
    assert [i.reports for i in settle(both, {("a", "b"): odds})] == [("a", "b")]


def test_reports_of_one_matter_are_tied_and_of_others_not() -> None:
    weights = Weights([look(a) for a in articles()])
    same, *others = weights.odds(0, [1, 2, 3, 4, 5], [None] * 5)
    assert same > TIE > max(others)


def test_who_changes_what_an_archive_keeps_raises_the_number_of_the_way() -> None:
    """A case that was grouped in one way is settled again when the way changes: otherwise it would mix the two."""
    assert (WAY, digest(*(zlib.decompress(written(look(a))).hex() for a in articles()))[:12]) == (
        "2",
        "87de0544f424",
    )
