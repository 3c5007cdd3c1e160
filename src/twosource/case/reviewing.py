"""What waits for a person: where what was decided and what was found speak against one another, and what may be one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection

from twosource.incidents.archive import JOIN
from twosource.store import Store, derived, evidence, signs
from twosource.store.decisions import Decision, history, in_force


def waiting(store: Store) -> list[dict[str, Any]]:
    """Rows of kind, ids, text, the most pressing kind first; what a person confirmed or rejected is not asked again."""
    with store.reads() as c:
        log = in_force(history(c))
        settled = {frozenset(d.targets) for d in log if d.kind in ("confirm", "reject")}
        rows = [*_conflicts(c, log), *_maybe_one(c), *_editions(c)]
    return [r for r in rows if frozenset(r["ids"]) not in settled]


def _conflicts(c: Connection, log: list[Decision]) -> Iterator[dict[str, Any]]:
    """Decisions about incidents to which reports have come since that speak against them."""
    for d in log:
        if d.about != "incident" or d.kind not in ("merge", "split"):
            continue
        numbers = evidence.numbers_of(c, sorted({r for a in d.anchors for r in a}))
        homes = set(derived.incidents_of(c, sorted(numbers.values())).values())
        members = {n for held in derived.numbers_in(c, sorted(homes)).values() for n in held}
        later = sorted(members - set(numbers.values()))
        if not later:
            continue
        sides = [{numbers[r] for r in a if r in numbers} for a in d.anchors]
        torn = [n for n in later if sum(1 for s in sides if _close(c, n, s)) > 1]
        if d.kind == "split" and torn:
            yield {
                "kind": "conflict",
                "ids": [d.id],
                "text": f"{d.who} split an incident; {len(torn)} later reports speak for both sides: {', '.join(evidence.ids_of(c, torn)[:5])}",
            }
        elif d.kind == "merge" and not torn:
            yield {
                "kind": "conflict",
                "ids": [d.id],
                "text": f"{d.who} merged incidents; none of the {len(later)} reports that came since speaks for both",
            }


def _close(c: Connection, n: int, side: set[int]) -> bool:
    between = signs.odds_within(c, sorted({n, *side}))
    return any(value > JOIN and n in pair for pair, value in between.items())


def _maybe_one(c: Connection) -> Iterator[dict[str, Any]]:
    """Incidents that some reports speak for joining, though not enough of them."""
    for a, b, times in signs.torn_pairs(c, JOIN):
        yield {
            "kind": "may be one",
            "ids": [a, b],
            "text": f"{times} pairs of their reports, one of each, look as if they were about one incident",
        }


def _editions(c: Connection) -> Iterator[dict[str, Any]]:
    for e in derived.events_since(c, 0):
        if e.kind == "edited":
            yield {"kind": "edited", "ids": sorted(derived.record(e).values()), "text": e.text}
