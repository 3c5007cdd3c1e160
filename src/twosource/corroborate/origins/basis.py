"""What an origin's words rest on: own senses, a document, a conclusion, or somebody else's word."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from twosource.corroborate.origins.voices import Desk, Voice
from twosource.model import Basis, Span

_BEST: tuple[Basis, ...] = ("witnessed", "documented", "assessed", "relayed", "unstated")
_LONGEST = 800  # characters that are looked at


@dataclass(frozen=True, slots=True)
class _Signs:
    first: re.Pattern[str]  # what "I" perceive or do, anywhere
    third: re.Pattern[str]  # what "he" perceives or does, at the head of what he is given for
    relayed: re.Pattern[str]
    cues: re.Pattern[str]
    assessed: re.Pattern[str]
    documented: re.Pattern[str]


@lru_cache(maxsize=1)
def _signs() -> _Signs:
    data = tomllib.loads(
        files("twosource.corroborate.origins").joinpath("basis.toml").read_text(encoding="utf-8")
    )
    seen = data["witnessed"]
    senses, could, acts = ("|".join(seen[key].split()) for key in ("senses", "could", "acts"))
    does = rf"(?:\w+ly )?(?:could (?:{could})|{senses}|{acts})\b"
    return _Signs(
        re.compile(rf"\b(?:I|we|We) {does}"),
        re.compile(rf"\A\W*(?:that |how )?(?:he|she|they) {does}", re.IGNORECASE),
        *(
            re.compile(r"\b(?:" + "|".join(map(re.escape, phrases)) + r")\b", re.IGNORECASE)
            for phrases in (
                data["relayed"]["phrases"],
                data["assessed"]["cues"],
                data["assessed"]["content"],
                data["documented"]["content"],
            )
        ),
    )


def basis_of(group: Sequence[Voice], at: Desk) -> Basis:
    """The best that any of an origin's statements rests on; "unstated" where none of them shows it."""
    return min((_of(v, at) for v in group), key=_BEST.index, default="unstated")


def _of(v: Voice, at: Desk) -> Basis:
    s, signs = v.statement, _signs()
    if s.basis != "unstated" or v.role == "own" or v.statement.report not in at.articles:
        return s.basis
    text = at.articles[s.report].text
    said, cue = _words(s.content, text), _words(s.cue, text)
    if signs.first.search(said) or (s.mode != "direct" and signs.third.search(said)):
        return "witnessed"
    if signs.relayed.search(said):
        return "relayed"
    if signs.documented.search(said):
        return "documented"
    if signs.cues.search(cue) or signs.assessed.search(said) or s.certainty == "assessed":
        return "assessed"
    return "unstated"


def _words(spans: Sequence[Span], text: str) -> str:
    return " ".join(" ".join(s.of(text) for s in spans)[:_LONGEST].split())
