"""FollowTheMoney and STIX: taken by the libraries of the formats, and what they read is what went in, value by value."""

from __future__ import annotations

import json
import os
import subprocess
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import stix2
from stix2validator import ValidationOptions, validate_string

from exporting import awkward, written
from twosource.export.ftm import _date, _even, _id
from twosource.export.shape import View
from twosource.export.stix import stamp
from twosource.model import Account

Row = dict[str, Any]
ROOT = Path(__file__).parents[1]


def entities(account: Account) -> list[Row]:
    return [json.loads(line) for line in written("ftm", [account]).splitlines()]


def objects(account: Account) -> list[Row]:
    found: list[Row] = json.loads(written("stix", [account]))["objects"]
    return found


# ------------------------------------------------------------------ FollowTheMoney


@pytest.fixture(scope="session")
def reader() -> Path:
    """The Python that has followthemoney, in a folder of its own: `make test` makes it."""
    folder = Path(os.environ.get("TWOSOURCE_FOLLOWTHEMONEY", ROOT / ".venv" / "followthemoney"))
    if not (folder / "bin" / "python").exists():
        pytest.skip(f"followthemoney is not in {folder}: make test installs it")
    return folder / "bin" / "python"


def test_followthemoney_drops_nothing(account: Account, reader: Path) -> None:
    """Its validator leaves out what it doesn't like without a word: so what it read is compared with what was written."""
    found = entities(account)
    read = subprocess.run(
        [str(reader), str(ROOT / "tests" / "followthemoney_kept.py")],
        input=written("ftm", [account]),
        capture_output=True,
        check=False,
    )
    assert read.returncode == 0, read.stderr.decode()
    for e, line in zip(found, read.stdout.splitlines(), strict=True):
        kept = json.loads(line)
        assert (kept["id"], kept["schema"]) == (e["id"], e["schema"])
        assert {k: sorted(v) for k, v in kept["properties"].items()} == {
            k: sorted(v) for k, v in e["properties"].items()
        }


def test_references_lead_somewhere(account: Account) -> None:
    found = entities(account)
    ids = [e["id"] for e in found]
    assert len(set(ids)) == len(ids)
    points = ("document", "entity", "resolved", "subject", "object", "proof", "candidate", "match")
    assert {v for e in found for k in points for v in e["properties"].get(k, [])} <= set(ids)


def test_entities_hold_what_the_account_holds(account: Account) -> None:
    view = View(account)
    by_id = {e["id"]: e for e in entities(account)}
    for a in account.articles:
        held = by_id[_id(view, "report", a.id)]["properties"]
        assert held.get("publisher") == ([_even(a.outlet, "publisher")] if a.outlet else None)
        assert held.get("contentHash") == ([a.report.sha256] if a.report.sha256 else None)
        assert held["bodyText"] == [_even(a.text, "bodyText")]
    for x in account.actors:
        if x.kind != "place":
            held = by_id[_id(view, "actor", x.id)]["properties"]
            assert held["name"] == [x.name]
            assert set(held.get("alias", [])) == {n.name for n in x.aliases} - {x.name}
    for c in account.claims:
        note = by_id[_id(view, "claim", c.id)]
        assert note["schema"] == "Note"
        assert note["properties"]["description"] == [_even(view.attributed(c.id), "description")]
        assert note["properties"]["entity"] == [_id(view, "event")]
    for s in account.statements:
        actor = view.actor(s.who, s.kind)
        if actor is not None and actor.kind != "place":
            told = by_id[_id(view, "statement", s.id)]
            assert told["schema"] == "Documentation"
            assert told["properties"]["entity"] == [_id(view, "actor", actor.id)]
            assert told["properties"]["summary"][0].startswith(_even(view.spoken(s), "summary"))


def test_no_allegation_is_a_link() -> None:
    found = entities(awkward())
    (link,) = [e for e in found if e["schema"] == "UnknownLink"]
    assert link["properties"]["role"] == ["leads"]
    assert "Mayor Ina Rask" in link["properties"]["summary"][0]
    told = [e["properties"] for e in found if "alight" in json.dumps(e) and e["schema"] != "Article"]
    assert told
    assert all("Denied by Oskar Veld." in json.dumps(p) for p in told)


