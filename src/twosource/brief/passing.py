"""Statements of a claim that say it only in passing, or that are of something else: they don't stand for it."""

from __future__ import annotations

import re
from functools import lru_cache

from twosource.brief.blame import in_noun_clause
from twosource.brief.evidence import Desk
from twosource.model import Statement
from twosource.text import normal

_MOST_IN_PASSING = 0.5  # share of a claim's words from which a statement of it speaks of nothing else
_IN_COMMON = 0.4  # share of the shorter statement's words that two statements of one claim have in common
_LONG = 4  # letters; shorter words don't tell two lines apart
_LIGHT = frozenset(
    "about according been believe believed believes from have said says that their there this told were which with".split()
)


@lru_cache(maxsize=20_000)
def telling(text: str) -> frozenset[str]:
    """The words of a line by which it is told from others."""
    found = {normal(w) for w in re.findall(r"\w+", text) if len(w) >= _LONG or w[0].isdigit()}
    return frozenset(found - _LIGHT)


def only_in_passing(desk: Desk, statement: Statement, about: frozenset[str]) -> bool:
    """Whether it shares few words with the claim, all of them in a clause that hangs on a noun."""
    annotation = desk.annotations.get(statement.report)
    if len(about & telling(desk.content(statement))) >= _MOST_IN_PASSING * len(about):
        return False
    shared = False
    for sentence in annotation.sentences if annotation else ():
        if not any(sentence.span.overlaps(c) for c in statement.content):
            continue
        for i, t in enumerate(sentence.tokens):
            if any(c.holds(t.span) for c in statement.content) and normal(t.text) in about:
                shared = True
                if not in_noun_clause(sentence.tokens, i):
                    return False
    return shared


def of_something_else(
    desk: Desk, statement: Statement, others: list[Statement], about: frozenset[str]
) -> bool:
    """Whether it shares too few words with the claim and with everything else said of it to stand for it."""
    mine = telling(desk.content(statement))
    texts = {about, *(telling(desk.content(s)) for s in others if s.id != statement.id)}
    return bool(mine) and all(len(mine & t) < _IN_COMMON * min(len(mine), len(t)) for t in texts if t)
