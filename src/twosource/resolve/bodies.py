"""Whether two names are one body's."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from twosource.annotate.mentions.chain import blends, initials_of, is_acronym
from twosource.annotate.mentions.lexicon import bare, body_forms
from twosource.annotate.mentions.spelling import likeness
from twosource.model import Score
from twosource.resolve.features import Feature, weighed
from twosource.resolve.meaning import closeness
from twosource.resolve.nations import nation
from twosource.resolve.vocabulary import concept, is_general, number_word
from twosource.text import normal

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_BRACKETS = re.compile(r"\(([^()]*)\)")
_DULL = frozenset("the of for and in on to a an de du la le las los el des e i al ul y & by at with".split())
_SPLINTERS = frozenset("real true new continuity united free dissident".split())
_BASED = re.compile(r"\b[\w.]+-based\s+", re.I)
_HOLY_WAR = re.compile(r"\bholy war\b", re.I)
_ANTI = re.compile(r"\banti[- ]", re.I)
_ORDINAL = re.compile(r"(\d+)(?:st|nd|rd|th)")
_MATCH = 0.83
_PAIR = 2  # letters of an acronym that tells nothing without a town's name beside it
_FORCES = {"pd": "police", "fd": "fire", "so": "sheriff"}
_UNSAID = ("", "Department", "Office")  # what a name may leave away, not its acronym
_FAR = 0.3  # unrelated phrases are this much alike to the sentence encoder


def compare_bodies(a: str, b: str, *, meaning: bool = True) -> Score:
    """How alike two bodies' names are; without `meaning` no sentence encoder is loaded, which can only lower the score."""
    return weighed("organisation", body_features(a, b, meaning=meaning))


@lru_cache(maxsize=65536)
def body_words(name: str) -> tuple[str, ...]:
    """A body's name as it is compared: its words, folded; brackets, little words and single letters left out."""
    text = _BRACKETS.sub(" ", name) if _BRACKETS.sub("", name).strip() else name
    words = [_folded(w) for w in _WORD.findall(_plain(text))]
    kept = tuple(w for w in words if w not in _DULL and (len(w) > 1 or w.isdigit()))
    return kept or tuple(w for w in words if w)


def _plain(text: str) -> str:
    text = _BASED.sub("", text) if _BASED.sub("", text).strip() else text
    return _HOLY_WAR.sub("jihad", _ANTI.sub("anti", text.replace(".", "")))


def _folded(word: str) -> str:
    plain = normal(word)
    plain = (plain[:-2] if plain.endswith("'s") else plain).replace("'", "")
    m = _ORDINAL.fullmatch(plain)
    return m.group(1) if m else number_word(plain) or plain


def body_features(a: str, b: str, *, meaning: bool = True) -> list[Feature]:
    """The features of two names, the same whichever comes first."""
    a, b = sorted((a, b))
    x, y = sorted((body_words(a), body_words(b)), key=lambda w: (_worth(w), len(w), w))
    pairs, left_x, left_y = _aligned(x, y)
    alias, acronym = _alias(a, b), _acronym(a, b)
    shared = sum(_value(p) * v for p, _, v in pairs)
    cover = min(1.0, shared / max(_worth(y), 0.1))
    both = not (alias or acronym) and left_x and left_y
    near = closeness(" ".join(left_x), " ".join(left_y)) if both and meaning else 0.0
    numbers = _numbers(x), _numbers(y)
    inside = bool(left_y) and not left_x
    return [
        Feature("alias", float(alias is not None), alias or "the list of short forms does not join them"),
        Feature("acronym", float(acronym is not None), acronym or "neither spells the other's initials"),
        Feature(
            "words",
            cover,
            f"of the longer name's words they share {cover:.0%}: {_list([p for p, _, _ in pairs])}",
        ),
        Feature(
            "conflict",
            min(_worth(left_x), _worth(left_y)),
            f"each has words that the other lacks: {_list(left_x)} against {_list(left_y)}",
        ),
        Feature(
            "meaning",
            max(0.0, (near - _FAR) / (1 - _FAR)),
            f"the words that differ, {_list(left_x)} and {_list(left_y)}, are {near:.0%} alike in meaning",
        ),
        Feature("inside", float(inside and len(x) > 1), f"one is the other with {_list(left_y)} added"),
        Feature(
            "single",
            float(inside and len(x) == 1),
            f"one is a single word of the other, which adds {_list(left_y)}",
        ),
        Feature(
            "nations",
            float(_other_nations(left_x, left_y)),
            f"they are of different countries: {_list(left_x)} against {_list(left_y)}",
        ),
        Feature(
            "splinter",
            float(inside and any(w in _SPLINTERS for w in left_y)),
            f"{_list(left_y)} often tells a breakaway from what it left",
        ),
        Feature(
            "number",
            float(bool(numbers[0]) and numbers[0] == numbers[1]),
            f"both have the number {_list(sorted(numbers[0]))}",
        ),
        Feature(
            "other_number",
            float(bool(numbers[0] and numbers[1]) and numbers[0] != numbers[1]),
            "they have different numbers or dates",
        ),
    ]


