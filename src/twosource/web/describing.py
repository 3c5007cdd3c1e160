"""The OpenAPI document, made from the table of operations."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import msgspec

from twosource.version import __version__
from twosource.web.api import PAGE, PREFIX, Operation
from twosource.web.operations import OPERATIONS

_STRING = {"type": "string"}
_MAYBE = {"type": ["string", "null"]}
_COUNT = {"type": "integer", "minimum": 0}
_STRINGS = {"type": "array", "items": _STRING}


def _row(**properties: Any) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "required": sorted(properties)}


def _rows(name: str) -> dict[str, Any]:
    return {"type": "array", "items": {"$ref": f"#/components/schemas/{name}"}}


INCIDENT_KEYS = (
    "id title summary when where killed injured figure reports reuse actors relations statements claims "
    "disagreements hypotheses timeline places"
).split()

SCHEMAS: dict[str, Any] = {
    "Case": _row(
        name=_STRING,
        version=_STRING,
        incidents=_COUNT,
        reports=_COUNT,
        waiting=_COUNT,
        decisions=_COUNT,
        last_event=_COUNT,
    ),
    "IncidentRow": _row(
        id=_STRING, title=_STRING, when=_MAYBE, where=_MAYBE, reports=_COUNT, outlets=_COUNT, why=_STRING
    ),
    "IncidentRows": _rows("IncidentRow"),
    "Incident": {
        "type": "object",
        "description": "As `$defs/incident` of the schema urn:twosource:brief:1, which `twosource brief --format json` writes too.",
        "required": INCIDENT_KEYS,
    },
    "ReportRow": _row(
        id=_STRING,
        title=_MAYBE,
        outlet=_MAYBE,
        published=_MAYBE,
        url=_MAYBE,
        sha256=_MAYBE,
        words=_COUNT,
        incident=_MAYBE,
    ),
    "ReportRows": _rows("ReportRow"),
    "Report": {"type": "object", "properties": {"id": _STRING, "text": _STRING}, "required": ["id", "text"]},
    "Hit": _row(
        noun=_STRING,
        id=_STRING,
        incident=_MAYBE,
        report=_MAYBE,
        title=_STRING,
        snippet=_STRING,
        marks={"type": "array", "items": {"type": "array", "items": _COUNT}},
    ),
    "Hits": _rows("Hit"),
    "Decision": _row(
        id=_STRING,
        at=_STRING,
        who=_STRING,
        kind=_STRING,
        about=_STRING,
        targets=_STRINGS,
        value=_MAYBE,
        why=_MAYBE,
        undoes=_MAYBE,
        holds={"type": "boolean"},
    ),
    "Decisions": _rows("Decision"),
    "Job": _row(
        id=_STRING,
        what=_STRING,
        stage=_STRING,
        done=_COUNT,
        total={"type": ["integer", "null"]},
        new=_STRINGS,
        known=_COUNT,
        refused={"type": "array", "items": _row(input=_STRING, reason=_STRING)},
        incidents=_STRINGS,
        why=_STRING,
    ),
    "WaitingRow": _row(kind=_STRING, ids=_STRINGS, text=_STRING),
    "Waiting": _rows("WaitingRow"),
    "Event": _row(n=_COUNT, at=_STRING, incident=_STRING, kind=_STRING, text=_STRING),
    "Events": _rows("Event"),
    "Problem": _row(type=_STRING, title=_STRING, status=_COUNT, detail=_STRING),
}

PROBLEMS = {
    "400": "The request is not as described.",
    "401": "A key is needed.",
    "403": "The key or role does not reach that far.",
    "413": "More than one request may bring.",
    "415": "The body has to be application/json.",
    "429": "Too much waits already.",
    "503": "The case does not answer.",
}


@lru_cache
def openapi() -> dict[str, Any]:
    """The document, in the version 3.1 of the format."""
    bodies = [o.body for o in OPERATIONS if o.body is not None]
    _, parts = msgspec.json.schema_components(bodies, ref_template="#/components/schemas/{name}")
    paths: dict[str, Any] = {}
    for o in OPERATIONS:
        paths.setdefault(PREFIX + o.path, {})[o.method.lower()] = _operation(o)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "twosource",
            "version": __version__,
            "description": "A case: incidents, who said what in their reports, what stands behind each claim. A key opens one case, as far as its scopes go.",
        },
        "paths": paths,
        "components": {
            "schemas": {**SCHEMAS, **parts},
            "securitySchemes": {"key": {"type": "http", "scheme": "bearer"}},
        },
        "security": [{"key": []}],
    }


def _operation(o: Operation) -> dict[str, Any]:
    found: dict[str, Any] = {
        "operationId": o.name,
        "summary": o.says,
        "description": f"Scope: {o.scope}.",
        "parameters": [
            {"name": p.name, "in": p.where, "required": p.required, "description": p.says, "schema": p.schema}
            for p in o.params + (PAGE if o.paged else ())
        ],
        "responses": {str(o.status): _answer(o), **_problems(o)},
    }
    if o.body is not None:
        ref = {"$ref": f"#/components/schemas/{o.body.__name__}"}
        found["requestBody"] = {"required": True, "content": {"application/json": {"schema": ref}}}
    return found


def _answer(o: Operation) -> dict[str, Any]:
    ref = {"$ref": f"#/components/schemas/{o.returns}"}
    headers: dict[str, Any] = {"ETag": {"schema": _STRING}}
    if o.paged:
        headers["Link"] = {"schema": _STRING, "description": "The next and the previous page (RFC 8288)."}
    return {"description": o.says, "headers": headers, "content": {"application/json": {"schema": ref}}}


def _problems(o: Operation) -> dict[str, Any]:
    told = dict(PROBLEMS)
    if any(p.where == "path" for p in o.params) or o.name == "getReport":
        told["404"] = "There is no such thing."
    ref = {"$ref": "#/components/schemas/Problem"}
    return {
        status: {"description": says, "content": {"application/problem+json": {"schema": ref}}}
        for status, says in sorted(told.items())
    }
