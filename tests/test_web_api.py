"""The API: as its own description says, and never a failure of the server whatever is asked."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from starlette.routing import Route
from starlette.testclient import TestClient

from twosource.store import Store
from twosource.web.api import PREFIX
from twosource.web.describing import openapi
from workbenches import HOME, at_work, incident_called

DOCS = Path(__file__).parents[1] / "docs"


def test_the_description_and_the_routes_are_one(desk: TestClient) -> None:
    described = {(m.upper(), p) for p, ops in openapi()["paths"].items() for m in ops}
    routes = {
        (m, r.path)
        for r in desk.app.routes  # type: ignore[attr-defined]
        if isinstance(r, Route)
        and r.path.startswith(PREFIX)
        and "{rest" not in r.path
        and "openapi" not in r.path
        for m in (r.methods or ()) - {"HEAD"}
    }
    assert described == routes
    assert desk.get(f"{PREFIX}/openapi.json").json() == json.loads(json.dumps(openapi()))


def test_every_schema_that_is_named_is_there() -> None:
    text = json.dumps(openapi())
    for name in set(re.findall(r"#/components/schemas/(\w+)", text)):
        assert name in openapi()["components"]["schemas"], name
    for schema in openapi()["components"]["schemas"].values():
        jsonschema.Draft202012Validator.check_schema(schema)


@pytest.mark.parametrize(
    "address", ["case", "incidents", "reports", "search?q=train", "decisions", "review", "events"]
)
def test_answers_are_as_described(desk: TestClient, address: str) -> None:
    told = openapi()
    path = f"{PREFIX}/{address.partition('?')[0]}"
    shape = told["paths"][path]["get"]["responses"]["200"]["content"]["application/json"]["schema"]
    jsonschema.validate(desk.get(f"{PREFIX}/{address}").json(), {**shape, "components": told["components"]})


def test_an_incident_is_the_contracts_own_object(desk: TestClient) -> None:
    schema = json.loads((DOCS / "brief.schema.json").read_text(encoding="utf-8"))
    row = desk.get(f"{PREFIX}/incidents/{incident_called(desk, 'Derailment')}").json()
    jsonschema.validate(row, {**schema["$defs"]["incident"], "$defs": schema["$defs"]})


def test_a_page_leads_to_the_next(desk: TestClient) -> None:
    seen: list[str] = []
    address = f"{PREFIX}/reports?per_page=3"
    while address:
        answer = desk.get(address)
        seen += [r["id"] for r in answer.json()]
        links = dict(re.findall(r'<([^>]+)>; rel="(\w+)"', answer.headers.get("link", "")))
        address = next((a for a, rel in links.items() if rel == "next"), "")
        assert address == "" or address.startswith("/api/")
    assert len(seen) == len(set(seen)) == desk.get(f"{PREFIX}/case").json()["reports"]


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("incidents/nothing", 404),
        ("incidents/%00", 400),
        ("report?id=nothing", 404),
        ("report", 400),
        ("search", 400),
        ("search?q=%20", 400),
        ("search?q=x&since=yesterday", 400),
        ("reports?page=0", 400),
        ("reports?page=99999999999999999999", 400),
        ("reports?per_page=201", 400),
        ("events?after=-1", 400),
        ("nowhere", 404),
        ("jobs/u999", 404),
    ],
)
def test_a_wrong_question_gets_a_problem_in_words(desk: TestClient, address: str, status: int) -> None:
    answer = desk.get(f"{PREFIX}/{address}")
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["status"] == status
    assert answer.json()["detail"]


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b'{"reports": []}',
        b'{"reports": [{}]}',
        b'{"reports":[{"text":1}]}',
        b"\xff",
        b"[" * 100_000,
        b'{"reports":[{"text":"x","evil":1}]}',
    ],
)
def test_a_wrong_body_is_refused(desk: TestClient, body: bytes) -> None:
    answer = desk.post(f"{PREFIX}/reports", content=body, headers={"content-type": "application/json"})
    assert answer.status_code == 400
    assert (
        desk.post(f"{PREFIX}/reports", content=body, headers={"content-type": "text/plain"}).status_code
        == 415
    )
    assert desk.post(f"{PREFIX}/reports", content=body).status_code == 415


def test_a_decision_is_taken_and_undone(own: TestClient) -> None:
    report = own.get(f"{PREFIX}/reports").json()[0]["id"]
    made = own.post(f"{PREFIX}/decisions", json={"kind": "tag", "ids": [report], "value": "rail"})
    assert made.status_code == 201
    assert (made.json()["kind"], made.json()["targets"], made.json()["holds"]) == ("tag", [report], True)
    undone = own.post(f"{PREFIX}/decisions", json={"undo": made.json()["id"], "why": "no"})
    assert undone.status_code == 201
    assert [d["holds"] for d in own.get(f"{PREFIX}/decisions").json()] == [True, False]
    wrong = own.post(f"{PREFIX}/decisions", json={"kind": "tag", "ids": ["nothing"], "value": "rail"})
    assert wrong.status_code == 400


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """A workbench of an empty case: what is tried on it is not analysed for long."""
    path = tmp_path_factory.mktemp("plain") / "plain.case"
    Store.create(str(path)).close()
    with at_work(path) as client:
        yield client


EXAMPLES = max(
    10, int(os.environ.get("TWOSOURCE_FUZZ", "0")) // 20
)  # of requests, for each operation and way


def test_no_request_breaks_it(plain: TestClient) -> None:
    """Requests made from the description, fitting ones and others: no failure of the server, no answer but a described one."""
    schemathesis = pytest.importorskip("schemathesis")
    from schemathesis import GenerationMode, checks

    held = [
        checks.not_a_server_error,
        checks.status_code_conformance,
        checks.content_type_conformance,
        checks.response_schema_conformance,
    ]
    schema = schemathesis.openapi.from_dict(openapi())
    tried = 0

    def send(case: Any) -> None:
        nonlocal tried
        said = case.as_transport_kwargs(base_url=HOME)
        headers = {str(k): str(v) for k, v in (said.pop("headers", None) or {}).items() if v is not None}
        said.pop("cookies", None)
        if isinstance(said.get("data"), bytes):
            said["content"] = said.pop("data")
        try:
            answer = plain.request(said.pop("method"), said.pop("url"), headers=headers, **said)
        except (UnicodeError, ValueError):  # no client can send it
            return
        tried += 1
        case.validate_response(answer, checks=held)

    rules = settings(
        max_examples=EXAMPLES,
        deadline=None,
        derandomize=True,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    operations = [found.ok() for found in schema.get_all_operations()]
    for operation in operations:
        asks = bool(operation.body or operation.query or operation.path_parameters)
        for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE)[: 1 + asks]:
            rules(given(operation.as_strategy(generation_mode=mode))(send))()
    assert tried > len(operations) * EXAMPLES
