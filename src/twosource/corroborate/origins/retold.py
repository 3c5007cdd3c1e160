"""One utterance told twice: two statements that have most of their words in common, in runs and in one order."""

from __future__ import annotations

from collections import Counter
from difflib import SequenceMatcher
from functools import lru_cache

SAME_WORDS = 5  # words of which a statement is found again whole in another
_FEWEST = 8  # words of one that is found again for the most part
_MOST = 0.72  # of its words
_RUN = 2  # words in a row, since little words stand in every sentence
_LONGEST = 120  # words of a statement that are looked at
_LITTLE = frozenset(
    """a an the of to in on at by for with from and or but as that which who it its he she they his her their was were is are be been has
    have had not""".split()
)


def same_words(a: str, b: str) -> bool:
    """Whether two folded texts are one utterance: the one holds the other, or they are the same but for some words.

    Two people who tell of one thing on their own do not choose three words in four alike, and those in one order.
    """
    if a == b:
        return a.count(" ") + 1 >= SAME_WORDS
    short, long = sorted((a, b), key=lambda k: (len(k), k))
    if short.count(" ") + 1 >= SAME_WORDS and f" {short} " in f" {long} ":
        return True
    x, y = _words(short), _words(long)
    fewest = min(len(x), len(y))
    if fewest < _FEWEST or sum((_counted(x) & _counted(y)).values()) < _MOST * fewest:
        return False
    return _in_runs(x, y) >= _MOST * fewest


@lru_cache(maxsize=65_536)
def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split(" ", _LONGEST)[:_LONGEST])


@lru_cache(maxsize=65_536)
def _counted(words: tuple[str, ...]) -> Counter[str]:
    return Counter(words)


@lru_cache(maxsize=65_536)
def _in_runs(x: tuple[str, ...], y: tuple[str, ...]) -> int:
    """How many words of the two stand in runs that both have, in one order; runs of little words alone are none."""
    blocks = SequenceMatcher(None, x, y, autojunk=False).get_matching_blocks()
    return sum(b.size for b in blocks if b.size >= _RUN and not _LITTLE.issuperset(x[b.a : b.a + b.size]))
