"""The API: the same objects as the contract, under /api/v1, each operation described once in a table.

From that table come the routes and the OpenAPI document, so neither can say what the other doesn't.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

import msgspec
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from twosource.errors import TwosourceError
from twosource.store import team
from twosource.web.asking import status_of
from twosource.web.bench import Workbench
from twosource.web.gate import Visitor
from twosource.web.jobs import TooMany

PREFIX = "/api/v1"
PER_PAGE, MOST_PER_PAGE, LAST_PAGE = 50, 200, 1_000_000
BODY = 20_000_000  # bytes of a request's JSON
ROLE_OF = {"read": "reader", "add": "editor", "decide": "editor"}


@dataclass(frozen=True, slots=True)
class Param:
    """A value of the address."""

    name: str
    says: str
    schema: dict[str, Any]
    required: bool = False
    where: str = "query"


@dataclass(frozen=True, slots=True)
class Call:
    """A request as an operation sees it: values checked against the table, the body against its type."""

    bench: Workbench
    who: str
    values: dict[str, Any]
    body: Any = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What an operation gives: rows of JSON, or their bytes with a digest, and whether more follow where it gives a page of them."""

    value: Any
    status: int = 200
    more: bool = False
    tag: str = ""


@dataclass(frozen=True, slots=True)
class Operation:
    """One thing that the API does."""

    method: str
    path: str
    name: str
    says: str
    scope: str
    run: Callable[[Call], Answer]
    returns: Any  # a record of rows.py, or a list of them
    params: tuple[Param, ...] = ()
    body: type | None = None
    paged: bool = False
    status: int = 200


PAGE = (
    Param("page", "Which page, from 1.", {"type": "integer", "minimum": 1, "maximum": LAST_PAGE}),
    Param("per_page", "How many a page.", {"type": "integer", "minimum": 1, "maximum": MOST_PER_PAGE}),
)


def routes_of_api() -> list[Route]:
    """A route for each operation, and one for their description."""
    from twosource.web.operations import OPERATIONS

    made = [Route(f"{PREFIX}/openapi.json", _described, methods=["GET"])]
    made += [Route(PREFIX + o.path, _endpoint(o), methods=[o.method]) for o in OPERATIONS]
    return [
        *made,
        Route(PREFIX + "/{rest:path}", _nowhere, methods=["GET", "POST", "PUT", "PATCH", "DELETE"]),
    ]


async def _nowhere(_request: Request) -> Response:
    raise HTTPException(404, f"There is no such operation: {PREFIX}/openapi.json lists them.")


async def _described(request: Request) -> Response:
    from twosource.web.describing import openapi

    return _json(request, openapi())


def _endpoint(o: Operation) -> Callable[[Request], Awaitable[Response]]:
    async def endpoint(request: Request) -> Response:
        bench: Workbench = request.app.state.bench
        try:
            who = await run_in_threadpool(_who, bench, request, o.scope)
            call = Call(bench, who, _values(request, o), await _body(request, o))
            answer = await run_in_threadpool(o.run, call)
        except TooMany as e:
            raise HTTPException(429, str(e)) from e
        except TwosourceError as e:
            raise HTTPException(status_of(e), str(e)) from e
        headers = _links(request, call, answer) if o.paged else {}
        if answer.tag:
            return _tagged(request, answer.value, answer.tag, answer.status, headers)
        return await run_in_threadpool(_json, request, answer.value, answer.status, headers)

    return endpoint


def _who(bench: Workbench, request: Request, scope: str) -> str:
    """The name under which the request acts. Raises HTTPException where it may not."""
    kind, _, secret = request.headers.get("authorization", "").partition(" ")
    if kind:
        key = None
        if kind.lower() == "bearer" and len(secret) <= 200:
            with bench.store.reads() as c:
                key = team.of_key(c, secret.strip())
        if key is None:
            raise HTTPException(401, "No such key.", {"www-authenticate": "Bearer"})
        if scope not in key.scopes:
            raise HTTPException(403, f"The key lacks the scope {scope}.")
        return f"key {key.name}"
    visitor = bench.gate.visitor(request)
    if visitor is None or (bench.rules.login and not _reading(request)):
        raise HTTPException(
            401, "A key is needed: Authorization: Bearer KEY.", {"www-authenticate": "Bearer"}
        )
    return _named(visitor, scope)


