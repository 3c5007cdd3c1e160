"""What changed between two accounts of an incident, in words that can go into an alert."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from twosource.store.derived import Event, Settled


def news(before: Mapping[str, Any], new: Sequence[Settled], names: Mapping[int, str]) -> list[Event]:
    """The events between the accounts that stood under the old ids and the new ones; in the order of the new ones."""
    found: list[Event] = []
    for s in new:
        ids = {names[n] for n in s.numbers if n in names}
        kin = [(i, a) for i, a in before.items() if a and ids & {r["id"] for r in a["reports"]}]
        found += _of(s, kin)
    return found


def _of(s: Settled, kin: Sequence[tuple[str, Any]]) -> list[Event]:
    account: Any = s.record
    if not kin:
        return [
            Event(
                s.id,
                "new_incident",
                f"New incident: {s.title}",
                {"reports": [r["id"] for r in account["reports"]]},
            )
        ]
    found = []
    if len(kin) > 1:
        found.append(
            Event(
                s.id, "merged", f"{len(kin)} incidents are one now: {s.title}", {"was": [i for i, _ in kin]}
            )
        )
    had = {r["id"] for _, a in kin for r in a["reports"]}
    more = [r["id"] for r in account["reports"] if r["id"] not in had]
    if more:
        found.append(Event(s.id, "new_report", f"{len(more)} more on: {s.title}", {"reports": more}))
    found += _tolls(s, account, kin)
    found += _claims(s, account, kin)
    return found


def _tolls(s: Settled, account: Any, kin: Sequence[tuple[str, Any]]) -> list[Event]:
    found = []
    for what in ("killed", "injured"):
        now, was = account[what], [a[what] for _, a in kin]
        if now and now not in was:
            earlier = " and ".join(_range(w) for w in was)
            found.append(
                Event(
                    s.id,
                    "toll",
                    f"{what.capitalize()}: {_range(now)}, before {earlier}.",
                    {what: now, "was": was},
                )
            )
    return found


def _range(toll: Any) -> str:
    if not toll:
        return "not known"
    low, high = toll["low"], toll["high"]
    return f"at least {low}" if high is None else f"{low}" if low == high else f"{low} to {high}"


def _claims(s: Settled, account: Any, kin: Sequence[tuple[str, Any]]) -> list[Event]:
    """Second origins and denials; a claim is followed through its statements, since its id changes as it grows."""
    claim_of = {x: c for _, a in kin for c in a["claims"] for x in c["statements"]}
    found = []
    for claim in account["claims"]:
        was = [claim_of[x] for x in claim["statements"] if x in claim_of]
        origins = max((c["independent_origins"] for c in was), default=0)
        if claim["independent_origins"] >= 2 > origins:
            found.append(
                Event(
                    s.id,
                    "second_origin",
                    f"{claim['independent_origins']} independent origins found in these reports for: {claim['text']}",
                    {"claim": claim["id"], "was": origins},
                )
            )
        denied = {d["statement"] for d in claim["denials"] if d["target"] == "claim"}
        known = {d["statement"] for c in was for d in c["denials"]}
        if denied - known:
            found.append(
                Event(
                    s.id,
                    "denial",
                    f"Denied: {claim['text']}",
                    {"claim": claim["id"], "statements": sorted(denied - known)},
                )
            )
    return found
