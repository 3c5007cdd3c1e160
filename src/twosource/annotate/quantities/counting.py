"""What a number counts and what befell those counted, from the words beside it."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from functools import lru_cache
from importlib.resources import files
from typing import Any

_WORD = re.compile(r"[\s-]*([A-Za-z][A-Za-z'’-]*)(\.(?=[A-Z]|\s[a-z]))?")
_MOST_WORDS = 6
_NOT_PLURAL = re.compile(r"(?:ss|us|is|['’]s)$", re.IGNORECASE)
_SKIPPED = (
    "other",
    "more",
    "additional",
    "further",
    "of",
    "the",
    "those",
    "these",
    "his",
    "her",
    "their",
    "its",
    "our",
    "another",
)


@lru_cache(maxsize=1)
def words() -> dict[str, Any]:
    """The word lists of `quantities.toml`."""
    return tomllib.loads((files(__package__) / "quantities.toml").read_text(encoding="utf-8"))


def any_of(several: Iterable[str]) -> str:
    """An alternation, the longest first, with any white space or hyphen between the parts."""
    return (
        "(?:"
        + "|".join(
            re.escape(w).replace(r"\ ", r"[\s-]+") for w in sorted(set(several), key=lambda w: (-len(w), w))
        )
        + ")"
    )


@lru_cache(maxsize=4096)
def singular(noun: str) -> str | None:
    """The singular of a plural noun in small letters, or None when it doesn't look like a plural."""
    noun = noun.lower().replace("’", "'")
    irregular: dict[str, str] = words()["irregular"]
    if noun in irregular:
        return irregular[noun]
    tail = noun.rsplit("-", 1)[-1]
    if tail != noun and tail in irregular:
        return noun[: -len(tail)] + irregular[tail]
    if tail == "others":
        return "person"
    if not noun.endswith("s") or _NOT_PLURAL.search(noun) or len(noun) < 4:
        return None
    if noun.endswith("ies") and len(noun) > 4:
        return noun[:-3] + "y"
    if re.search(r"(?:ch|sh|x|ss|zz)es$", noun):
        return noun[:-2]
    return noun[:-1]


@lru_cache(maxsize=1)
def _stops() -> frozenset[str]:
    return frozenset(words()["stops"]["words"])


@lru_cache(maxsize=1)
def _persons() -> frozenset[str]:
    return frozenset(words()["people"]["singular"])


_BODIES = ("police", "staff", "crew", "aircraft", "people", "personnel")


def _plural_follows(text: str, at: int, limit: int) -> bool:
    m = _WORD.match(text, at, limit)
    return m is not None and m[1].lower() not in _stops() and singular(m[1]) is not None


def counted(text: str, at: int, limit: int, *, one: bool = False) -> tuple[str | None, int]:
    """The lemma phrase of what the number before `at` counts (its last word is the head), and where it ends."""
    phrase: list[str] = []
    end = at
    for _ in range(_MOST_WORDS):
        m = _WORD.match(text, end, limit)
        if m is None:
            break
        word = m[1].lower()
        if word in _SKIPPED and not phrase:
            end = m.end()
            continue
        head = singular(word)
        if word in _stops() and head is None:
            break
        if word in _BODIES and _WORD.match(text, m.end(), limit) and _plural_follows(text, m.end(), limit):
            head = None  # "two police cars"
        if head is not None and word not in ("was", "has"):
            return " ".join([*phrase, head]), m.end()
        if one and word in _persons():
            return " ".join([*phrase, word]), m.end()
        phrase = [] if word.endswith(("'s", "’s", "s'", "s’")) else [*phrase, word]
        end = m.end()
    if one and phrase and len(phrase) <= 3 and not phrase[-1].endswith("ly"):
        return " ".join(phrase), end
    return None, at


_FILLERS = (
    r"(?:\s+(?:another|the|all|also|to|of|an?|estimated|other|his|her|their|its|as|reached|stands|stood|at|rose|risen|has|had|climbed|"
    r"grew|is|was|by|from|[a-z]+ly|himself\s+and|herself\s+and|themselves\s+and|and|then|in|people|suspects?|were|now))*"
)


