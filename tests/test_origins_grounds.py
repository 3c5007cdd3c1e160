"""What stands behind a claim besides its count: echoes of one unknown source, basis, party, grade, contraries."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from invented import Said, incident
from twosource.annotate import annotate
from twosource.claims import Point, gather, points
from twosource.clean import clean
from twosource.corroborate.origins import back
from twosource.corroborate.origins.contraries import bears_out, contrary, is_decision, says_nothing_of_it
from twosource.corroborate.origins.counting import count
from twosource.corroborate.origins.echoes import Ear, is_odd_figure
from twosource.corroborate.origins.grades import grade
from twosource.corroborate.origins.scope import is_conditional, negates_what, share_more_than_names
from twosource.corroborate.origins.voices import desk, voices_of
from twosource.model import Backing, Claim, Origin, Quantity, Report, Span
from twosource.resolve import resolve
from twosource.settings import Settings


def weighed(*texts: str) -> list[tuple[Claim, Backing]]:
    """The whole way from texts to backings, without reuse."""
    articles = clean([Report(id=f"r{n}", text=t, outlet=f"Outlet {n}") for n, t in enumerate(texts)])
    annotations = list(annotate(articles, Settings()))
    cast = resolve(articles, annotations)
    claims = gather(articles, annotations, cast)
    return list(zip(claims, back(claims, articles, annotations, cast, []), strict=True))


def said_points(*texts: str) -> list[Point]:
    """The points of texts of one sentence each."""
    articles = clean([Report(id=f"r{n}", text=t) for n, t in enumerate(texts)])
    annotations = list(annotate(articles, Settings()))
    found = points(articles, annotations, resolve(articles, annotations))
    return [next(p for p in found if p.report == a.id) for a in articles]


def by_hand(*reports: Sequence[Said]) -> Backing:
    made = incident(*reports)
    claims = gather(made.articles, made.annotations, made.cast)
    found = dict(
        zip((c.id for c in claims), back(claims, made.articles, made.annotations, made.cast, []), strict=True)
    )
    return found[next(c.id for c in claims if "r1s0" in c.statements)]


ODD = "the mayor hid under a wobbling turquoise trampoline while the harbour office burned"
ODD_TOO = "while the harbour office burned the mayor hid under a wobbling turquoise trampoline for an hour"
PLAIN = "the mayor left the harbour office while it burned"
PLAIN_TOO = "while the harbour office burned the mayor left it"


def test_one_odd_detail_from_two_sources_may_be_one_unknown_sources() -> None:
    b = by_hand(
        [Said(ODD, "Northport police", "organisation")], [Said(ODD_TOO, "Harbour Hospital", "organisation")]
    )
    assert (b.independent_origins, b.at_most, b.status) == (1, 2, "single_origin")
    assert "may rest on one unknown source: both say “" in b.why
    assert "turquoise trampoline" in b.why
    assert b.grade.information == 3


def test_a_commonplace_is_no_echo() -> None:
    b = by_hand(
        [Said(PLAIN, "Northport police", "organisation")],
        [Said(PLAIN_TOO, "Harbour Hospital", "organisation")],
    )
    assert (b.independent_origins, b.status) == (2, "corroborated")
    assert "unknown source" not in b.why


def test_reports_that_name_nobody_share_an_odd_detail() -> None:
    b = by_hand([Said(ODD)], [Said(ODD_TOO)])
    assert (b.independent_origins, b.status) == (1, "reporter_only")
    assert "may rest on one unknown source" in b.why


def test_one_body_told_two_reports_of_it() -> None:
    b = by_hand(
        [Said(ODD, "Northport police", "organisation")], [Said(ODD_TOO, "Northport police", "organisation")]
    )
    assert "unknown source" not in b.why


@pytest.mark.parametrize(
    ("low", "unit", "odd"),
    [
        (1347, "person", True),
        (43, "person", False),
        (1300, "person", False),
        (12.75, "km", True),
        (1984, None, False),
    ],
)
def test_a_figure_is_odd_where_nobody_would_round_to_it(low: float, unit: str | None, odd: bool) -> None:
    assert is_odd_figure(Quantity(Span(0, 1), low, low, unit, "barrel")) is odd
    assert not is_odd_figure(Quantity(Span(0, 1), low, None, unit, "barrel"))


WHO = st.sampled_from(
    [
        ("Northport police", "organisation"),
        ("Harbour Hospital", "organisation"),
        ("unnamed clerk", "anonymous"),
        (None, "person"),
    ]
)
WORDS = st.sampled_from([ODD, ODD_TOO, PLAIN, PLAIN_TOO])


def _alike(a: str, b: str) -> bool:
    return bool(a and b)


@settings(max_examples=30, deadline=None)
@given(st.lists(st.tuples(WORDS, WHO), min_size=1, max_size=4))
def test_an_echo_never_raises_a_count(drawn: list[tuple[str, tuple[str | None, str]]]) -> None:
    made = incident(*([Said(w, who, kind)] for w, (who, kind) in drawn))  # type: ignore[arg-type]
    at = desk(made.articles, made.cast, [])
    said = points(made.articles, made.annotations, made.cast)
    voices = list(voices_of(said, at).values())
    silent = count(voices, at, _alike)
    heard = count(voices, at, _alike, Ear(made.articles, at.family).echoes(said))
    assert heard.independent <= silent.independent
    assert heard.at_most == silent.at_most
    assert heard.origins == silent.origins


SEEN = (
    "A tram left its rails in Varby on Monday. Ida Holm, a florist, said she saw the tram tip over at the bridge. "
    "The operator believes that a switch failed, its spokesman Bo Lind said. According to a police report, the tram was empty."
)


@pytest.mark.parametrize(
    ("words", "basis"),
    [("saw the tram", "witnessed"), ("switch failed", "assessed"), ("tram was empty", "documented")],
)
def test_basis_is_read_from_the_words(words: str, basis: str) -> None:
    found = [o.basis for c, b in weighed(SEEN) for o in b.origins if words in c.text and o.kind != "reporter"]
    assert basis in found


def test_the_side_of_an_origin_is_named_where_the_text_states_it() -> None:
    text = (
        "A barn burned down in Varby on Monday. Police arrested Jon Brandt on Tuesday over the barn fire. "
        "Jon Brandt said that he repaired tractors in Lund all weekend. His lawyer, Eva Lund, said the barn had burned before he came. "
        "The village baker, Ida Holm, said the barn had been empty for years."
    )
    parties = {o.who: o.party for _, b in weighed(text) for o in b.origins if o.who}
    assert parties.get("Jon Brandt") == "accused"
    assert parties.get("Eva Lund") == "lawyer of Jon Brandt, the accused"
    assert parties.get("Ida Holm") is None


def backing(n: int, status: str, *origins: Origin, certainty: str = "asserted") -> Backing:
    return Backing("c", origins, ("r1",), ("O",), 0, (), n, max(n, 1), certainty, status, (), "Why.")  # type: ignore[arg-type]


def origin(who: str, basis: str = "unstated", kind: str = "organisation") -> Origin:
    return Origin(who, kind, basis, None, (), ("r1",))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("given_backing", "against", "number"),
    [
        (backing(2, "corroborated", origin("A"), origin("B")), (), 1),
        (backing(1, "single_origin", origin("A"), origin("B")), (), 2),
        (backing(1, "single_origin", origin("A")), (), 3),
        (backing(2, "corroborated", origin("A"), origin("B"), certainty="possible"), (), 3),
        (backing(1, "disputed", origin("A")), (origin("C"),), 4),
        (backing(1, "disputed", origin("A")), (origin("C", "documented"),), 5),
        (backing(1, "reporter_only", origin("", kind="reporter")), (), 6),
    ],
)
def test_grades_follow_from_what_the_texts_show(
    given_backing: Backing, against: tuple[Origin, ...], number: int
) -> None:
    made = grade(given_backing, against, suspected=False)
    assert (made.source, made.information) == ("F", number)
    assert made.why


def test_a_suspected_common_source_is_never_confirmed() -> None:
    assert grade(backing(1, "single_origin", origin("A"), origin("B")), (), suspected=True).information == 3


def test_contrary_states_bear_nothing_out() -> None:
    died, lives, killed, hurt = said_points(
        "The pilot of the glider died in hospital on Sunday.",
        "The pilot of the glider survived the crash.",
        "Three people were killed and two others were in critical condition.",
        "Two people were hurt in the crash.",
    )
    assert contrary(died, lives)
    assert not bears_out(died, lives)
    assert not contrary(killed, lives)
    assert bears_out(killed, hurt)


def test_a_no_reaches_its_own_clause_only() -> None:
    negative, families, hurt = said_points(
        "No one was hurt, but eighty families had to leave the valley.",
        "Eighty families had to leave the valley.",
        "Several people were hurt.",
    )
    assert not negates_what(negative, families)
    assert negates_what(negative, hurt)


def test_a_no_does_not_reach_over_an_and() -> None:
    negative, freed = said_points(
        "No charges had been brought and the shooter was released from custody.",
        "The shooter was released from custody.",
    )
    assert not negates_what(negative, freed)


def test_a_denial_needs_more_in_common_than_a_name() -> None:
    fired, held, shot = said_points(
        "Brandt did not fire the gun.", "Brandt was held without bail.", "Brandt fired the gun twice."
    )
    assert not share_more_than_names(fired, held)
    assert share_more_than_names(fired, shot)


def test_not_knowing_takes_no_side() -> None:
    unaware, condition = said_points(
        "The ministry had no information about the barges.", "More harm would follow if the dam opened again."
    )
    assert says_nothing_of_it(unaware)
    assert is_conditional(condition)


def test_a_veto_is_decided_on_and_an_allegation_is_not() -> None:
    veto, allegation = said_points(
        "The mayor's veto of a bill on the quarry.", "The allegation that the quarry was flooded."
    )
    assert is_decision(veto)
    assert not is_decision(allegation)


def test_another_state_of_one_person_disputes() -> None:
    found = weighed(
        "Varby police said the wounded glider pilot Jon Brandt survived the crash at the lake on Sunday.",
        "The family of the wounded glider pilot Jon Brandt said he died after the crash at the lake on Sunday.",
    )
    assert not any(b.independent_origins > 1 for _, b in found)
