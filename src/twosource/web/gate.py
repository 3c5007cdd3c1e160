"""Who is asking: the one user of a loopback workbench, somebody with a session, or a program with a key."""

from __future__ import annotations

import hashlib
import hmac
import secrets
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

import argon2
from starlette.requests import Request
from starlette.responses import Response

from twosource.store import Store, team
from twosource.web.rules import Rules

COOKIE = "twosource"
RANK = {"reader": 0, "editor": 1, "admin": 2}
LONGEST_PASSWORD = 1000
LEAST_PASSWORD = 10
_HASHER = argon2.PasswordHasher()
_NOBODY = _HASHER.hash(secrets.token_hex(16))  # an unknown name takes as long as a wrong password


@dataclass(frozen=True, slots=True)
class Visitor:
    """Somebody at the workbench; `token` must come back with every change."""

    name: str
    role: str
    secret: str
    token: str

    @property
    def inside(self) -> bool:
        """Whether confidential reports are shown: to those who work on the case, not to those who read it."""
        return self.may("editor")

    def may(self, role: str) -> bool:
        """Whether the visitor has that role or a higher one."""
        return RANK[self.role] >= RANK[role]


@dataclass
class Gate:
    """Turns requests into visitors. A secret of this process makes the tokens: they are stored nowhere."""

    store: Store
    rules: Rules
    local: str  # the name under which the only user of a loopback workbench decides
    clock: Callable[[], float] = time.time
    _secret: bytes = field(default_factory=lambda: secrets.token_bytes(32))
    _failed: dict[str, list[float]] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def visitor(self, request: Request) -> Visitor | None:
        """Who is asking; None where a login is needed first."""
        secret = request.cookies.get(COOKIE, "")
        if not self.rules.login:
            secret = secret if len(secret) == 43 and secret.isascii() else secrets.token_urlsafe(32)
            return Visitor(self.local, "admin", secret, self.token(secret))
        if not secret or len(secret) > 100:
            return None
        with self.store.reads() as c:
            user = team.of_session(c, secret, self._oldest())
        return None if user is None else Visitor(user.name, user.role, secret, self.token(secret))

    def token(self, secret: str) -> str:
        """What a form must bring back with this session."""
        return hmac.new(self._secret, secret.encode("ascii", "replace"), hashlib.sha256).hexdigest()

    def genuine(self, visitor: Visitor, token: str) -> bool:
        """Whether a change came from one of our own forms."""
        return hmac.compare_digest(visitor.token.encode(), token.encode("utf-8", "replace"))

    def login(self, name: str, password: str, machine: str, old: str) -> Visitor | None:
        """A new session for the right password, whatever session the browser showed; None for a wrong one.

        Raises Waits when there were too many wrong ones.
        """
        self._refuse_hasty(name, machine)
        with self.store.reads() as c:
            found = team.user(c, name) if len(name) <= team.LONGEST_NAME and name.isprintable() else None
        right = _matches(found[1] if found else _NOBODY, password[:LONGEST_PASSWORD]) and found is not None
        with self.store.writes() as c:
            if not right or found is None:
                self._count_failure(name, machine)
                team.note(c, name[: team.LONGEST_NAME] or "?", "login refused", machine)
                return None
            if old:
                team.end(c, old)
            secret = team.begin(c, found[0].name, int(self.clock()), self._oldest())
            team.note(c, found[0].name, "login", machine)
            if _HASHER.check_needs_rehash(found[1]):
                team.new_password(c, found[0].name, _HASHER.hash(password))
        with self._lock:
            self._failed.pop(f"name {name}", None)
        return Visitor(found[0].name, found[0].role, secret, self.token(secret))

    def logout(self, visitor: Visitor) -> None:
        """End the session."""
        with self.store.writes() as c:
            team.end(c, visitor.secret)
            team.note(c, visitor.name, "logout")

    def show_cookie(self, response: Response, secret: str) -> None:
        """Hand the browser its session."""
        response.set_cookie(
            COOKIE,
            secret,
            max_age=self.rules.session_seconds,
            httponly=True,
            samesite="lax",
            secure=self.rules.secure,
            path="/",
        )

    def waits(self, name: str, machine: str) -> int:
        """Seconds that the next try has to wait."""
        now = self.clock()
        with self._lock:
            for key in (f"name {name}", f"machine {machine}"):
                tries = [t for t in self._failed.get(key, ()) if t > now - self.rules.wait_seconds]
                if len(tries) >= self.rules.tries:
                    return int(tries[-self.rules.tries] + self.rules.wait_seconds - now) + 1
        return 0

    def _refuse_hasty(self, name: str, machine: str) -> None:
        seconds = self.waits(name, machine)
        if seconds:
            raise Waits(seconds)

    def _count_failure(self, name: str, machine: str) -> None:
        now = self.clock()
        with self._lock:
            if len(self._failed) > 10_000:
                self._failed.clear()
            for key in (f"name {name[:200]}", f"machine {machine}"):
                self._failed.setdefault(key, []).append(now)
                del self._failed[key][: -self.rules.tries]

    def _oldest(self) -> int:
        return int(self.clock()) - self.rules.session_seconds


class Waits(Exception):
    """Too many wrong passwords: the next try must wait."""

    def __init__(self, seconds: int) -> None:
        super().__init__(f"too many wrong passwords: wait {seconds} seconds")
        self.seconds = seconds


def hashed(password: str) -> str:
    """The argon2 hash to store. Raises ValueError for a password that is too short or too long."""
    if not LEAST_PASSWORD <= len(password) <= LONGEST_PASSWORD:
        raise ValueError(f"a password has {LEAST_PASSWORD} to {LONGEST_PASSWORD} characters")
    return _HASHER.hash(password)


def _matches(stored: str, password: str) -> bool:
    try:
        return _HASHER.verify(stored, password)
    except (argon2.exceptions.VerificationError, argon2.exceptions.InvalidHashError):
        return False
