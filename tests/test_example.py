"""The bundled example against its golden account, which was written by hand."""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

import pytest

import twosource
from twosource.brief import to_json
from twosource.model import Report

Row = dict[str, Any]
FOLDER = Path(__file__).parents[1] / "examples" / "derailment"
GOLD: Row = json.loads((FOLDER / "account.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def reports() -> dict[str, Report]:
    """Each report under the name that the golden account gives it."""
    found = {}
    for name, file in GOLD["reports"].items():
        (found[name],) = [
            r for r in twosource.read([str(FOLDER / "reports" / file)]) if isinstance(r, Report)
        ]
    return found


@pytest.fixture(scope="module")
def incident() -> Row:
    (incident,) = json.loads(to_json(twosource.brief([str(FOLDER / "reports")])))["incidents"]
    assert isinstance(incident, dict)
    return incident


def stands(reports: dict[str, Report], where: Row) -> tuple[str, int, int]:
    """The report and offsets of a golden quotation, whatever its quotation marks."""
    report = reports[where["report"]]
    at = report.text.replace("’", "'").find(where["quote"])
    assert at >= 0, f"{where['quote']!r} is not in {where['report']}"
    return report.id, at, at + len(where["quote"])


def covers(spans: list[list[int]], start: int, end: int) -> float:
    """The share of [start, end) that the spans cover."""
    return sum(max(0, min(b, end) - max(a, start)) for a, b in spans) / (end - start)


def holding(incident: Row, place: tuple[str, int, int]) -> list[Row]:
    """The statements whose content covers most of the place, the tightest first."""
    report, start, end = place
    found = [
        s for s in incident["statements"] if s["report"] == report and covers(s["content"], start, end) > 0.8
    ]
    return sorted(found, key=lambda s: sum(b - a for a, b in s["content"]))


@pytest.mark.parametrize("name", GOLD["outlets"])
def test_outlets(incident: Row, reports: dict[str, Report], name: str) -> None:
    (row,) = [r for r in incident["reports"] if r["id"] == reports[name].id]
    assert row["outlet"] == GOLD["outlets"][name]


@pytest.mark.parametrize("pair", GOLD["pairs"], ids=lambda p: f"{p['a']}-{p['b']}")
def test_who_copied_whom(incident: Row, reports: dict[str, Report], pair: Row) -> None:
    both = {reports[pair["a"]].id, reports[pair["b"]].id}
    found = next((r for r in incident["reuse"] if {r["a"], r["b"]} == both), {"relation": "independent"})
    assert found["relation"] == pair["relation"]
    if "older" in pair:
        assert found["older"] == reports[pair["older"]].id


@pytest.mark.parametrize("line", GOLD["furniture"], ids=lambda x: x["quote"][:20])
def test_furniture_is_marked(incident: Row, reports: dict[str, Report], line: Row) -> None:
    report, start, end = stands(reports, line)
    (row,) = [r for r in incident["reports"] if r["id"] == report]
    assert covers(row["boilerplate"], start, end) == 1.0


@pytest.mark.parametrize("gold", GOLD["statements"], ids=lambda x: x["report"] + ": " + x["quote"][:24])
def test_who_said_what(incident: Row, reports: dict[str, Report], gold: Row) -> None:
    found = [s for s in holding(incident, stands(reports, gold)) if s["mode"] != "narration"]
    assert found
    want = {k: gold[k] for k in ("who", "kind", "told", "stance") if gold[k] is not None}
    assert want in [{k: s[k] for k in want} for s in found]


@pytest.mark.parametrize("gold", GOLD["claims"], ids=lambda x: x["about"])
def test_claims_and_their_origins(incident: Row, reports: dict[str, Report], gold: Row) -> None:
    claims = [{s["claim"] for s in holding(incident, stands(reports, q))} for q in gold["support"]]
    shared = set.intersection(*claims)
    assert shared, "not brought together"
    (claim,) = [c for c in incident["claims"] if c["id"] in shared][:1]
    assert claim["independent_origins"] == gold["independent_origins"]
    assert set(gold["collectors"]) <= {c for o in claim["origins"] for c in o["collectors"]}


@pytest.mark.parametrize("gold", GOLD["disagreements"], ids=lambda x: x["sides"][0]["quote"][:24])
def test_where_they_differ(incident: Row, reports: dict[str, Report], gold: Row) -> None:
    def on_a_side(d: Row, quote: Row) -> bool:
        report, start, end = stands(reports, quote)
        return any(s["report"] == report and s["start"] < end and s["end"] > start for s in d["sides"])

    found = [
        d
        for d in incident["disagreements"]
        if d["kind"] == gold["kind"] and all(on_a_side(d, q) for q in gold["sides"])
    ]
    assert [d["nature"] for d in found] == [gold["nature"]]


@pytest.mark.parametrize("gold", GOLD["actors"], ids=lambda x: x["name"])
def test_one_actor_under_many_spellings(incident: Row, gold: Row) -> None:
    aliases = {
        a["id"]: {x["name"] if isinstance(x, dict) else x for x in a["aliases"]} | {a["name"]}
        for a in incident["actors"]
    }
    assert [i for i, names in aliases.items() if set(gold["aliases"]) <= names]


def test_speeding_is_denied(incident: Row, reports: dict[str, Report]) -> None:
    for quote in GOLD["speeding"]["quotes"]:
        found = holding(incident, stands(reports, quote))
        assert any(s["stance"] == "denies" or "not" in quote["quote"] for s in found)
    claims = [c for c in incident["claims"] if any(d["target"] == "claim" for d in c["denials"])]
    assert "disputed" in {c["status"] for c in claims}


def test_the_cause_is_open(incident: Row) -> None:
    options = [" | ".join(o["value"] for o in h["options"]) for h in incident["hypotheses"]]
    assert any(all(word in o for word in GOLD["question"]["options"]) for o in options), options


def test_facts(incident: Row) -> None:
    gold = GOLD["facts"]
    assert incident["when"] == gold["when"]
    assert incident["killed"] == gold["killed"]
    lat, lon, km = gold["where"]
    assert math.hypot(incident["where"]["lat"] - lat, (incident["where"]["lon"] - lon) * 0.53) * 111 < km


@pytest.mark.parametrize("gold", GOLD["background"], ids=lambda x: x["quote"][:24])
def test_background_is_no_part_of_the_event(incident: Row, reports: dict[str, Report], gold: Row) -> None:
    claims = {s["claim"] for s in holding(incident, stands(reports, gold))}
    assert claims
    assert {c["event"] for c in incident["claims"] if c["id"] in claims} == {"background"}


@pytest.mark.parametrize("gold", GOLD["registers"], ids=lambda x: x["quote"][:24])
def test_opinion_is_marked(incident: Row, reports: dict[str, Report], gold: Row) -> None:
    assert gold["register"] in {s["register"] for s in holding(incident, stands(reports, gold))}


@pytest.mark.parametrize("gold", GOLD["timeline"], ids=lambda x: x["when"])
def test_timeline(incident: Row, gold: Row) -> None:
    assert any(
        m["when"].startswith(gold["when"]) and gold["quote"] in m["text"] for m in incident["timeline"]
    )
