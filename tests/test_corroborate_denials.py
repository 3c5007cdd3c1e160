"""What a "no" is said to, who denies a part of his own, and who has from another what he tells."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

import twosource
from invented import Said, actor, incident
from twosource.annotate import annotate
from twosource.claims import gather
from twosource.corroborate.origins import back
from twosource.corroborate.origins.callings import is_carrier
from twosource.corroborate.origins.merging import elsewhere
from twosource.corroborate.origins.polarity import negated, tree
from twosource.model import Account, Article, Backing, Report
from twosource.settings import Settings


def account(folder: Path, *texts: str) -> Account:
    """One incident of reports r0, r1, … of a day each."""
    rows = [
        {"id": f"r{n}", "text": t, "incident": "weston", "published": f"2020-03-{n + 6:02}"}
        for n, t in enumerate(texts)
    ]
    path = folder / "reports.jsonl"
    path.write_text("\n".join(json.dumps(r) for r in rows), encoding="utf-8")
    (found,) = twosource.brief([str(path)]).accounts
    return found


def backing(made: Account, words: str) -> Backing:
    return next(b for c, b in zip(made.claims, made.backings, strict=True) if words in c.text)


def verb(sentence: str, word: str) -> bool | None:
    """Whether the sentence negates the verb."""
    (annotation,) = annotate([Article(Report("r", sentence))], Settings())
    tokens = annotation.sentences[0].tokens
    at = tree(tokens, [True] * len(tokens))
    return negated(at, next(n for n, t in enumerate(tokens) if t.text == word))


@pytest.mark.parametrize(
    ("sentence", "word", "expected"),
    [
        ("The bridge did not collapse.", "collapse", True),
        ("The bridge collapsed.", "collapsed", False),
        ("Nobody died in the fire.", "died", True),
        ("No charges were brought and he was released.", "released", False),
        ("No charges were brought and he was released.", "brought", True),
        ("The court will decide whether the bridge collapsed.", "collapsed", None),
        ("The city wants the bridge to collapse.", "collapse", None),
        ("The army denied that it fired rockets.", "fired", None),
        ("There was no evidence that the bridge collapsed.", "collapsed", True),
        ("It was a stone which hit him.", "hit", False),
        ("", "", None),
    ],
)
def test_a_verb_is_negated_affirmed_or_neither(sentence: str, word: str, expected: bool | None) -> None:
    if sentence:
        assert verb(sentence, word) is expected


def test_who_denies_a_part_disputes_that_he_did_it(tmp_path: Path) -> None:
    made = account(
        tmp_path,
        "Police said Omar Delgado shot his neighbour in the town of Weston on Friday. The neighbour died at the scene.",
        "Omar Delgado denied any involvement in the shooting in Weston. Police said that Delgado shot the teacher.",
    )
    b = backing(made, "shot his neighbour")
    assert (b.status, [d.target for d in b.denials]) == ("disputed", ["claim"])


def test_who_denies_wrongdoing_denies_the_premise_of_a_charge(tmp_path: Path) -> None:
    made = account(
        tmp_path,
        "Prosecutors charged Omar Delgado with fraud on Friday in Weston.",
        "Omar Delgado denied any wrongdoing. Prosecutors said that Delgado was charged with fraud.",
    )
    b = backing(made, "charged Omar Delgado")
    assert (b.status, [d.target for d in b.denials]) == ("single_origin", ["premise"])


def test_who_calls_a_rumour_a_hoax_agrees_with_the_claim_that_it_is_one(tmp_path: Path) -> None:
    made = account(
        tmp_path,
        "Rumours that the singer Lena Farr had died are a hoax, her agent Tom Beck said on Friday.",
        "The agent of Lena Farr said that the rumours that the singer had died were a hoax.",
    )
    assert {b.status for b in made.backings} <= {"single_origin", "corroborated", "reporter_only"}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Mayor Ada Lindt said that no harm would come to the herons.", "Hugo Brandt said that the plan might harm the herons."),
        ("Ada Lindt said he had no excuses and accepted the blame for the leak.", "Hugo Brandt said that Lindt accepted the blame for the leak."),
        ("Ada Lindt said that the council cannot close the mill by decree.", "Hugo Brandt said he would propose a law to close the mill by decree."),
    ],
)  # fmt: skip
def test_a_no_to_something_else_disputes_nothing(tmp_path: Path, one: str, other: str) -> None:
    assert all(b.status != "disputed" for b in account(tmp_path, one, other).backings)


def two(first: Said, second: Said, **more: Sequence[object]) -> Backing:
    made = incident([first], [second], **more)  # type: ignore[arg-type]
    claims = gather(made.articles, made.annotations, made.cast)
    found = back(claims, made.articles, made.annotations, made.cast, ())
    return next(b for c, b in zip(claims, found, strict=True) if "r1s0" in c.statements)


GUN = "the pistol discharged in the kitchen on Sunday"
GUN_TOO = "in the kitchen on Sunday the pistol discharged"


def test_who_told_the_police_and_the_police_are_one_origin() -> None:
    told = two(
        Said(GUN, "Northport police", "organisation"),
        Said(GUN_TOO, "Hospital director Ann Lee", told="police"),
    )
    assert told.independent_origins == 1
    seen = two(
        Said(GUN, "Northport police", "organisation"),
        Said(GUN_TOO, "witnesses who saw it", "group", told="police"),
    )
    assert seen.independent_origins == 1
    free = two(Said(GUN, "Northport police", "organisation"), Said(GUN_TOO, "Hospital director Ann Lee"))
    assert free.independent_origins == 2


@pytest.mark.parametrize(
    ("one", "other"),
    [("Harbour Metropolitan Police", "Metro"), ("Northport police", "Northport sheriff's office")],
)
def test_one_force_under_two_names_and_two_of_one_case_are_one_origin(one: str, other: str) -> None:
    assert two(Said(GUN, one, "organisation"), Said(GUN_TOO, other, "organisation")).independent_origins == 1


def test_a_lawyer_and_the_client_are_one_origin() -> None:
    people = [actor("Bo Sand", "person", roles=("lawyer",)), actor("Carl Roe", "person", roles=("captain",))]
    b = two(
        Said(GUN, "Bo Sand, a lawyer for Roe's wife"),
        Said(GUN_TOO, "Carl Roe"),
        actors=people,
    )
    assert b.independent_origins == 1


def test_who_tells_what_another_believed_has_it_from_him() -> None:
    mind = "she believed neighbours poisoned the well in the garden"
    own = "in the garden neighbours poisoned the well"
    people = [actor("Ada Roe", "person", roles=("teacher",)), actor("Bo Sand", "person", roles=("officer",))]
    assert two(Said(mind, "Bo Sand"), Said(own, "Ada Roe"), actors=people).independent_origins == 1


def test_an_outlet_is_a_carrier_by_its_initials_too() -> None:
    b = two(Said(GUN, "HHP", "organisation"), Said(GUN_TOO, "Harbour Hill Post", "organisation"))
    assert (b.independent_origins, b.status) == (1, "single_origin")


@pytest.mark.parametrize(
    ("name", "carries"),
    [
        ("the Ansa news agency", True),
        ("Coast News Latino", True),
        ("Varby Tribune", True),
        ("Environmental Protection Agency", False),
        ("Varby police", False),
        ("", False),
    ],
)
def test_what_carries_news_is_told_from_what_originates_it(name: str, carries: bool) -> None:
    assert is_carrier(name) is carries


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ({"varby"}, {"ostra"}, True),
        ({"varby"}, {"varby", "ostra"}, False),
        ({"varby"}, {"italy"}, False),
        ({"france"}, {"italy"}, True),
        (set(), {"ostra"}, False),
    ],
)
def test_a_land_is_no_other_town(one: set[str], other: set[str], expected: bool) -> None:
    assert elsewhere(frozenset(one), frozenset(other)) is expected


def test_who_tells_in_passing_what_another_said_speaks_for_himself(tmp_path: Path) -> None:
    told = (
        'PORT ALDER (Wire) - "By backing out of a treaty that she once called a triumph, Mara Dunn shows why voters no longer trust her," '
        "said Ivo Kell, a spokesman for the Harbour Party, in a statement on Monday."
    )
    (origin,) = backing(account(tmp_path, told), "voters no longer trust").origins
    assert origin.who.startswith("Ivo Kell")


def test_on_the_bundled_example_every_claim_is_in_the_words_of_one_of_its_origins() -> None:
    reports = Path(__file__).parent.parent / "examples" / "derailment" / "reports"
    (made,) = twosource.brief([str(reports)]).accounts
    texts = {a.id: a.text for a in made.articles}
    said = {s.id: " ".join(c.of(texts[s.report]) for c in s.content) for s in made.statements}
    for claim, found in zip(made.claims, made.backings, strict=True):
        if claim.worded in said:
            assert said[claim.worded] in {said[s] for o in found.origins for s in o.statements}


def test_a_land_in_common_relates_no_denial(tmp_path: Path) -> None:
    made = account(
        tmp_path,
        "French gunners shelled a tanker off Libya on Friday, the harbour master, Ida Holm, said. "
        "A bridge in Libya was painted green last week, an engineer said. "
        "Paris denied that it was involved in the civil war in Libya.",
    )
    shelled, bridge = backing(made, "shelled a tanker"), backing(made, "painted green")
    assert [d.target for d in shelled.denials] == ["related"]
    assert not bridge.denials


@pytest.mark.parametrize(
    ("first", "second", "disputed"), [("12", "13", False), ("13", "12", True), ("12", "12", True)]
)
def test_who_is_dead_in_a_later_report_has_died_since(first: str, second: str, *, disputed: bool) -> None:
    made = incident(
        [Said("the wounded glider pilot survived the crash at the lake", "Northport police", "organisation")],
        [
            Said(
                "the wounded glider pilot died after the crash at the lake",
                "Harbour Hospital",
                "organisation",
            )
        ],
    )
    days = {"r1": first, "r2": second}
    articles = [
        replace(a, report=replace(a.report, published=f"2031-05-{days[a.id]}")) for a in made.articles
    ]
    claims = gather(articles, made.annotations, made.cast)
    found = back(claims, articles, made.annotations, made.cast, ())
    assert any(b.status == "disputed" for b in found) is disputed


def test_a_no_inside_what_somebody_says_denies_nothing_of_that(tmp_path: Path) -> None:
    made = account(
        tmp_path,
        '"The letters contradict statements by the board that only one pier was closed, and the closing of the pier raises '
        'questions about the motives of the board," said Ida Quill, a councillor.',
        'Ida Quill, a councillor, said that the closing of the pier "raises questions about the motives of the board."',
    )
    assert all(
        b.status != "disputed" for b in made.backings if any("Quill" in (o.who or "") for o in b.origins)
    )
