"""How alike two words of a name are when spelled from another script, or mistyped.

A word is first reduced to how English would sound it (`sound`), then compared by an edit distance in which vowels,
which transliterations and typists treat freely, cost less than consonants.
"""

from __future__ import annotations

import re
from functools import lru_cache

from rapidfuzz.distance import Levenshtein

from twosource.text import normal

_FAR = 0.4
_VOWELS = frozenset("aeiou")
# Digraphs and letters that stand for one sound across the customary romanisations (ALA-LC, BGN/PCGN, Wade-Giles, French).
_SOUNDS = (
    ("tch", "c"), ("sch", "s"), ("shch", "s"), ("dzh", "j"), ("tsch", "c"),
    ("kh", "h"), ("gh", "g"), ("dh", "d"), ("th", "t"), ("ph", "f"), ("sh", "s"), ("ch", "s"), ("zh", "j"), ("dj", "j"),
    ("ck", "k"), ("qu", "k"), ("q", "k"), ("x", "ks"), ("ts", "s"), ("tz", "s"), ("cz", "s"), ("w", "v"), ("ou", "u"), ("oo", "u"),
    ("ee", "i"), ("ie", "i"), ("iy", "i"), ("yi", "i"), ("ij", "i"), ("y", "i"), ("ae", "e"), ("oe", "e"), ("ue", "u"), ("aa", "a"), ("j", "j"), ("z", "s"),
)  # fmt: skip
_SOFT_C = re.compile(r"c(?=[ei])")
_DOUBLE = re.compile(r"(.)\1+")
_LETTERS = re.compile(r"[^a-z]")
# Sounds that romanisations swap: cheaper than other consonants.
_CLOSE = {
    frozenset(p) for p in ("kg", "kh", "gh", "bp", "dt", "fv", "sj", "gj", "mn", "lr", "hj", "bv", "td")
}


@lru_cache(maxsize=65536)
def sound(word: str) -> str:
    """The word's letters as they would sound: one letter a sound, no doubled letters."""
    letters = _LETTERS.sub("", normal(word))
    letters = _SOFT_C.sub("s", letters)
    for spelled, heard in _SOUNDS:
        letters = letters.replace(spelled, heard)
    return _DOUBLE.sub(r"\1", letters.replace("c", "k"))


@lru_cache(maxsize=65536)
def skeleton(word: str) -> str:
    """The word's consonants as they would sound, and its first vowel where it opens with one."""
    heard = sound(word)
    return heard[:1] + "".join(c for c in heard[1:] if c not in _VOWELS)


@lru_cache(maxsize=131072)
def likeness(a: str, b: str) -> float:
    """How alike two words are, 0 to 1; 1 only for words that would sound the same."""
    x, y = sound(a), sound(b)
    if x == y:
        return 1.0 if x else float(normal(a) == normal(b))
    if not x or not y:
        return 0.0
    longest = max(len(x), len(y))
    if longest > 40 or abs(len(x) - len(y)) > longest / 2:
        return 0.0
    rough = float(Levenshtein.normalized_similarity(x, y))
    if rough < _FAR:
        return rough  # far apart however vowels are counted, and most pairs are
    return max(0.0, 1 - _distance(x, y) / ((len(x) + len(y)) / 2))


def _distance(x: str, y: str) -> float:
    above = [0.0]
    for c in y:
        above.append(above[-1] + _gap(c))
    for i, c in enumerate(x, 1):
        row = [above[0] + _gap(c)]
        for j, d in enumerate(y, 1):
            best = min(above[j - 1] + _swap(c, d), above[j] + _gap(c), row[j - 1] + _gap(d))
            row.append(best)
            if i > 1 and j > 1 and c == y[j - 2] and d == x[i - 2] and c != d:
                row[j] = min(row[j], above[j - 1] + 0.6)
        above = row
    return above[-1]


def _gap(c: str) -> float:
    return 0.5 if c in _VOWELS or c == "h" else 1.0


def _swap(c: str, d: str) -> float:
    if c == d:
        return 0.0
    if c in _VOWELS and d in _VOWELS:
        return 0.35
    if frozenset((c, d)) in _CLOSE:
        return 0.6
    return 1.0 if (c in _VOWELS) == (d in _VOWELS) else 1.2