@lru_cache(maxsize=1)
def _before() -> tuple[tuple[str, re.Pattern[str]], ...]:
    roles = words()["roles"]
    safe = _FILLERS.replace("by|", "").replace("|and|then|in", "").replace("|people|suspects?|were", "")
    return tuple(
        (key.removesuffix("_before"), re.compile(rf"\b{any_of(roles[key])}\b{safe}\s*$", re.IGNORECASE))
        for key in roles
        if key.endswith("_before")
    )


@lru_cache(maxsize=1)
def _after() -> re.Pattern[str]:
    roles = words()["roles"]
    named = (
        f"(?P<{key.removesuffix('_after')}>{any_of(roles[key])})" for key in roles if key.endswith("_after")
    )
    return re.compile(rf"\b(?:{'|'.join(named)})\b", re.IGNORECASE)


def _role_of_noun(of: str | None) -> str | None:
    head = (of or "").rsplit(" ", 1)[-1]
    return next(
        (role for role, nouns in words()["role_nouns"].items() if head in nouns and role != "none"), None
    )


_BETWEEN = re.compile(
    r"[\s,]*(?:(?:were|was|are|is|have|has|had|been|being|reported|confirmed|feared|left|believed|also|others?|people|more|to|be|"
    r"critically|seriously|fatally|badly|slightly|presumed|still|either|both|all|later|found|declared|pronounced|remain|remained)[\s,]+)*"
)
_AFTER_CUT = re.compile(
    r"[.;:](?:\s|$)|\b(?:but|while|after|when|as|before|because|whereas|who|whom)\b|,\s+(?:and|with)\b"
    r"|(?<!shot\s)\b(?:and|or)\s+(?=\w+ing\b|wound|injur|kill)",
    re.IGNORECASE,
)
_PASSIVE = re.compile(
    r"\b(?:was|were|is|are|been|being|be|got|gets|get|found|left|pronounced|declared|reported|confirmed)\b",
    re.IGNORECASE,
)
_HAVE = re.compile(r"\b(?:has|have|had|having|who|that|allegedly)\s*$", re.IGNORECASE)
_OBJECT = re.compile(
    r"\s+(?:an?|the|his|her|their|its|my|at\s+least|another|himself|herself|themselves|him|them|two|three|four|five|six|\d+)\b",
    re.IGNORECASE,
)
_NEVER_ACTIVE = (
    "dead",
    "die",
    "died",
    "dies",
    "deaths",
    "fatalities",
    "lost",
    "perished",
    "drowned",
    "succumbed",
    "bodies",
)
_FAR = 45  # characters; farther on, the verb has another subject


def role(before: str, of: str | None, after: str) -> str | None:
    """What befell those counted: said by the noun itself, by a verb right before, or by the first verb after."""
    if named := _role_of_noun(of):
        return named
    if (of or "").rsplit(" ", 1)[-1] in words()["role_nouns"]["none"]:
        return None
    follows = _AFTER_CUT.split(after, maxsplit=1)[0]
    m = _after().search(follows)
    if m is not None and _active(follows, m):
        m = None
    if m is not None and _BETWEEN.fullmatch(follows[: m.start()]):
        return m.lastgroup
    for name, pattern in _before():
        if pattern.search(before):
            return "killed" if name == "shot" and re.search(r"\bto\s+death\b", follows) else name
    return m.lastgroup if m is not None and m.start() < _FAR else None


def _active(follows: str, m: re.Match[str]) -> bool:
    """Whether those counted did it rather than suffered it: "two men shot a guard", "a man who had killed"."""
    if m.group().split()[0].lower() in _NEVER_ACTIVE or _PASSIVE.search(follows, 0, m.start()):
        return False
    return bool(_HAVE.search(follows, 0, m.start()) or _OBJECT.match(follows, m.end()))
