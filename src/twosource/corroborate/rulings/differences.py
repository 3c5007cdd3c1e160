"""Differences between reports as people want them: confirmed, or rejected until a report gives another value."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from twosource.model import Disagreement, Ruling, Thing


def differences_as_ruled(found: Sequence[Disagreement], rulings: Sequence[Ruling]) -> list[Disagreement]:
    """Those that nobody rejected. A rejected one comes back when a value is in it that the person didn't see."""
    about = [r for r in rulings if r.about == "disagreement" and r.things]
    kept = []
    for d in found:
        last = next((r for r in reversed(about) if is_of(d, r.things[0])), None)
        if last is None:
            kept.append(d)
        elif last.kind == "confirm":
            kept.append(replace(d, why=f"{d.why} {last.told('confirmed it')}"))
        elif new := unseen(d, last.things[0]):
            kept.append(
                replace(d, why=f"{d.why} {last.told('rejected it before ' + new[0] + ' was reported')}")
            )
    return kept


def is_of(d: Disagreement, thing: Thing) -> bool:
    """Whether it is the difference that a person saw: of one kind, with most of the passages."""
    if thing.words and thing.words[0] != d.kind:
        return False
    hits = sum(
        any(e.report == s.evidence.report and e.span.overlaps(s.evidence.span) for s in d.sides)
        for e in thing.rests_on
    )
    return bool(hits) and 2 * hits > len(thing.rests_on)


def unseen(d: Disagreement, thing: Thing) -> list[str]:
    """The values that came since."""
    return sorted({s.value for s in d.sides} - set(thing.words[1:]))
