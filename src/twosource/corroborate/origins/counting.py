"""How many independent origins a claim has: the number that can be defended, and the most that there may be."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from twosource.corroborate.origins.callings import handed_on, is_authority, is_of_a_mind, is_wider
from twosource.corroborate.origins.echoes import Echo
from twosource.corroborate.origins.merging import bodies, elsewhere, may_be_one, same_utterance
from twosource.corroborate.origins.voices import Desk, Voice

Group = list[Voice]


@dataclass(frozen=True, slots=True)
class Count:
    """The origins of a claim in groups of voices, and how many of them are independent."""

    origins: tuple[tuple[Voice, ...], ...]  # the best known first
    independent: int
    at_most: int
    own_voice_only: bool
    echoes: tuple[Echo, ...] = ()  # odd details for which two of them may have one unknown source


def count(
    voices: Sequence[Voice], at: Desk, say_the_same: Callable[[str, str], bool], echoes: Sequence[Echo] = ()
) -> Count:
    """Count the origins behind the supporting statements of one claim.

    A body counts where the texts show what it is, so that it can be told from the others, and where it says firmly
    the same as another (`say_the_same`, given two statement ids). All unnamed sources together count once, and only
    where they cannot be of a named body; outlets and the reports' own voices count, all together as one, only where
    nothing else does. Origins tied by an echo count once. What is left raises `at_most`.
    """
    named = bodies([v for v in voices if v.role == "source"])
    named.sort(key=lambda g: (not _placed(g), -len(g)))
    unnamed = _apart([v for v in voices if v.role == "unnamed"], named, at)
    media = bodies([v for v in voices if v.role == "carrier"])
    own = [v for v in voices if v.role == "own"]
    heard = _between([*named, *unnamed, *media, *([own] if own else [])], echoes)
    apart = _independent(named, unnamed, say_the_same, [])
    independent = _independent(named, unnamed, say_the_same, heard) or (1 if voices else 0)
    witnesses = {v.name for v in own if v.statement.basis == "witnessed"}
    at_most = max(apart, independent, len(named) + len(unnamed) + len(media) + len(witnesses))
    first_hand = [*named, *unnamed]
    groups = [*first_hand, *([] if first_hand else media), *([own] if own else [])]
    return Count(
        tuple(tuple(g) for g in groups), independent, at_most, bool(own) and len(groups) == 1, tuple(heard)
    )


def _independent(
    named: Sequence[Group],
    unnamed: Sequence[Group],
    say_the_same: Callable[[str, str], bool],
    heard: Sequence[Echo],
) -> int:
    placed = [g for g in named if _placed(g)]
    found = _agreeing(placed, say_the_same, heard) or min(1, len(named))
    strangers = [g for g in unnamed if g[0].callings and not any(v.official for v in g)]
    strangers = [s for s in strangers if not any(_tied(s, n, heard) for n in named)]
    return found + bool(found and named and _joins(strangers, list(named), say_the_same))


def _between(groups: Sequence[Group], echoes: Sequence[Echo]) -> list[Echo]:
    """The echoes that tie what would else be two: two origins, or the own voices of two reports that name nobody.

    A figure that two named bodies both vouch for is no echo: each of them may have counted.
    """
    group_of = {v.statement.id: n for n, g in enumerate(groups) for v in g}
    role = {v.statement.id: v.role for g in groups for v in g}
    silent = all(r in ("own", "carrier") for r in role.values())
    found = []
    for e in echoes:
        if e.a not in group_of or e.b not in group_of:
            continue
        roles = {role[e.a], role[e.b]}
        if roles == {"source"}:
            telling = group_of[e.a] != group_of[e.b] and not e.figure
        else:
            telling = silent or roles <= {"source", "unnamed"}
        if telling:
            found.append(e)
    return found


def _tied(a: Group, b: Group, heard: Sequence[Echo]) -> bool:
    ids, others = {v.statement.id for v in a}, {v.statement.id for v in b}
    return any((e.a in ids and e.b in others) or (e.a in others and e.b in ids) for e in heard)


def _placed(group: Group) -> bool:
    """Whether the texts show what the origin is: a calling, or a body with a name; a bare person may be anybody's."""
    return any(
        v.callings or (v.proper and not v.person and v.kind in ("organisation", "document")) or v.bodied
        for v in group
    )


