"""The clock: read here alone, and written only where a person wants to know when something was done."""

from __future__ import annotations

from datetime import UTC, datetime


def now() -> str:
    """The time in UTC, to the second. Nothing is ordered by it: clocks go back."""
    return datetime.now(UTC).replace(microsecond=0).isoformat().replace("+00:00", "Z")
