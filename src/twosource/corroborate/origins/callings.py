"""What a source is, from the words that describe it: police, relative, witness."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from itertools import pairwise

from twosource.text import normal

_WORD = re.compile(r"[\w’']+")
_OPENING = 4  # words in which a clause's subject and verb stand
_POINTS = re.compile(r"\b(?:[A-Za-z]\.){2,}")


@dataclass(frozen=True, slots=True)
class Callings:
    """Which words name which calling, which callings are the state's, and which words tell nothing."""

    of_word: dict[str, frozenset[str]]
    official: frozenset[str]
    one_body: frozenset[str]
    pictures: frozenset[str]
    dull: frozenset[str]
    phrases: dict[tuple[str, str], str]
    hands_on: frozenset[str]
    command: frozenset[str]
    minds: frozenset[str]
    wider: frozenset[str]
    carriers: frozenset[str]
    carrying: frozenset[tuple[str, str]]


@lru_cache(maxsize=1)
def _lists() -> Callings:
    data = tomllib.loads(
        files("twosource.corroborate.origins").joinpath("origins.toml").read_text(encoding="utf-8")
    )
    of_word: dict[str, set[str]] = {}
    for calling, listed in data["callings"].items():
        for word in listed.split():
            of_word.setdefault(normal(word), set()).add(calling)
    return Callings(
        {w: frozenset(c) for w, c in of_word.items()},
        frozenset(data["official"]),
        frozenset(data["one_body"]),
        frozenset(data["pictures"]["words"].split()),
        frozenset(data["dull"]["words"].split()),
        {_two(p): calling for calling, listed in data["phrases"].items() for p in listed},
        frozenset(data["hands_on"]["callings"]),
        frozenset(data["hands_on"]["command"].split()),
        frozenset(data["minds"]["verbs"].split()),
        frozenset(data["hands_on"]["wider"].split()),
        frozenset(data["carriers"]["last"].split()),
        frozenset(_two(p) for p in data["carriers"]["phrases"]),
    )


def _two(phrase: str) -> tuple[str, str]:
    first, second = phrase.split()
    return first, second


def callings(*descriptions: str) -> frozenset[str]:
    """The callings that the descriptions name; "Lt." may be police or military, so both are given."""
    found = [c for d in descriptions for c in _in(words_of(d))]
    sure = [c for c in found if len(c) == 1]
    return frozenset().union(*(sure or found))


def _in(words: list[str]) -> Iterator[frozenset[str]]:
    lists = _lists()
    pairs = {n: c for n, two in enumerate(pairwise(words)) if (c := lists.phrases.get(two))}
    for n, w in enumerate(words):
        if n in pairs:
            yield frozenset((pairs[n],))
        elif n - 1 not in pairs and w in lists.of_word:
            yield lists.of_word[w]


def handed_on(a: frozenset[str], b: frozenset[str]) -> bool:
    """Whether people of the one calling have from those of the other what they tell of a case: police and prosecutors."""
    links = _lists().hands_on
    return bool(a & links and b & links)


def is_wider(description: str) -> bool:
    """Whether a police force is one of more than a town: a sheriff works on a case with the police of its towns."""
    return bool(_lists().wider & set(words_of(description)))


def is_authority(found: frozenset[str]) -> bool:
    """Whether the calling is one of those who ask people what happened: police, prosecutors, courts."""
    return bool(found & _lists().hands_on)


def is_of_a_mind(words: str) -> bool:
    """Whether folded words tell what somebody believed or felt: "she believed that they followed her"."""
    opening = words.split()[:_OPENING]
    return any(w in _lists().minds for w in opening[1:])


def commands(*descriptions: str) -> bool:
    """Whether the words name those who command a country's forces."""
    return any(w in _lists().command for d in descriptions for w in words_of(d))


def is_official(found: frozenset[str]) -> bool:
    """Whether the calling is one of the state's, so that a bare "official" may be of it."""
    return bool(found & _lists().official)


def is_one_body(found: frozenset[str]) -> bool:
    """Whether people of the calling speak for one body unless the texts show otherwise: the police of a place."""
    return bool(found & _lists().one_body)


def is_picture(description: str) -> bool:
    """Whether a source is a picture: what it shows is not what somebody told."""
    return bool(_lists().pictures & set(words_of(description)))


def is_carrier(description: str) -> bool:
    """Whether a body is one that carries news, by what its name ends in or holds: "the Ansa news agency", "Fox News Latino"."""
    words, lists = words_of(description), _lists()
    return bool(words) and (
        words[-1] in lists.carriers
        or any(two in lists.carrying for two in pairwise(words))
        or "news" in words[1:]
    )


def is_spokes(description: str) -> bool:
    """Whether a source is said to speak for somebody: without the body's name nothing tells which."""
    return any(w.startswith("spokes") for w in words_of(description))


def telling(description: str) -> frozenset[str]:
    """The words of a description that tell its source from another."""
    dull = _lists().dull
    return frozenset(w for w in words_of(description) if w not in dull)


def words_of(description: str) -> list[str]:
    """The description's words, folded, without a possessive ending; "U.S." is one word."""
    description = _POINTS.sub(lambda m: m.group().replace(".", ""), description)
    return [re.sub(r"'s?$", "", normal(m.group())) for m in _WORD.finditer(description)]