def clash(a: str, b: str) -> bool:
    """Whether each name has words that the other lacks, with no short form or initials to explain it."""
    _, left_x, left_y = _aligned(body_words(a), body_words(b))
    return bool(left_x and left_y) and not _alias(a, b) and not _acronym(a, b)


def _other_nations(x: Sequence[str], y: Sequence[str]) -> bool:
    a, b = ({n for w in words if (n := nation(w))} for words in (x, y))
    return bool(a and b and not a & b)


def _aligned(
    x: tuple[str, ...], y: tuple[str, ...]
) -> tuple[list[tuple[str, str, float]], list[str], list[str]]:
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
    return (
        pairs,
        [w for i, w in enumerate(x) if i not in used_x],
        [w for j, w in enumerate(y) if j not in used_y],
    )


def _alike(a: str, b: str) -> float:
    if a == b:
        return 1.0
    if concept(a) and concept(a) == concept(b):
        return 0.95
    if nation(a) and nation(a) == nation(b):
        return 0.95
    if min(len(a), len(b)) >= 4 and (a.startswith(b) or b.startswith(a)) and abs(len(a) - len(b)) <= 3:
        return 0.9
    return likeness(a, b) if min(len(a), len(b)) >= 4 else 0.0


def _value(word: str) -> float:
    """What a word tells of a body: little when many bodies have it."""
    return 0.4 if is_general(word) else 1.0


def _worth(words: Sequence[str]) -> float:
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
            if " " not in short.strip() and " " in long.strip():
                if 2 < len(bare(short)) <= 10 and bare(short) in initials_of(long):
                    return f"{short!r} spells the initials of {long!r}"
                if is_acronym(short) and blends(short, long):
                    return f"{short!r} is made of beginnings of {long!r}"
            if part := _of_a_part(short, long):
                return part
    given_a, given_b = ({bare(m) for m in _BRACKETS.findall(n) if len(m) > 2} for n in (a, b))
    bare_a, bare_b = ({bare(f) for f in _forms(n)} for n in (a, b))
    if given_a & bare_b or given_b & bare_a:
        return f"one gives {sorted(given_a & bare_b | given_b & bare_a)[0]!r} in brackets"
    return None


def _of_a_part(a: str, b: str) -> str | None:
    """Whether an acronym of the one spells what the other has in its place: "Varby EMS", "NPD" and "Northport Police"."""
    ours, theirs = ([re.sub(r"['’]s$", "", w) for w in _WORD.findall(_plain(name))] for name in (a, b))
    both = {normal(w) for w in ours} & {normal(w) for w in theirs}
    rest, left = ([w for w in words if normal(w) not in both] for words in (ours, theirs))
    short = next((w for w in rest if is_acronym(w)), None)
    others = [normal(w) for w in rest if w != short]
    if short is None or not left or not all(is_general(w) or w in _DULL for w in others):
        return None
    spelt, told = bare(short), " ".join(left)
    fits = any(spelt in initials_of(f"{told} {more}") for more in _UNSAID)
    if len(spelt) == _PAIR:  # many things have such initials
        fits = fits and normal(left[0]) == _FORCES.get(spelt) and not all(map(is_general, both))
    return f"{short!r} spells the initials of {told!r}" if fits else None


def _forms(name: str) -> list[str]:
    """The name without its brackets, and what stands in them."""
    outside = " ".join(_BRACKETS.sub(" ", name).split())
    forms = [outside, *(m.strip() for m in _BRACKETS.findall(name))]
    stripped = [re.sub(r"^the\s+", "", f, flags=re.I) for f in forms]
    return [f for f in stripped if f]


def _list(words: list[str]) -> str:
    return ", ".join(map(repr, words)) or "no word"
