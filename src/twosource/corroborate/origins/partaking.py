"""Who denies a part of his own in something ("denied any role", "denies the charges"), and who is said to have done what."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Literal

from twosource.claims import Point
from twosource.corroborate.origins.callings import telling
from twosource.corroborate.origins.sameness import STEM, Sayings, stem_of
from twosource.corroborate.origins.voices import Voice

_LONGEST = 300  # characters of a content that are looked at
_LONG = 3  # letters of a name that is looked for
_PERSONAL = ("he", "she", "they")


@dataclass(frozen=True, slots=True)
class _Words:
    own_part: re.Pattern[str]
    harm: frozenset[str]
    suffered: frozenset[str]
    accusing: frozenset[str]


@lru_cache(maxsize=1)
def _words() -> _Words:
    data = tomllib.loads(
        files("twosource.corroborate.origins").joinpath("partaking.toml").read_text(encoding="utf-8")
    )
    return _Words(
        re.compile(
            rf"\W*(?:that )?(?:(?:{'|'.join(data['before'])}) ){{0,3}}(?P<what>{'|'.join(data['own_part'])})\b",
            re.IGNORECASE,
        ),
        frozenset(data["harm"]),
        frozenset(data["suffered"]),
        frozenset(map(stem_of, data["accusing"])),
    )


def denies_own_part(point: Point) -> bool:
    """Whether it denies that its speaker had a hand in something, or what the speaker is accused of."""
    return point.statement.stance == "denies" and _words().own_part.match(point.text[:_LONGEST]) is not None


def target_of_own_part(
    denial: Point, voice: Voice, support: Sequence[Point], said: Sayings
) -> Literal["claim", "premise"] | None:
    """What a denial of one's own part denies: what says that the denier did it; the premise of what accuses him.

    Where it names what it denies ("any role in the fire") only that is meant, else any harm that he is said to have done.
    """
    words = _words()
    rest = words.own_part.sub("", denial.text[:_LONGEST], count=1)
    meant = {stem_of(w) for w in denial.lemmas if w in rest.lower()}
    names = {w[:STEM] for w in telling(voice.name) | voice.proper if len(w) >= _LONG}
    ids = {a.id for a in (voice.speaker,) if a is not None} | {voice.body, *voice.above}
    found: Literal["claim", "premise"] | None = None
    for p in support:
        pairs = said.pairs.get(p.statement.id)
        if pairs is None:
            continue
        for doer, verb in sorted(pairs.acts):
            his = doer[:STEM] in names or (doer in _PERSONAL and bool(p.names & ids))
            if (
                his
                and (stem_of(verb) in meant if meant else verb in words.harm)
                and verb not in words.suffered
            ):
                return "claim"
        if p.names & ids and set(map(stem_of, p.lemmas)) & words.accusing:
            found = "premise"
    return found
