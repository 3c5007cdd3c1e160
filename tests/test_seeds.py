"""The four reports the project was started from, line by line as a person reads them.

The names are only here: no rule in the code knows them. The reports are third-party text and lie beside the repository.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import twosource
from twosource.brief import to_json
from twosource.model import Report

Row = dict[str, Any]


@pytest.fixture(scope="module")
def seeds(shared: Path) -> list[Path]:
    return sorted((shared / "seeds").glob("*.txt"))


@pytest.fixture(scope="module")
def texts(seeds: list[Path]) -> dict[str, str]:
    """Each report's text by its id."""
    found = [r for r in twosource.read(map(str, seeds)) if isinstance(r, Report)]
    return {r.id: r.text for r in found}


@pytest.fixture(scope="module")
def ids(seeds: list[Path]) -> list[str]:
    """The ids of the four reports, in the order in which people talk of them."""
    return [r.id for path in seeds for r in twosource.read([str(path)]) if isinstance(r, Report)]


@pytest.fixture(scope="module")
def brief(seeds: list[Path]) -> bytes:
    return to_json(twosource.brief(map(str, seeds)))


@pytest.fixture(scope="module")
def incident(brief: bytes) -> Row:
    found = json.loads(brief)["incidents"]
    assert len(found) == 1
    incident: Row = found[0]
    return incident


def said(incident: Row, texts: dict[str, str], words: str, report: str | None = None) -> list[Row]:
    """The statements whose content has these words."""
    return [
        s
        for s in incident["statements"]
        if words in " ".join(texts[s["report"]][a:b] for a, b in s["content"]).replace("’", "'")
        and report in (None, s["report"])
    ]


def relation(incident: Row, a: str, b: str) -> str:
    return next((r["relation"] for r in incident["reuse"] if {r["a"], r["b"]} == {a, b}), "independent")


def central(incident: Row) -> Row:
    return next(c for c in incident["claims"] if c["id"] == incident["figure"]["claim"])


def actor(incident: Row, name: str) -> Row:
    found = [
        a
        for a in incident["actors"]
        if name == a["name"] or name in {x["name"] if isinstance(x, dict) else x for x in a["aliases"]}
    ]
    assert len(found) == 1, f"{name}: {[a['name'] for a in found]}"
    return found[0]


def side(incident: Row, texts: dict[str, str], kind: str, *needles: str) -> list[Row]:
    """The disagreements of this kind in which each of the words stands on some side."""
    out = []
    for d in incident["disagreements"]:
        shown = [texts[s["report"]][s["start"] : s["end"]] for s in d["sides"]]
        if d["kind"] == kind and all(any(n in text for text in shown) for n in needles):
            out.append(d)
    return out


def test_the_first_two_are_one_article(incident: Row, ids: list[str]) -> None:
    assert relation(incident, ids[0], ids[1]) == "same_text"


def test_the_lines_in_capitals_and_the_app_line_are_boilerplate(
    incident: Row, ids: list[str], texts: dict[str, str]
) -> None:
    report = next(r for r in incident["reports"] if r["id"] == ids[1])
    marked = " ".join(texts[ids[1]][a:b] for a, b in report["boilerplate"])
    for line in (
        "NAVAL AIR STATION SHOOTER",
        "US MILITARY DRONE DISAPPEARS",
        "CLICK HERE FOR THE FOX NEWS APP",
    ):
        assert line in marked
    assert "Townsend" not in marked


def test_the_third_rests_on_its_own_interview_and_on_the_agencys(
    incident: Row, ids: list[str], texts: dict[str, str]
) -> None:
    assert any(
        s["told"] == "Military Times" and s["who"] == "Christopher Karns"
        for s in said(incident, texts, "may have mistaken", ids[2])
    )
    assert any(
        s["told"] == "Reuters" and s["who"] == "Stephen Townsend"
        for s in said(incident, texts, "refusing to return it", ids[2])
    )
    assert relation(incident, ids[0], ids[2]) == "shared_source"


def test_the_fourth_is_a_rewrite_with_opinion(incident: Row, ids: list[str]) -> None:
    assert relation(incident, ids[0], ids[3]) == "shared_source"
    registers = {s["register"] for s in incident["statements"] if s["report"] == ids[3]}
    assert {"opinion", "common_knowledge"} <= registers


@pytest.mark.parametrize(
    "spellings",
    [
        ("Khalifa Haftar", "Hafter", "Khalifa Hifter", "Hafta"),
        ("Christopher Karns", "Christopher Carns"),
        ("Moammar Gadhafi", "Muammar Gaddafi"),
    ],
)
def test_spellings_of_one_person_are_one_actor(incident: Row, spellings: tuple[str, ...]) -> None:
    assert len({actor(incident, s)["id"] for s in spellings}) == 1


@pytest.mark.parametrize(
    ("words", "report", "who", "told"),
    [
        ("didn't know it was", 0, "Stephen Townsend", "Reuters"),
        ("malign influence", 0, "Stephen Townsend", "Reuters"),
        ("is working various diplomatic channels", 2, "Christopher Karns", "Military Times"),
    ],
)
def test_who_told_whom(
    incident: Row, ids: list[str], texts: dict[str, str], words: str, report: int, who: str, told: str
) -> None:
    assert any(
        (s["who"], s["told"]) == (who, told)
        for s in said(incident, texts, words, ids[report])
        if s["mode"] != "narration"
    )


