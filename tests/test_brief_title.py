"""A title names what happened by a noun, never a person or a building that stands in every report, and no verdict of ours."""

from __future__ import annotations

from pathlib import Path

import pytest

import twosource

STORY = """{head}

By Jo Okafor
{outlet}
May {day}, 2031

PORT ALDER ({outlet}) - {first}

Deputies came to the chapel within minutes, the sheriff's office said. The chapel was closed, deputies said.
"""


def title(folder: Path, *stories: tuple[str, str]) -> str:
    outlets = ("Harbour Wire", "Alder Gazette", "Coast Post")
    for n, (head, first) in enumerate(stories):
        text = STORY.format(head=head, first=first, outlet=outlets[n], day=6 + n)
        (folder / f"{n}.txt").write_text(text, encoding="utf-8")
    return twosource.brief([str(folder)]).accounts[0].title


def test_a_noun_of_happening_goes_before_the_place_that_every_report_names(tmp_path: Path) -> None:
    made = title(
        tmp_path,
        ("Fire damages chapel in Port Alder", "A fire damaged the old chapel on Tuesday, deputies said."),
        ("Blaze guts chapel", "The old chapel in Port Alder burned on Tuesday, deputies said."),
        ("Chapel burns in Port Alder", "A blaze gutted the old chapel on Tuesday, deputies said."),
    )
    assert made.split(",")[0].casefold() in ("fire", "blaze")


def test_a_shooting_that_kills_is_no_murder_in_our_words(tmp_path: Path) -> None:
    made = title(
        tmp_path,
        ("Man shot dead at chapel", "A man was shot and killed at the chapel on Tuesday, deputies said."),
        ("Murder at chapel", "A gunman shot a man dead at the chapel on Tuesday, deputies said."),
        (
            "One killed in chapel shooting",
            "One man died in a shooting at the chapel on Tuesday, deputies said.",
        ),
    )
    assert "shooting" in made.split(",")[0].casefold()
    assert "murder" not in made.casefold()


@pytest.mark.parametrize("verb", ["fired", "dismissed"])
def test_somebody_who_is_fired_is_no_fire(verb: str, tmp_path: Path) -> None:
    made = title(
        tmp_path,
        (f"Coach {verb} after defeat", f"The harbour club {verb} its coach on Tuesday, the club said."),
        (
            f"Harbour club coach {verb}",
            f"The coach of the harbour club was {verb} on Tuesday, the club said.",
        ),
    )
    assert made.split(",")[0].casefold() in ("dismissal", "firing")


def test_what_is_only_demanded_has_not_happened(tmp_path: Path) -> None:
    made = title(
        tmp_path,
        (
            "Council demands mayor resign",
            "The council demanded on Tuesday that the mayor resign, its head said.",
        ),
        ("Councillors urge mayor to resign", "Councillors urged the mayor to resign on Tuesday, they said."),
    )
    assert made.casefold().startswith("calls for resignation")
