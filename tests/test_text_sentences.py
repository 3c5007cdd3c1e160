"""Sentences are split by rules: abbreviations, initials, quotations, datelines, lost blanks."""

from __future__ import annotations

import pytest

from twosource.text import sentences


@pytest.mark.parametrize(
    "text",
    [
        "They met at Ada Vale Jr. Park on Monday.",
        "The house is at 6011 N.W. 32nd Avenue in Hartfield.",
        "The receivers A.J. Vale and J.J. Roe were hurt.",
    ],
)
def test_initials_and_what_is_named_after_somebody_end_no_sentence(text: str) -> None:
    assert len(sentences(text)) == 1


def test_initials_end_a_sentence_before_a_word_that_opens_one() -> None:
    assert len(sentences("She lives in L.A. He moved away.")) == 2


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One. Two! Three? Four", ["One.", "Two!", "Three?", "Four"]),
        (
            "Gen. A. B. Vale met Mrs. Lindt on Nov. 3. They spoke.",
            ["Gen. A. B. Vale met Mrs. Lindt on Nov. 3.", "They spoke."],
        ),
        ("The U.S. Navy left at 5 p.m. Nobody stayed.", ["The U.S. Navy left at 5 p.m.", "Nobody stayed."]),
        ('"Why?" she asked. "No."', ['"Why?" she asked.', '"No."']),
        ('"Stop!" He ran.', ['"Stop!"', "He ran."]),
        ("It cost 3.5 million. It sank.", ["It cost 3.5 million.", "It sank."]),
        ('The dam broke."We saw it," he said.', ["The dam broke.", '"We saw it," he said.']),
        ('"We saw it.""So did we."', ['"We saw it."', '"So did we."']),
        (
            "DARROW, Norland (Coastal Press) — The dam broke.",
            ["DARROW, Norland (Coastal Press) —", "The dam broke."],
        ),
        ("DARROW - The dam broke.", ["DARROW -", "The dam broke."]),
        ("The family said.Two men came.", ["The family said.", "Two men came."]),
        ("See mail.Harbour.example now.", ["See mail.Harbour.example now."]),
        ("A line\nanother line", ["A line", "another line"]),
        ("", []),
        (" \n \t", []),
    ],
)
def test_splitting(text: str, expected: list[str]) -> None:
    assert [s.of(text) for s in sentences(text)] == expected