def _agreeing(groups: list[Group], say_the_same: Callable[[str, str], bool], heard: Sequence[Echo]) -> int:
    """The size of the largest set of origins that hang together by saying the same, those tied by an echo as one."""
    left = list(range(len(groups)))
    best = 0
    while left:
        found = [left.pop(0)]
        for i in found:
            for j in [j for j in left if _agree(groups[i], groups[j], say_the_same)]:
                found.append(j)
                left.remove(j)
        best = max(best, _classes([groups[i] for i in found], heard))
    return best


def _classes(groups: Sequence[Group], heard: Sequence[Echo]) -> int:
    kind = list(range(len(groups)))
    for i in range(len(groups)):
        for j in range(i):
            if kind[i] != kind[j] and (
                _tied(groups[i], groups[j], heard) or _of_one_hand(groups[i], groups[j])
            ):
                kind = [kind[j] if k == kind[i] else k for k in kind]
    return len(set(kind))


def _of_one_hand(a: Group, b: Group) -> bool:
    """Whether the one has from the other what it tells: the police and the prosecutor of a case, the forces of a country and its president."""
    if any(v.statement.basis == "witnessed" for v in (*a, *b)):
        return False
    ours, theirs = (frozenset().union(*(v.callings for v in g)) for g in (a, b))
    if (handed_on(ours, theirs) and not _two_towns(a, b)) or _told_on(a, theirs) or _told_on(b, ours):
        return True
    if _tells_mind(a, b) or _tells_mind(b, a):
        return True
    lead, command = ([v.commands for v in g if v.commands is not None] for g in (a, b))
    return any(x == y or x & y for x in lead for y in command)


def _two_towns(a: Group, b: Group) -> bool:
    """Whether both are police, each of a town of its own."""
    police = all(any("police" in v.callings for v in g) for g in (a, b))
    ours, theirs = (frozenset().union(*(v.towns for v in g)) for g in (a, b))
    apart = elsewhere(ours, theirs)
    return police and apart and not any(is_wider(f"{v.name} {v.statement.who}") for v in (*a, *b))


def _tells_mind(a: Group, b: Group) -> bool:
    """Whether the one tells what somebody believed, and the other is a person, who may be that somebody."""
    return all(is_of_a_mind(v.key) for v in a) and any(v.person for v in b)


def _told_on(group: Group, others: frozenset[str]) -> bool:
    """Whether what it says was told to the others, who have it from there: the father told the police."""
    return all(is_authority(v.heard_by) and v.heard_by & others for v in group)


def _agree(a: Group, b: Group, say_the_same: Callable[[str, str], bool]) -> bool:
    return any(say_the_same(v.statement.id, w.statement.id) for v in a for w in b)


def _joins(strangers: list[Group], named: list[Group], say_the_same: Callable[[str, str], bool]) -> bool:
    """Whether an unnamed source says the same as a named one, and neither has it from the other."""
    alone = [s for s in strangers if not any(_of_one_hand(s, n) for n in named)]
    return any(_agree(s, n, say_the_same) for s in alone for n in named)


def _apart(voices: Sequence[Voice], named: list[Group], at: Desk) -> list[Group]:
    """Unnamed sources that are no named one's voice, apart where reports that do not copy one another have them."""
    groups: list[Group] = []
    for v in sorted(voices, key=lambda v: (v.statement.report, v.statement.id)):
        if home := next((g for g in named if any(may_be_one(v, o) or same_utterance(v, o) for o in g)), None):
            home.append(v)
            continue
        family = at.family.get(v.statement.report)
        mine = next(
            (
                g
                for g in groups
                if any(
                    same_utterance(v, o) or (v.body == o.body and at.family.get(o.statement.report) == family)
                    for o in g
                )
            ),
            None,
        )
        if mine is None:
            groups.append([v])
        else:
            mine.append(v)
    return groups
