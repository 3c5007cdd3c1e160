"""The application: every address with who may use it, behind the front that every request passes first."""

from __future__ import annotations

import contextlib
import logging
import os
from collections.abc import AsyncIterator
from functools import lru_cache
from importlib.resources import files

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from twosource.brief.rendering import stylesheet
from twosource.settings import Settings
from twosource.store import Store
from twosource.web import changing, people, reading, seeking
from twosource.web.api import routes_of_api
from twosource.web.asking import page
from twosource.web.bench import Workbench
from twosource.web.front import Front, TooLarge
from twosource.web.problems import problem, title_of
from twosource.web.rules import Rules

STATIC = {
    "bench.css": "text/css; charset=utf-8",
    "bench.js": "text/javascript; charset=utf-8",
    "icon.svg": "image/svg+xml",
}
_log = logging.getLogger(__name__)


def workbench(
    store: Store, settings: Settings, rules: Rules, *, local: str, name: str, warm: bool = False
) -> Starlette:
    """The workbench of an open case; it closes the case when it ends."""
    bench = Workbench(store, settings, rules, local, name, warm)

    @contextlib.asynccontextmanager
    async def living(_app: Starlette) -> AsyncIterator[None]:
        bench.open()
        try:
            yield
        finally:
            bench.close()

    app = Starlette(
        routes=[*_pages(bench), *routes_of_api()],
        lifespan=living,
        exception_handlers={HTTPException: _refused, TooLarge: _too_large, Exception: _broken},
    )
    app.state.bench = bench
    app.add_middleware(Front, rules=rules)
    return app


def _pages(bench: Workbench) -> list[Route]:
    get, post = ["GET"], ["POST"]
    return [
        Route("/healthz", _healthz, methods=get),
        Route("/static/{name}", _static, methods=get),
        Route("/", page(reading.incidents), methods=get),
        Route("/incidents/{id}", page(reading.incident), methods=get),
        Route("/incidents/{id}/brief.html", page(reading.brief_page), methods=get),
        Route("/report", page(reading.report), methods=get),
        Route("/report.css", page(reading.report_style), methods=get),
        Route("/reports", page(reading.reports), methods=get),
        Route("/search", page(seeking.find), methods=get),
        Route("/history", page(seeking.decisions), methods=get),
        Route("/review", page(seeking.review), methods=get),
        Route("/help", page(reading.keys), methods=get),
        Route("/decide", page(changing.decide, "editor"), methods=post),
        Route("/add", page(changing.add_page, "editor"), methods=get),
        Route("/add", page(changing.add, "editor"), methods=post),
        Route("/jobs/{id}", page(changing.job, "editor"), methods=get),
        Route("/waits", page(changing.waits), methods=get),
        Route("/login", people.login(bench), methods=["GET", "POST"]),
        Route("/logout", page(people.logout), methods=post),
        Route("/password", page(people.password_page), methods=get),
        Route("/password", page(people.password), methods=post),
        Route("/team", page(people.team_page, "admin"), methods=get),
        Route("/team", page(people.change_team, "admin"), methods=post),
    ]


async def _healthz(_request: Request) -> Response:
    return PlainTextResponse("well")


async def _static(request: Request) -> Response:
    name = request.path_params["name"]
    if name == "brief.css":
        return _file(stylesheet().encode("utf-8"), "text/css; charset=utf-8")
    if name not in STATIC:
        raise HTTPException(404, "There is no such file.")
    return _file(_source(name), STATIC[name])


def _file(data: bytes, kind: str) -> Response:
    return Response(data, headers={"cache-control": "private, max-age=600"}, media_type=kind)


@lru_cache
def _source(name: str) -> bytes:
    return (files("twosource.web") / "static" / name).read_bytes()


async def _refused(request: Request, e: Exception) -> Response:
    status = e.status_code if isinstance(e, HTTPException) else 500
    why = str(e.detail) if isinstance(e, HTTPException) else ""
    return _told(request, status, why, dict(e.headers or {}) if isinstance(e, HTTPException) else {})


async def _too_large(request: Request, _e: Exception) -> Response:
    return _told(request, 413, "That is more than one request may bring.", {})


async def _broken(request: Request, e: Exception) -> Response:
    _log.error("%s %s failed", request.method, request.url.path, exc_info=e)
    return _told(request, 500, "It could not be done; the server's log says why.", {})


def _told(request: Request, status: int, why: str, headers: dict[str, str]) -> Response:
    if request.url.path.startswith("/api/"):
        response = problem(status, why)
    else:
        bench: Workbench = request.app.state.bench
        title = title_of(status)
        main = bench.main("error.html.j2", title=title, why=why)
        response = people.bare_page(bench, request, title, main, status)
    response.headers.update(headers)
    return response


def same_user() -> str:
    """The name of whoever runs the server."""
    import getpass

    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return f"user {os.getuid()}"
