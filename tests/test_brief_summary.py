"""Rules against harm in the summary: evidence for every number and name; attribution, hedge and denial survive; no blame of ours."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

import twosource
from test_brief_invented import TEXTS, account, brief
from twosource.brief import summarise
from twosource.model import Account, Line
from twosource.text import normal

# Words of ours that may stand large in a line without being anybody's name.
OURS = set(
    "one two three four five six seven eight nine ten eleven twelve no not the when where whether this named earlier".split()
)
OPENINGS = (
    "One report says", "One report gives", "When, in the words of the reports", "Where", "The reports ", "No source is named",
    "Not established", "Whether this is so is not established",
)  # fmt: skip


def unsupported(line: Line, texts: dict[str, str]) -> list[str]:
    """The numbers and names of a line that its passages don't hold."""
    held = {normal(w) for e in line.evidence for w in re.findall(r"\w+", e.span.of(texts[e.report]))}
    said = re.findall(r"\w+", line.text)
    return [
        w for w in said if (w[0].isupper() or any(c.isdigit() for c in w)) and normal(w) not in held | OURS
    ]


def lines() -> tuple[Line, ...]:
    return brief().accounts[0].summary


def test_at_most_eight_lines_and_each_has_evidence() -> None:
    assert 4 <= len(lines()) <= 8
    assert all(
        line.evidence and all(e.span.of(TEXTS[e.report]).strip() for e in line.evidence) for line in lines()
    )


def test_every_number_and_name_stands_in_the_linked_passages() -> None:
    for line in lines():
        assert not unsupported(line, TEXTS), line.text


def test_the_order_is_what_where_when_who_disputed_unknown() -> None:
    heads = [
        "struck the research buoy",
        "differ on where",
        "When",
        "origin found",
        "how many were hurt",
        "Not established",
    ]
    at = [next(i for i, line in enumerate(lines()) if head in line.text) for head in heads]
    assert at == sorted(at)


def test_the_weakest_hedge_of_the_central_claim_survives() -> None:
    """One origin says "may have": the line about the claim does not turn it into a fact."""
    assert "may have struck" in lines()[0].text
    assert "was rammed" not in lines()[0].text


def test_a_direct_denial_stands_in_the_same_line_as_what_it_denies() -> None:
    assert "The Vell fleet denied" in lines()[0].text
    assert lines()[0].text.count("The Vell fleet denied") == 1


def test_blame_without_a_response_says_that_none_was_found() -> None:
    a = account()
    silent = replace(a.backings[0], denials=(), status="single_origin")
    asserted = replace(silent, certainty="assessed")
    nobody = tuple(
        replace(n, statements=tuple(s for s in n.statements if s.stance != "denies")) for n in a.annotations
    )
    made = summarise(replace(a, annotations=nobody, backings=(asserted, *a.backings[1:])))
    assert made.summary[0].text.startswith("One report says: “The coastal service believes")
    assert made.summary[0].text.endswith("”; no response to this was found in these reports.")


def test_a_narrated_accusation_is_given_as_the_reports_own_voice() -> None:
    a = account()
    only = replace(a.claims[0], statements=("sd1",))
    backing = replace(
        a.backings[0],
        certainty="asserted",
        denials=(),
        origins=(),
        reports=("d",),
        independent_origins=0,
        at_most=0,
        status="reporter_only",
    )
    made = summarise(replace(a, claims=(only, *a.claims[1:]), backings=(backing, *a.backings[1:])))
    assert made.summary[0].text.startswith(
        "One report says, as if it were well known and naming no source: “"
    )
    assert any(
        line.text == "No source is named for the central claim: one report says it in its own voice."
        for line in made.summary
    )


def test_no_line_speaks_of_blame_outside_quotation_marks_without_naming_who_says_it() -> None:
    said = re.compile(r" (said|told|believed|believes|denied|asked)\b")
    for line in lines():
        assert line.text.startswith(OPENINGS) or said.search(line.text) or "origin" in line.text


def test_two_origins_are_never_called_corroboration_or_proof() -> None:
    a = replace(account(), central="c2")
    text = " ".join(line.text for line in summarise(a).summary)
    assert "Two independent origins found" in text
    assert not re.search(r"corroborat|confirm|prove|verified", text)


