"""What pages, the API and tools for language models leave out or cover: confidential reports, and names that the case withholds."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from twosource.case.withholding import confidential, mask, policy
from twosource.redact import Mask
from twosource.store import Store, derived, evidence, listing
from twosource.store.decisions import history, in_force
from twosource.store.search import Hit
from twosource.text import digest


@dataclass(frozen=True, slots=True)
class Curtain:
    """Covers what is withheld from everybody; to those outside, nothing that may rest on a confidential report is shown."""

    key: str  # the same while it covers the same
    mask: Mask
    reports: frozenset[str]  # confidential ones
    incidents: frozenset[str]  # that hold such

    def text(self, value: str | None) -> str:
        """A text, covered."""
        return self.mask.text(value or "")

    def rows(self, value: Any) -> Any:
        """Rows of JSON, covered."""
        return self.mask.rows(value)

    def shows_report(self, name: str, inside: bool) -> bool:
        """Whether a report is shown."""
        return inside or name not in self.reports

    def shows_event(self, incident: str, record: str, inside: bool) -> bool:
        """Whether somebody is told what changed."""
        return inside or (incident not in self.incidents and not any(r in record for r in self.reports))

    def shows_hit(self, hit: Hit, inside: bool) -> bool:
        """Whether a result is shown: outside, no claim or name of an incident that may have it from a confidential report."""
        if inside or hit.incident not in self.incidents:
            return inside or (hit.report or "") not in self.reports
        return hit.noun in ("report", "statement") and (hit.report or hit.id) not in self.reports


class Curtains:
    """The curtain as of now, made again when something was decided or settled."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self._lock = threading.Lock()
        self._held: tuple[str, Curtain] | None = None

    def now(self) -> Curtain:
        """What is covered now."""
        with self.store.reads() as c:
            state = listing.state(c)
            with self._lock:
                if self._held is not None and self._held[0] == state:
                    return self._held[1]
            made = _made(c)
        with self._lock:
            self._held = (state, made)
        return made


def _made(c: Connection) -> Curtain:
    log = in_force(history(c))
    held = policy(log)
    hidden = confidential(c)
    numbers = evidence.numbers_of(c, sorted(hidden))
    homes = frozenset(derived.incidents_of(c, sorted(numbers.values())).values())
    key = digest(*held.names, "", *held.patterns, "", repr(held), "", *sorted(hidden))[:16]
    return Curtain(key, mask(c, log), hidden, homes)
