"""A claim reads as one plain sentence, and neighbours that look alike are told apart."""

from __future__ import annotations

import time
from functools import cache

import pytest

from twosource.claims import gather
from twosource.claims.hollow import is_hollow, is_pointing
from twosource.claims.numbers import Counts, added, agree, clash, same_fate
from twosource.claims.vectors import vectors
from twosource.claims.wording import _OPENING, _finished, _paired, _said
from twosource.clean import clean
from twosource.model import Claim, Quantity, Report, Span
from twosource.pipeline import annotations_of
from twosource.resolve import resolve
from twosource.settings import Settings


@cache
def read(*texts: str) -> tuple[list[Claim], dict[str, str]]:
    """The claims of the reports r1, r2, …, and the words of each statement."""
    articles = clean([Report(id=f"r{n}", text=text) for n, text in enumerate(texts, 1)])
    annotations = annotations_of(articles, Settings())
    claims = gather(articles, annotations, resolve(articles, annotations))
    text_of = {a.id: a.text for a in articles}
    words = {
        s.id: " ".join(c.of(text_of[s.report]) for c in s.content) for a in annotations for s in a.statements
    }
    return claims, words


def holding(claims: list[Claim], words: dict[str, str], part: str) -> set[str]:
    """The ids of the claims with a statement in which these words stand."""
    return {c.id for c in claims if any(part in words[s] for s in c.statements)}


def killed(number: float, of: str) -> Quantity:
    return Quantity(Span(0, 1), number, number, "person", of, "killed")


def test_each_statement_goes_with_its_like_where_both_reports_say_both() -> None:
    claims, words = read(
        "Engineers opened the gates of the Tamme dam on Sunday and flooded the valley.\n\n"
        "It was not the first time that engineers had opened the gates of the Tamme dam.",
        "The gates of the Tamme dam were opened by engineers on Sunday, which flooded the valley.\n\n"
        "Engineers had opened the gates of the Tamme dam before, and not for the first time.",
    )
    sunday, before = holding(claims, words, "Sunday"), holding(claims, words, "first time")
    assert len(sunday) == 1
    assert not sunday & before


def test_rivals_are_counted_off_only_where_another_of_the_report_would_do_better() -> None:
    claims, _ = read("The ferry sank off Pirita on Friday.", "A ferry sank on Friday off Pirita.")
    assert len(claims) == 1


@pytest.mark.parametrize(
    ("mine", "theirs", "expected"),
    [
        ([killed(2, "man"), killed(2, "woman")], [killed(4, "person")], False),
        ([killed(2, "man"), killed(1, "woman")], [killed(4, "person")], True),
        ([killed(2, "woman")], [killed(4, "person")], False),
        ([killed(5, "woman")], [killed(4, "person")], True),
        ([killed(3, "person")], [killed(4, "person")], True),
        ([], [killed(4, "person")], False),
    ],
)
def test_a_part_is_no_clash_with_its_whole(
    mine: list[Quantity], theirs: list[Quantity], expected: bool
) -> None:
    assert clash(mine, theirs) is expected
    assert clash(theirs, mine) is expected


def aged(low: float, high: float) -> Quantity:
    return Quantity(Span(0, 1), low, high, "year", "person", "age", "an age")


def test_ages_by_their_decade_tell_people_apart() -> None:
    thirties, twenties = aged(30, 39), aged(20, 29)
    assert clash([thirties], [twenties])
    assert not clash([thirties], [thirties, twenties])
    assert not clash(
        [aged(34, 34)], [twenties]
    )  # of somebody with a name it is a difference, and shown as one


def test_men_and_women_are_added_up_and_children_are_not() -> None:
    assert max(q.low for q in added([killed(2, "man"), killed(2, "woman")])) == 4
    assert max(q.low for q in added([killed(4, "person"), killed(2, "child")])) == 4
    assert same_fate([killed(2, "man"), killed(2, "woman")], [killed(4, "person")])


@pytest.mark.parametrize(
    ("words", "pointing"),
    [("that was wrong", True), ("It is simply false.", True), ("the story is false", False)],
)
def test_what_points_at_the_words_before(words: str, pointing: bool) -> None:
    assert is_hollow(words)
    assert is_pointing(words) is pointing


