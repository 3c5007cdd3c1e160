"""What a negative statement says no to, as far as its words show."""

from __future__ import annotations

import re

from twosource.claims import Point
from twosource.text import normal

# A second clause that a "no" before it does not reach: "no one was hurt, but eighty families had to leave".
_TURN = re.compile(r"[;:–—]| - |,? \b(?:but|although|though|while|whereas|yet)\b", re.IGNORECASE)
_NO = re.compile(
    r"\b(?:no|not|never|none|nobody|nothing|neither|nor|without|cannot|\w+n['’]t)\b", re.IGNORECASE
)
_IF = re.compile(r"\b(?:if|unless|in case|should)\b", re.IGNORECASE)
_WORD = re.compile(r"[\w’'-]+")
_STEM = 5  # letters by which a word of the text and a lemma are taken for the same


def negates_what(negative: Point, positive: Point) -> bool:
    """Whether the "no" of one statement reaches what it has in common with the other.

    Where a text falls into clauses, most of the common words must stand in one that has the "no".
    """
    common = negative.lemmas & positive.lemmas
    pieces = [p for p in _TURN.split(negative.text) if p and p.strip()]
    if not common or len(pieces) < 2:
        return True
    reached = {w for p in pieces if _NO.search(p) for w in _stems(p)}
    return 2 * sum(_stem(c) in reached for c in common) >= len(common)


def share_more_than_names(denial: Point, other: Point) -> bool:
    """Whether two statements have in common more than who they are about: that he fired is not that he is held."""
    common = denial.lemmas & other.lemmas
    return bool(common - (_capitals(denial.text) & _capitals(other.text)))


def is_conditional(point: Point) -> bool:
    """Whether it says what would follow from something: who denies that something denies only its premise."""
    return _IF.search(point.text) is not None


def _capitals(text: str) -> frozenset[str]:
    return frozenset(normal(w) for w in _WORD.findall(text) if w[:1].isupper())


def _stems(text: str) -> list[str]:
    return [_stem(normal(w)) for w in _WORD.findall(text)]


def _stem(word: str) -> str:
    return word[:_STEM]
