"""Whether two names are one body's."""

from __future__ import annotations

import re
from functools import lru_cache

from rapidfuzz.distance import Indel

from twosource.annotate.mentions.chain import blends, initials_of, is_acronym
from twosource.annotate.mentions.lexicon import bare, body_forms
from twosource.annotate.mentions.spelling import likeness, sound
from twosource.model import Score
from twosource.resolve.features import Feature, weighed
from twosource.resolve.vocabulary import concept, is_general
from twosource.text import normal

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_BRACKETS = re.compile(r"\(([^()]*)\)")
_DULL = frozenset("the of for and in on to a an de du la le las los el des e i al ul y & by at with".split())
_MATCH = 0.8


def compare_bodies(a: str, b: str) -> Score:
    """How alike two bodies' names are."""
    return weighed("organisation", body_features(a, b))


@lru_cache(maxsize=65536)
def body_words(name: str) -> tuple[str, ...]:
    """A body's name as it is compared: its words, folded, brackets and little words left out."""
    text = _BRACKETS.sub(" ", name) or name
    words = [normal(w).replace("'s", "").replace("'", "") for w in _WORD.findall(text.replace(".", ""))]
    return tuple(w for w in words if w not in _DULL) or tuple(words)


def body_features(a: str, b: str) -> list[Feature]:
    """The features of two names, the same whichever comes first."""
    a, b = sorted((a, b))
    x, y = sorted((body_words(a), body_words(b)), key=lambda w: (len(w), w))
    pairs, left_x, left_y = _aligned(x, y)
    weight_x, weight_y = _worth(left_x), _worth(left_y)
    shared = sum(_value(p) * v for p, _, v in pairs)
    total = shared + min(weight_x, weight_y) or 1.0
    whole = Indel.normalized_similarity("".join(map(sound, x)), "".join(map(sound, y)))
    numbers = _numbers(x), _numbers(y)
    alias = _alias(a, b)
    acronym = _acronym(a, b)
    return [
        Feature("alias", float(alias is not None), alias or "the list of short forms does not join them"),
        Feature("acronym", float(acronym is not None), acronym or "neither spells the other's initials"),
        Feature("words", shared / total, f"they share {_list([p for p, _, _ in pairs])}"),
        Feature("whole", whole, f"written without spaces they are {whole:.0%} alike"),
        Feature("conflict", min(weight_x, weight_y), f"each has words that the other lacks: {_list(left_x)} against {_list(left_y)}"),
        Feature("extra", abs(weight_x - weight_y), f"one has more words: {_list(left_x + left_y)}"),
        Feature("meaning", 0.0, "their meaning was not compared"),
        Feature("number", float(bool(numbers[0] and numbers[1] and numbers[0] != numbers[1])), "they have different numbers or dates"),
    ]


def _aligned(x: tuple[str, ...], y: tuple[str, ...]) -> tuple[list[tuple[str, str, float]], list[str], list[str]]:
    """The words that say the same, one to one, and those left on each side."""
    options = sorted(
        ((_alike(a, b), i, j) for i, a in enumerate(x) for j, b in enumerate(y)),
        key=lambda o: (-o[0], abs(o[1] - o[2]), o[1], o[2]),
    )
    used_x: set[int] = set()
    used_y: set[int] = set()
    pairs = []
    for value, i, j in options:
        if value >= _MATCH and i not in used_x and j not in used_y:
            used_x.add(i)
            used_y.add(j)
            pairs.append((x[i], y[j], value))
    return pairs, [w for i, w in enumerate(x) if i not in used_x], [w for j, w in enumerate(y) if j not in used_y]


def _alike(a: str, b: str) -> float:
    if a == b:
        return 1.0
    if concept(a) and concept(a) == concept(b):
        return 0.95
    if min(len(a), len(b)) >= 4 and (a.startswith(b) or b.startswith(a)) and abs(len(a) - len(b)) <= 3:
        return 0.9
    return likeness(a, b) if min(len(a), len(b)) >= 4 else 0.0


def _value(word: str) -> float:
    """What a word tells of a body: little when many bodies have it."""
    return 0.4 if is_general(word) else 1.0


def _worth(words: list[str]) -> float:
    return sum(map(_value, words))


def _numbers(words: tuple[str, ...]) -> frozenset[str]:
    return frozenset(re.sub(r"\D", "", w) for w in words if any(c.isdigit() for c in w))


def _alias(a: str, b: str) -> str | None:
    full = body_forms()
    for x in _forms(a):
        for y in _forms(b):
            if bare(x) in full and full[bare(x)] == full.get(bare(y)):
                return f"{x!r} and {y!r} are both known forms of {full[bare(x)]!r}"
    return None


def _acronym(a: str, b: str) -> str | None:
    for x, y in ((p, q) for p in _forms(a) for q in _forms(b)):
        for short, long in ((x, y), (y, x)):
            if " " in short.strip() or " " not in long.strip():
                continue
            if 2 < len(bare(short)) <= 10 and bare(short) in initials_of(long):
                return f"{short!r} spells the initials of {long!r}"
            if is_acronym(short) and blends(short, long):
                return f"{short!r} is made of beginnings of {long!r}"
    given_a, given_b = ({bare(m) for m in _BRACKETS.findall(n) if len(m) > 2} for n in (a, b))
    bare_a, bare_b = ({bare(f) for f in _forms(n)} for n in (a, b))
    if given_a & bare_b or given_b & bare_a:
        return f"one gives {sorted(given_a & bare_b | given_b & bare_a)[0]!r} in brackets"
    return None


def _forms(name: str) -> list[str]:
    """The name without its brackets, and what stands in them."""
    outside = " ".join(_BRACKETS.sub(" ", name).split())
    forms = [outside, *(m.strip() for m in _BRACKETS.findall(name))]
    stripped = [re.sub(r"^the\s+", "", f, flags=re.I) for f in forms]
    return [f for f in stripped if f]


def _list(words: list[str]) -> str:
    return ", ".join(map(repr, words)) or "no word"
