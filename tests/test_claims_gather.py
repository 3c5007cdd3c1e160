"""Statements that say the same are one claim; what differs stays apart; nothing depends on order."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import given, settings
from hypothesis import strategies as st

from invented import Said, incident
from twosource.claims import gather
from twosource.claims.groups import grouped
from twosource.claims.numbers import agree, clash, near
from twosource.model import Claim, Quantity

FLOOD = "the river flooded dozens of houses in the harbour district"
FLOOD_TOO = "dozens of houses in the harbour district flooded by the river"
TRAIN = "the night train derailed on the northern bridge"
STRIKE = "teachers ended their strike about wages"


def claims_of(*reports: Sequence[Said]) -> list[Claim]:
    made = incident(*reports)
    return gather(made.articles, made.annotations, made.cast)


def together(claims: Sequence[Claim], *statements: str) -> bool:
    return any(set(statements) <= set(c.statements) for c in claims)


def test_the_same_words_are_one_claim() -> None:
    claims = claims_of([Said(FLOOD, "Ann Lee")], [Said(FLOOD, "Bo Sand")], [Said(TRAIN, "Ann Lee")])
    assert together(claims, "r1s0", "r2s0")
    assert not together(claims, "r1s0", "r3s0")
    assert "same words" in next(c.why for c in claims if len(c.statements) == 2)


def test_other_words_for_the_same_are_one_claim() -> None:
    claims = claims_of([Said(FLOOD, "Ann Lee")], [Said(FLOOD_TOO, "Bo Sand")], [Said(STRIKE, "Cy Vale")])
    assert together(claims, "r1s0", "r2s0")
    assert not together(claims, "r1s0", "r3s0")


def test_who_speaks_of_himself_says_nothing_that_another_says_of_himself() -> None:
    hopeful, sure = "we are hopeful the harbour opens this week", "we are sure of the harbour"
    assert not together(claims_of([Said(hopeful, "Ann Lee")], [Said(sure, "Bo Sand")]), "r1s0", "r2s0")
    assert together(claims_of([Said(hopeful, "Ann Lee")], [Said(sure, "Ann Lee")]), "r1s0", "r2s0")
    assert together(claims_of([Said(hopeful, "Ann Lee")], [Said(hopeful, "Bo Sand")]), "r1s0", "r2s0")


def test_a_denial_joins_what_it_denies() -> None:
    claims = claims_of([Said(FLOOD, "Ann Lee")], [Said(FLOOD, "Bo Sand", stance="denies")])
    assert together(claims, "r1s0", "r2s0")


def test_a_refusal_to_comment_is_no_claim() -> None:
    claims = claims_of([Said(FLOOD, "Ann Lee"), Said("declined to comment", "Bo Sand", declined=True)])
    assert [c.statements for c in claims] == [("r1s0",)]


def test_numbers_of_one_thing_that_cannot_both_be_right_stay_apart() -> None:
    three, five = (Quantity(at, n, n, "person", "passenger", "killed") for at, n in ((None, 3), (None, 5)))  # type: ignore[arg-type]
    assert clash([three], [five])
    claims = claims_of(
        [
            Said(
                "the night train derailed and 3 passengers died",
                "Ann Lee",
                numbers={"3": ("passenger", "killed")},
            )
        ],
        [
            Said(
                "the night train derailed and 5 passengers died",
                "Bo Sand",
                numbers={"5": ("passenger", "killed")},
            )
        ],
    )
    assert not together(claims, "r1s0", "r2s0")


def test_numbers_that_come_near_stay_together_and_are_said() -> None:
    claims = claims_of(
        [Said("about 80 families left the harbour district", "Ann Lee", numbers={"80": ("family", None)})],
        [Said("about 84 families left the harbour district", "Bo Sand", numbers={"84": ("family", None)})],
    )
    assert together(claims, "r1s0", "r2s0")
    assert "numbers in them differ" in claims[0].why


def test_numbers_of_different_things_never_clash() -> None:
    contractors = Quantity(None, 300, None, "person", "contractor", None)  # type: ignore[arg-type]
    fighters = Quantity(None, 600, 800, "person", "fighter", None)  # type: ignore[arg-type]
    assert not agree(contractors, fighters)
    assert not clash([contractors], [fighters])
    assert not near(
        Quantity(None, 3, 3, "person", "man", "killed"), Quantity(None, 4, 4, "person", "man", "killed")
    )  # type: ignore[arg-type]


def test_what_most_reports_begin_with_comes_first() -> None:
    claims = claims_of(
        [Said(TRAIN), Said(STRIKE)],
        [Said(TRAIN), Said("rain fell all week")],
        [Said(TRAIN), Said("fields lay bare")],
    )
    assert set(claims[0].statements) == {"r1s0", "r2s0", "r3s0"}
    assert claims[0].event == "main"


POOL = [
    Said(FLOOD, "Ann Lee"),
    Said(FLOOD_TOO, "Bo Sand", kind="organisation"),
    Said(FLOOD, "Bo Sand", stance="denies"),
    Said(TRAIN),
    Said(TRAIN, "unnamed engineer", kind="anonymous"),
    Said("the bridge collapsed under the night train", "Cy Vale"),
    Said(STRIKE, "Dee Holt"),
    Said("nobody said a word"),
]
reports = st.lists(st.lists(st.sampled_from(POOL), min_size=1, max_size=4), min_size=1, max_size=4)


@settings(max_examples=25, deadline=None)
@given(reports)
def test_every_statement_is_in_exactly_one_claim_and_its_text_is_evidence(drawn: list[list[Said]]) -> None:
    made = incident(*drawn)
    claims = gather(made.articles, made.annotations, made.cast)
    inside = sorted(s for c in claims for s in c.statements)
    assert inside == sorted(s.id for a in made.annotations for s in a.statements)
    whole = " ".join(a.text for a in made.articles).casefold()
    assert all(c.text.rstrip(".").casefold() in whole for c in claims)


@settings(max_examples=25, deadline=None)
@given(reports, st.randoms(use_true_random=False))
def test_the_order_of_reports_does_not_matter(drawn: list[list[Said]], random: object) -> None:
    made = incident(*drawn)
    order = list(range(len(made.articles)))
    random.shuffle(order)  # type: ignore[attr-defined]
    there = gather(made.articles, made.annotations, made.cast)
    again = gather([made.articles[i] for i in order], [made.annotations[i] for i in order], made.cast)
    assert there == again


@settings(max_examples=15, deadline=None)
@given(reports)
def test_a_report_of_something_else_changes_nothing(drawn: list[list[Said]]) -> None:
    made, more = incident(*drawn), incident(*drawn, [Said("copper prices climbed", "Ida Quill")])
    before = gather(made.articles, made.annotations, made.cast)
    after = gather(more.articles, more.annotations, more.cast)
    new = f"r{len(drawn) + 1}s0"
    assert {c.statements for c in before} == {c.statements for c in after if new not in c.statements}


def always(_: list[int], __: list[int]) -> bool:
    return True


@settings(deadline=None)
@given(st.integers(0, 12), st.data())
def test_groups_are_a_partition_and_a_bridge_is_not_enough(size: int, data: st.DataObject) -> None:
    scores = {
        (i, j): data.draw(st.floats(0, 1, allow_nan=False)) for i in range(size) for j in range(i + 1, size)
    }
    groups = grouped(size, scores, lambda i, j: scores[i, j], 0.5, always)
    assert sorted(n for g in groups for n in g) == list(range(size))
    chain = {(0, 1): 0.9, (1, 2): 0.9, (0, 2): 0.0}
    assert grouped(3, chain, lambda i, j: chain[i, j], 0.5, always) != [[0, 1, 2]]


def test_nothing_in_nothing_out() -> None:
    made = incident()
    assert gather(made.articles, made.annotations, made.cast) == []


@settings(max_examples=15, deadline=None)
@given(reports, st.data())
def test_a_copy_whose_id_sorts_first_changes_no_text(drawn: list[list[Said]], data: st.DataObject) -> None:
    copied = data.draw(st.sampled_from(drawn))
    made, more = incident(*drawn), incident(copied, *drawn)
    before = gather(made.articles, made.annotations, made.cast)
    after = gather(more.articles, more.annotations, more.cast)
    assert sorted(c.text for c in before) == sorted(c.text for c in after)


def test_a_denial_that_names_nothing_answers_the_weightiest_claim() -> None:
    claims = claims_of(
        [Said("the Elva dam burst and drowned 300 cows", "Ann Lee")],
        [Said("the Elva dam burst and drowned 300 cows", "Bo Sand")],
        [
            Said("the Elva dam burst and drowned 300 cows", "Dee Holt"),
            Said("no such incident occurred in Elva", "Ida Quill", stance="denies"),
        ],
    )
    assert together(claims, "r1s0", "r3s1")
