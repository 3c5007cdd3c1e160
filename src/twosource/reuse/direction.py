"""Which of two reports is the older: dates and credits first; between undated versions, what was added or taken away."""

from __future__ import annotations

import math
import re
from typing import NamedTuple

from twosource.model import Article, RelationName
from twosource.reuse.relation import days

CERTAIN = 8.0  # weight of a date or a credit beside which growth says nothing
_HEAD = 1000  # characters in which a signature stands
_COPIES = ("same_text", "revised", "shared_text")


class Growth(NamedTuple):
    """What tells versions apart that bear no date: how much they say."""

    words: int
    figures: int


def stated(a: Article, b: Article) -> tuple[str | None, str]:
    """The id of the older report where dates, credits or notes of correction say it, and the reason."""
    for first, second in ((a, b), (b, a)):
        da, db = days(first.published), days(second.published)
        if da and db and da < db:
            return first.id, f"{first.id} is dated {first.published}, {second.id} {second.published}"
    for first, second in ((a, b), (b, a)):
        name = (first.outlet or "").casefold()
        if name and any(c.role == "copy" and c.outlet.casefold() == name for c in second.masthead.credits):
            return first.id, f"{second.id} credits {first.outlet}"
        if name and name != (second.outlet or "").casefold() and _signed(second.text, name):
            return first.id, f"{second.id} bears the signature of {first.outlet}"
    if _one_publisher(a, b):
        for first, second in ((a, b), (b, a)):
            if second.masthead.notes and not first.masthead.notes:
                return first.id, f"{second.id} bears a note of correction or update"
    return None, ""


def _signed(text: str, outlet: str) -> bool:
    """Whether the head of a text is signed with an outlet's name: in brackets before the dash, or behind the byline."""
    head = text[:_HEAD].casefold()
    name = re.escape(outlet)
    return bool(
        re.search(rf"\(\s*{name}\s*\)\s*[-–—]", head)
        or re.search(rf"^by [^\n]{{2,80}}, {name}\s*$", head, re.M)
    )


def may_grow(a: Article, b: Article, relation: RelationName) -> bool:
    """Whether the two may be versions of one article. Between known outlets a shorter copy is as likely a cut as a draft."""
    return relation in _COPIES and _one_publisher(a, b)


def grown(a: Growth, b: Growth) -> float:
    """How much speaks for a being the older version: articles grow, and later versions have more figures.

    Positive when a is the shorter one. Weights fitted by logistic regression to versions whose order is known, rounded.
    """
    words = math.log(b.words + 5) - math.log(a.words + 5)
    figures = math.log1p(b.figures) - math.log1p(a.figures)
    return 1.5 * math.tanh(4 * words) + 1.5 * math.tanh(4 * figures)


def _one_publisher(a: Article, b: Article) -> bool:
    """Whether nothing says that they have two publishers."""
    return not (a.outlet and b.outlet) or a.outlet.casefold() == b.outlet.casefold()
