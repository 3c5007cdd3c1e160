"""Rules against harm, over every line of the briefs of whole incidents: nothing without evidence, no lost doubt or denial, no blame of ours."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import twosource
from twosource.model import Account, Line, Statement
from twosource.text import normal

HERE = Path(__file__).parent
INCIDENTS = (
    HERE / "incidents" / "night_market",
    HERE / "incidents" / "patrol_boat",
    HERE.parent / "examples" / "derailment" / "reports",
)
# Words of ours that may stand large in a line, and what our own lines open with.
OURS = frozenset(
    "one two three four five six seven eight nine ten eleven twelve no not the when where whether this named earlier a an unnamed".split()
)
OPENINGS = (
    "One report",
    "When,",
    "Where",
    "The reports ",
    "No source is named",
    "Not established",
    "Earlier,",
)
SAID = re.compile(
    r"\b(?:said|says?|told|asked|den(?:y|ies|ied)|report(?:s|ed)?|announce[sd]?|believe[sd]?|claim(?:s|ed)?|argue[sd]?|insist(?:s|ed)?"
    r"|warn(?:s|ed)?|conclude[sd]?|estimate[sd]?|expect(?:s|ed)?|suggest(?:s|ed)?|allege[sd]?|maintain(?:s|ed)?|predict(?:s|ed)?"
    r"|suspect(?:s|ed)?|think(?:s)?|thought|assess(?:es|ed)?|fear(?:s|ed)?|hope[sd]?)\b"
)
DOUBT = re.compile(
    r"\b(?:may|might|could|would|possibl\w+|probabl\w+|likely|apparent\w*|perhaps|alleged\w*|reportedly|suppos\w+|suspect\w*|believ\w+|think\w*"
    r"|thought|suggest\w*|appear\w*|seem\w*|unclear|expect\w*|estimat\w+|argu\w+|claim\w*|conclud\w+|indicat\w+|assess\w*|hop\w+|fear\w*|rumou?r\w*"
    r"|potential\w*|not sure|chance|assum\w+|predict\w+|speculat\w+)\b",
    re.IGNORECASE,
)


@pytest.fixture(scope="module", params=INCIDENTS, ids=lambda folder: folder.parent.name + "-" + folder.name)
def accounts(request: pytest.FixtureRequest) -> tuple[Account, ...]:
    return twosource.brief([str(request.param)]).accounts


def shown(account: Account, line: Line) -> list[Statement]:
    """The statements whose own words the line gives."""
    texts = {a.id: a.text for a in account.articles}
    said = normal(" ".join(re.findall(r"\w+", line.text)))
    reports = {e.report for e in line.evidence}
    return [
        s
        for s in account.statements
        if s.report in reports
        and len(
            words := normal(" ".join(w for c in s.content for w in re.findall(r"\w+", c.of(texts[s.report]))))
        )
        > 25
        and words in said
    ]


def test_every_line_has_evidence_that_holds_its_numbers_and_names(accounts: tuple[Account, ...]) -> None:
    for account in accounts:
        texts = {a.id: a.text for a in account.articles}
        for line in account.summary:
            assert line.evidence, line.text
            held = {normal(w) for e in line.evidence for w in re.findall(r"\w+", e.span.of(texts[e.report]))}
            words = re.findall(r"\w+", line.text)[1:]  # the first is large by its place
            large = [w for w in words if w[0].isupper() or any(c.isdigit() for c in w)]
            assert not [w for w in large if normal(w) not in held | OURS], line.text


def test_every_line_says_who_says_it_or_quotes(accounts: tuple[Account, ...]) -> None:
    for account in accounts:
        for line in account.summary:
            assert line.text.startswith(OPENINGS) or SAID.search(line.text) or "origin" in line.text, (
                line.text
            )


def test_no_doubt_is_lost(accounts: tuple[Account, ...]) -> None:
    for account in accounts:
        for line in account.summary:
            unsure = [s for s in shown(account, line) if s.certainty != "asserted"]
            assert not unsure or DOUBT.search(line.text), line.text


def test_no_direct_denial_is_lost(accounts: tuple[Account, ...]) -> None:
    for account in accounts:
        backings = {b.claim: b for b in account.backings}
        denied = {
            s: {d.statement for d in backings[c.id].denials if d.target == "claim"}
            for c in account.claims
            for s in c.statements
        }
        for line in account.summary:
            if line.text.startswith(("The reports ", "Not established")):
                continue  # both sides stand in it
            for s in shown(account, line):
                answers = denied.get(s.id, set())
                if answers and s.stance != "denies" and s.id not in answers:
                    assert re.search(r"\bden(?:y|ie|ial)|;", line.text), line.text
