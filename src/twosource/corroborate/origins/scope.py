"""What a negative statement says no to, as far as its words show."""

from __future__ import annotations

import re

from twosource.claims import Point
from twosource.corroborate.origins.sameness import Sayings
from twosource.text import normal

# A second clause that a "no" before it does not reach: "no one was hurt, but eighty families had to leave".
# The same for "and" before a subject or a finite "be": "no charges were brought and he was released".
_TURN = re.compile(
    r"[;:–—]| - |[.!?][\"”’']* +(?=[\"“‘']?[A-Z])|,? \b(?:but|although|though|while|whereas|yet)\b"
    r"|,? \band (?=(?:he|she|they|it|that|the|a|an|is|are|was|were|has|have|had|will)\b)",
    re.IGNORECASE,
)
_NO = re.compile(
    r"\b(?:no|not|never|none|nobody|nothing|neither|nor|without|cannot|\w+n['’]t)\b", re.IGNORECASE
)
_IF = re.compile(
    r"\b(?:if|unless|in case|should)\b|\b(?:any|whatever)\b[^.;,]{0,80}\b(?:may|might) have\b", re.IGNORECASE
)
_WORD = re.compile(r"[\w’'-]+")
_OF = re.compile(r"[’']s?\Z")
# What is said not to be there at all: "there are no dams", "no such officer exists", "the office has never existed".
_LACKS = re.compile(
    r"\b(?:there(?:['’]s| is| was| are| were| has been| have been) no|(?:has|have|had) no|no such"
    r"|(?:do|does|did)(?: not|n['’]t) have any)\s+"
    r"(?P<after>(?:[\w’'-]+\s+){0,3}[\w’'-]+)"
    r"|(?P<before>(?:[\w’'-]+\s+){0,3}[\w’'-]+)\s+(?:(?:does|do|did|has|have|had)(?:n['’]t| not| never)|never) exist(?:s|ed)?\b",
    re.IGNORECASE,
)
_LONGEST = 600  # characters of a content that are looked at
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


def is_of_it(denial: Point, other: Point, said: Sayings) -> bool:
    """Whether a denial is of what the other says: the same of the same, or that something that it speaks of exists."""
    mine, theirs = said.pairs.get(denial.statement.id), said.pairs.get(other.statement.id)
    if mine is None or theirs is None:
        return False
    if denial.statement.mode == "direct" and mine.yes & theirs.yes:
        return False  # in words of his own he says the same
    if denial.key == other.key or mine.main & theirs.all:
        return True
    if not mine.all:  # "it wasn't caused by a blast": the verb says nothing by itself
        return share_more_than_names(denial, other)
    told = {word for pair in theirs.main for word in pair}
    return bool(told & _missing(denial.text))


def says_no_to(no: Point, yes: Point, said: Sayings) -> bool:
    """Whether the one says not to be so what the other says to be so: the same verb of the same, with a "no" and without."""
    mine, theirs = said.pairs.get(no.statement.id), said.pairs.get(yes.statement.id)
    if mine is None or theirs is None:
        return False
    told = {word for pair in theirs.yes for word in pair}
    return theirs.denied_by(mine) or bool(told & _missing(no.text))


def _missing(text: str) -> frozenset[str]:
    """The words for what a text says is not there."""
    return frozenset(
        w for m in _LACKS.finditer(text[:_LONGEST]) for w in _stems(m["after"] or m["before"]) if len(w) > 3
    )


def is_conditional(point: Point) -> bool:
    """Whether it says what would follow from something: who denies that something denies only its premise."""
    return _IF.search(point.text) is not None


def _capitals(text: str) -> frozenset[str]:
    return frozenset(normal(_OF.sub("", w)) for w in _WORD.findall(text) if w[:1].isupper())


def _stems(text: str) -> list[str]:
    return [_stem(normal(w)) for w in _WORD.findall(text)]


def _stem(word: str) -> str:
    return word[:_STEM]