def test_a_value_is_given_as_its_passage_writes_it() -> None:
    """The side "5" stands in no passage as such: "Five" does."""
    assert "The reports say more or less exactly how many were hurt: “At least 4” and “Five”." in [
        line.text for line in lines()
    ]


def test_a_line_with_a_number_that_no_passage_holds_is_not_written() -> None:
    a = account()
    wrong = replace(
        a.disagreements[0],
        nature="contradiction",
        sides=tuple(replace(s, value=f"{700 + i}") for i, s in enumerate(a.disagreements[0].sides)),
    )
    text = " ".join(line.text for line in summarise(replace(a, disagreements=(wrong,))).summary)
    assert "70" not in text
    assert "how many were hurt" not in text


def test_what_somebody_says_that_others_say_keeps_both() -> None:
    """ "They say …", she said: a statement inside another is given as that other one's."""
    a = account()
    inner = replace(
        a.annotations[0].statements[0], id="inner", who="crew", within="sa2", certainty="possible"
    )
    notes = replace(a.annotations[0], statements=(*a.annotations[0].statements, inner))
    claims = (replace(a.claims[0], statements=("inner",)),)
    made = summarise(
        replace(a, annotations=(notes, *a.annotations[1:]), claims=claims, backings=a.backings[:1])
    )
    assert made.summary[0].text.startswith("One report says: “Commander Mara Voss told Harbour Wire that")


def test_an_unknown_year_is_said_and_none_invented() -> None:
    text = next(line.text for line in lines() if line.text.startswith("When"))
    assert text == "When, in the words of the reports: “May 3”; no report gives the year."


def test_an_account_of_nothing_has_no_summary_and_does_not_fail() -> None:
    bare = replace(
        account(),
        annotations=(),
        claims=(),
        backings=(),
        disagreements=(),
        questions=(),
        timeline=(),
        central=None,
        facts=type(account().facts)(),
    )
    made = summarise(bare)
    assert made.summary == ()
    assert made.title == "“Buoy rammed off Amsel”"


def test_the_title_has_no_verb_and_no_culprit() -> None:
    assert "rammed" not in brief().accounts[0].title
    assert "Vell" not in brief().accounts[0].title


def test_evidence_that_points_nowhere_makes_no_line() -> None:
    a = account()
    cut = tuple(replace(x, report=replace(x.report, text="")) for x in a.articles)
    assert summarise(replace(a, articles=cut)).summary == ()


@pytest.fixture(scope="module")
def parsed() -> Account:
    """The invented reports through the real rooms below."""
    from twosource.clean import clean
    from twosource.model import Incident, Report
    from twosource.pipeline import account_of, annotations_of
    from twosource.reuse import compare
    from twosource.settings import Settings

    articles = list(clean([Report(i, t) for i, t in sorted(TEXTS.items())]))
    return account_of(
        Incident("i", tuple(TEXTS)), articles, annotations_of(articles, Settings()), compare(articles)
    )


def test_the_rules_hold_on_reports_that_were_really_read(parsed: Account) -> None:
    assert parsed.summary
    for line in parsed.summary:
        assert not unsupported(line, TEXTS), line.text
        assert line.text.startswith(OPENINGS) or re.search(
            r" (said|told|believed|believes|denied|asked)\b|origin", line.text
        )
    assert parsed.title


def test_what_is_called_false_is_never_turned_round(tmp_path: Path) -> None:
    """ "Said it was fake" must not become "denied that it was fake"."""
    for n, text in enumerate(
        (
            "A tanker has sunk off Port Alder, the harbour office said. Its crew is missing, the harbour office said.",
            "A tanker has sunk off Port Alder, a website said. The coast guard said the story that a tanker has sunk was fake.",
        )
    ):
        (tmp_path / f"{n}.txt").write_text(text, encoding="utf-8")
    made = twosource.brief([str(tmp_path)])
    lines = " ".join(line.text for account in made.accounts for line in account.summary)
    assert "denied that the story" not in lines