@pytest.mark.parametrize(
    ("words", "report", "told"),
    [
        ("Russian mercenaries appeared to be responsible", 0, "Reuters"),
        ("had received aid from hundreds", 0, "Reuters"),
        ("killing 43 ISIS fighters", 2, "reporters"),
    ],
)
def test_unnamed_sources_stay_unnamed(
    incident: Row, ids: list[str], texts: dict[str, str], words: str, report: int, told: str
) -> None:
    found = [s for s in said(incident, texts, words, ids[report]) if s["mode"] != "narration"]
    assert any((s["kind"], s["told"]) == ("anonymous", told) for s in found), found


def test_russia_and_the_eastern_army_deny(incident: Row, ids: list[str], texts: dict[str, str]) -> None:
    assert any(
        s["stance"] == "denies" and "Russian" in s["who"]
        for s in said(incident, texts, "using military contractors", ids[0])
    )
    assert any(
        s["stance"] == "denies" and "Libyan National Army" in s["who"]
        for s in said(incident, texts, "receiving foreign backing", ids[0])
    )


def test_no_denial_is_of_the_shooting_down_itself(incident: Row) -> None:
    assert all(d["target"] != "claim" for d in central(incident)["denials"])
    assert central(incident)["status"] == "single_origin"


def test_the_central_claim_has_one_origin_and_two_collectors(incident: Row) -> None:
    claim = central(incident)
    assert "shot down" in claim["text"] or "brought down" in claim["text"]
    assert claim["independent_origins"] == 1
    assert {"Reuters", "Military Times"} <= {c for o in claim["origins"] for c in o["collectors"]}
    assert len({s["report"] for s in incident["statements"] if s["id"] in claim["statements"]}) == 4


def test_who_fired_has_two_candidates_and_is_not_established(incident: Row) -> None:
    options = [[o["value"] for o in h["options"]] for h in incident["hypotheses"]]
    assert any(
        any("mercenaries" in v or "contractors" in v for v in o)
        and any("Army" in v or "LNA" in v for v in o)
        and any("not established" in v for v in o)
        for o in options
    ), options


def test_may_have_mistaken_against_flat_fact(incident: Row, texts: dict[str, str]) -> None:
    assert side(incident, texts, "certainty", "may have mistaken", "mistook") or side(
        incident, texts, "certainty", "may have mistaken", "mistaking it"
    )


def test_one_quote_is_framed_in_three_ways(incident: Row, ids: list[str], texts: dict[str, str]) -> None:
    found = [
        d
        for kind in ("quotation", "attribution")
        for d in side(incident, texts, kind, "know it was a U.S. remotely piloted aircraft")
    ]
    assert any({ids[2], ids[3]} <= {s["report"] for s in d["sides"]} for d in found)


def test_more_than_forty_and_forty_three_are_precision(incident: Row, texts: dict[str, str]) -> None:
    found = side(incident, texts, "quantity", "more than 40", "43")
    assert [d["nature"] for d in found] == ["precision"]


def test_the_dead_of_september_are_background(incident: Row, texts: dict[str, str]) -> None:
    assert incident["killed"] is None
    of = {
        s["claim"] for words in ("more than 40 militants", "killing 43") for s in said(incident, texts, words)
    }
    assert {c["event"] for c in incident["claims"] if c["id"] in of} == {"background"}


def test_hundreds_and_six_to_eight_hundred_are_no_contradiction(incident: Row, texts: dict[str, str]) -> None:
    assert all(d["nature"] != "contradiction" for d in side(incident, texts, "quantity", "600 to 800"))
    assert not side(incident, texts, "quantity", "600 to 800", "more than 40")


def test_over_the_capital_against_outside_a_town(incident: Row, texts: dict[str, str]) -> None:
    assert side(incident, texts, "place", "over the Libyan capital", "outside of Tarhuna")
    near = [p for p in incident["places"] if "Tarhuna" in p["name"] or "40 miles" in p["name"]]
    assert any(
        p["lat"] is not None and abs(p["lat"] - 32.43) < 0.5 and abs(p["lon"] - 13.63) < 0.5 for p in near
    )


def test_the_year_is_not_invented(incident: Row) -> None:
    assert incident["when"] == "XXXX-11-21"


def test_backers_opponents_and_operators_stand_under_relations(incident: Row) -> None:
    roles = {r["role"] for r in incident["relations"]}
    assert {"backs", "opposes"} <= roles
    assert {"commands", "leads", "speaks_for"} & roles


def test_every_evidence_is_inside_its_report(incident: Row, texts: dict[str, str]) -> None:
    for line in incident["summary"]:
        assert line["evidence"]
        for e in line["evidence"]:
            assert 0 <= e["start"] < e["end"] <= len(texts[e["report"]])


def test_order_and_names_of_files_do_not_matter(seeds: list[Path], brief: bytes, tmp_path: Path) -> None:
    for n, path in enumerate(reversed(seeds)):
        (tmp_path / f"{n}.txt").write_bytes(path.read_bytes())
    assert to_json(twosource.brief(str(p) for p in sorted(tmp_path.iterdir()))) == brief
