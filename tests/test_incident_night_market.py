"""An invented shooting at a night market, in six invented reports, line by line as a careful editor reads them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import twosource
from twosource.brief import to_json
from twosource.model import Report

Row = dict[str, Any]
FOLDER = Path(__file__).parent / "incidents" / "night_market"
NAMES = {
    "early": "1-gazette.txt",
    "channel": "2-channel-eight.txt",
    "update": "3-gazette-update.txt",
    "reprint": "4-reprint.txt",
    "press": "5-cascade-press.txt",
    "court": "6-court.txt",
}


@pytest.fixture(scope="module")
def reports() -> dict[str, Report]:
    """Each report under a short name."""
    found = {}
    for name, file in NAMES.items():
        (found[name],) = [r for r in twosource.read([str(FOLDER / file)]) if isinstance(r, Report)]
    return found


@pytest.fixture(scope="module")
def texts(reports: dict[str, Report]) -> dict[str, str]:
    return {r.id: r.text for r in reports.values()}


@pytest.fixture(scope="module")
def incident() -> Row:
    (incident,) = json.loads(to_json(twosource.brief(str(p) for p in sorted(FOLDER.glob("*.txt")))))[
        "incidents"
    ]
    assert isinstance(incident, dict)
    return incident


def content(s: Row, texts: dict[str, str]) -> str:
    return " ".join(texts[s["report"]][a:b] for a, b in s["content"])


def said(incident: Row, reports: dict[str, Report], report: str, words: str) -> list[Row]:
    """The statements of this report whose content covers most of these words, the tightest first."""
    text = reports[report].text
    start = text.find(words)
    assert start >= 0, f"{words!r} is not in {report}"
    end = start + len(words)
    found = [
        s
        for s in incident["statements"]
        if s["report"] == reports[report].id
        and sum(max(0, min(b, end) - max(a, start)) for a, b in s["content"]) > 0.8 * (end - start)
    ]
    return sorted(found, key=lambda s: sum(b - a for a, b in s["content"]))


def claim_of(incident: Row, reports: dict[str, Report], *support: tuple[str, str]) -> Row:
    """The claim under which all of these words stand."""
    ids = set.intersection(*({s["claim"] for s in said(incident, reports, *at)} for at in support))
    assert ids, "not brought together"
    found: Row = next(c for c in incident["claims"] if c["id"] in ids)
    return found


def differences(incident: Row, texts: dict[str, str], kind: str, *needles: str) -> list[Row]:
    """The disagreements of this kind in which each of the words stands on a side of its own."""
    out = []
    for d in incident["disagreements"]:
        shown: dict[str, str] = {}
        for s in d["sides"]:
            shown[s["value"]] = shown.get(s["value"], "") + texts[s["report"]][s["start"] : s["end"]]
        on = [{v for v, text in shown.items() if n in text} for n in needles]
        if d["kind"] == kind and all(on) and len(set.union(*on)) >= len(needles):
            out.append(d)
    return out


@pytest.mark.parametrize(
    ("report", "outlet"),
    [
        ("early", "Rogue Valley Gazette"),
        ("channel", "Channel 8 News"),
        ("update", "Rogue Valley Gazette"),
        ("reprint", "The Klamath Herald"),
        ("press", "Cascade Press"),
        ("court", "Channel 8 News"),
    ],
)
def test_outlets(incident: Row, reports: dict[str, Report], report: str, outlet: str) -> None:
    (row,) = [r for r in incident["reports"] if r["id"] == reports[report].id]
    assert row["outlet"] == outlet


@pytest.mark.parametrize(
    ("a", "b", "relation"),
    [
        ("update", "reprint", "same_text"),
        ("early", "update", "revised"),
        ("update", "press", "independent"),
        ("early", "channel", "independent"),
        ("channel", "press", "independent"),
        ("press", "court", "independent"),
    ],
)
def test_who_copied_whom(incident: Row, reports: dict[str, Report], a: str, b: str, relation: str) -> None:
    both = {reports[a].id, reports[b].id}
    found = next((r for r in incident["reuse"] if {r["a"], r["b"]} == both), {"relation": "independent"})
    assert found["relation"] == relation


@pytest.mark.parametrize(
    "line",
    [
        "Image 1 of 4",
        "Candles stand outside the gate of the Medford night market on Sunday.",
        "Image 2 of 4",
        "Police tape hangs between two stalls.",
        "ADVERTISEMENT",
        "SIGN UP FOR THE KLAMATH HERALD NEWSLETTER",
    ],
)
def test_captions_and_page_furniture_are_boilerplate(
    incident: Row, reports: dict[str, Report], line: str
) -> None:
    report = reports["reprint"]
    start = report.text.index(line)
    (row,) = [r for r in incident["reports"] if r["id"] == report.id]
    assert any(a <= start and start + len(line) <= b for a, b in row["boilerplate"])


@pytest.mark.parametrize(
    ("report", "words", "who", "told"),
    [
        (
            "early",
            "officers arrested a man two blocks from the market".capitalize(),
            "Ruth Alvarado",
            "reporters",
        ),
        ("early", "This was a terrible night for our city", "Ruth Alvarado", None),
        ("early", "Two people were killed and five others were wounded", "Ruth Alvarado", None),
        ("early", "he saw two men with guns", "Tomas Brandt", "Rogue Valley Gazette"),
        ("early", "One of them was by the fountain", "Tomas Brandt", None),
        ("channel", "One of the dead is Priya Nandakumar", "Arun Nandakumar", "Channel 8 News"),
        ("channel", "She was the heart of that place,", "Arun Nandakumar", None),
        ("channel", "a 34-year-old man was in custody", "Neil Fraser", None),
        ("update", "A third person has died", "Ruth Alvarado", None),
        ("update", "three people had died of gunshot wounds", "Helen Marsh", None),
        ("update", "there was one shooter", "Ruth Alvarado", None),
        ("press", "there was an argument about space", "Neil Fraser", "Cascade Press"),
        ("press", "three people had been killed and four wounded", "Neil Fraser", None),
        ("press", "There was no second gunman", "Neil Fraser", None),
        ("press", "Nandakumer had tried to calm the man down", "Bev Stroud", "Cascade Press"),
        ("press", "four people had died", "Channel 8 News", None),
        ("court", "he ran like everybody else", "Sandra Quill", "reporters"),
        ("court", "a handgun was found in his car", "Ian Mercer", None),
        ("court", "I just want to hear the truth", "Arun Nandakumar", "Channel 8 News"),
    ],
)
def test_who_told_whom(
    incident: Row, reports: dict[str, Report], report: str, words: str, who: str, told: str | None
) -> None:
    found = [s for s in said(incident, reports, report, words) if s["mode"] != "narration"]
    assert any(s["who"] == who and told in (None, s["told"]) for s in found), found


def test_the_nurse_stays_unnamed_and_is_not_the_hospital(incident: Row, reports: dict[str, Report]) -> None:
    found = said(incident, reports, "channel", "Four people were killed when a gunman fired")
    assert any(
        (s["kind"], s["told"]) == ("anonymous", "Channel 8 News") and "nurse" in s["who"] for s in found
    )


def test_the_couple_saw_it_themselves(incident: Row, reports: dict[str, Report]) -> None:
    found = said(incident, reports, "channel", "they heard at least a dozen shots")
    assert any(s["kind"] in {"group", "anonymous"} and "couple" in s["who"] for s in found), found


@pytest.mark.parametrize(
    "words", ["Wednesday", "market", "to be identified", "One of the dead is", "on Sunday, and"]
)
def test_no_scrap_is_a_statement(incident: Row, texts: dict[str, str], words: str) -> None:
    for s in incident["statements"]:
        text = content(s, texts).strip()
        assert text != words
        if " " in words:
            assert text == "" or not text.startswith(words) or "Priya" in text


def test_three_dead_has_two_origins(incident: Row, reports: dict[str, Report]) -> None:
    claim = claim_of(
        incident,
        reports,
        ("update", "three people had died of gunshot wounds"),
        ("press", "three people had been killed and four wounded"),
    )
    assert claim["independent_origins"] == 2
    assert {"Rogue Valley Gazette", "Cascade Press"} <= {c for o in claim["origins"] for c in o["collectors"]}
    assert not any("custody" in c["text"] for c in [claim])


def test_chief_and_spokesman_are_one_body(incident: Row, reports: dict[str, Report]) -> None:
    claim = claim_of(
        incident, reports, ("update", "a second gunman was involved"), ("press", "There was no second gunman")
    )
    assert claim["status"] == "disputed"
    assert all("Alvarado" not in o["who"] and "Fraser" not in o["who"] for o in claim["origins"] if o["who"])


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("channel", "Four people were killed when"), ("early", "Two people were killed and")),
        (("channel", "Four people were killed when"), ("update", "three people had died of gunshot")),
        (("early", "Two people were killed and"), ("update", "three people had died of gunshot")),
        (("channel", "Last summer, one person was shot dead"), ("channel", "Four people were killed when")),
        (("press", "four people had died"), ("channel", "the family had been told of her death")),
        (("update", "two of them as Priya Nandakumar"), ("court", "A man accused of shooting")),
    ],
)
def test_what_differs_is_not_brought_together(
    incident: Row, reports: dict[str, Report], one: tuple[str, str], other: tuple[str, str]
) -> None:
    a, b = ({s["claim"] for s in said(incident, reports, *at)} for at in (one, other))
    assert not a & b


def test_the_central_claim_is_that_people_were_killed(incident: Row) -> None:
    claim = next(c for c in incident["claims"] if c["id"] == incident["figure"]["claim"])
    assert any(word in claim["text"] for word in ("killed", "died", "opened fire", "shot", "Death toll"))
    assert "custody" not in claim["text"]
    assert "identified" not in claim["text"]


def test_the_toll_rose_from_two_to_three(incident: Row, texts: dict[str, str]) -> None:
    found = differences(incident, texts, "quantity", "Two people were killed", "third")
    assert [d["nature"] for d in found] == ["update"]


def test_four_dead_is_contradicted(incident: Row, texts: dict[str, str]) -> None:
    found = differences(incident, texts, "quantity", "Four people were killed", "hree people had")
    found += differences(incident, texts, "quantity", "Four people were killed", "third")
    assert "contradiction" in [d["nature"] for d in found]


@pytest.mark.parametrize(
    ("kind", "nature", "needles"),
    [
        ("quantity", "contradiction", ("Dreyer, 34", "Dreyer, 35")),
        ("time", "contradiction", ("9:42 p.m.", "9:50 p.m.")),
        ("place", "contradiction", ("Foundry Row", "Millrace")),
        ("name", "variant", ("Priya Nandakumar", "Priya Nandakumer")),
    ],
)
def test_where_they_differ(
    incident: Row, texts: dict[str, str], kind: str, nature: str, needles: tuple[str, ...]
) -> None:
    assert [d["nature"] for d in differences(incident, texts, kind, *needles)] == [nature]


def test_the_wounded_grow_fewer_as_one_of_them_dies(incident: Row, texts: dict[str, str]) -> None:
    found = differences(incident, texts, "quantity", "five others were wounded", "four wounded")
    assert [d["nature"] for d in found if "injured" in d["about"]] == ["update"]


def test_the_lawyer_denies_that_he_fired(incident: Row, reports: dict[str, Report]) -> None:
    found = said(incident, reports, "court", "Dreyer had fired the shots")
    assert any((s["who"], s["stance"]) == ("Sandra Quill", "denies") for s in found)


def test_the_dispute_is_only_possible(incident: Row, reports: dict[str, Report]) -> None:
    found = said(incident, reports, "update", "may have been the result of a dispute over a stall")
    assert {s["certainty"] for s in found} == {"possible"}


@pytest.mark.parametrize(
    "names",
    [
        ("Priya Nandakumar", "Priya Nandakumer"),
        ("Colin Dreyer", "Dreyer"),
        ("Neil Fraser", "Fraser"),
        ("Ruth Alvarado", "Alvarado"),
    ],
)
def test_one_person_is_one_actor(incident: Row, names: tuple[str, ...]) -> None:
    assert any(set(names) <= {a["name"], *a["aliases"]} for a in incident["actors"])


def test_brother_and_sister_are_two_and_titles_make_no_body(incident: Row) -> None:
    names = [a["name"] for a in incident["actors"]]
    assert {"Priya Nandakumar", "Arun Nandakumar"} <= set(names)
    assert "Jackson County Medical" not in names
    assert "Gazette" not in names


def test_chief_and_spokesman_stand_under_relations(incident: Row) -> None:
    names = {a["id"]: a["name"] for a in incident["actors"]}
    found = {(names[r["a"]], r["role"], names[r["b"]]) for r in incident["relations"]}
    assert ("Neil Fraser", "speaks_for", "Medford Police Department") in found


def test_facts(incident: Row) -> None:
    assert incident["when"] == "2024-08-09"
    assert incident["where"]["name"] == "Medford, Oregon, United States"
    assert incident["killed"] == {"low": 3, "high": 3}
    assert incident["injured"] == {"low": 4, "high": 4}


@pytest.mark.parametrize(
    ("report", "words"),
    [
        ("early", "a shooting at the same market killed one man"),
        ("channel", "one person was shot dead at the same market"),
        ("update", "No one was ever charged in that case"),
    ],
)
def test_last_years_shooting_is_background(
    incident: Row, reports: dict[str, Report], report: str, words: str
) -> None:
    claims = {s["claim"] for s in said(incident, reports, report, words)}
    assert claims
    assert {c["event"] for c in incident["claims"] if c["id"] in claims} == {"background"}


@pytest.mark.parametrize(
    ("report", "words"),
    [
        ("update", "We have reviewed video from eleven cameras, and there was one shooter,"),
        ("press", "Nandakumer had tried to calm the man down"),
        ("early", "One of them was by the fountain"),
        ("early", "he hid under his table until the shots stopped"),
        ("early", "The wounded were taken to Bear Creek Medical Center"),
    ],
)
def test_the_night_itself_is_no_background(
    incident: Row, reports: dict[str, Report], report: str, words: str
) -> None:
    claims = {s["claim"] for s in said(incident, reports, report, words)}
    assert "main" in {c["event"] for c in incident["claims"] if c["id"] in claims}


@pytest.mark.parametrize(
    ("when", "words"),
    [
        ("2023-07", "killed one man"),
        ("2024-08-09", "Two people were killed and five others were wounded"),
        ("2024-08-10", "The third victim, a 27-year-old man, died in hospital"),
        ("2024-08-09T21:42", "9:42 p.m."),
        ("2024-08-10T02", "about 2 a.m. on Saturday"),
        ("2024-08-14", "pleaded not guilty"),
        ("2025-01-27", "The trial is set for"),
    ],
)
def test_timeline(incident: Row, when: str, words: str) -> None:
    assert any(m["when"].startswith(when) and words in m["text"] for m in incident["timeline"])


def test_who_died_after_the_shooting_did_not_die_on_its_day(incident: Row) -> None:
    assert not any("third" in m["text"] and m["when"].startswith("2024-08-09") for m in incident["timeline"])


def test_the_summary_names_the_toll_and_never_the_reprint_as_an_origin(incident: Row) -> None:
    text = " ".join(line["text"] for line in incident["summary"])
    assert "three people" in text.lower()
    assert all("Klamath" not in c for k in incident["claims"] for o in k["origins"] for c in o["collectors"])
