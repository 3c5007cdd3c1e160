"""Who copied whom as people want it: a pair confirmed or rejected."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from twosource.model import RelationName, Reuse, Ruling

COPIES: dict[str, RelationName] = {
    "same_text": "same_text",
    "revised": "revised",
    "shared_text": "shared_text",
    "shared_source": "shared_source",
}


def pair_of(ruling: Ruling) -> tuple[str, str] | None:
    """The two reports that a decision about a copy is about, the smaller id first."""
    ids = sorted({i for t in ruling.things for i in t.ids})
    return (ids[0], ids[1]) if ruling.about == "copy" and len(ids) == 2 else None


def copies_as_ruled(
    shared: Sequence[Reuse], rulings: Sequence[Ruling], reports: Iterable[str]
) -> list[Reuse]:
    """The pairs without those that a person rejected and with those that one confirmed, whether or not they were found."""
    pairs = {(r.a, r.b): r for r in shared}
    present = set(reports)
    for ruling in rulings:
        pair = pair_of(ruling)
        if pair is None or not set(pair) <= present:
            continue
        if ruling.kind == "reject":
            pairs.pop(pair, None)
        elif ruling.kind == "confirm":
            pairs[pair] = _confirmed(pairs.get(pair), pair, ruling)
    return [pairs[p] for p in sorted(pairs)] if rulings else list(shared)


def _confirmed(found: Reuse | None, pair: tuple[str, str], ruling: Ruling) -> Reuse:
    wanted = COPIES.get(ruling.value or "")
    if found is None:
        why = ruling.told("found that one of them rests on the other")
        return Reuse(*pair, wanted or "shared_text", 0.0, None, (), why)
    why = f"{found.why} {ruling.told('confirmed it')}"
    return replace(found, relation=wanted or found.relation, why=why)


def without_rejected(final: Sequence[Reuse], rulings: Sequence[Ruling]) -> list[Reuse]:
    """The last word on pairs without those that a person rejected: found again by their sources, they stay apart."""
    last = {p: r.kind for r in rulings if (p := pair_of(r)) is not None}
    return [r for r in final if last.get((r.a, r.b)) != "reject"]
