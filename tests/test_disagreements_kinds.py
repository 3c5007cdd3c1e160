"""Differences between reports, kind by kind, on invented reports that are annotated for real."""

from __future__ import annotations

import pytest

from twosource.annotate import annotate
from twosource.clean import clean
from twosource.corroborate.disagreements import differ
from twosource.model import Disagreement, Report, Reuse
from twosource.resolve import resolve
from twosource.reuse import compare
from twosource.settings import Settings
from twosource.text import words


def found(
    *texts: str, days: tuple[str | None, ...] = (), shared: list[Reuse] | None = None
) -> list[Disagreement]:
    reports = [
        Report(id=f"r{n}", text=t, published=days[n - 1] if days else None)
        for n, t in enumerate(texts, start=1)
    ]
    articles = clean(reports)
    annotations = list(annotate(articles, Settings()))
    relations = compare(articles) if shared is None else shared
    made = differ([], [], articles, annotations, resolve(articles, annotations), relations)
    text_of = {r.id: r.text for r in reports}
    for d in made:
        assert len({s.value for s in d.sides}) > 1
        assert len({s.evidence.report for s in d.sides}) > 1
        for s in d.sides:
            text = text_of[s.evidence.report]
            assert 0 <= s.evidence.span.start < s.evidence.span.end <= len(text)
            assert len(words(text, s.evidence.span)) <= 60
            assert sum(x.evidence.report == s.evidence.report for x in d.sides) <= 2
    return made


def kinds(made: list[Disagreement]) -> set[tuple[str, str]]:
    return {(d.kind, d.nature) for d in made}


def test_a_quote_in_other_words_is_shown_once() -> None:
    made = found(
        'The mayor spoke at noon. "We had warned the company about that bridge for years," Ana Petrov said.',
        'At noon the mayor spoke. "We have warned the company about that bridge for many years," Ana Petrov said.',
    )
    assert ("quotation", "contradiction") in kinds(made)
    assert sum(d.kind == "quotation" for d in made) == 1


@pytest.mark.parametrize(
    ("a", "b"),
    [
        (
            '"We have warned them for years about that bridge," she said.',
            '"We’ve warned them for years about that bridge," she said.',
        ),
        (
            '"We have warned them for years about that bridge," she said.',
            '"warned them for years about that bridge," she said.',
        ),
    ],
)
def test_a_contraction_or_a_cut_end_is_no_other_wording(a: str, b: str) -> None:
    assert not [d for d in found(a, b) if d.kind == "quotation"]


def test_more_than_forty_and_forty_three_are_precision() -> None:
    made = found(
        "The strikes on the camp killed more than 40 militants in May, the army said.",
        "In May the army's strikes on the camp killed 43 fighters, an officer said.",
    )
    assert ("quantity", "precision") in kinds(made)
    assert ("quantity", "contradiction") not in kinds(made)


def test_two_tolls_contradict() -> None:
    made = found(
        "Three people were killed when the ferry burned in the harbour on Friday, police said.",
        "Five people were killed when the ferry burned in the harbour on Friday, the coast guard said.",
    )
    toll = [d for d in made if d.about == "how many were killed"]
    assert len(toll) == 1
    assert toll[0].nature == "contradiction"
    assert {s.value for s in toll[0].sides} == {"3", "5"}


def test_numbers_of_different_things_are_not_held_against_each_other() -> None:
    made = found(
        "The company sent 40 engineers to the dam, a spokesman said.",
        "The river rose for two days and drowned 900 sheep, farmers said.",
    )
    assert not [d for d in made if d.kind == "quantity"]


def test_ages_of_one_person() -> None:
    made = found(
        "Mara Lindqvist, 31, was pulled from the water.",
        "Rescuers pulled Mara Lindqvist, 41, from the water.",
    )
    assert [(d.kind, d.nature, d.about) for d in made] == [
        ("quantity", "contradiction", "age of Mara Lindqvist")
    ]


def test_a_birthday_between_two_reports_is_an_update() -> None:
    made = found(
        "Mara Lindqvist, 31, was charged over the fire.",
        "Mara Lindqvist, 32, was sentenced over the fire.",
        days=("2031-03-01", "2032-02-01"),
    )
    assert ("quantity", "update") in kinds(made)


def test_spellings_of_one_name_are_one_variant() -> None:
    made = found(
        "General Boris Kovalenko said the bridge was safe. Kovalenko spoke in the town hall.",
        "General Boris Kovalenka said the bridge was safe. Kovalenka spoke in the town hall.",
    )
    assert [d.nature for d in made if d.kind == "name"] == ["variant"]


def test_the_hour_and_the_neighbourhood() -> None:
    made = found(
        "Officers were called at 9:05 p.m. to a fire in the Westbrook neighborhood.",
        "Firefighters responded at about 8:30 p.m. to a fire in the Millfield neighborhood.",
    )
    assert {d.kind for d in made} >= {"time", "place"}


def test_no_arrests_and_then_an_arrest_is_an_update() -> None:
    made = found(
        "A warehouse burned on Monday. No arrests have been made.",
        "A clerk was arrested over the fire in the warehouse.",
        days=("2031-03-01", "2031-03-09"),
    )
    assert ("occurrence", "update") in kinds(made)


def test_a_claim_called_untrue() -> None:
    made = found(
        "A whale has been seen in the town reservoir, and thousands came to look at it on Sunday.",
        "The story is false. There was never a whale in the reservoir, the water board said.",
    )
    assert [d.about for d in made if d.kind == "occurrence"][:1] == ["whether it happened"]


def test_may_have_against_flat_fact() -> None:
    made = found(
        "The crew may have mistaken the balloon for an enemy aircraft, a colonel said.",
        "The crew mistook the balloon for an enemy aircraft.",
    )
    assert ("certainty", "precision") in kinds(made)


