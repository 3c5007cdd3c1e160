"""What holds of a whole brief, whatever the reports."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

import pytest

import twosource
from twosource.brief import to_html, to_json, to_markdown
from twosource.errors import NothingUsable
from twosource.model import Brief, Report

REPORTS = Path(__file__).parents[1] / "examples" / "derailment" / "reports"
ELSEWHERE = (
    "The city council of Port Alder voted on Tuesday to plant two hundred lime trees along the old quay.\n\n"
    "“They will give us shade by the time my grandchildren are old,” said councillor Ida Brandt.\n"
)


def rows() -> list[dict[str, Any]]:
    """The example's reports as rows of JSON Lines, with ids of their own."""
    found = [r for r in twosource.read([str(REPORTS)]) if isinstance(r, Report)]
    keep = ("text", "title", "outlet", "published", "url")
    return [{"id": r.id} | {k: getattr(r, k) for k in keep if getattr(r, k)} for r in found]


def write(path: Path, found: list[dict[str, Any]]) -> str:
    path.write_text("\n".join(json.dumps(r) for r in found), encoding="utf-8")
    return str(path)


def brief(path: Path, found: list[dict[str, Any]]) -> Brief:
    return twosource.brief([write(path, found)])


def origin_counts(made: Brief) -> dict[frozenset[str], int]:
    """By the sentences that carry a claim: how many independent origins it has."""
    counts = {}
    for account in made.accounts:
        text = {a.id: a.text for a in account.articles}
        statements = {s.id: s for s in account.statements}
        for claim, backing in zip(account.claims, account.backings, strict=True):
            said = frozenset(
                statements[s].content[0].of(text[statements[s].report]) for s in claim.statements
            )
            counts[said] = backing.independent_origins
    return counts


def test_order_never_matters(tmp_path: Path) -> None:
    found = rows()
    first = brief(tmp_path / "a.jsonl", found)
    shuffled = found[:]
    random.Random(7).shuffle(shuffled)
    second = brief(tmp_path / "b.jsonl", shuffled)
    assert to_json(first) == to_json(second)
    assert to_html(first) == to_html(second)
    assert to_markdown(first) == to_markdown(second)


def test_a_copy_never_raises_an_origin_count(tmp_path: Path) -> None:
    found = rows()
    before = brief(tmp_path / "a.jsonl", found)
    most = max(b.independent_origins for a in before.accounts for b in a.backings)
    for n, row in enumerate(found):
        copy = {**row, "id": f"copy{n}", "outlet": "The Copyist", "url": "https://copyist.example/story"}
        after = brief(tmp_path / f"c{n}.jsonl", [*found, copy])
        counts = origin_counts(after)
        assert max(counts.values()) <= most
        for said, count in origin_counts(before).items():
            if said in counts:
                assert counts[said] <= count


def test_a_report_on_something_else_changes_nothing(tmp_path: Path) -> None:
    found = rows()
    before = json.loads(to_json(brief(tmp_path / "a.jsonl", found)))
    after = json.loads(to_json(brief(tmp_path / "b.jsonl", [*found, {"id": "trees", "text": ELSEWHERE}])))
    assert len(after["incidents"]) == len(before["incidents"]) + 1
    assert before["incidents"][0] == after["incidents"][0]


def test_reports_that_a_person_grouped_stay_together_and_apart(tmp_path: Path) -> None:
    found = rows()
    for n, row in enumerate(found):
        row["incident"] = "one" if n % 2 else "two"
    made = brief(tmp_path / "a.jsonl", found)
    assert sorted(sorted(a.id for a in account.articles) for account in made.accounts) == sorted(
        sorted(r["id"] for r in found if r["incident"] == name) for name in ("one", "two")
    )


def test_every_why_and_every_evidence_names_what_exists() -> None:
    made = twosource.brief([str(REPORTS)])
    for account in made.accounts:
        text = {a.id: a.text for a in account.articles}
        evidence = [
            *(e for line in account.summary for e in line.evidence),
            *(s.evidence for d in account.disagreements for s in d.sides),
            *(e for m in account.timeline for e in m.evidence),
            *(e for a in account.actors for e in a.mentions),
        ]
        assert evidence
        for e in evidence:
            assert 0 <= e.span.start < e.span.end <= len(text[e.report])
        whys = (
            [b.why for b in account.backings]
            + [d.why for d in account.disagreements]
            + [r.why for r in account.reuse]
        )
        assert all(w.strip() for w in whys)


def test_nothing_usable_is_said() -> None:
    with pytest.raises(NothingUsable):
        twosource.brief(["/no/such/file.txt"])
