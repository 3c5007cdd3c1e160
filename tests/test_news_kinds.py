"""What kind of happening words tell of, in sentences and in headlines."""

from __future__ import annotations

import pytest

from twosource.corroborate import kinds_of, tells_aftermath
from twosource.corroborate.news import _by_name
from twosource.model import Article, Report
from twosource.pipeline import annotations_of
from twosource.settings import Settings


def kinds(text: str) -> set[str]:
    (annotation,) = annotations_of([Article(Report("r", text))], Settings())
    return {k for s in annotation.sentences for i in range(len(s.tokens)) for k in kinds_of(s.tokens, i)}


@pytest.mark.parametrize(
    ("text", "kind", "other"),
    [
        ("A man opened fire at a market in Port Alder.", "shooting", "fire"),
        ("Officers fired at the car near the mill.", "shooting", "dismissal"),
        ("The man fired on the officer near the mill.", "shooting", "dismissal"),
        ("The mill in Port Alder burned down in a fire.", "fire", "shooting"),
        ("The coach was fired on Saturday by the club.", "dismissal", "shooting"),
        ("The prisoner hanged himself in his cell.", "suicide", "death"),
        ("The keeper drowned in the lake.", "drowning", "flood"),
    ],
)
def test_words_tell_a_kind(text: str, kind: str, other: str) -> None:
    found = kinds(text)
    assert kind in found
    assert other not in found


def test_a_headline_has_irregular_forms() -> None:
    assert "SHOOTING" in _by_name("Four Shot In Port Alder")
    assert "ELECTION" in _by_name("Vale Re-Elected As Leader")
    assert "VICTORY" in _by_name("Alder Rovers won again")


def test_what_comes_after_is_told_from_what_happened() -> None:
    assert tells_aftermath("Four people killed in a shooting have been identified.")
    assert not tells_aftermath("Four people were killed in a shooting.")
