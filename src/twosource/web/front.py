"""What every request passes first, before anything of it is read: whose it is, how large, where it comes from."""

from __future__ import annotations

from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from twosource.web.problems import problem
from twosource.web.rules import HEADERS, Rules

LONGEST_ADDRESS = 8_000  # bytes of path and query
POLICY = "content-security-policy"
SAFE = ("GET", "HEAD", "OPTIONS")


class TooLarge(Exception):
    """A request that brings more than is allowed."""


class Front:
    """Refuses foreign hosts, requests that other sites made, and what is too large; puts our headers on every answer."""

    def __init__(self, app: ASGIApp, rules: Rules) -> None:
        self.app = app
        self.rules = rules

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        wrong = self._wrong(scope)
        sending = _with_headers(send, self.rules)
        if wrong is not None:
            status, text = wrong
            answer = (
                problem(status, text)
                if scope["path"].startswith("/api/")
                else PlainTextResponse(text, status)
            )
            await answer(scope, receive, sending)
            return
        await self.app(scope, self._counted(receive), sending)

    def _wrong(self, scope: Scope) -> tuple[int, str] | None:
        headers = Headers(scope=scope)
        host = headers.get("host", "")
        if not self._ours(host):
            return 421, "This workbench does not go by that name: see --name."
        if len(scope.get("raw_path") or b"") + len(scope["query_string"]) > LONGEST_ADDRESS:
            return 414, "The address is too long."
        length = headers.get("content-length")
        if length is not None and (not length.isdecimal() or int(length) > self.rules.request_bytes):
            return 413, "That is more than one request may bring."
        if scope["method"] not in SAFE and not same_origin(headers, host):
            return 403, "Another site asked for this change: refused."
        return None

    def _ours(self, host: str) -> bool:
        name = host.rsplit(":", 1)[0] if host.rsplit(":", 1)[-1].isdecimal() else host
        return name.lower() in self.rules.hosts

    def _counted(self, receive: Receive) -> Receive:
        held = 0

        async def counted() -> Message:
            nonlocal held
            message = await receive()
            held += len(message.get("body", b""))
            if held > self.rules.request_bytes:
                raise TooLarge
            return message

        return counted


def same_origin(headers: Headers, host: str) -> bool:
    """Whether a change was asked for by one of our own pages, or by no page at all."""
    site = headers.get("sec-fetch-site")
    if site is not None and site not in ("same-origin", "none"):
        return False
    origin = headers.get("origin")
    if origin is None:
        return True
    try:
        return urlsplit(origin).netloc.lower() == host.lower()
    except ValueError:
        return False


def _with_headers(send: Send, rules: Rules) -> Send:
    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            own = headers.get(POLICY)
            for name, value in HEADERS.items():
                headers[name] = value
            if own is not None:  # the brief, whose one style is named by its digest
                headers[POLICY] = own
            headers.setdefault("cache-control", "private, no-cache")
            if rules.secure:
                headers["strict-transport-security"] = "max-age=31536000"
        await send(message)

    return sending
