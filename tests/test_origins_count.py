"""How many independent origins stand behind a claim: never more than the texts show."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from invented import Incident, Said, actor, incident
from twosource.claims import gather, is_hollow
from twosource.corroborate.origins import back
from twosource.corroborate.origins.callings import callings, is_official
from twosource.model import Article, Backing, Claim, Passage, Report, Reuse, Span

FLOOD = "the river flooded dozens of houses in the harbour district"
FLOOD_TOO = "dozens of houses in the harbour district flooded by the river"


def backed(made: Incident, shared: Sequence[Reuse] = ()) -> list[tuple[Claim, Backing]]:
    claims = gather(made.articles, made.annotations, made.cast)
    return list(zip(claims, back(claims, made.articles, made.annotations, made.cast, shared), strict=True))


def of(statement: str, pairs: Sequence[tuple[Claim, Backing]]) -> Backing:
    return next(b for c, b in pairs if statement in c.statements)


def backing(*reports: Sequence[Said], shared: Sequence[Reuse] = (), **more: object) -> Backing:
    return of("r1s0", backed(incident(*reports, **more), shared))  # type: ignore[arg-type]


def copy(a: str, b: str, older: str | None = None) -> Reuse:
    return Reuse(a, b, "same_text", 1.0, older, (Passage(Span(0, 9), Span(0, 9)),), "the same words")


def test_two_bodies_that_say_the_same_corroborate() -> None:
    b = backing(
        [Said(FLOOD, "Northport police", "organisation")],
        [Said(FLOOD_TOO, "Harbour Hospital", "organisation")],
    )
    assert (b.independent_origins, b.status) == (2, "corroborated")
    assert b.outlets == b.collectors == ("Outlet 1", "Outlet 2")


def test_two_voices_of_one_body_are_one_origin_to_two_outlets() -> None:
    board = actor("Harbour Board")
    people = [actor(n, "person", ("Harbour Board",)) for n in ("Ann Lee", "Bo Sand")]
    b = backing(
        [Said(FLOOD, "Ann Lee", told="Northern Wire")],
        [Said(FLOOD_TOO, "Bo Sand", told="Coast Gazette")],
        actors=[board, *people],
        above={"Ann Lee": "Harbour Board", "Bo Sand": "Harbour Board"},
    )
    assert (b.independent_origins, b.at_most, b.status) == (1, 1, "single_origin")
    assert [o.who for o in b.origins] == ["Harbour Board"]
    assert b.collectors == ("Coast Gazette", "Northern Wire")
    assert b.origins[0].statements == ("r1s0", "r2s0")


def test_one_who_spoke_is_named_with_the_body() -> None:
    b = backing(
        [Said(FLOOD, "Ann Lee")],
        actors=[actor("Harbour Board"), actor("Ann Lee", "person", ("Harbour Board",))],
        above={"Ann Lee": "Harbour Board"},
    )
    assert [o.who for o in b.origins] == ["Ann Lee (Harbour Board)"]


def test_the_same_words_are_one_utterance_whoever_they_are_given_to() -> None:
    b = backing(
        [Said(FLOOD, "Northport police", "organisation")], [Said(FLOOD, "Harbour Hospital", "organisation")]
    )
    assert b.independent_origins == 1


@pytest.mark.parametrize("vague", ["officials", "authorities", "investigators", "a detective"])
def test_a_vague_source_is_never_counted_beside_the_body_that_it_may_speak_for(vague: str) -> None:
    b = backing([Said(FLOOD, "Northport police", "organisation")], [Said(FLOOD_TOO, vague, "group")])
    assert (b.independent_origins, b.at_most) == (1, 1)


def test_police_of_two_towns_are_two() -> None:
    towns = [actor("Northport", "place"), actor("Eastmere", "place")]
    reports = (
        [Said(FLOOD, "Northport police", "organisation")],
        [Said(FLOOD_TOO, "Eastmere police", "organisation")],
    )
    assert backing(*reports, actors=towns).independent_origins == 2
    assert (
        backing(reports[0], [Said(FLOOD_TOO, "police", "organisation")], actors=towns).independent_origins
        == 1
    )


def test_a_person_of_whom_nothing_is_known_may_be_anybodys() -> None:
    b = backing([Said(FLOOD, "Northport police", "organisation")], [Said(FLOOD_TOO, "Ann Lee")])
    assert (b.independent_origins, b.at_most) == (1, 2)


def test_unnamed_sources_of_different_reports_raise_only_the_upper_bound() -> None:
    b = backing(
        [Said(FLOOD, "unnamed dock worker", "anonymous")],
        [Said(FLOOD_TOO, "unnamed engineer", "anonymous")],
    )
    assert (b.independent_origins, b.at_most, b.status) == (1, 2, "single_origin")


def test_own_voices_count_together_as_one_and_only_alone() -> None:
    alone = backing([Said(FLOOD)], [Said(FLOOD_TOO)])
    assert (alone.independent_origins, alone.status) == (1, "reporter_only")
    beside = backing([Said(FLOOD)], [Said(FLOOD_TOO, "Northport police", "organisation")])
    assert (beside.independent_origins, beside.at_most, beside.status) == (1, 1, "single_origin")


def test_an_outlet_that_is_cited_only_carries() -> None:
    b = backing(
        [Said(FLOOD, "Northport police", "organisation")], [Said(FLOOD_TOO, "Northern Wire", "media")]
    )
    assert (b.independent_origins, [o.who for o in b.origins]) == (1, ["Northport police"])


def test_those_who_deny_are_not_counted_and_dispute() -> None:
    b = backing(
        [Said(FLOOD, "Northport police", "organisation")],
        [Said(FLOOD_TOO, "Harbour Hospital", "organisation")],
        [Said("the river flooded dozens of houses", "Canal Company", "organisation", stance="denies")],
    )
    assert (b.independent_origins, b.status) == (2, "disputed")
    assert [(d.statement, d.target) for d in b.denials] == [("r3s0", "claim")]
    assert b.reports == ("r1", "r2")


def test_a_denial_of_something_else_does_not_dispute() -> None:
    b = backing(
        [Said(FLOOD, "Northport police", "organisation")],
        [Said("copper prices climbed", "Canal Company", "organisation", stance="denies")],
    )
    assert (b.status, b.denials) == ("single_origin", ())


def test_a_denial_alone_is_what_its_denier_says() -> None:
    b = backing([Said(FLOOD, "Canal Company", "organisation", stance="denies")])
    assert (b.independent_origins, b.status, [o.who for o in b.origins]) == (
        1,
        "single_origin",
        ["Canal Company"],
    )


def test_calling_a_claim_false_answers_what_others_say_on_the_page() -> None:
    page = [
        Said(FLOOD, "Northport police", "organisation"),
        Said("the claim is entirely false", "Canal Company", "organisation", stance="denies"),
    ]
    b = backing(page)
    assert b.status == "disputed"
    assert [d.statement for d in b.denials] == ["r1s1"]


def test_calling_a_story_false_answers_that_story_only() -> None:
    page = [
        Said(FLOOD, "Northport police", "organisation"),
        Said("copper prices climbed", "Ida Quill"),
        Said("the story is a hoax", stance="denies"),
    ]
    made = backed(incident(page))
    assert of("r1s0", made).status == "disputed"
    assert of("r1s1", made).status == "single_origin"


def test_turning_down_what_is_put_to_one_denies_nothing() -> None:
    b = backing(
        [
            Said(
                "the council voted on the mayor's veto of the harbour bill",
                "Northport police",
                "organisation",
            )
        ],
        [Said("the mayor's veto of the harbour bill", "the council", "organisation", stance="denies")],
    )
    assert (b.status, b.denials) == ("single_origin", ())


def test_a_may_have_never_turns_into_a_fact() -> None:
    b = backing(
        [Said(FLOOD, "Northport police", "organisation")],
        [Said(FLOOD_TOO, "Harbour Hospital", "organisation", certainty="possible")],
    )
    assert b.certainty == "possible"


def test_a_copy_gathers_nothing() -> None:
    b = backing(
        [Said(FLOOD, "Northport police", "organisation")],
        [Said(FLOOD, "Northport police", "organisation")],
        shared=[copy("r1", "r2", older="r1")],
    )
    assert (b.reports, b.outlets, b.collectors) == (("r1", "r2"), ("Outlet 1", "Outlet 2"), ("Outlet 1",))


def test_unknown_outlets_are_shown_as_unknown() -> None:
    b = backing([Said(FLOOD, "Ann Lee")], [Said(FLOOD, "Ann Lee")], outlets=["Coast Gazette", None])
    assert (b.outlets, b.unknown_outlets) == (("Coast Gazette",), 1)


def test_callings_are_read_from_descriptions() -> None:
    assert callings("a Northport police spokesman") == {"police"}
    assert callings("Lt. Ann Lee") == {"police", "military"}
    assert is_official(callings("the Ministry of Works"))
    assert not is_official(callings("her brother"))


@pytest.mark.parametrize(
    "text",
    ["The claim is entirely false", "these reports were simply not true", "No such flood has ever happened"],
)
def test_words_that_call_false_without_saying_what(text: str) -> None:
    assert is_hollow(text)
    assert not is_hollow("the harbour was closed")
    assert not is_hollow("stories that are false friends of memory")


POOL = [
    Said(FLOOD, "Northport police", "organisation"),
    Said(FLOOD_TOO, "Harbour Hospital", "organisation"),
    Said(FLOOD_TOO, "unnamed engineer", "anonymous"),
    Said(FLOOD, "Ann Lee"),
    Said(FLOOD_TOO),
    Said("the river flooded dozens of houses", "Canal Company", "organisation", stance="denies"),
    Said("the night train derailed on the northern bridge", "officials", "group"),
    Said("the night train derailed on the bridge", "Northern Wire", "media"),
]
reports = st.lists(st.lists(st.sampled_from(POOL), min_size=1, max_size=3), min_size=1, max_size=4)


@settings(max_examples=40, deadline=None)
@given(reports, st.data())
def test_adding_a_copy_never_raises_a_count(drawn: list[list[Said]], data: st.DataObject) -> None:
    made = incident(*drawn)
    n = data.draw(st.integers(0, len(drawn) - 1))
    article, annotation = made.articles[n], made.annotations[n]
    copied = Article(Report(id="zz", text=article.text, outlet="Copy Daily"))
    mine = tuple(replace(s, id=s.id + "zz", report="zz") for s in annotation.statements)
    more = Incident(
        [*made.articles, copied],
        [*made.annotations, replace(annotation, report="zz", statements=mine)],
        made.cast,
    )
    before, after = backed(made), backed(more, [copy(article.id, "zz")])
    for claim, b in before:
        again = of(claim.statements[0], after)
        assert again.independent_origins <= b.independent_origins
        assert again.at_most <= b.at_most
        assert again.status == b.status


@settings(max_examples=30, deadline=None)
@given(reports, st.randoms(use_true_random=False))
def test_the_order_of_reports_does_not_matter(drawn: list[list[Said]], random: object) -> None:
    made = incident(*drawn)
    order = list(range(len(drawn)))
    random.shuffle(order)  # type: ignore[attr-defined]
    again = Incident([made.articles[i] for i in order], [made.annotations[i] for i in order], made.cast)
    assert backed(made) == backed(again)


@settings(max_examples=20, deadline=None)
@given(reports)
def test_a_report_of_something_else_changes_nothing(drawn: list[list[Said]]) -> None:
    before = backed(incident(*drawn))
    after = backed(incident(*drawn, [Said("copper prices climbed", "Ida Quill")]))
    assert {b for _, b in before} <= {b for _, b in after}


@settings(max_examples=40, deadline=None)
@given(reports)
def test_every_why_names_words_that_stand_in_the_report(drawn: list[list[Said]]) -> None:
    made = incident(*drawn)
    texts = {a.id: a.text for a in made.articles}
    for _, b in backed(made):
        assert b.independent_origins <= b.at_most
        assert f"{b.independent_origins} independent origin" in b.why
        assert b.why.endswith(".")
        for words, report in re.findall(r"“([^”]+)”[^“”]*? in (r\d+)", b.why):
            assert words in texts[report]
