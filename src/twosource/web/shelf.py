"""Accounts and pages that were made once and are shown many times, each as long as the case's state is the same."""

from __future__ import annotations

import contextlib
import hashlib
import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

import msgspec

from twosource.brief.contract import document
from twosource.brief.page import AccountView, account_view, room_for
from twosource.case.curtain import Curtains
from twosource.case.withholding import at_hand, released
from twosource.errors import TwosourceError
from twosource.model import Account, Brief
from twosource.settings import Settings
from twosource.store import Store, derived, listing
from twosource.web.layers import layers_of
from twosource.web.workers import Worker

ACCOUNTS = 12  # laid out at once
PAGES = 64_000_000  # bytes of finished pages
SECONDS = 900  # that laying out one account may take


def report_address(name: str) -> str:
    """Where a report is shown; its id may hold anything, so it is never part of the path."""
    return f"/report?{urlencode({'id': name})}"


@dataclass(frozen=True, slots=True)
class Shown:
    """An incident as it may be shown: its account, the view that pages are made from, the row that programs get."""

    id: str
    account: Account
    view: AccountView
    row: dict[str, Any]
    left_out: int  # confidential reports
    state: str  # of what it was made from


@dataclass(frozen=True, slots=True)
class Made:
    """A finished page as bytes, cut wherever something of the visitor's own goes; `tag` is a digest of it."""

    parts: tuple[bytes, ...]
    tag: str

    @classmethod
    def of(cls, text: str, mark: str = "") -> Made:
        """A page from its text, cut at the mark."""
        data = text.encode("utf-8", "replace")
        parts = data.split(mark.encode("ascii")) if mark else [data]
        return cls(tuple(parts), hashlib.blake2b(data, digest_size=16).hexdigest())

    @property
    def size(self) -> int:
        """In bytes."""
        return sum(map(len, self.parts))


class Shelf:
    """Keeps what was laid out; one asks for it at a time, the others wait for that."""

    def __init__(self, store: Store, settings: Settings, mark: str = "") -> None:
        self.store = store
        self.mark = mark
        self._settings = settings
        self.curtains = Curtains(store)
        self._worker = Worker(settings)
        self._lock = threading.Lock()
        self._making: dict[str, threading.Lock] = {}
        self._shown: OrderedDict[tuple[str, bool], tuple[str, Shown]] = OrderedDict()
        self._pages: OrderedDict[tuple[str, ...], tuple[str, Made]] = OrderedDict()
        self._size = 0

    def close(self) -> None:
        """End the process that lays accounts out."""
        self._worker.close()

    def state(self) -> str:
        """The state of the case."""
        with self.store.reads() as c:
            return listing.state(c)

    def shown(self, name: str, inside: bool) -> Shown | None:
        """An incident of the case under its present id; None when there is none.

        Those inside see its confidential reports. Raises TaskFailed when it cannot be laid out.
        """
        curtain = self.curtains.now()
        with self.store.reads() as c:
            name = derived.current(c, name)
            key = derived.keys_of(c, [name]).get(name)
        inside = inside and name in curtain.incidents
        state = f"{key} {curtain.key}"
        if key is None:
            return None
        with self._lock:
            mine = self._making.setdefault(name, threading.Lock())
        with mine:
            with self._lock:
                held = self._shown.get((name, inside))
                if held is not None and held[0] == state:
                    self._shown.move_to_end((name, inside))
                    return held[1]
            made = self._lay_out(name, inside, state)
            with self._lock:
                if made is not None:
                    self._shown[name, inside] = (state, made)
                while len(self._shown) > ACCOUNTS:
                    self._shown.popitem(last=False)
                if len(self._making) > 1000:
                    self._making = {k: v for k, v in self._making.items() if v.locked()}
            return made

    def warm(self, most: int = ACCOUNTS // 2) -> None:
        """Lay the largest incidents out before somebody asks for them."""
        with contextlib.suppress(TwosourceError):
            with self.store.reads() as c:
                names = [i.id for i in listing.some_incidents(c, most)]
            for name in names:
                self.shown(name, inside=True)

    def _lay_out(self, name: str, inside: bool, state: str) -> Shown | None:
        account, left_out = self._released(name, inside)
        if account is None:
            return None
        row = document(Brief((account,)))["incidents"][0]
        view = account_view(account, page=report_address, layers=layers_of(account), room=room_for(1))
        return Shown(name, account, view, row, left_out, f"{inside} {state}")

    def _released(self, name: str, inside: bool) -> tuple[Account | None, int]:
        """The account as it may be shown: one that has to be worked out is worked out in a process of its own."""
        if at_hand(self.store, name, self._settings, with_confidential=inside):
            found = released(self.store, name, self._settings, with_confidential=inside)
            return (found.account, found.left_out) if found else (None, 0)
        made = self._worker.do(
            {"do": "lay out", "case": self.store.name, "id": name, "inside": inside}, SECONDS
        )
        if made["account"] is None:
            return None, 0
        return msgspec.convert(made["account"], Account), made["left_out"]

    def page(self, key: tuple[str, ...], state: str, make: Callable[[], str]) -> Made:
        """A page that was made in this state, made now where there is none: by one, while others who ask wait for it."""
        held = self._held(key, state)
        if held is not None:
            return held
        with self._lock:
            mine = self._making.setdefault(" ".join(("page", *key)), threading.Lock())
        with mine:
            held = self._held(key, state)
            if held is not None:
                return held
            made = Made.of(make(), self.mark)
            self._keep(key, state, made)
            return made

    def _held(self, key: tuple[str, ...], state: str) -> Made | None:
        with self._lock:
            held = self._pages.get(key)
            if held is None or held[0] != state:
                return None
            self._pages.move_to_end(key)
            return held[1]

    def _keep(self, key: tuple[str, ...], state: str, made: Made) -> None:
        with self._lock:
            before = self._pages.pop(key, None)
            self._size += made.size - (before[1].size if before else 0)
            self._pages[key] = (state, made)
            while self._size > PAGES and len(self._pages) > 1:
                _, (_, gone) = self._pages.popitem(last=False)
                self._size -= gone.size
