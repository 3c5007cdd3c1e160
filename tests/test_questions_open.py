"""Open questions with their rival answers, on invented reports."""

from __future__ import annotations

from twosource.annotate import annotate
from twosource.claims import gather
from twosource.clean import clean
from twosource.corroborate.questions import NOT_ESTABLISHED, question
from twosource.model import Annotation, Question, Report
from twosource.resolve import resolve
from twosource.settings import Settings

FORK = (
    "The ministry believes the balloon was shot down on Monday. Either northern rebels or a band of smugglers were "
    "operating the guns when the balloon was lost, according to the ministry's spokesman, Ivo Marsh."
)
FLAT = "The balloon was lost on Monday. Northern rebels were operating the guns when the balloon was lost, a pilot said."


def asked(*texts: str) -> tuple[list[Question], list[Annotation]]:
    articles = clean([Report(id=f"r{n}", text=t) for n, t in enumerate(texts)])
    annotations = list(annotate(articles, Settings()))
    cast = resolve(articles, annotations)
    return question(gather(articles, annotations, cast), articles, annotations, cast), annotations


def test_either_or_is_a_question_with_not_established() -> None:
    questions, _ = asked(FORK, FORK.replace("The ministry believes", "Officials say"))
    assert len(questions) == 1
    values = [o.value for o in questions[0].options]
    assert values[:2] == ["northern rebels", "band of smugglers"]
    assert values[2] == NOT_ESTABLISHED
    assert questions[0].question.startswith("Who was operating the guns")


def test_one_fork_in_two_reports_is_asked_once_in_either_order() -> None:
    turned = FORK.replace("northern rebels or a band of smugglers", "smugglers or northern rebels")
    questions, _ = asked(FORK, turned)
    assert len(questions) == 1


def test_statements_are_laid_for_against_and_neutral() -> None:
    questions, annotations = asked(FORK, FORK, FLAT)
    rebels, smugglers, rest = questions[0].options
    said = {s.id: s for a in annotations for s in a.statements}
    assert any(said[s].report == "r2" for s in rebels.supports)
    assert smugglers.supports == ()
    assert {said[s].report for s in rest.neutral} == {"r0", "r1"}
    for option in questions[0].options:
        assert not set(option.supports) & set(option.neutral)
        assert set(option.supports) | set(option.against) | set(option.neutral) <= set(said)


def test_turns_of_phrase_are_no_questions() -> None:
    questions, _ = asked(
        "One or two people waved. Whether rain or snow falls, the market opens. Yes or no, he asked."
    )
    assert questions == []
    assert asked("")[0] == []
