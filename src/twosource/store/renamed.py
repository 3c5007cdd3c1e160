"""Ids that lead to others: of claims and actors that grew, were merged or split, as of incidents."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, delete, insert

from twosource.store.evidence import shares
from twosource.store.schema import redirects


def heirs(before: Iterable[Any], after: Sequence[Any]) -> dict[str, str]:
    """For each claim and actor of the accounts before that is in none after: the one that has most of what it rested on."""
    found: dict[str, str] = {}
    for noun in ("claims", "actors"):
        now = {thing["id"] for account in after for thing in account[noun]}
        home = {x: t["id"] for account in after for t in account[noun] for x in _rests_on(t)}
        for account in before:
            for thing in account[noun]:
                if thing["id"] in now:
                    continue
                counts = Counter(home[x] for x in _rests_on(thing) if x in home)
                if counts:
                    found[thing["id"]] = min(counts, key=lambda i: (-counts[i], i))
    return found


def _rests_on(thing: Any) -> list[Any]:
    if "statements" in thing:
        return list(thing["statements"])
    return [(m["report"], m["start"], m["end"]) for m in thing["mentions"]]


def put(c: Connection, led: Mapping[str, str], current: Iterable[str]) -> None:
    """Let the old ids lead to the new ones; an id that is in use again leads nowhere."""
    for some in shares(sorted({*led, *current})):
        c.execute(delete(redirects).where(redirects.c.old.in_(some)))
    if led:
        c.execute(insert(redirects), [{"old": old, "new": new} for old, new in sorted(led.items())])
