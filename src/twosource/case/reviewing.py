"""What waits for a person: where what was decided and what was found speak against one another, and what may be one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection

from twosource.case.ruling import APPLIED
from twosource.case.withholding import mask
from twosource.incidents.archive import JOIN
from twosource.store import Store, derived, evidence, signs, suggested
from twosource.store.decisions import SHAPING, Decision, history, in_force

Row = dict[str, Any]


def waiting(store: Store) -> list[Row]:
    """Rows of kind, ids, text, the most pressing kind first; what a person confirmed or rejected is not asked again."""
    with store.reads() as c:
        log = in_force(history(c))
        asked = [d for d in log if d.kind in ("confirm", "reject")]
        settled = {frozenset(derived.current(c, t) for t in d.targets) for d in asked}
        rows = [*_conflicts(c, log), *_without_ground(c, log), *_maybe_one(c), *_editions(c), *_to_withhold(c, log)]  # fmt: skip
    return [r for r in rows if frozenset(r["ids"]) not in settled]


def _without_ground(c: Connection, log: list[Decision]) -> Iterator[Row]:
    """Decisions about what stands in accounts that later reports speak against, or that rest on less than they did."""
    accounts: dict[str, Any] = {}
    rows = []
    for d in log:
        if d.kind not in SHAPING or d.about not in APPLIED:
            continue
        numbers = evidence.numbers_of(c, sorted(d.reports or ()))
        homes = sorted(set(derived.incidents_of(c, sorted(numbers.values())).values()))
        accounts |= {h: derived.account(c, h) for h in homes if h not in accounts}
        found = [e for h in homes for e in (accounts[h] or {}).get("decisions", ()) if e["id"] == d.id]
        if not numbers and d.reports is not None:
            rows.append({"kind": "decision", "ids": [d.id], "text": f"{d.who} decided {d.kind} {' '.join(d.targets)}; it rests on nothing that is still in the case."})  # fmt: skip
        for e in found:
            if e["state"] != "holds":
                kind = "conflict" if e["state"] == "conflict" else "decision"
                rows.append({"kind": kind, "ids": [d.id], "text": e["text"]})
    yield from sorted(rows, key=lambda r: r["kind"] != "conflict")


def _to_withhold(c: Connection, log: list[Decision]) -> Iterator[Row]:
    """People of whom the reports tell that they are minors, victims or private, and whom the case's policy doesn't withhold yet."""
    hidden = mask(c, log)
    for incident, found in suggested.every(c):
        for s in found:
            if not hidden.hides(s["name"]):
                yield {
                    "kind": "withhold?",
                    "ids": [s["actor"]],
                    "text": f"{s['name']} may be a {s['kind']}: {s['why']} ({s['report']}, {incident}). `case redact` withholds the name, `case decide reject` says that it may stand.",
                }


def _conflicts(c: Connection, log: list[Decision]) -> Iterator[Row]:
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


def _maybe_one(c: Connection) -> Iterator[Row]:
    """Incidents that some reports speak for joining, though not enough of them."""
    for a, b, times in signs.torn_pairs(c, JOIN):
        yield {
            "kind": "may be one",
            "ids": [a, b],
            "text": f"{times} pairs of their reports, one of each, look as if they were about one incident",
        }


def _editions(c: Connection) -> Iterator[Row]:
    for e in derived.events_since(c, 0):
        if e.kind == "edited":
            yield {"kind": "edited", "ids": sorted(derived.record(e).values()), "text": e.text}
