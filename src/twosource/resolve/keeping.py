"""What speaks for and against an actor of the reports being a known one, beside the name: offices, countries, first names."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Sequence
from functools import lru_cache
from importlib.resources import files

from twosource.annotate.mentions.chain import generations_differ, parts
from twosource.annotate.mentions.lexicon import lexicon
from twosource.annotate.mentions.spelling import likeness
from twosource.model import MentionKind
from twosource.resolve.merge import given_alike
from twosource.resolve.nations import nation
from twosource.resolve.nodes import Node, full, key
from twosource.resolve.vocabulary import is_general

_SURNAME = 0.72  # from here on two family names are spellings of one
_GIVEN = 0.6  # below it two given names are two people's
_UNNAMED = frozenset("unnamed anonymous unidentified undisclosed unknown source sources".split())
_ADDRESS = frozenset("mr mrs ms miss mx mme mlle sir dame lord lady dr doctor hon honorable".split())
_EMPTY = frozenset("former member head office acting".split())  # of an office: say little of which


@lru_cache(maxsize=1)
def _dull() -> frozenset[str]:
    lex = lexicon()
    return (
        (lex.titles | lex.roles | lex.title_modifiers | lex.institution_heads) - lex.also_names
        | lex.people_words | lex.people_modifiers | lex.never_names | _UNNAMED
    )  # fmt: skip


def is_name(folded: str) -> bool:
    """Whether a folded name has a word that is no office, no people and no word of bodies' names in general."""
    return any(w not in _dull() and not w.isdigit() for w in folded.split())


def tells(folded: str, kind: MentionKind) -> bool:
    """Whether a folded name can mean one actor by itself: a person's needs two words, a body's more than general ones."""
    words = folded.split()
    if kind == "person":
        return len(words) > 1 and is_name(folded)
    telling = [w for w in words if w not in _dull() and not w.isdigit() and not is_general(w)]
    return any(nation(w) is None for w in telling) or (bool(telling) and len(words) > 1)


def capitals(form: str) -> int:
    """How many words of a name begin with a capital."""
    return sum(w[:1].isupper() for w in form.replace("-", " ").split())


def _office_words(said: Iterable[str]) -> frozenset[str]:
    words = frozenset(w for s in said for w in parts(s)) - _ADDRESS - _EMPTY - lexicon().title_modifiers
    return frozenset(w for w in words if nation(w) is None)


def _offices(members: Sequence[Node]) -> list[str]:
    return sorted({s for m in members for s in (*m.titles, *m.roles) if _office_words([s])})


def shared_office(members: Sequence[Node], positions: Sequence[str]) -> str | None:
    """An office, or the body of one, that the reports and the list both name."""
    bodies = [body for m in members for body, _, _ in m.affiliations]
    mine = _office_words(_offices(members))
    mine |= {w for w in _office_words(bodies) if not is_general(w) and w not in lexicon().institution_heads}
    shared = sorted(mine & _office_words(positions))
    return shared[0] if shared else None


def country_told(members: Sequence[Node], codes: Sequence[str]) -> str | None:
    """A country that stands beside the name in the reports and in the list."""
    wanted = {_countries().get(c.lower()) or nation(c) for c in codes}
    said = [*(t for m in members for t in (*m.titles, *m.roles)), *(b for m in members for b, _, _ in m.affiliations)]  # fmt: skip
    there = {n for s in said for w in parts(s) if (n := nation(w))}
    shared = sorted(there & wanted - {None}, key=str)
    return shared[0] if shared else None


def disagree(members: Sequence[Node], positions: Sequence[str]) -> str | None:
    """How offices differ where the reports and the list both give one and share none; None where they don't."""
    offices = _offices(members)
    if not offices or not _office_words(positions):
        return None
    return f"the reports say {offices[0]!r}, the list {min(positions)!r}"


def apart(a: Sequence[Node], b: Sequence[Node]) -> str | None:
    """What in the reports keeps two groups from being one actor, however they are listed; None where nothing does."""
    for x in a:
        for y in b:
            if x.kind != y.kind:
                return f"{x.name!r} is a {x.kind}, {y.name!r} a {y.kind}"
            if key(x.name) == key(y.name) or not (full(x.name, x.kind) and full(y.name, y.kind)):
                continue
            if x.report == y.report and min(len(parts(x.name)), len(parts(y.name))) > 1:
                return f"one report has both {x.name!r} and {y.name!r}"
            if x.kind == "person" and _two_of_one_family(x.name, y.name):
                return f"{x.name!r} and {y.name!r} differ in their first names"
    mine, theirs = _offices(a), _offices(b)
    if a[0].kind == "person" and mine and theirs and not _office_words(mine) & _office_words(theirs):
        return f"one is called {mine[0]!r}, the other {theirs[0]!r}"
    return None


def _two_of_one_family(a: str, b: str) -> bool:
    x, y = parts(a), parts(b)
    if generations_differ(a, b):
        return True
    return likeness(x[-1], y[-1]) >= _SURNAME and given_alike(x[0], y[0]) < _GIVEN


@lru_cache(maxsize=1)
def _countries() -> dict[str, str]:
    """Codes of countries, small, with their names."""
    text = (files("twosource.annotate.places") / "countries.toml").read_text(encoding="utf-8")
    return {code.lower(): str(row[0]) for code, row in tomllib.loads(text).items()}
