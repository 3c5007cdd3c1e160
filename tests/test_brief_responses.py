"""That nobody answered an accusation is said only where no report holds words that might be an answer."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

import twosource
from test_brief_invented import account, at
from test_brief_invented import brief as invented
from twosource.brief import to_html, to_markdown
from twosource.model import Brief, Line

CHARGE = "Councillor Dan Roe defrauded the harbour fund of two million crowns, prosecutor Ida Lunde said on Monday.\n\n"
NOTHING = "The fund pays for the sea wall. Roe has sat on the council since 2011."
ANSWERS = {
    "a plea": "Roe pleaded not guilty on Tuesday.",
    "his own account": "Roe said that he had paid everything back.",
    "his lawyer": "“This is politics and nothing else,” said his lawyer, Per Aas.",
    "no comment": "Roe could not be reached for comment.",
}
NONE = "no response to this was found in these reports"


def brief(folder: Path, *texts: str) -> Brief:
    """The brief of those texts, each a report."""
    for n, text in enumerate(texts):
        (folder / f"{n}.txt").write_text(text, encoding="utf-8")
    return twosource.brief([str(folder)])


def summary(made: Brief) -> str:
    return " ".join(line.text for a in made.accounts for line in a.summary)


def test_where_nobody_answers_that_is_said(tmp_path: Path) -> None:
    made = brief(tmp_path, CHARGE + NOTHING)
    assert NONE in summary(made)
    assert "no response found in these reports" in to_html(made)
    assert "Response: none found in these reports" in to_markdown(made)


@pytest.mark.parametrize("kind", ANSWERS)
def test_an_answer_in_whatever_words_is_never_passed_over(tmp_path: Path, kind: str) -> None:
    made = brief(tmp_path, CHARGE + NOTHING, CHARGE + ANSWERS[kind])
    assert NONE not in summary(made)
    assert "no response found in these reports" not in to_html(made)
    words = ANSWERS[kind].rstrip(".").split(" ", 1)[1][:25]
    assert words in to_html(made).replace("&#39;", "'")


@pytest.mark.parametrize(
    "harmless",
    [
        "A storm killed four sailors off the coast of Amsel, the harbour office said.",
        "The harbour office said on Monday that talks about the girls whom gunmen kidnapped in May had begun.",
        "Unknown men fired at the harbour office, police said.",
    ],
)
def test_what_accuses_nobody_by_name_asks_for_no_answer(tmp_path: Path, harmless: str) -> None:
    made = brief(tmp_path, harmless)
    assert NONE not in summary(made)
    assert "no response found" not in to_html(made).partition("How this was made")[0]


def test_whoever_speaks_for_somebody_else_is_no_answer(tmp_path: Path) -> None:
    """A police spokesman, and the fund's, do not answer for the accused."""
    other = "A police spokesman said that the books had been seized. A spokeswoman for the fund said that it was shocked."
    assert NONE in summary(brief(tmp_path, CHARGE + other))


def test_a_question_that_nothing_speaks_to_is_put_in_words_not_as_an_empty_table() -> None:
    a = account()
    q = a.questions[0]
    bare = replace(q, options=tuple(replace(o, supports=(), against=(), neutral=()) for o in q.options))
    made = invented(replace(a, questions=(bare,)))
    for page in (to_html(made), to_markdown(made)):
        assert "No statement speaks for or against one of them." in page
    assert "| Evidence |" not in to_markdown(made)


def test_what_would_decide_a_question_stands_below_it() -> None:
    a = account()
    told = Line("The hull is being examined for paint.", (at("a", "rammed by a trawler"),))
    made = invented(replace(a, questions=(replace(a.questions[0], decisive=(told,)),)))
    for page in (to_html(made), to_markdown(made)):
        assert "What would decide it:" in page
        assert "The hull is being examined for paint." in page
        assert "“The hull" not in page  # no report says it: it is not put in quotation marks
