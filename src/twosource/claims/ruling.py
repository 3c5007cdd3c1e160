"""People's decisions about what says the same, applied to the groups that were found."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from twosource.claims.points import Point
from twosource.model import Ruling, Statement, Thing

Score = Callable[[int, int], float]


@dataclass(slots=True)
class Group:
    """Statements that say the same: by the number of their wording, with the sentences of decisions that shaped them."""

    wordings: dict[int, list[Point]]
    decided: list[str] = field(default_factory=list)


def statements_of(thing: Thing, statements: Mapping[str, Statement]) -> frozenset[str]:
    """The ids of the statements that a person saw, where they now go by others: by the place where they begin."""
    known = {i for i in thing.ids if i in statements}
    lost = {e for i, e in zip(thing.ids, thing.rests_on, strict=False) if i not in known}
    at = {(e.report, e.span.start) for e in lost}
    moved = (
        {s.id for s in statements.values() if s.content and (s.report, s.content[0].start) in at}
        if at
        else set()
    )
    return frozenset(known | moved)  # fmt: skip


def ruled(
    groups: Iterable[Sequence[int]], nodes: Sequence[list[Point]], rulings: Sequence[Ruling], score: Score
) -> list[Group]:
    """The groups as people want them; decisions are applied in their order, a later one to what an earlier one made.

    A ruling of the kind "join" is a proposal that was checked: nobody's decision, so no sentence says so.
    """
    found = [Group({n: nodes[n] for n in group}) for group in groups]
    about = [r for r in rulings if r.about == "claim" and r.kind in ("join", "merge", "split") and r.things]
    if not about:
        return found
    statements = {p.statement.id: p.statement for node in nodes for p in node}
    for ruling in about:
        sides = [statements_of(t, statements) for t in ruling.things]
        if ruling.kind in ("join", "merge"):
            found = _merged(found, sides, ruling)
        else:
            found = _split(found, sides[0], frozenset().union(*sides[1:]), ruling, score)
    return found


def _merged(groups: list[Group], sides: Sequence[frozenset[str]], ruling: Ruling) -> list[Group]:
    """Of each claim named, the group that has most of its statements now."""
    chosen = []
    for side in sides:
        hits = [sum(p.statement.id in side for ps in g.wordings.values() for p in ps) for g in groups]
        best = max(range(len(groups)), key=lambda g: (hits[g], -g), default=None)
        if best is not None and hits[best] and best not in chosen:
            chosen.append(best)
    if len(chosen) < 2:
        return groups
    one = Group({}, [w for g in sorted(chosen) for w in groups[g].decided])
    for g in sorted(chosen):
        for n, points in groups[g].wordings.items():
            one.wordings[n] = [*one.wordings.get(n, []), *points]
    if ruling.kind != "join":
        one.decided.append(ruling.told("found these claims to be one"))
    return [one if i == min(chosen) else g for i, g in enumerate(groups) if i == min(chosen) or i not in chosen]  # fmt: skip


def _split(
    groups: list[Group], out: frozenset[str], rest: frozenset[str], ruling: Ruling, score: Score
) -> list[Group]:
    """What was taken out and what stayed go apart wherever they stand together; what came since goes with the words it has."""
    made: list[Group] = []
    for group in groups:
        ids = {p.statement.id for points in group.wordings.values() for p in points}
        if not ids & out or ids <= out:
            made.append(group)
            continue
        taken = _taken(group, out, rest, score)
        left = {n: [p for p in points if p not in taken.get(n, [])] for n, points in group.wordings.items()}
        left = {n: points for n, points in left.items() if points}
        if not left:
            made.append(group)
            continue
        why = ruling.told("took these statements for another claim")
        made += [Group(part, [*group.decided, why]) for part in (left, taken)]
    return made


def _taken(group: Group, out: frozenset[str], rest: frozenset[str], score: Score) -> dict[int, list[Point]]:
    sure: dict[int, list[Point]] = {}
    loose: list[int] = []
    stay: list[int] = []
    for n, points in group.wordings.items():
        mine = [p for p in points if p.statement.id in out]
        others = [p for p in points if p.statement.id in rest]
        if mine:
            sure[n] = mine if others else points
        elif others:
            stay.append(n)
        else:
            loose.append(n)
    for n in loose:
        if _mean(n, list(sure), score) > _mean(n, stay, score):
            sure[n] = group.wordings[n]
    return sure


def _mean(n: int, others: Sequence[int], score: Score) -> float:
    return sum(score(min(n, m), max(n, m)) for m in others) / len(others) if others else 0.0
