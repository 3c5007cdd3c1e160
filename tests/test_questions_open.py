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


CAUSE = "Two people died when the ferry sank off Lund on Monday. Either a torn seal or a jammed valve had caused the sinking, an inspector said."
FOUND = (
    "The ferry that sank off Lund was lost to a torn seal. A torn seal caused the sinking, said Vera Holt, the chief inspector. "
    '"The valve was in order," Holt said. Divers have not yet recovered the wreckage, she said.'
)


def test_a_later_finding_is_for_one_answer_and_clears_the_other() -> None:
    questions, annotations = asked(CAUSE, FOUND)
    seal, valve, _ = questions[0].options
    assert (seal.value, valve.value) == ("torn seal", "jammed valve")
    said = {s.id: s for a in annotations for s in a.statements}
    assert {said[s].who for s in seal.supports} >= {"Vera Holt"}
    assert valve.supports == ()
    assert {said[s].report for s in valve.against} == {"r1"}


def test_what_would_decide_is_said_in_the_words_of_the_reports() -> None:
    texts = (CAUSE, FOUND)
    questions, _ = asked(*texts)
    wanted = [d for d in questions[0].decisive if "wreckage" in d.text]
    assert len(wanted) == 1
    for line in questions[0].decisive:
        assert line.evidence
        for e in line.evidence:
            assert e.span.of(texts[int(e.report[1:])])
    (e,) = wanted[0].evidence
    assert " ".join(e.span.of(FOUND).split()) == wanted[0].text


def test_reasons_that_exclude_each_other_are_rival_answers() -> None:
    early = (
        "Three people were hurt in a shooting in Varby on Monday. Police said the shooting may have stemmed from a family quarrel. "
        "The street stayed closed until noon."
    )
    later = (
        "Police at first said the shooting in Varby may have stemmed from a family quarrel. "
        "The shooting was part of a failed burglary, a police spokeswoman said on Tuesday."
    )
    questions, annotations = asked(early, later)
    said = {s.id: s for a in annotations for s in a.statements}
    (why,) = [q for q in questions if q.question == "Why did it happen?"]
    quarrel = next(o for o in why.options if "quarrel" in o.value)
    burglary = next(o for o in why.options if "burglary" in o.value)
    assert {said[s].report for s in quarrel.supports} == {"r0"}
    assert {said[s].report for s in quarrel.against} == {"r1"}
    assert {said[s].report for s in burglary.supports} == {"r1"}
    assert why.options[-1].value == NOT_ESTABLISHED


def test_blame_for_something_else_bears_on_nothing() -> None:
    other = "Northern rebels are responsible for the shortage of bread, medicine and fuel in every town along the coast, a trader said."
    questions, annotations = asked(FORK, FORK, other)
    said = {s.id: s for a in annotations for s in a.statements}
    laid = {i for o in questions[0].options for i in (*o.supports, *o.against)}
    assert "r2" not in {said[i].report for i in laid}


def test_what_one_report_denies_of_either_or_says_in_passing_is_no_question() -> None:
    for text in (
        "The launch was attended by no reporters or film crews, the firm said.",
        "Officials are not going to be intimidated by the union or the guild, she said.",
        "A fraud concocted by the firm or the broker who sold it may be behind the sale.",
    ):
        assert asked(text, "The firm sold the boats on Monday. The union and the guild met.")[0] == []
