"""Who only passes on what another tells, or may be his staff, is no origin of his own."""

from __future__ import annotations

from pathlib import Path

import pytest

from invented import Said, actor, incident
from twosource.claims import gather
from twosource.corroborate.origins import back
from twosource.corroborate.origins.callings import callings
from twosource.model import Account, Backing
from twosource.pipeline import brief_of
from twosource.settings import Settings

FLOOD = "the river flooded dozens of houses in the harbour district"
FLOOD_TOO = "dozens of houses in the harbour district flooded by the river"


def two(first: Said, second: Said, **more: object) -> Backing:
    made = incident([first], [second], **more)  # type: ignore[arg-type]
    claims = gather(made.articles, made.annotations, made.cast)
    found = back(claims, made.articles, made.annotations, made.cast, ())
    return next(b for c, b in zip(claims, found, strict=True) if "r1s0" in c.statements)


def account(folder: Path, *texts: str) -> Account:
    for n, text in enumerate(texts, 1):
        (folder / f"r{n}.txt").write_text(text, encoding="utf-8")
    return max(brief_of([str(folder)], Settings()).accounts, key=lambda a: len(a.articles))


@pytest.mark.parametrize("staff", ["aides", "advisers", "the campaign"])
def test_staff_of_nobody_in_particular_is_no_second_origin_beside_a_politician(staff: str) -> None:
    governor = actor("Ida Quill", "person", roles=("governor",))
    b = two(Said(FLOOD, "Ida Quill"), Said(FLOOD_TOO, staff, "group"), actors=[governor])
    assert (b.independent_origins, b.at_most) == (1, 1)


def test_staff_of_nobody_in_particular_is_not_the_polices() -> None:
    b = two(Said(FLOOD, "Northport police", "organisation"), Said(FLOOD_TOO, "aides", "group"))
    assert b.at_most == 2


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("an unnamed naval officer", {"military"}),
        ("an officer", {"military", "police"}),
        ("a police officer", {"police"}),
        ("Captain Bo Sand, harbour police", {"police"}),
        ("a defence spokesman", {"military", "lawyer"}),
        ("a defense attorney", {"lawyer"}),
    ],
)
def test_a_word_of_two_callings_is_told_by_those_beside_it(words: str, expected: set[str]) -> None:
    assert callings(words) == expected


def test_a_defence_spokesman_and_a_captain_of_the_navy_are_one_origin() -> None:
    captain = actor("Bo Sand", "person", roles=("captain",))
    b = two(
        Said(FLOOD, "Bo Sand"), Said(FLOOD_TOO, "an unnamed naval officer", "anonymous"), actors=[captain]
    )
    assert (b.independent_origins, b.at_most) == (1, 1)


def test_who_was_briefed_by_the_police_has_it_from_them(tmp_path: Path) -> None:
    made = account(
        tmp_path,
        "A ferry burned at Varby on Sunday. The fire was started on the upper deck with a can of petrol, said Bo Sand, a Varby "
        "Harbour Board member who was briefed by detectives.",
        "A ferry burned at Varby on Sunday. Police said that the fire had been started with petrol on the upper deck.",
    )
    told = [b for b in made.backings if len(b.reports) == 2 and len(b.origins) > 1]
    assert [(b.independent_origins, b.at_most) for b in told] == [(1, 2)]


def test_the_prosecutors_office_and_the_police_of_one_case_are_one_origin(tmp_path: Path) -> None:
    made = account(
        tmp_path,
        "Varby County Prosecutor Ida Quill charged two men on Monday. Quill's office said that Bo Sand and Carl Roe "
        "drove to the boathouse and set the ferry on fire after a quarrel.",
        "Police said that Sand and Roe had driven to the boathouse on Sunday. Two men set a ferry on fire after a quarrel, "
        "police said.",
    )
    assert max(b.independent_origins for b in made.backings) == 1
