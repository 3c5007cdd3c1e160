"""How many independent origins a claim has: the number that can be defended, and the most that there may be."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from twosource.corroborate.origins.callings import handed_on, is_authority, is_of_a_mind, is_wider
from twosource.corroborate.origins.echoes import Echo
from twosource.corroborate.origins.houses import Houses
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
    nothing else does. Origins tied by an echo count once, and so do outlets of one owner. What is left raises `at_most`.
    """
    named = bodies([v for v in voices if v.role == "source"])
    named.sort(key=lambda g: (not _placed(g), -len(g)))
    unnamed = _apart([v for v in voices if v.role == "unnamed"], named, at)
    media = bodies([v for v in voices if v.role == "carrier"])
    own = [v for v in voices if v.role == "own"]
    heard = _between([*named, *unnamed, *media, *([own] if own else [])], echoes)
    tied = _Ties(heard, at.houses)
    apart = _independent(named, unnamed, say_the_same, _Ties((), at.houses))
    independent = _independent(named, unnamed, say_the_same, tied) or (1 if voices else 0)
    witnesses = {
        h.key if (h := at.houses.of(v.name)) else v.name for v in own if v.statement.basis == "witnessed"
    }
    unnamed, media = _by_desk(unnamed, at.houses), _by_house(media, at.houses)
    most = len(_by_house(named, at.houses)) + len(unnamed) + len(media) + len(witnesses)
    at_most = max(apart, independent, most)
    first_hand = [*named, *unnamed]
    groups = [*first_hand, *([] if first_hand else media), *([own] if own else [])]
    return Count(
        tuple(tuple(g) for g in groups), independent, at_most, bool(own) and len(groups) == 1, tuple(heard)
    )


@dataclass(frozen=True, slots=True)
class _Ties:
    """What makes one of two groups, beside who they are: an odd detail in both, an owner of both."""

    heard: Sequence[Echo]
    houses: Houses

    def between(self, a: Group, b: Group) -> bool:
        """Whether the two cannot be counted as two."""
        ids, others = {v.statement.id for v in a}, {v.statement.id for v in b}
        echoed = any((e.a in ids and e.b in others) or (e.a in others and e.b in ids) for e in self.heard)
        return echoed or _of_one_house(a, b, self.houses)


def _independent(
    named: Sequence[Group], unnamed: Sequence[Group], say_the_same: Callable[[str, str], bool], ties: _Ties
) -> int:
    placed = [g for g in named if _placed(g)]
    found = _agreeing(placed, say_the_same, ties) or min(1, len(named))
    strangers = [g for g in unnamed if g[0].callings and not any(v.official for v in g)]
    strangers = [s for s in strangers if not any(ties.between(s, n) for n in named)]
    return found + bool(found and named and _joins(strangers, list(named), say_the_same))


def _of_one_house(a: Group, b: Group, houses: Houses) -> bool:
    """Whether both speak for outlets of one owner, or the one for the other's owner."""
    return not _houses_of(a, houses).isdisjoint(_houses_of(b, houses))


def _houses_of(group: Group, houses: Houses) -> set[tuple[str, ...]]:
    if not houses.owners:
        return set()
    return {h.key for v in group if v.role != "unnamed" and not v.person and (h := houses.of(v.name))}


def _by_house(groups: Sequence[Group], houses: Houses) -> list[Group]:
    """The groups with the outlets of one owner as one, which is put where the first of them stands."""
    return _brought(groups, lambda a, b: _of_one_house(a, b, houses)) if houses.owners else list(groups)


def _by_desk(unnamed: Sequence[Group], houses: Houses) -> list[Group]:
    """Unnamed sources, as one where the same words are used for them in outlets of one owner: one desk may have asked for both."""
    if not houses.owners:
        return list(unnamed)

    def of(group: Group) -> set[tuple[str, tuple[str, ...]]]:
        held = ((v.body, houses.reports.get(v.statement.report)) for v in group)
        return {(body, house.key) for body, house in held if house}

    return _brought(unnamed, lambda a, b: not of(a).isdisjoint(of(b)))


def _brought(groups: Sequence[Group], one: Callable[[Group, Group], bool]) -> list[Group]:
    found: list[Group] = []
    for group in groups:
        tied = [g for g in found if one(g, group)]
        if not tied:
            found.append(list(group))
            continue
        tied[0].extend([*(v for g in tied[1:] for v in g), *group])
        found = [g for g in found if not any(g is t for t in tied[1:])]
    return found


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


def _placed(group: Group) -> bool:
    """Whether the texts show what the origin is: a calling, or a body with a name; a bare person may be anybody's."""
    return any(
        v.callings or (v.proper and not v.person and v.kind in ("organisation", "document")) or v.bodied
        for v in group
    )


def _agreeing(groups: list[Group], say_the_same: Callable[[str, str], bool], ties: _Ties) -> int:
    """The size of the largest set of origins that hang together by saying the same, those that are tied as one."""
    left = list(range(len(groups)))
    best = 0
    while left:
        found = [left.pop(0)]
        for i in found:
            for j in [j for j in left if _agree(groups[i], groups[j], say_the_same)]:
                found.append(j)
                left.remove(j)
        best = max(best, _classes([groups[i] for i in found], ties))
    return best


def _classes(groups: Sequence[Group], ties: _Ties) -> int:
    kind = list(range(len(groups)))
    for i in range(len(groups)):
        for j in range(i):
            if kind[i] != kind[j] and (
                ties.between(groups[i], groups[j]) or _of_one_hand(groups[i], groups[j])
            ):
                kind = [kind[j] if k == kind[i] else k for k in kind]
    return len(set(kind))


def _of_one_hand(a: Group, b: Group) -> bool:
    """Whether the one has from the other what it tells: the police and the prosecutor of a case, the forces of a country and its president."""
    ours, theirs = (frozenset().union(*(v.callings for v in g)) for g in (a, b))
    if _told_on(a, theirs) or _told_on(b, ours):
        return True
    if any(v.statement.basis == "witnessed" for v in (*a, *b)):
        return False
    if handed_on(ours, theirs) and not _two_towns(a, b):
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
