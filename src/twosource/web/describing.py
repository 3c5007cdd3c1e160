"""The OpenAPI document, made from the table of operations."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import msgspec

from twosource.version import __version__
from twosource.web.api import PAGE, PREFIX, Operation
from twosource.web.operations import OPERATIONS
from twosource.web.rows import Problem

REF = "#/components/schemas/{name}"

PROBLEMS = {
    "400": "The request is not as described.",
    "401": "A key is needed.",
    "403": "The key or role does not reach that far.",
    "413": "More than one request may bring.",
    "414": "The address is too long.",
    "415": "The body has to be application/json.",
    "421": "The workbench does not go by that name.",
    "429": "Too much waits already.",
    "503": "The case does not answer.",
}


@lru_cache
def openapi() -> dict[str, Any]:
    """The document, in the version 3.1 of the format."""
    bodies = [o.body for o in OPERATIONS if o.body is not None]
    records = [Problem, *bodies, *(o.returns for o in OPERATIONS)]
    _, parts = msgspec.json.schema_components(records, ref_template=REF)
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
            "schemas": parts,
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
        ref = {"$ref": REF.format(name=o.body.__name__)}
        found["requestBody"] = {"required": True, "content": {"application/json": {"schema": ref}}}
    return found


def _answer(o: Operation) -> dict[str, Any]:
    (shape,), _ = msgspec.json.schema_components([o.returns], ref_template=REF)
    headers: dict[str, Any] = {"ETag": {"schema": {"type": "string"}}}
    if o.paged:
        headers["Link"] = {
            "schema": {"type": "string"},
            "description": "The next and the previous page (RFC 8288).",
        }
    return {"description": o.says, "headers": headers, "content": {"application/json": {"schema": shape}}}


def _problems(o: Operation) -> dict[str, Any]:
    told = dict(PROBLEMS)
    if any(p.where == "path" for p in o.params) or o.name == "getReport":
        told["404"] = "There is no such thing."
    ref = {"$ref": REF.format(name=Problem.__name__)}
    return {
        status: {"description": says, "content": {"application/problem+json": {"schema": ref}}}
        for status, says in sorted(told.items())
    }
