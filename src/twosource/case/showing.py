"""Single things of a case, as rows."""

from __future__ import annotations

from typing import Any

from twosource.store import Store, evidence
from twosource.wire import report


def report_in(store: Store, name: str) -> dict[str, Any] | None:
    """A report as `read` writes it, None when there is none of that id."""
    with store.reads() as c:
        numbers = evidence.numbers_of(c, [name])
        if name not in numbers:
            return None
        return report(evidence.fetch(c, [numbers[name]])[numbers[name]])