def test_that_was_wrong_answers_what_stands_before_it() -> None:
    claims, words = read(
        "The Elva Courier reported on Monday that nine barges had sunk in the canal. Mayor Ann Lee said that was wrong.\n\n"
        "Lee said divers had searched the canal from the lock to the old mill all night.",
        "Nine barges sank in the canal on Monday.\n\nDivers searched the canal all night, from the lock to the old mill.",
    )
    assert holding(claims, words, "that was wrong") <= holding(claims, words, "ine barges")


def test_the_words_are_a_sentence_of_their_own() -> None:
    claims, _ = read(
        "Ferry fire hurts nine; captain held\n\nNine passengers were hurt when the night ferry caught fire off Pirita, the coast guard said.",
        "He said nine of them were hurt when it caught fire. The night ferry caught fire off Pirita and nine passengers were hurt.",
    )
    texts = [c.text for c in claims if len(c.statements) > 1]
    assert any("ferry caught fire" in t for t in texts)
    assert not any(t.startswith(("He ", "Ferry fire hurts")) for t in texts)


def test_who_said_it_is_cut_from_the_end_and_brackets_are_closed() -> None:
    assert _said("A broken rail caused the derailment near Elva, the head of the Rail Board told") == (
        "A broken rail caused the derailment near Elva"
    )
    assert _said("It was raining, they said") == "It was raining, they said"
    assert _paired("Both sides of the Tamme valley (the Lower Tamme") == (
        "Both sides of the Tamme valley (the Lower Tamme)"
    )


@pytest.mark.parametrize(
    ("words", "left"),
    [("So far no boat was found", "So far no boat was found"), ("So the boat sank", "the boat sank")],
)
def test_a_conjunction_goes_and_so_far_stays(words: str, left: str) -> None:
    assert _OPENING.sub("", words) == left


def test_how_things_stand_is_of_the_event_and_last_year_is_not() -> None:
    filler = "\n\n".join(f"Shop number {n} on the quay sells rope and sails." for n in range(9))
    claims, _ = read(
        f"A warehouse burned down at the Elva quay on Friday night.\n\n{filler}\n\n"
        "No arrests have been made.\n\nThe quay burned for two days last year."
    )
    event = {c.text: c.event for c in claims}
    assert event["No arrests have been made."] == "main"
    assert event["The quay burned for two days last year."] == "background"


def test_tolls_of_one_event_rank_as_one() -> None:
    toll = "{} people were killed when the stand collapsed at the Elva races"
    claims, _ = read(
        f"{toll.format('Two')} on Friday, police said.\n\nPolice closed the road to Elva for the night.",
        f"{toll.format('Five')} on Friday, a doctor said.\n\nThe road to Elva was closed by police for the night.",
        "Nine people were killed when the stand collapsed at the races.\n\nRain had soaked the ground for days.",
    )
    assert "killed" in claims[0].text


@pytest.mark.parametrize(
    "text", ["w" * 20_000, "ship " + "é-" * 20_000, "http://a.example/" + "q%20" * 9_000]
)
def test_an_endless_word_holds_nothing_up_and_is_read_by_its_beginning(text: str) -> None:
    began = time.process_time()
    long, cut = vectors([text, text[:400]])
    assert time.process_time() - began < 5
    assert long.tolist() == cut.tolist()


def test_rows_of_numbers_are_compared_as_each_pair_of_them_would_be() -> None:
    rows = [(), (killed(4, "person"),), (killed(2, "man"), killed(2, "woman")), (killed(5, "person"),)]
    counts = Counts([*rows, rows[1]])
    assert counts.of[4] == counts.of[1]
    for a, mine in zip(counts.of, rows, strict=False):
        for b, theirs in zip(counts.of, rows, strict=False):
            found = counts.compared(a, b)
            assert found.clash == clash(mine, theirs)
            assert found.fate == same_fate(mine, theirs)
            assert found.agree == any(agree(x, y) for x in mine for y in theirs)


def test_a_claim_that_ends_in_a_quotation_ends_in_a_stop() -> None:
    assert _finished("the pier is “as sound as it can be,”") == "The pier is “as sound as it can be.”"
    assert _finished('the pier is "as sound as it can be,"') == 'The pier is "as sound as it can be."'
    assert _finished("the pier is “as sound as it can be,” she felt") == (
        "The pier is “as sound as it can be,” she felt."
    )
