"""Days, web addresses and buttons name nobody; an outlet is known by its initials."""

from __future__ import annotations

import pytest

from twosource.annotate.outlets import is_outlet_name, stands_for
from twosource.model import Article, Report
from twosource.pipeline import annotations_of
from twosource.settings import Settings


def named(text: str, outlet: str | None = None) -> set[tuple[str, str]]:
    (annotation,) = annotations_of([Article(Report("r", text, outlet=outlet))], Settings())
    return {(m.name, m.kind) for m in annotation.mentions if m.form == "name"}


@pytest.mark.parametrize(
    ("text", "nobody"),
    [
        ("Seven people were hurt on Ada Vale Day in Port Alder.", "Ada Vale Day"),
        ("Buy Photo Police stood outside the mill in Port Alder on Friday.", "Buy Photo Police"),
        ("See more at pic.twitter.com/Abcdef1 said Ada Vale of Port Alder.", "pic.twitter.com/Abcdef1"),
    ],
)
def test_what_only_looks_like_a_name_is_none(text: str, nobody: str) -> None:
    assert nobody not in {name for name, _ in named(text)}


def test_a_daily_is_an_outlet() -> None:
    assert is_outlet_name("Daily Harbour Lights", after_the=False)
    assert is_outlet_name("Politico", after_the=False)
    assert not is_outlet_name("Ada Vale", after_the=False)


@pytest.mark.parametrize(
    ("short", "outlet", "same"),
    [("THL", "The Harbour Lights", True), ("HL", "The Harbour Lights", True), ("PA", "The Harbour Lights", False), ("H", "Harbour", False)],
)  # fmt: skip
def test_an_outlets_initials(short: str, outlet: str, same: bool) -> None:
    assert stands_for(short, outlet) is same
