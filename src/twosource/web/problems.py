"""What went wrong, in a few words for people and as RFC 9457 has it for programs."""

from __future__ import annotations

import msgspec
from starlette.responses import Response

from twosource.web.rows import Problem

TITLES = {
    400: "That cannot be done",
    401: "Log in first",
    403: "Not allowed",
    404: "Not found",
    405: "Not like this",
    413: "Too large",
    414: "Too large",
    415: "Not like this",
    421: "Not our name",
    429: "Wait a little",
    503: "The case does not answer",
}


def title_of(status: int) -> str:
    """The status in a few words."""
    return TITLES.get(status, "It failed")


def problem(status: int, why: str) -> Response:
    """The answer to a program."""
    row = Problem("about:blank", title_of(status), status, why)
    return Response(msgspec.json.encode(row), status, media_type="application/problem+json")