def _named(visitor: Visitor, scope: str) -> str:
    if not visitor.may(ROLE_OF[scope]):
        raise HTTPException(403, f"This is for people whose role is {ROLE_OF[scope]}.")
    return visitor.name


def _reading(request: Request) -> bool:
    return request.method in ("GET", "HEAD")


def _values(request: Request, o: Operation) -> dict[str, Any]:
    """The values of the address, of the types that the table names. Raises HTTPException for others."""
    found: dict[str, Any] = {}
    for p in o.params + (PAGE if o.paged else ()):
        given = request.path_params if p.where == "path" else request.query_params
        if p.name not in given:
            if p.required:
                raise HTTPException(400, f"{p.name} is missing: {p.says}")
            continue
        found[p.name] = _value(p, str(given[p.name]))
    return found


def _value(p: Param, said: str) -> Any:
    if p.schema["type"] == "integer":
        least, most = p.schema["minimum"], p.schema["maximum"]
        if not re.fullmatch(r"[0-9]{1,15}", said) or not least <= int(said) <= most:
            raise HTTPException(400, f"{p.name} is a whole number from {least} to {most}")
        return int(said)
    if not said.isprintable() or len(said) > p.schema.get("maxLength", 1000):
        raise HTTPException(400, f"{p.name} is too long or holds control characters")
    if len(said) < p.schema.get("minLength", 0):
        raise HTTPException(400, f"{p.name} is empty: {p.says}")
    if "enum" in p.schema and said not in p.schema["enum"]:
        raise HTTPException(400, f"{p.name} is one of {', '.join(p.schema['enum'])}")
    if "pattern" in p.schema and not re.fullmatch(p.schema["pattern"], said):
        raise HTTPException(400, f"{p.name} has to look like {p.schema['pattern']}")
    return said


async def _body(request: Request, o: Operation) -> Any:
    if o.body is None:
        return None
    # Only this type makes a browser ask first, and we never answer that it may.
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
        raise HTTPException(415, "The body has to be application/json.")
    data = b""
    async for some in request.stream():
        data += some
        if len(data) > BODY:
            raise HTTPException(413, f"A request's JSON has at most {BODY // 1_000_000} MB.")
    try:
        return msgspec.json.decode(data, type=o.body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as e:
        raise HTTPException(400, f"The body is not as described: {e}"[:500]) from e


def _links(request: Request, call: Call, answer: Answer) -> dict[str, str]:
    number = call.values.get("page", 1)
    said = {k: v for k, v in call.values.items() if k != "page"}
    steps = [("prev", number - 1)] * (number > 1) + [("next", number + 1)] * answer.more
    links = [f'<{request.url.path}?{urlencode({**said, "page": n})}>; rel="{rel}"' for rel, n in steps]
    return {"link": ", ".join(links)} if links else {}


def encoded(value: Any) -> bytes:
    """JSON in UTF-8; halves of characters, which have none, are written as escapes."""
    try:
        return msgspec.json.encode(value)
    except UnicodeEncodeError:
        return json.dumps(value, separators=(",", ":")).encode("ascii")


def _json(request: Request, value: Any, status: int = 200, headers: dict[str, str] | None = None) -> Response:
    body = encoded(value)
    return _tagged(request, body, hashlib.blake2b(body, digest_size=16).hexdigest(), status, headers)


def _tagged(
    request: Request, body: bytes, tag: str, status: int, headers: dict[str, str] | None = None
) -> Response:
    headers = {**(headers or {}), "etag": f'"{tag}"'}
    if status == 200 and request.headers.get("if-none-match") == f'"{tag}"':
        return Response(status_code=304, headers=headers)
    return Response(body, status, headers, "application/json")
