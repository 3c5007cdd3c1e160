"""How many independent origins a claim has: the number that can be defended, and the most that there may be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from twosource.corroborate.origins.merging import bodies, may_be_one
from twosource.corroborate.origins.voices import Desk, Voice

_ANONYMOUS = ("anonymous",)


@dataclass(frozen=True, slots=True)
class Count:
    """The origins of a claim in groups of voices, and how many of them are independent."""

    origins: tuple[tuple[Voice, ...], ...]  # the counted first
    independent: int
    at_most: int
    own_voice_only: bool


def count(voices: Sequence[Voice], at: Desk, firm: frozenset[str]) -> Count:
    """Count the origins behind the supporting statements of one claim.

    Named bodies count once each, and only for what they say firmly on the claim's subject (`firm`: statement ids);
    all unnamed sources together count once, and only where they cannot be of a named body; outlets and the reports'
    own voices count, all together as one, only where nothing else does. What is left raises `at_most`.
    """
    named = bodies([v for v in voices if not v.own and v.kind not in (*_ANONYMOUS, "media")])
    unnamed = _families([v for v in voices if v.kind in _ANONYMOUS], at)
    media = bodies([v for v in voices if v.kind == "media"])
    own = [v for v in voices if v.own]
    sure = [g for g in named if any(v.statement.id in firm for v in g)]
    independent = len(sure) if sure else min(1, len(named))
    apart = [g for g in unnamed if not any(may_be_one(g[0], v) for o in named for v in o)]
    known = [g for g in apart if g[0].callings and any(v.statement.id in firm for v in g)]
    if not independent:
        independent = min(1, len(unnamed))
    elif known and not any(v.official for g in known for v in g):
        independent += 1
    witnessed = [v for v in own if v.statement.basis == "witnessed"]
    if not independent:
        independent = 1 if media or own else 0
    at_most = max(independent, len(named) + len(apart) + len(media) + len({v.name for v in witnessed}))
    groups = [*named, *unnamed, *media, *([own] if own else [])]
    return Count(tuple(tuple(g) for g in groups), independent, at_most, bool(own) and len(groups) == 1)


def _families(voices: Sequence[Voice], at: Desk) -> list[list[Voice]]:
    """Unnamed sources, apart where reports that do not copy one another describe them differently or not at all."""
    groups: dict[tuple[str, str], list[Voice]] = {}
    for v in sorted(voices, key=lambda v: (v.statement.report, v.statement.id)):
        groups.setdefault((at.family.get(v.statement.report, v.statement.report), v.body), []).append(v)
    return list(groups.values())
