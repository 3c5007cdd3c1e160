"""The people who work with a case: their roles, sessions and keys, and who came in and did what.

Passwords are stored as argon2 hashes that others make; sessions and keys by their digest, so that a copy of the case opens nothing.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from sqlalchemy import Connection, delete, func, insert, select, update

from twosource.errors import UsageError
from twosource.store.records import plain
from twosource.store.schema import api_keys, audit, sessions, users
from twosource.store.stamp import now
from twosource.text import digest

ROLES = ("reader", "editor", "admin")
SCOPES = ("read", "add", "decide")
LONGEST_NAME = 100  # characters


@dataclass(frozen=True, slots=True)
class User:
    """Somebody who may log in."""

    name: str
    role: str
    made_at: str = ""


@dataclass(frozen=True, slots=True)
class Key:
    """A key that a program shows; it works for this case alone."""

    id: str
    name: str
    scopes: tuple[str, ...]
    made_by: str
    made_at: str = ""


@dataclass(frozen=True, slots=True)
class Done:
    """A line of the audit log."""

    at: str
    who: str
    did: str
    about: str | None


def put_user(c: Connection, name: str, role: str, password: str) -> None:
    """Add a user, or give one another role and password; whoever was logged in under the name is logged out.

    Raises UsageError for a role that there is none of or a name that cannot be one.
    """
    if role not in ROLES:
        raise UsageError(f"there is no role {role!r}: {', '.join(ROLES)}")
    if not name.strip() or not name.isprintable() or len(name) > LONGEST_NAME:
        raise UsageError("a user's name is one to a hundred printable characters")
    drop_user(c, name)
    c.execute(insert(users).values(name=name, role=role, password=password, made_at=now()))


def drop_user(c: Connection, name: str) -> bool:
    """Take a user out with the sessions; whether there was one."""
    c.execute(delete(sessions).where(sessions.c.user == name))
    return bool(c.execute(delete(users).where(users.c.name == name)).rowcount)


def new_password(c: Connection, name: str, password: str) -> None:
    """Store another hash for a user."""
    c.execute(update(users).where(users.c.name == name).values(password=password))


def listed(c: Connection) -> list[User]:
    """Everybody, by name."""
    return [User(r.name, r.role, r.made_at) for r in c.execute(select(users).order_by(users.c.name))]


def any_users(c: Connection) -> bool:
    """Whether anybody can log in at all."""
    return c.execute(select(users.c.name).limit(1)).first() is not None


def user(c: Connection, name: str) -> tuple[User, str] | None:
    """A user and the hash of the password."""
    row = c.execute(select(users).where(users.c.name == plain(name))).first()
    return None if row is None else (User(row.name, row.role, row.made_at), row.password)


def admins(c: Connection) -> int:
    """How many may manage the others."""
    return c.execute(select(func.count()).select_from(users).where(users.c.role == "admin")).scalar_one()


def begin(c: Connection, name: str, at: int, before: int) -> str:
    """A new session's secret; sessions begun before `before` are over and go."""
    secret = secrets.token_urlsafe(32)
    c.execute(delete(sessions).where(sessions.c.began < before))
    c.execute(insert(sessions).values(digest=digest(secret), user=name, began=at))
    return secret


def end(c: Connection, secret: str) -> None:
    """The session is over."""
    c.execute(delete(sessions).where(sessions.c.digest == digest(secret)))


def of_session(c: Connection, secret: str, before: int) -> User | None:
    """Whose session it is; nobody's when it began before `before` or is over."""
    row = c.execute(
        select(users.c.name, users.c.role)
        .select_from(sessions.join(users, users.c.name == sessions.c.user))
        .where(sessions.c.digest == digest(secret), sessions.c.began >= before)
    ).first()
    return None if row is None else User(row.name, row.role)


def new_key(c: Connection, name: str, scopes: tuple[str, ...], who: str) -> str:
    """Make a key and return it: it is shown this once. Raises UsageError for a scope that there is none of."""
    wrong = [s for s in scopes if s not in SCOPES]
    if wrong or not scopes:
        raise UsageError(f"a key's scopes are some of {', '.join(SCOPES)}")
    if not name.strip() or not name.isprintable() or len(name) > LONGEST_NAME:
        raise UsageError("a key's name is one to a hundred printable characters")
    secret = "ts_" + secrets.token_urlsafe(32)
    c.execute(
        insert(api_keys).values(
            id="k" + digest(secret)[:12],
            digest=digest(secret),
            name=name,
            scopes=" ".join(s for s in SCOPES if s in scopes),
            made_by=who,
            made_at=now(),
        )
    )
    return secret


def keys(c: Connection) -> list[Key]:
    """Every key, the first made first."""
    rows = c.execute(select(api_keys).order_by(api_keys.c.made_at, api_keys.c.id))
    return [Key(r.id, r.name, tuple(r.scopes.split()), r.made_by, r.made_at) for r in rows]


def of_key(c: Connection, secret: str) -> Key | None:
    """The key that was shown."""
    r = c.execute(select(api_keys).where(api_keys.c.digest == digest(secret))).first()
    return None if r is None else Key(r.id, r.name, tuple(r.scopes.split()), r.made_by, r.made_at)


def drop_key(c: Connection, name: str) -> bool:
    """Take a key out by its id; whether there was one."""
    return bool(c.execute(delete(api_keys).where(api_keys.c.id == name)).rowcount)


def note(c: Connection, who: str, did: str, about: str | None = None) -> None:
    """Write a line of the audit log."""
    c.execute(insert(audit).values(at=now(), who=plain(who), did=did, about=plain(about)))


def done(c: Connection, most: int, skip: int = 0) -> list[Done]:
    """Lines of the audit log, the latest first."""
    rows = c.execute(select(audit).order_by(audit.c.n.desc()).limit(most).offset(skip))
    return [Done(r.at, r.who, r.did, r.about) for r in rows]
