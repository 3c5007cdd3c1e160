"""How many independent origins a claim has: the number that can be defended, and the most that there may be."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from twosource.corroborate.origins.merging import bodies, may_be_one, same_utterance
from twosource.corroborate.origins.voices import Desk, Voice

Group = list[Voice]


@dataclass(frozen=True, slots=True)
class Count:
    """The origins of a claim in groups of voices, and how many of them are independent."""

    origins: tuple[tuple[Voice, ...], ...]  # the best known first
    independent: int
    at_most: int
    own_voice_only: bool


def count(voices: Sequence[Voice], at: Desk, say_the_same: Callable[[str, str], bool]) -> Count:
    """Count the origins behind the supporting statements of one claim.

    A body counts where the texts show what it is, so that it can be told from the others, and where it says firmly
    the same as another (`say_the_same`, given two statement ids). All unnamed sources together count once, and only
    where they cannot be of a named body; outlets and the reports' own voices count, all together as one, only where
    nothing else does. What is left raises `at_most`.
    """
    named = bodies([v for v in voices if v.role == "source"])
    named.sort(key=lambda g: (not _placed(g), -len(g)))
    unnamed = _apart([v for v in voices if v.role == "unnamed"], named, at)
    media = bodies([v for v in voices if v.role == "carrier"])
    own = [v for v in voices if v.role == "own"]
    independent = _agreeing([g for g in named if _placed(g)], say_the_same) or min(1, len(named))
    strangers = [g for g in unnamed if g[0].callings and not any(v.official for v in g)]
    if independent and named and _joins(strangers, named, say_the_same):
        independent += 1
    if not independent:
        independent = 1 if voices else 0
    witnesses = {v.name for v in own if v.statement.basis == "witnessed"}
    at_most = max(independent, len(named) + len(unnamed) + len(media) + len(witnesses))
    first_hand = [*named, *unnamed]
    groups = [*first_hand, *([] if first_hand else media), *([own] if own else [])]
    return Count(tuple(tuple(g) for g in groups), independent, at_most, bool(own) and len(groups) == 1)


def _placed(group: Group) -> bool:
    """Whether the texts show what the origin is: a calling, or a body with a name; a bare person may be anybody's."""
    return any(
        v.callings or (v.proper and not v.person and v.kind in ("organisation", "document")) or v.bodied
        for v in group
    )


def _agreeing(groups: list[Group], say_the_same: Callable[[str, str], bool]) -> int:
    """The size of the largest set of origins that hang together by saying the same."""
    left = list(range(len(groups)))
    best = 0
    while left:
        found = [left.pop(0)]
        for i in found:
            for j in [j for j in left if _agree(groups[i], groups[j], say_the_same)]:
                found.append(j)
                left.remove(j)
        best = max(best, len(found))
    return best


def _agree(a: Group, b: Group, say_the_same: Callable[[str, str], bool]) -> bool:
    return any(say_the_same(v.statement.id, w.statement.id) for v in a for w in b)


def _joins(strangers: list[Group], named: list[Group], say_the_same: Callable[[str, str], bool]) -> bool:
    return any(_agree(s, n, say_the_same) for s in strangers for n in named)


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
