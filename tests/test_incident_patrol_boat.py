"""A second set of reports of the kind of the seeds, line by line as a careful editor reads it.

Everybody and everything in it is invented, towns excepted, so it can stand in the repository: a boat lost off a coast,
an agency's story and its scraped copy, a trade paper with its own interview, a rewrite with opinion, and a regional
paper that spoke with people who were there. Here the accused deny the claim itself, and the claim has witnesses.
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

WEB, SCRAPED, TRADE, REWRITE, REGIONAL = range(5)


@pytest.fixture(scope="module")
def paths() -> list[Path]:
    return sorted((Path(__file__).parent / "incidents" / "patrol_boat").glob("*.txt"))


@pytest.fixture(scope="module")
def reports(paths: list[Path]) -> list[Report]:
    return [r for path in paths for r in twosource.read([str(path)]) if isinstance(r, Report)]


@pytest.fixture(scope="module")
def ids(reports: list[Report]) -> list[str]:
    return [r.id for r in reports]


@pytest.fixture(scope="module")
def texts(reports: list[Report]) -> dict[str, str]:
    return {r.id: r.text for r in reports}


@pytest.fixture(scope="module")
def brief(paths: list[Path]) -> bytes:
    return to_json(twosource.brief(map(str, paths)))


@pytest.fixture(scope="module")
def incident(brief: bytes) -> Row:
    found = json.loads(brief)["incidents"]
    assert len(found) == 1
    incident: Row = found[0]
    return incident


def content(s: Row, texts: dict[str, str]) -> str:
    return " ".join(texts[s["report"]][a:b] for a, b in s["content"])


def said(incident: Row, texts: dict[str, str], words: str, report: str | None = None) -> list[Row]:
    """The statements whose content has these words; those that somebody is said to say first."""
    found = [
        s for s in incident["statements"] if words in content(s, texts) and report in (None, s["report"])
    ]
    return sorted(found, key=lambda s: s["mode"] == "narration")


def attributed(incident: Row, texts: dict[str, str], words: str, report: str) -> list[Row]:
    return [s for s in said(incident, texts, words, report) if s["mode"] != "narration"]


def relation(incident: Row, a: str, b: str) -> str:
    return next((r["relation"] for r in incident["reuse"] if {r["a"], r["b"]} == {a, b}), "independent")


def central(incident: Row) -> Row:
    return next(c for c in incident["claims"] if c["id"] == incident["figure"]["claim"])


def names(actor: Row) -> set[str]:
    return {actor["name"], *(x["name"] if isinstance(x, dict) else x for x in actor["aliases"])}


def actor(incident: Row, name: str) -> Row:
    found = [a for a in incident["actors"] if name in names(a)]
    assert len(found) == 1, f"{name}: {[a['name'] for a in found]}"
    return found[0]


def shown(d: Row, texts: dict[str, str]) -> list[str]:
    return [texts[s["report"]][s["start"] : s["end"]] for s in d["sides"]]


def differing(incident: Row, texts: dict[str, str], kind: str, *needles: str) -> list[Row]:
    """The disagreements of this kind in which each of the words stands on some side."""
    return [
        d
        for d in incident["disagreements"]
        if d["kind"] == kind and all(any(n in text for text in shown(d, texts)) for n in needles)
    ]


# ------------------------------------------------------------------ who copied whom


def test_the_first_two_are_one_article(incident: Row, ids: list[str]) -> None:
    assert relation(incident, ids[WEB], ids[SCRAPED]) == "same_text"


@pytest.mark.parametrize(
    ("report", "lines", "kept"),
    [
        (
            SCRAPED,
            (
                "FERRY RAID SURVIVORS",
                "PORTUGUESE PATROL BOAT VANISHES",
                "DOWNLOAD THE HARBOUR 24 APP",
                "Sign up for the Morning Tide",
            ),
            "Falcao",
        ),
        (TRADE, ("Tomas Reis", "More Stories", "Load More"), "Falcao"),
    ],
)
def test_the_furniture_of_the_page_is_marked(
    incident: Row, ids: list[str], texts: dict[str, str], report: int, lines: tuple[str, ...], kept: str
) -> None:
    row = next(r for r in incident["reports"] if r["id"] == ids[report])
    marked = " ".join(texts[ids[report]][a:b] for a, b in row["boilerplate"])
    for line in lines:
        assert line in marked
    assert kept not in marked


@pytest.mark.parametrize("report", [TRADE, REWRITE])
def test_the_others_share_the_agencys_interview(incident: Row, ids: list[str], report: int) -> None:
    assert relation(incident, ids[WEB], ids[report]) == "shared_source"


def test_the_regional_paper_stands_on_its_own(incident: Row, ids: list[str]) -> None:
    assert relation(incident, ids[WEB], ids[REGIONAL]) in ("independent", "shared_source")
    assert next(r for r in incident["reports"] if r["id"] == ids[REGIONAL])["outlet"] == "Nacala Courier"


# ------------------------------------------------------------------ who is who


@pytest.mark.parametrize(
    "spellings",
    [
        ("Saide Amurane", "Amurani", "Saide Amorane"),
        ("Ines Varela", "Ines Varella"),
        ("Joaquim Matola", "Joaquin Matolla"),
        ("Yusuf Cassimo", "Yussuf Cassimo"),
        ("Indian Ocean Command", "INDCOM"),
        ("Northern Coast Front", "NCF"),
        ("Coastal Unity Government", "CUG"),
    ],
)
def test_spellings_of_one_actor(incident: Row, spellings: tuple[str, ...]) -> None:
    assert len({actor(incident, s)["id"] for s in spellings}) == 1


def test_the_boat_is_no_person(incident: Row) -> None:
    assert all(a["kind"] != "person" for a in incident["actors"] if "Cacela" in names(a))


# ------------------------------------------------------------------ who said what to whom


@pytest.mark.parametrize(
    ("words", "report", "who", "told"),
    [
        ("had no idea whose ship", WEB, "Duarte Falcao", "Meridian Press"),
        ("this launcher does not exist", WEB, "Duarte Falcao", "Meridian Press"),
        ("hunger, the flight", WEB, "Duarte Falcao", "Meridian Press"),
        ("either Belarusian military contractors", WEB, "Ines Varela", None),
        ("may have been sunk by Belarusian contractors", TRADE, "Ines Varela", "Naval Monitor"),
        ("is asking through several embassies", TRADE, "Ines Varela", "Naval Monitor"),
        ("this launcher does not exist", TRADE, "Duarte Falcao", "Meridian Press"),
        ("Fourteen sailors were killed", TRADE, "Ines Varela", "Naval Monitor"),
        ("had no idea whose ship", REWRITE, "Duarte Falcao", "Meridian Press"),
        ("either Belarusian military contractors", REWRITE, "Ines Varela", None),
        ("bodies of 14 sailors", REGIONAL, "Rosa Nhantumbo", "Nacala Courier"),
        ("came over the palms", REGIONAL, "Momade Ali", "Nacala Courier"),
        ("one explosion", REGIONAL, "Fatima Ussene", "Nacala Courier"),
        ("have no such weapon", REGIONAL, "Yusuf Cassimo", "Nacala Courier"),
    ],
)
def test_who_told_whom(
    incident: Row, ids: list[str], texts: dict[str, str], words: str, report: int, who: str, told: str | None
) -> None:
    found = attributed(incident, texts, words, ids[report])
    # a person's own paper may stand there as such or be left open; another outlet may not
    spelled = names(actor(incident, who))
    assert any(s["who"] in spelled for s in found), found
    heard = {s["told"] for s in found if s["who"] in spelled}
    assert heard & ({told} if told == "Meridian Press" else {told, None, "Courier"}), heard


def test_the_interview_with_the_trade_paper_is_its_own(
    incident: Row, ids: list[str], texts: dict[str, str]
) -> None:
    for words in ("may have been sunk by Belarusian", "may have taken the patrol boat"):
        assert any(s["told"] == "Naval Monitor" for s in attributed(incident, texts, words, ids[TRADE]))


@pytest.mark.parametrize(
    ("words", "report", "told"),
    [
        ("seemed to be behind the attack", WEB, "Meridian Press"),
        ("had been given dozens of missiles", WEB, "Meridian Press"),
        ("had recorded two missiles", TRADE, None),
        ("one of them fell into the sea", TRADE, None),
        ("killing 34 NCF fighters", TRADE, "reporters"),
        ("no mines had been laid", REGIONAL, "Nacala Courier"),
        ("treated for burns", REGIONAL, None),
    ],
)
def test_unnamed_sources_stay_unnamed(
    incident: Row, ids: list[str], texts: dict[str, str], words: str, report: int, told: str | None
) -> None:
    found = attributed(incident, texts, words, ids[report])
    assert any(s["kind"] == "anonymous" and told in (None, s["told"]) for s in found), found
    assert all(
        "Varela" not in (s["who"] or "") and "Falcao" not in (s["who"] or "") for s in found
    )  # never lent a name


@pytest.mark.parametrize(
    ("words", "report", "who"),
    [
        ("No missile was fired from this coast", WEB, "Cassimo"),
        ("sending instructors to Mozambique", WEB, "Belarus"),
        ("has no part in the war", TRADE, "Minsk"),
        ("that it fired a missile", TRADE, "Northern Coast Front"),
        ("firing a missile", REGIONAL, "Northern Coast Front"),
    ],
)
def test_those_who_deny(
    incident: Row, ids: list[str], texts: dict[str, str], words: str, report: int, who: str
) -> None:
    found = attributed(incident, texts, words, ids[report])
    assert any(
        who in (s["who"] or "")
        and (s["stance"] == "denies" or words.lower().split()[0] == "no" or " no " in words)
        for s in found
    ), found


@pytest.mark.parametrize(
    ("words", "register"),
    [
        ("land in military transports", "common_knowledge"),
        ("are fighting on the side of", "common_knowledge"),
        ("For Minsk it is a bargain", "opinion"),
        ("Nobody should expect the war to end", "opinion"),
    ],
)
def test_opinion_and_hearsay_of_the_rewrite_are_marked(
    incident: Row, ids: list[str], texts: dict[str, str], words: str, register: str
) -> None:
    found = said(incident, texts, words, ids[REWRITE])
    assert found
    assert {s["register"] for s in found} == {register}


def test_the_regional_paper_has_no_opinion(incident: Row, ids: list[str]) -> None:
    assert {s["register"] for s in incident["statements"] if s["report"] == ids[REGIONAL]} == {"report"}


# ------------------------------------------------------------------ the central claim


def test_the_central_claim_is_that_a_missile_sank_the_boat(incident: Row) -> None:
    text = central(incident)["text"]
    assert "missile" in text
    assert "sunk" in text or "hit" in text


def test_its_figure_counts_the_command_once(incident: Row, ids: list[str]) -> None:
    claim = central(incident)
    assert claim["independent_origins"] in (1, 2)  # the command; at most those who saw it, beside it
    assert "Naval Monitor" in {c for o in claim["origins"] for c in o["collectors"]}
    resting = {s["report"] for s in incident["statements"] if s["id"] in claim["statements"]}
    assert {ids[n] for n in (WEB, SCRAPED, TRADE, REWRITE)} <= resting


def test_the_front_denies_the_claim_itself(incident: Row) -> None:
    claim = central(incident)
    by_id = {s["id"]: s for s in incident["statements"]}
    deniers = {by_id[d["statement"]]["who"] for d in claim["denials"] if d["target"] == "claim"}
    assert deniers & {"Yusuf Cassimo", "Northern Coast Front"}, claim["denials"]
    assert claim["status"] == "disputed"


def test_minsk_denies_only_something_near_it(incident: Row, texts: dict[str, str]) -> None:
    by_id = {s["id"]: s for s in incident["statements"]}
    for claim in incident["claims"]:
        if "missile" in claim["text"] and ("sunk" in claim["text"] or "hit" in claim["text"]):
            for d in claim["denials"]:
                if "instructors" in content(by_id[d["statement"]], texts):
                    assert d["target"] != "claim"


def test_who_fired_has_two_candidates_and_is_not_established(incident: Row) -> None:
    options = [[o["value"] for o in h["options"]] for h in incident["hypotheses"]]
    assert any(
        any("contractors" in v for v in o)
        and any("Front" in v or "NCF" in v for v in o)
        and any("not established" in v for v in o)
        for o in options
    ), options


# ------------------------------------------------------------------ where they differ


def test_may_have_taken_her_against_flat_fact(incident: Row, texts: dict[str, str]) -> None:
    assert differing(incident, texts, "certainty", "may have taken") or differing(
        incident, texts, "certainty", "may have been sunk"
    )


def test_one_quote_is_framed_in_three_ways(incident: Row, ids: list[str], texts: dict[str, str]) -> None:
    found = [
        d
        for kind in ("quotation", "attribution")
        for d in differing(incident, texts, kind, "had no idea whose ship was in their sights")
    ]
    assert any({ids[TRADE], ids[REWRITE]} <= {s["report"] for s in d["sides"]} for d in found)


def test_more_than_thirty_and_thirty_four_are_precision(incident: Row, texts: dict[str, str]) -> None:
    found = differing(incident, texts, "quantity", "more than 30", "34")
    assert [d["nature"] for d in found] == ["precision"]


def test_at_least_twelve_and_fourteen_do_not_contradict(incident: Row, texts: dict[str, str]) -> None:
    found = [
        *differing(incident, texts, "quantity", "At least 12", "14"),
        *differing(incident, texts, "quantity", "At least 12", "Fourteen"),
    ]
    assert found
    assert {d["nature"] for d in found} <= {"precision", "update"}


@pytest.mark.parametrize("alone", ["Three fishermen", "22 passengers", "150 to 200", "11 were picked up"])
def test_numbers_of_other_things_are_no_contradiction(
    incident: Row, texts: dict[str, str], alone: str
) -> None:
    assert all(d["nature"] != "contradiction" for d in differing(incident, texts, "quantity", alone))


def test_off_one_town_against_in_the_harbour_of_another(incident: Row, texts: dict[str, str]) -> None:
    assert differing(incident, texts, "place", "30 km north-east of Pemba", "harbour of Nacala")


def test_spellings_are_variants(incident: Row) -> None:
    assert all(d["nature"] == "variant" for d in incident["disagreements"] if d["kind"] == "name")


# ------------------------------------------------------------------ when, where, how many


def test_the_dead_are_those_of_the_boat(incident: Row) -> None:
    assert incident["killed"] is not None
    assert incident["killed"]["low"] in (12, 14)
    assert incident["killed"]["high"] in (14, None)


def test_the_injured_are_the_fishermen(incident: Row) -> None:
    assert incident["injured"] in (None, {"low": 3, "high": 3})


def test_the_dead_of_august_and_of_the_ferry_are_background(incident: Row, texts: dict[str, str]) -> None:
    for words in ("more than 30 fighters", "killing 34 NCF fighters", "killed 22 passengers"):
        of = {s["claim"] for s in said(incident, texts, words)}
        assert {c["event"] for c in incident["claims"] if c["id"] in of} == {"background"}, words


def test_the_year_is_not_invented(incident: Row) -> None:
    assert incident["when"] == "XXXX-11-09"


def test_it_was_off_the_coast_by_pemba(incident: Row) -> None:
    where = incident["where"]
    assert where is not None
    assert "Mozambique" in where["name"]
    near = [p for p in incident["places"] if "30 km" in p["name"]]
    assert any(
        p["lat"] is not None and abs(p["lat"] + 12.78) < 0.3 and abs(p["lon"] - 40.71) < 0.3 for p in near
    )


@pytest.mark.parametrize(
    ("a", "role", "b"),
    [
        ("Saide Amurane", {"commands", "leads"}, "Northern Coast Front"),
        ("Ines Varela", {"speaks_for"}, "Indian Ocean Command"),
        ("Duarte Falcao", {"commands", "leads"}, "Indian Ocean Command"),
        ("Yusuf Cassimo", {"speaks_for"}, "Northern Coast Front"),
        ("African Union", {"backs"}, "Coastal Unity Government"),
    ],
)
def test_who_stands_how_to_whom(incident: Row, a: str, role: set[str], b: str) -> None:
    one, other = actor(incident, a)["id"], actor(incident, b)["id"]
    assert any((r["a"], r["b"]) == (one, other) and r["role"] in role for r in incident["relations"])


def test_backers_and_opponents_stand_under_relations(incident: Row) -> None:
    assert {"backs", "opposes"} <= {r["role"] for r in incident["relations"]}


# ------------------------------------------------------------------ the summary


def test_the_summary_keeps_its_evidence(incident: Row, texts: dict[str, str]) -> None:
    assert incident["summary"]
    for line in incident["summary"]:
        assert line["evidence"]
        for e in line["evidence"]:
            assert 0 <= e["start"] < e["end"] <= len(texts[e["report"]])


def test_the_summary_says_who_denies(incident: Row) -> None:
    text = " ".join(line["text"] for line in incident["summary"])
    assert any(word in text for word in ("denied", "denies", "deny", "rejected", "disputed"))
    assert "Front" in text or "Cassimo" in text


def test_the_summary_blames_nobody_in_its_own_voice(incident: Row) -> None:
    for line in incident["summary"]:
        if "contractors" in line["text"] or "Front" in line["text"]:
            assert any(
                word in line["text"].lower()
                for word in (
                    "said",
                    "says",
                    "told",
                    "according to",
                    "believes",
                    "denied",
                    "denies",
                    "not established",
                    "stated",
                    "claim",
                    "reported",
                )
            ), line["text"]


def test_claims_are_whole_sentences(incident: Row) -> None:
    for claim in incident["claims"]:
        first = claim["text"].split()[0]
        assert first not in ("That", "to", "To", "and", "And"), claim["text"]


def test_order_and_names_of_files_do_not_matter(paths: list[Path], brief: bytes, tmp_path: Path) -> None:
    for n, path in enumerate(reversed(paths)):
        (tmp_path / f"{n}.txt").write_bytes(path.read_bytes())
    assert to_json(twosource.brief(str(p) for p in sorted(tmp_path.iterdir()))) == brief
