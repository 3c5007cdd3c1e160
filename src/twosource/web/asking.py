"""A request as the pages see it, and how each is answered: who may, with a genuine form, in a thread of its own."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import quote, urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from twosource.errors import CaseError, TwosourceError, UsageError
from twosource.web.front import TooLarge
from twosource.web.gate import COOKIE, Visitor
from twosource.web.shelf import Made

if TYPE_CHECKING:
    from twosource.web.bench import Workbench

LONGEST_FIELD = 20_000  # characters
FIELDS = 2_000


@dataclass(frozen=True)
class Ask:
    """What somebody asks for."""

    bench: Workbench
    visitor: Visitor
    request: Request
    form: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    files: tuple[UploadFile, ...] = ()

    def one(self, name: str, default: str = "") -> str:
        """A value of the address, at most so long as a person would type."""
        return self.request.query_params.get(name, default)[:1000].replace("\0", "")

    def number(self, name: str, default: int, least: int = 1, most: int = 1_000_000) -> int:
        """A whole number of the address; the default for what is none."""
        said = self.request.query_params.get(name, "")
        if not re.fullmatch(r"[0-9]{1,7}", said):
            return default
        return min(most, max(least, int(said)))

    def said(self, name: str) -> str:
        """A value of the form."""
        return next(iter(self.form.get(name, ())), "")

    def all(self, name: str) -> list[str]:
        """Every value of a name in the form, those that say something, each once."""
        return list(dict.fromkeys(v for v in self.form.get(name, ()) if v.strip()))

    def back(self, default: str = "/") -> str:
        """Where the form was, when that is one of our own pages."""
        return own_page(self.said("back"), default)


Handler = Callable[[Ask], Response]


def own_page(address: str, default: str = "/") -> str:
    """The address when it leads to a page of ours, else the default: nobody is sent elsewhere."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return default
    strange = any(c in address for c in "\\\r\n\t") or not address.isprintable() or len(address) > 2000
    ours = address.startswith("/") and not address.startswith("//") and not parts.netloc and not parts.scheme
    return address if ours and not strange else default


def page(handler: Handler, role: str = "reader") -> Callable[[Request], Awaitable[Response]]:
    """An endpoint for a handler that people with that role, or a higher one, may use."""

    async def endpoint(request: Request) -> Response:
        bench: Workbench = request.app.state.bench
        try:
            visitor = await run_in_threadpool(bench.gate.visitor, request)
            if visitor is None:
                return _to_login(request)
            if not visitor.may(role):
                raise HTTPException(403, f"This is for people whose role is {role}.")
            ask = await _asked(bench, visitor, request)
            response = await run_in_threadpool(handler, ask)
        except TooLarge as e:
            raise HTTPException(413, "That is more than one request may bring.") from e
        except TwosourceError as e:
            raise HTTPException(status_of(e), str(e)) from e
        finally:
            await request.close()  # what was uploaded lies in files until then
        if not bench.rules.login and request.cookies.get(COOKIE) != visitor.secret:
            bench.gate.show_cookie(response, visitor.secret)
        return response

    return endpoint


async def _asked(bench: Workbench, visitor: Visitor, request: Request) -> Ask:
    if request.method in ("GET", "HEAD"):
        return Ask(bench, visitor, request)
    form = await form_of(request, bench.rules.files)
    values, files = split_form(form)
    if not bench.gate.genuine(visitor, next(iter(values.get("token", ())), "")):
        raise HTTPException(403, "The form is out of date: open the page again and repeat what you did.")
    return Ask(bench, visitor, request, values, files)


async def form_of(request: Request, files: int) -> FormData:
    """The form of a request, whatever is wrong with it named. Raises HTTPException."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind not in ("application/x-www-form-urlencoded", "multipart/form-data"):
        raise HTTPException(415, "A form is expected.")
    # A body that says it is multipart and isn't ends in an HTTPException of Starlette's own.
    return await request.form(max_files=files, max_fields=FIELDS, max_part_size=4 * LONGEST_FIELD)


def split_form(form: FormData) -> tuple[dict[str, tuple[str, ...]], tuple[UploadFile, ...]]:
    """The values and the files of a form."""
    values: dict[str, tuple[str, ...]] = {}
    files: list[UploadFile] = []
    for name, value in form.multi_items():
        if isinstance(value, UploadFile):
            files.append(value)
        else:
            clean = value[:LONGEST_FIELD].replace("\0", "").replace("\r\n", "\n")
            values[name] = (*values.get(name, ()), clean)
    return values, tuple(files)


def status_of(error: TwosourceError) -> int:
    """The status that an error of ours has on the web."""
    if isinstance(error, UsageError):
        return 400
    return 503 if isinstance(error, CaseError) else 500


def _to_login(request: Request) -> Response:
    if request.method not in ("GET", "HEAD"):
        raise HTTPException(401, "Log in first.")
    here = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    return RedirectResponse(f"/login?to={quote(own_page(here), safe='')}", 303)


def html(request: Request, text: str, status: int = 200) -> Response:
    """A page with its tag, or word that the browser has it already."""
    return framed(request, "", Made.of(text), "", "", status)


def framed(request: Request, head: str, made: Made, foot: str, token: str, status: int = 200) -> Response:
    """A finished page in its frame, the visitor's token wherever it goes; or word that the browser has it already."""
    ends = [t.encode("utf-8", "replace") for t in (head, foot, token)]
    tag = f'"{hashlib.blake2b(b" ".join((*ends, made.tag.encode())), digest_size=16).hexdigest()}"'
    headers = {"etag": tag, "vary": "cookie"}
    if status == 200 and request.headers.get("if-none-match") == tag:
        return Response(status_code=304, headers=headers)
    body = b"".join((ends[0], ends[2].join(made.parts), ends[1]))
    return Response(body, status, headers, "text/html; charset=utf-8")
