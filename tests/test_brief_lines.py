"""The summary as an editor reads it: one sentence a line, the latest toll, nothing twice, nothing that hangs in the air."""

from __future__ import annotations

import re

import pytest

import twosource
from twosource.brief.circumstances import _how_vague
from twosource.brief.saying import _bare, _with_its_article, curled
from twosource.brief.wording import marks, without_stop

FIRST = """Footbridge falls in Port Alder

By Jo Okafor
Harbour Wire
May 6, 2031

PORT ALDER (Harbour Wire) - Three workers were killed when a footbridge fell in Port Alder on Tuesday evening, Fire Chief Dana Holt said.

The first call came at 6:42 p.m., according to the fire service.

Mayor Lena Vik said that the builder, Corbel Works, had ignored warnings about the bridge. Corbel Works denied that it had ignored warnings about the bridge.
"""
LATER = """Fourth worker dies after bridge falls

By Jo Okafor
Harbour Wire
May 7, 2031

PORT ALDER (Harbour Wire) - Four workers have now died after a footbridge fell in Port Alder on Tuesday evening, Fire Chief Dana Holt said on Wednesday.

The fourth man died in hospital overnight, Holt said. She said that he had been on the scaffold.

This story has been updated with a new death toll.
"""
OTHER = """Dead after bridge collapse

Alder Gazette
May 6, 2031

Three people died on Tuesday evening when a footbridge fell in Port Alder, the fire service said.

Dispatchers got the first call at 6:50 p.m., police said.
"""


@pytest.fixture(scope="module")
def lines(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    folder = tmp_path_factory.mktemp("bridge")
    for name, text in (("first", FIRST), ("later", LATER), ("other", OTHER)):
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    (account,) = twosource.brief([str(folder)]).accounts
    return [line.text for line in account.summary]


def test_the_latest_toll_comes_first_and_an_earlier_one_says_that_it_is(lines: list[str]) -> None:
    assert re.search(r"\bfour workers\b", lines[0], re.IGNORECASE)
    for line in lines:
        if re.search(r"\bthree (?:workers|people)\b", line, re.IGNORECASE):
            assert line.startswith(("Earlier, ", "The reports"))


def test_every_line_is_one_sentence(lines: list[str]) -> None:
    assert 3 <= len(lines) <= 8
    for line in lines:
        outside = re.sub(r"“[^”]*”", "", line)
        assert not re.search(r"[a-z]{3,}\. [A-Z]", outside), line
        assert re.search(r"[.!?]”?$", line), line


def test_the_stop_of_an_hour_stays(lines: list[str]) -> None:
    assert not any(re.search(r"p\.m(?!\.)", line) for line in lines)


def test_no_line_opens_with_somebody_who_was_named_elsewhere(lines: list[str]) -> None:
    assert not any(re.match(r"(?:He|She|They|His|Her|Their)\b", line) for line in lines)


def test_nothing_is_said_twice(lines: list[str]) -> None:
    assert len({line.casefold() for line in lines}) == len(lines)
    denials = [line for line in lines if "Corbel Works denied that it had ignored warnings" in line]
    assert len(denials) <= 1


@pytest.mark.parametrize(
    ("words", "left"),
    [
        ("It ended.", "It ended"),
        ("at 9:42 p.m.", "at 9:42 p.m."),
        ("in the U.S.", "in the U.S."),
        ("no", "no"),
    ],
)
def test_a_sentence_loses_its_stop_and_an_abbreviation_keeps_it(words: str, left: str) -> None:
    assert without_stop(words) == left


@pytest.mark.parametrize(
    ("words", "bare"),
    [
        ("PORT ALDER (Harbour Wire) -- Two men drowned.", "Two men drowned."),
        ("ALDER, Ore. — Two men drowned.", "Two men drowned."),
        ("PORT ALDER ― Two men drowned.", "Two men drowned."),
        ("However, two men drowned.", "Two men drowned."),
        ("NATO said so.", "NATO said so."),
    ],
)
def test_a_sentence_is_given_without_what_ties_it_to_its_place(words: str, bare: str) -> None:
    assert _bare(words) == bare


def test_quotation_marks_are_those_of_people() -> None:
    assert marks("He said `` it fell '' twice.") == "He said “it fell” twice."
    assert curled('it was "a bridge too far"') == "it was “a bridge too far”"


def test_a_date_says_more_than_a_weekday_and_that_more_than_an_hour() -> None:
    vague = [_how_vague(w) for w in ("May 6", "Tuesday evening", "6:42 p.m.", "later on Tuesday")]
    assert vague == sorted(vague)


def test_whom_it_was_told_to_keeps_the_articles_of_the_report() -> None:
    text = "Ada Vik won on Tuesday.\n\n“People love this port,” Vik told the crowd."
    assert _with_its_article("crowd", text) == "the crowd"
    assert _with_its_article("reporters", text) == "reporters"
    assert _with_its_article("Harbour Wire", "He told the Harbour Wire so.") == "Harbour Wire"


def test_an_owners_mark_that_stands_loose_is_set_close() -> None:
    assert marks("the owners ' office said") == "the owners' office said"
    assert marks("he says 'no' to it") == "he says 'no' to it"
