"""What holds of every brief, the whole way from invented reports to origins: the laws of counting."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

import twosource
from twosource.brief import to_json
from twosource.model import Account

LEADS = (
    "A grain barge sank in the harbour of Varby on Monday night, and three of its crew were taken to hospital.",
    "Three sailors were taken to hospital after a grain barge went down in the harbour of Varby.",
    "The harbour of Varby was closed on Tuesday after a barge loaded with grain sank there.",
)
SAID = (
    "The barge struck the northern breakwater, the harbour master, Ida Holm, said.",
    "Varby police said the barge struck the northern breakwater.",
    "The harbour authority denied that the barge had been overloaded.",
    "A dock worker who asked not to be named said that the barge had been overloaded.",
    "The owner of the barge, Lund Shipping, said that the barge had passed an inspection in May.",
    "Ida Holm told the Varby Post that a second barge had been damaged.",
    "Three sailors were treated for cold, Varby Hospital said.",
    "A spokesman for the police, Bo Lind, said it may have struck the northern breakwater in the dark.",
    "The barge hid a clockwork nightingale under its tarpaulin, according to people on the quay.",
    "Nobody knows why a clockwork nightingale hid under its tarpaulin.",
    "Lund Shipping denied any responsibility for the sinking.",
    "The barge did not strike the breakwater, a lawyer for Lund Shipping said.",
    "The Coast News Agency reported that the barge struck the northern breakwater.",
    "The skipper, Olav Dahl, told police that the barge struck the northern breakwater.",
    "Two sailors were treated for cold, Varby Hospital said on Wednesday.",
)
ELSEWHERE = "Pupils of a mountain school in Ostra painted forty deckchairs on Friday. Their teacher, Per Ek, praised the colours."

report = st.tuples(
    st.sampled_from(LEADS), st.lists(st.sampled_from(SAID), min_size=1, max_size=4, unique=True)
).map(lambda x: " ".join((x[0], *x[1])))
reports = st.lists(report, min_size=1, max_size=4, unique=True)
slow = settings(
    phases=(Phase.explicit, Phase.reuse, Phase.generate),  # to shrink would take minutes
    max_examples=8,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("laws")


def account(folder: Path, texts: Sequence[tuple[str, str, str]]) -> Account:
    """One incident of reports given as id, outlet and text."""
    rows = [{"id": i, "outlet": o, "text": t, "incident": "varby"} for i, o, t in texts]
    path = folder / "reports.jsonl"
    path.write_text("\n".join(json.dumps(r) for r in rows), encoding="utf-8")
    (found,) = twosource.brief([str(path)]).accounts
    return found


def named(texts: Sequence[str]) -> list[tuple[str, str, str]]:
    return [(f"r{n}", f"Outlet {n}", t) for n, t in enumerate(texts)]


def counts(made: Account) -> dict[frozenset[str], tuple[int, int]]:
    """By the words of the statements of each claim: the independent origins, and the most that there may be."""
    text = {a.id: a.text for a in made.articles}
    said = {s.id: s for s in made.statements}
    return {
        frozenset(said[s].content[0].of(text[said[s].report]) for s in c.statements): (
            b.independent_origins,
            b.at_most,
        )
        for c, b in zip(made.claims, made.backings, strict=True)
    }


def by_statement(made: Account) -> dict[str, tuple[int, int]]:
    """By the words of each statement: the counts of its claim."""
    return {words: count for said, count in counts(made).items() for words in said}


@slow
@given(reports, st.data())
def test_a_copy_never_raises_a_count(folder: Path, texts: list[str], data: st.DataObject) -> None:
    before = by_statement(account(folder, named(texts)))
    again = data.draw(st.sampled_from(texts))
    where = data.draw(st.sampled_from(("aa", "zz")))  # a copy may come first or last by its id
    after = by_statement(account(folder, [*named(texts), (where, "The Copyist", again)]))
    assert before.keys() == after.keys()
    for said, (independent, at_most) in after.items():
        assert independent <= before[said][0]
        assert at_most <= before[said][1]


@slow
@given(reports)
def test_a_report_that_shares_nothing_changes_nothing(folder: Path, texts: list[str]) -> None:
    before = account(folder, named(texts))
    after = account(folder, [*named(texts), ("zz", "The Deckchair", ELSEWHERE)])
    kept = {c.id: b for c, b in zip(after.claims, after.backings, strict=True)}
    for c, b in zip(before.claims, before.backings, strict=True):
        assert kept[c.id] == b


@slow
@given(reports, st.randoms(use_true_random=False))
def test_order_never_matters(folder: Path, texts: list[str], random: object) -> None:
    rows = named(texts)
    first = account(folder, rows)
    random.shuffle(rows)  # type: ignore[attr-defined]
    again = account(folder, rows)
    for part in ("claims", "backings", "reuse", "disagreements", "questions", "timeline", "facts", "central"):
        assert getattr(again, part) == getattr(first, part)


@slow
@given(reports)
def test_every_why_names_passages_that_exist(folder: Path, texts: list[str]) -> None:
    made = account(folder, named(texts))
    raw = {a.id: a.text for a in made.articles}
    text = {i: " ".join(t.split()) for i, t in raw.items()}
    ids = "|".join(sorted(text))
    for b in made.backings:
        found = re.findall(rf"“([^”]+)”[^“”]*? in ({ids})\b", b.why)
        assert found or b.status == "reporter_only" or not any(o.who for o in b.origins)
        for words, where in found:
            assert words in text[where]
        assert b.independent_origins <= b.at_most
        assert 1 <= b.grade.information <= 6
        assert b.grade.why
        assert (b.grade.information == 1) <= (b.independent_origins >= 2 and b.status == "corroborated")
    for d in made.disagreements:
        for side in d.sides:
            assert side.evidence.span.of(raw[side.evidence.report]).strip()
        named_ids = set(re.findall(rf"\b({ids})\b", d.why))
        assert named_ids <= {s.evidence.report for s in d.sides}
        assert len({s.value for s in d.sides}) > 1
    for b in made.backings:
        for o in b.origins:
            assert o.statements
            assert set(o.reports) <= set(b.reports) <= set(text)
        for denial in b.denials:
            assert denial.statement in {s.id for s in made.statements}


def test_a_brief_of_many_copies_is_a_brief_of_one(folder: Path) -> None:
    text = " ".join((LEADS[0], *SAID[:4]))
    one = counts(account(folder, named([text])))
    many = account(folder, [(f"r{n}", f"Outlet {n}", text) for n in range(9)])
    assert counts(many) == one
    assert json.loads(to_json(twosource.brief([str(folder / "reports.jsonl")])))["incidents"]


@settings(slow, max_examples=4)
@given(reports)
def test_a_claim_is_told_in_the_words_of_one_who_counts_for_it(folder: Path, texts: list[str]) -> None:
    contrary = "The barge was not overloaded and kept clear of the breakwater, Lund Shipping said."
    made = account(folder, named([*texts, f"{LEADS[0]} {contrary}"]))
    for c, b in zip(made.claims, made.backings, strict=True):
        counted = {s for o in b.origins for s in o.statements}
        assert not counted or c.worded in counted
