"""The brief as JSON: in the contract's shape, the same for the same brief, whole whatever the reports hold."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import jsonschema
import pytest

from test_brief_invented import TEXTS, account, brief
from twosource.brief import document, summarise, to_json
from twosource.model import Brief

SCHEMA = json.loads((Path(__file__).parents[1] / "docs" / "brief.schema.json").read_text(encoding="utf-8"))


def test_the_schema_is_itself_valid() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


def test_a_brief_holds_to_the_schema() -> None:
    jsonschema.Draft202012Validator(SCHEMA).validate(document(brief()))


def test_an_empty_brief_holds_to_the_schema() -> None:
    jsonschema.Draft202012Validator(SCHEMA).validate(document(Brief(())))


def test_a_field_more_or_less_breaks_the_schema() -> None:
    made = document(brief())
    made["incidents"][0]["claims"][0]["probability"] = 0.9
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.Draft202012Validator(SCHEMA).validate(made)


def test_the_bytes_are_the_same_each_time_and_end_in_a_newline() -> None:
    assert to_json(brief()) == to_json(brief())
    assert to_json(brief()).endswith(b"}\n")
    assert json.loads(to_json(brief())) == document(brief())


def test_every_piece_of_evidence_points_into_its_report() -> None:
    incident = document(brief())["incidents"][0]
    for line in incident["summary"]:
        for e in line["evidence"]:
            assert TEXTS[e["report"]][e["start"] : e["end"]].strip()


def test_unknown_outlets_are_counted_as_unknown() -> None:
    assert document(brief())["incidents"][0]["figure"] == {
        "reports": 4,
        "outlets": 3,
        "unknown_outlets": 1,
        "claim": "c1",
    }


def test_a_lone_surrogate_in_a_title_does_not_stop_the_writing() -> None:
    a = account()
    odd = replace(a.articles[0], report=replace(a.articles[0].report, title="half \ud83d of a sign"))
    made = to_json(Brief((summarise(replace(a, articles=(odd, *a.articles[1:]))),)))
    assert json.loads(made)["incidents"][0]["reports"][0]["title"] == "half \ud83d of a sign"
