"""What two reports are to each other once it is known who stands behind what they say."""

from __future__ import annotations

from collections.abc import Sequence

from invented import Incident, Said, incident
from twosource.claims import gather
from twosource.corroborate import back, central_claim, refine
from twosource.model import Backing, Claim, Reuse

FLOOD = "the river flooded dozens of houses in the harbour district"
FLOOD_TOO = "dozens of houses in the harbour district flooded by the river"
TRAIN = "the night train derailed on the northern bridge"


def weighed(made: Incident, shared: Sequence[Reuse] = ()) -> tuple[list[Claim], list[Backing]]:
    claims = gather(made.articles, made.annotations, made.cast)
    return claims, back(claims, made.articles, made.annotations, made.cast, shared)


def relations(made: Incident, shared: Sequence[Reuse] = ()) -> dict[tuple[str, str], str]:
    claims, backings = weighed(made, shared)
    return {(r.a, r.b): r.relation for r in refine(shared, made.articles, made.annotations, claims, backings)}


def test_own_prose_about_what_one_body_said_is_a_shared_source() -> None:
    made = incident(
        [Said(FLOOD, "Northport police", "organisation")],
        [Said(FLOOD_TOO, "Northport police", "organisation")],
        [Said(TRAIN, "Canal Company", "organisation")],
    )
    assert relations(made) == {("r1", "r2"): "shared_source"}


def test_copies_stay_copies() -> None:
    made = incident([Said(FLOOD, "Ann Lee")], [Said(FLOOD, "Ann Lee")])
    found = Reuse("r1", "r2", "revised", 0.9, "r1", (), "two versions")
    claims, backings = weighed(made, [found])
    assert refine([found], made.articles, made.annotations, claims, backings) == [found]


def test_a_report_that_names_anothers_outlet_rests_on_it() -> None:
    made = incident(
        [Said("the northern bridge had worn bolts", "Coast Gazette", "media")],
        [Said(TRAIN, "Ann Lee")],
        outlets=["Northern Wire", "Coast Gazette"],
    )
    claims, backings = weighed(made)
    (found,) = refine([], made.articles, made.annotations, claims, backings)
    assert found.relation == "shared_source"
    assert "Coast Gazette" in found.why


def test_reports_with_nothing_in_common_are_not_listed() -> None:
    assert relations(incident([Said(FLOOD, "Ann Lee")], [Said(TRAIN, "Bo Sand")])) == {}


def test_the_central_claim_is_the_most_carried_that_somebody_is_given_for() -> None:
    made = incident(
        [Said(FLOOD, "Northport police", "organisation"), Said("boats lay idle")],
        [Said(FLOOD_TOO, "Northport police", "organisation"), Said("boats lay idle")],
        [Said(FLOOD), Said(TRAIN)],
    )
    claims, backings = weighed(made)
    central = central_claim(claims, backings, made.articles, made.annotations)
    assert "r1s0" in next(c.statements for c in claims if c.id == central)
    assert central_claim([], [], made.articles, made.annotations) is None


def test_the_central_claim_is_what_happened_not_who_somebody_was() -> None:
    life = "the driver Tom Berg was a veteran of the line and a father of three"
    made = incident(
        [Said("the night train crashed on the northern bridge and two people died"), Said(life, "Ann Lee")],
        [Said("two people died when the night train crashed on the northern bridge"), Said(life, "Ann Lee")],
        [Said("two people died as the night train crashed on the northern bridge")],
    )
    claims, backings = weighed(made)
    central = central_claim(claims, backings, made.articles, made.annotations)
    assert "crashed" in next(c.text for c in claims if c.id == central)


def test_what_happened_is_told_before_what_was_planned() -> None:
    made = incident(
        [Said("the council is set to vote on the harbour wall", "Ann Lee")],
        [Said("the council is set to vote on the harbour wall", "Ann Lee")],
        [Said("the council voted for the harbour wall on Monday", "Ann Lee")],
        [Said("the council voted for the harbour wall on Monday", "Ann Lee")],
    )
    claims, backings = weighed(made)
    central = central_claim(claims, backings, made.articles, made.annotations)
    assert "voted" in next(c.text for c in claims if c.id == central)