def test_one_of_two_doers_against_one() -> None:
    made = found(
        "Either northern rebels or a band of smugglers were operating the radio station when the convoy was lost.",
        "Northern rebels were operating the radio station when the convoy was lost.",
    )
    assert "responsibility" in {d.kind for d in made}


def test_copies_make_no_difference() -> None:
    text = "Three people were killed when the ferry burned. Mara Lindqvist, 31, was pulled from the water."
    other = text.replace("31", "41")
    assert found(text, text) == []
    same = [Reuse("r1", "r2", "same_text", 1.0, None, (), "")]
    assert found(text, other, shared=same) == []


def test_order_of_reports_does_not_matter() -> None:
    a = Report(
        id="r1", text="Three people were killed when the ferry burned. Mara Lindqvist, 31, swam ashore."
    )
    b = Report(
        id="r2", text="Five people were killed when the ferry burned. Mara Lindqvist, 41, swam ashore."
    )
    results = []
    for reports in ([a, b], [b, a]):
        articles = clean(reports)
        annotations = list(annotate(articles, Settings()))
        results.append(differ([], [], articles, annotations, resolve(articles, annotations), []))
    assert results[0] == results[1]
    assert results[0]


def test_one_report_cannot_disagree_with_itself() -> None:
    assert found("Three people were killed, police said. Later police said five people were killed.") == []
    assert found("") == []


@pytest.mark.parametrize(
    ("a", "b"),
    [
        (
            "The council rejected the mayor's veto of a bill that lets villagers sue the quarry.",
            "The council voted to override the mayor's veto of a bill that lets villagers sue the quarry.",
        ),
        (
            "It is not known whether the captain survived the storm.",
            "The captain survived the storm, his wife said.",
        ),
        (
            "The guild has not confirmed the death of Rolf Marsh.",
            "The ministry has confirmed the death of Rolf Marsh.",
        ),
        (
            "She was unable to speak but was able to write answers, deputies said.",
            "Deputies said the woman answered by writing answers.",
        ),
    ],
)
def test_what_is_turned_down_asked_or_of_another_is_no_contradiction(a: str, b: str) -> None:
    assert not [d for d in found(a, b) if d.kind == "occurrence"]


def test_counts_of_any_games_or_pages_are_of_different_things() -> None:
    assert not [
        d
        for d in found(
            "Varby lost six games of chess in March. A four-page summary of the club's report came out on Monday.",
            "The club of Varby won two games on the road. The report itself runs to more than 300 pages.",
        )
        if d.kind == "quantity"
    ]
    made = found("The 47-page report blames the club.", "Its treasurer is named in a 48-page report.")
    assert [d.about for d in made if d.kind == "quantity"] == ["number of pages"]


def test_one_sum_in_two_currencies_is_one() -> None:
    made = found(
        "Damage to the chapel in Varby was put at $1 million (800,000 pounds), officials said.",
        "Damage to the chapel in Varby was put at $1 million, officials said.",
    )
    assert not [d for d in made if d.kind == "quantity"]


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("“I don't think that's okay at all,” she said.", "“I don't think it's OK at all,” she said."),
        (
            "“Your acts are incompatible with your duty as chairman,” they wrote.",
            "“Your acts are incompatible with your duties as chairman,” they wrote.",
        ),
        (
            "“It came 13 hours after the pass of [the comet] X, so they are unrelated,” he said.",
            "“It came 13 hours after the pass of X, so they are unrelated,” he said.",
        ),
    ],
)
def test_house_style_and_an_editors_brackets_are_no_other_wording(a: str, b: str) -> None:
    assert not [d for d in found(a, b) if d.kind == "quotation"]


def test_a_quote_cut_is_a_variant() -> None:
    made = found(
        "“That driver is dangerous and needs to be found as soon as possible,” she said.",
        "“That driver needs to be found as soon as possible,” she said.",
    )
    assert kinds(made) == {("quotation", "variant")}


def test_a_doubted_reason_and_a_part_of_something_are_no_reasons() -> None:
    assert not [
        d
        for d in found(
            "The crash stunned Varby. Engineers have raised doubts about whether the crash was caused by a broken rail.",
            "The crash stunned Varby. It was not clear if the driver is part of the night crew. The crash wasn't caused by ice.",
        )
        if d.about == "why it happened"
    ]


def test_what_is_only_alleged_is_not_told_flatly() -> None:
    assert not [
        d
        for d in found(
            "Jon Brandt, who allegedly shot four people at a farm in Varby, was held on Monday.",
            "Jon Brandt is accused of shooting four people at a farm in Varby.",
        )
        if d.kind == "certainty"
    ]


@pytest.mark.parametrize(
    ("a", "b"),
    [
        (
            "The report not only blamed the harbour master but praised the crew.",
            "The report blamed the harbour master and the owner.",
        ),
        (
            "Ada Lindt never revealed why she gave the letters to the paper.",
            "In 2019 Ada Lindt revealed that she gave the letters to the paper.",
        ),
        ("The guild takes no issue with the new harbour law.", "The guild issued a harbour law of its own."),
        (
            "Ada Lindt, a ferry captain for years, has died.",
            "The ferry captain Ada Lindt has died. In 1998 she denied reports that she had sold the old lighthouse.",
        ),
    ],
)
def test_no_contrary_where_something_else_is_denied(a: str, b: str) -> None:
    assert not [d for d in found(a, b) if d.kind == "occurrence"]


def test_what_is_yet_to_be_done_has_not_happened() -> None:
    made = found(
        "The ferry burned. Police have yet to make an arrest.",
        "The ferry burned. Police made an arrest on Friday.",
        days=("2031-05-12", "2031-05-18"),
    )
    assert ("occurrence", "update") in kinds(made)
