"""What a story that another report calls false quotes somebody as saying is only that story's word."""

from __future__ import annotations

from pathlib import Path

import twosource
from twosource.brief.disbelieved import disbelieved
from twosource.brief.evidence import Desk
from twosource.model import Account

STORY = (
    "Harbour Geese of Port Alder Infected With Blue Fever\n\n"
    "The Harbour Board has confirmed that 3,000 geese in Port Alder were infected with blue fever on Friday.\n\n"
    "All geese of the harbour will be burned, the Harbour Board said."
)
VERDICT = (
    "Story claims harbour geese of Port Alder were infected with blue fever\n\n"
    "A story says that 3,000 geese in Port Alder were infected with blue fever.\n\n"
    "The story is false. The claims are nonsense. No such infection has occurred in Port Alder.\n\n"
    "The report comes from a site of made-up news."
)


def account(folder: Path, *texts: str) -> Account:
    for n, text in enumerate(texts):
        (folder / f"{n}.txt").write_text(text, encoding="utf-8")
    found = twosource.brief([str(folder)]).accounts
    assert len(found) == 1
    return found[0]


def test_the_board_is_not_said_to_have_said_it(tmp_path: Path) -> None:
    made = account(tmp_path, STORY, VERDICT)
    assert len(disbelieved(Desk(made))) == 1
    lines = [x.text for x in made.summary]
    assert not any(x.startswith("The Harbour Board") for x in lines)
    assert made.title.endswith("a story called false")


def test_a_bodys_denial_is_no_verdict(tmp_path: Path) -> None:
    made = account(
        tmp_path,
        STORY,
        "Officials deny that geese are ill\n\n"
        "“The claim is entirely false,” the Harbour Board of Port Alder said. The 3,000 geese were not infected with blue fever, it said.",
    )
    assert not disbelieved(Desk(made))
