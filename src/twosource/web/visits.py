"""Since when a browser has not been here: two event numbers and a time, kept in its cookie."""

from __future__ import annotations

import re
from dataclasses import dataclass

from starlette.responses import Response

COOKIE = "twosource-seen"
PAUSE = 1800  # seconds after which looking again is another visit
KEPT = 180 * 86_400


@dataclass(frozen=True, slots=True)
class Visit:
    """What was told before this visit, up to which event it was looked at, and when that was."""

    before: int
    seen: int
    at: int

    @classmethod
    def of(cls, cookie: str, now: int, latest: int) -> Visit:
        """The visit that goes on, or a new one; for a browser that never was here, nothing is new."""
        held = re.fullmatch(r"(\d{1,15})\.(\d{1,15})\.(\d{1,12})", cookie)
        if held is None:
            return cls(latest, latest, now)
        before, seen, at = (int(x) for x in held.groups())
        if now - at > PAUSE:
            before = seen
        return cls(min(before, latest), latest, now)

    def keep(self, response: Response, secure: bool) -> None:
        """Have the browser remember it."""
        response.set_cookie(
            COOKIE,
            f"{self.before}.{self.seen}.{self.at}",
            max_age=KEPT,
            httponly=True,
            samesite="lax",
            secure=secure,
            path="/",
        )