def test_who_may_be_one_is_similar_without_a_score() -> None:
    made = awkward()
    rask, veld, town = made.actors
    both = replace(made, actors=(replace(rask, maybe=("a2",)), replace(veld, maybe=("a1", "gone")), town))
    (similar,) = [e for e in entities(both) if e["schema"] == "Similar"]
    assert "confidenceScore" not in similar["properties"]
    assert {*similar["properties"]["candidate"], *similar["properties"]["match"]} == {
        e["id"] for e in entities(both) if e["schema"] == "Person"
    }


@pytest.mark.parametrize(
    ("edtf", "date"),
    [
        ("2025-03-14", "2025-03-14"), ("2025-03", "2025-03"), ("2025", "2025"), ("XXXX-03-15", None), (None, None),
        ("2025-03-15T18:05:00+02:00", "2025-03-15T16:05:00"), ("2025-03-15T18:05", "2025-03-15"), ("2025-13-40T1", None),
    ],
)  # fmt: skip
def test_dates_are_as_exact_as_they_are_known(edtf: str | None, date: str | None) -> None:
    assert _date(edtf) == date


# ------------------------------------------------------------------ STIX


def test_stix_is_valid_and_comes_back(account: Account) -> None:
    data = written("stix", [account]).decode()
    checked = validate_string(data, ValidationOptions(version="2.1", strict=False))
    assert checked.is_valid, checked.errors
    # An id of the content, so that the same account gives the same bytes; the standard would like a random one.
    assert all("{103}" in str(w) and "UUIDv4" in str(w) for w in checked.warnings)
    read = stix2.parse(data, version="2.1", allow_custom=False)
    assert [json.loads(o.serialize()) for o in read.objects] == json.loads(data)["objects"]


def test_every_reference_is_in_the_bundle(account: Account) -> None:
    found = objects(account)
    ids = [o["id"] for o in found]
    assert len(set(ids)) == len(ids)
    for o in found:
        refs = [
            *o.get("object_refs", []),
            *(o[k] for k in ("created_by_ref", "source_ref", "target_ref") if k in o),
        ]
        assert set(refs) <= set(ids)
    whole = found[-1]
    assert whole["type"] == "grouping"
    assert set(whole["object_refs"]) == set(ids) - {whole["id"], ids[0]}


def test_objects_hold_what_the_account_holds(account: Account) -> None:
    view = View(account)

    def even(text: str) -> str:
        return text.encode("utf-8", "replace").decode()

    found = objects(account)
    notes = {o["external_references"][0]["external_id"]: o for o in found if o["type"] == "note"}
    for c in account.claims:
        note = notes[c.id]
        assert note["content"] == even(view.attributed(c.id))
        assert note["authors"] == view.said_by(c.id)
        assert f"independent origins: {view.backings[c.id].independent_origins}" in note["labels"]
        spoken = [notes[s]["id"] for s in c.statements]
        assert note["object_refs"][1:] == spoken
    for s in account.statements:
        assert notes[s.id]["content"].startswith(even(view.spoken(s)))
        assert f"stance: {s.stance}" in notes[s.id]["labels"]
    denials = {
        (o["object_refs"][0], o["external_references"][0]["external_id"])
        for o in found
        if o["type"] == "opinion"
    }
    assert denials == {
        (notes[c.id]["id"], s.id) for c in account.claims for s, t in view.denials(c.id) if t == "claim"
    }
    reports = {
        r["external_id"]: o
        for o in found
        if o["type"] in ("report", "grouping")
        for r in o.get("external_references", [])
    }
    assert set(reports) == {a.id for a in account.articles}
    for a in account.articles:
        assert reports[a.id]["type"] == ("report" if stamp(a.published) else "grouping")
        assert reports[a.id].get("labels", []) == ([f"published: {a.published}"] if a.published else [])


def test_no_object_has_a_confidence(account: Account) -> None:
    assert not any("confidence" in o for o in objects(account))


def test_relationships_are_for_offices_and_where() -> None:
    found = [o["description"] for o in objects(awkward()) if o["type"] == "relationship"]
    assert found == ["happened at", "leads, as +Post (in the report's own voice) put it: “Mayor Ina Rask”"]


@pytest.mark.parametrize(
    "edtf", ["XXXX-11-21", "2025-03", "", None, "2025-02-31", "0001-01-01T00:00:00+10:00"]
)
def test_no_day_is_invented(edtf: str | None) -> None:
    assert stamp(edtf) is None
