"""What opens a brief: the sentence that tells the news, the suspicion that most reports carry, a headline where nothing names it."""

from __future__ import annotations

from pathlib import Path

import pytest

import twosource
from twosource.brief.blame import blames_in_words
from twosource.brief.lead import _ABOUT_COVERAGE, _DANGLING
from twosource.brief.saying import _CUT_OFF, _LOOSE_END
from twosource.brief.wording import unnamed_in_words, with_article
from twosource.model import Account

REPORT = """{head}

{outlet}
May {day}, 2031

{body}
"""


def account(folder: Path, *stories: tuple[str, str]) -> Account:
    outlets = ("Harbour Wire", "Alder Gazette", "Coast Post", "Northland Echo")
    for n, (head, body) in enumerate(stories):
        text = REPORT.format(head=head, body=body, outlet=outlets[n], day=6 + n)
        (folder / f"{n}.txt").write_text(text, encoding="utf-8")
    return twosource.brief([str(folder)]).accounts[0]


FIRES = (
    (
        "Fire destroys mill in Port Alder",
        "A fire destroyed the old mill in Port Alder on Tuesday night, the fire service said.\n\n"
        "Investigators suspect arson, Fire Chief Dana Holt said.\n\nThe mill was built by two brothers.",
    ),
    (
        "Mill burns down",
        "The old mill in Port Alder burned down on Tuesday night, the fire service said.\n\n"
        "Police believe that it was arson.\n\nThe roof fell in at midnight.",
    ),
    (
        "Blaze guts mill in Port Alder",
        "A blaze gutted the old mill in Port Alder on Tuesday, deputies said.\n\n"
        "Deputies said that arson was suspected. The road was closed.",
    ),
)


@pytest.fixture(scope="module")
def fire(tmp_path_factory: pytest.TempPathFactory) -> Account:
    return account(tmp_path_factory.mktemp("mill"), *FIRES)


def test_the_first_line_says_what_happened_and_where(fire: Account) -> None:
    first = fire.summary[0].text
    assert "mill" in first
    assert "Port Alder" in first


def test_what_most_reports_suspect_has_a_line_that_keeps_the_doubt(fire: Account) -> None:
    found = [line.text for line in fire.summary if "arson" in line.text]
    assert found
    assert all("suspect" in text or "believ" in text for text in found)


def test_a_plan_is_named_by_a_headline_in_quotation_marks_and_stands_at_no_place(tmp_path: Path) -> None:
    made = account(
        tmp_path,
        (
            "Council weighs new harbour rules",
            "PORT ALDER - The council is weighing new harbour rules, its head said on Tuesday.",
        ),
        (
            "New harbour rules before the council",
            "The council spoke of new harbour rules on Tuesday, its head said in Port Alder.",
        ),
    )
    assert "harbour rules" in made.title.casefold()
    assert "Port Alder," not in made.title


@pytest.mark.parametrize("head", ["Mayor murdered her rival", "Brandt shot at crowd", "Vik rammed the gate"])
def test_a_headline_that_lays_blame_is_no_title(head: str) -> None:
    assert blames_in_words(head)


@pytest.mark.parametrize(
    ("who", "said"),
    [
        ("unnamed official", "an unnamed official"),
        ("unnamed officials", "unnamed officials"),
        ("unnamed another neighbor", "an unnamed neighbor"),
        ("unnamed spokeswoman for the port", "an unnamed spokeswoman for the port"),
        ("Ada Holm", "Ada Holm"),
    ],
)
def test_the_unnamed_have_their_article(who: str, said: str) -> None:
    assert unnamed_in_words(who) == said


@pytest.mark.parametrize(
    ("words", "said"), [("hour", "a hour"), ("agent", "an agent"), ("union man", "a union man")]
)
def test_an_before_a_vowel(words: str, said: str) -> None:
    assert with_article(words) == said


@pytest.mark.parametrize(
    ("words", "left"),
    [
        ("this rumor is false, saying", "this rumor is false"),
        ("he was there when it fell but", "he was there when it fell"),
        ("the bridge fell", "the bridge fell"),
    ],
)
def test_a_clause_ends_before_what_only_leads_on(words: str, left: str) -> None:
    assert _LOOSE_END.sub("", words) == left


@pytest.mark.parametrize("words", ["he still declined to say", "they met because", "she walked to the"])
def test_a_clause_that_was_cut_off_is_not_given(words: str) -> None:
    assert _CUT_OFF.search(words)


def test_what_hangs_on_another_sentence_or_speaks_of_the_reports_opens_nothing() -> None:
    assert _DANGLING.match("the group has been flying the planes")
    assert not _DANGLING.match("the group that runs the port has closed it")
    assert _ABOUT_COVERAGE.search("New details about the fire have surfaced")
    assert _ABOUT_COVERAGE.search("The agency misspelled the first names of two of the victims")
