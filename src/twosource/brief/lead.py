"""The sentence that opens a summary where the central claim doesn't say what the reports lead with."""

from __future__ import annotations

import re

from twosource.brief.choosing import best_first, is_heading, leans
from twosource.brief.evidence import Desk
from twosource.brief.overtaken import gives_another_toll, gives_toll
from twosource.brief.title import called_false
from twosource.corroborate import kinds_of, tells_aftermath, told_aside
from twosource.model import Claim, Statement

_FAR_MORE = 0.25  # of what an opening can tell, by which another sentence must surpass the central claim
_DISPUTED = 0.15  # … and one that somebody denies
_HAPPENS = 0.2  # how much it tells that what happened is in it
_CIRCUMSTANCE = 0.1  # … or where, when, how many died
_OPENS = (0.2, 0.15, 0.05)  # … or that a report has it as its first, second or third sentence
_SHORTEST, _LONGEST = 7, 45  # words
_FALSE = re.compile(
    r"\b(?:hoax\w*|false|fake|untrue|not true|debunk\w*|fooled|satir\w*|n[o’']t dead)\b", re.IGNORECASE
)

_PASSING = frozenset(
    ("pobj", "compound", "amod", "nmod", "poss")
)  # "charged after the fire": named, not told
# What is not sure, or not yet so.
_ALLEGED = re.compile(
    r"\b(?:alleged|allegedly|reportedly|accused|suspected|(?:is|are) (?:expected|set|due|about|poised) to)\b",
    re.IGNORECASE,
)
# Somebody or something that another sentence introduced.
_DANGLING = re.compile(
    r"(?:that )?the (?:group|company|man|woman|boy|girl|suspect|victim|incident|attack|shooting|fire|accident|crash|gunman|officer|child|pair|two|three|others?)\b(?! (?:of|who|in|at|on|near|that)\b)",
    re.IGNORECASE,
)

# What is said of the reports rather than of what happened.
_ABOUT_COVERAGE = re.compile(
    r"\b(?:story|report|article|headline|details|video|photo) (?:is|was|has|have|are) (?:currently )?\w+|^(?:photo|video|watch|update)\b|\b(?:mis(?:spelled|stated|identified)|incorrectly (?:said|stated|reported))\b|^(?:new|more|latest|chilling) (?:details|information)\b",
    re.IGNORECASE,
)


def news_of(desk: Desk, central: Claim) -> list[tuple[Claim, Statement]]:
    """The one sentence that tells best what the reports lead with, where it tells far more than the central claim does."""
    false = called_false(desk)
    if not desk.news.weights or (_doubted(desk, central) and not false):
        return []
    mine = max((_weight(desk, s) for s in best_first(desk, central)[:1]), default=0.0)
    rated = [
        (_weight(desk, s), claim, s)
        for claim in desk.account.claims
        if claim.event == "main"
        for s in (desk.of_claim(claim) if false else best_first(desk, claim))
        if _may_open(desk, s) and (not false or _FALSE.search(desk.content(s)))
    ]
    if false:  # what a hoax says is not the news: that it is one is
        mine = 0.0 if not _FALSE.search(central.said) else mine
    best = max(rated, key=lambda x: (x[0], x[1].id == central.id), default=None)
    if best is None:
        return []
    disputed = not false and _doubted(desk, best[1])
    return [best[1:]] if best[0] >= mine + _FAR_MORE + _DISPUTED * disputed else []


def _may_open(desk: Desk, statement: Statement) -> bool:
    """Whether a statement is a sentence that can stand first in a summary."""
    content = desk.content(statement)
    words = len(content.split())
    whole = not leans(content) and not is_heading(statement, content) and not _ABOUT_COVERAGE.search(content)
    return whole and _SHORTEST <= words <= _LONGEST and statement.register == "report"


def _doubted(desk: Desk, claim: Claim) -> bool:
    """Whether somebody denies the claim, so that another would lead with what is disputed."""
    backing = desk.backings.get(claim.id)
    return backing is not None and any(d.target == "claim" for d in backing.denials)


def _weight(desk: Desk, statement: Statement) -> float:
    """How much of what an opening sentence should tell this one does: the news, where and when, as a report's own opening."""
    content, facts = desk.content(statement), desk.account.facts
    value = desk.news.told(content)
    if desk.news.led:
        value += _HAPPENS if _tells_what_happened(desk, statement) else -_HAPPENS
        value -= _HAPPENS * tells_aftermath(content)
    value -= _CIRCUMSTANCE * (statement.certainty != "asserted" or bool(_ALLEGED.search(content)))
    value -= _CIRCUMSTANCE * bool(_DANGLING.match(content))
    place = facts.where.name if facts.where else ""
    annotation = desk.annotations.get(statement.report)
    times = annotation.times if annotation else ()
    value += _CIRCUMSTANCE * (bool(place) and place in content)
    value += _CIRCUMSTANCE * any(any(c.overlaps(t.span) for c in statement.content) for t in times)
    value += _CIRCUMSTANCE * gives_toll(desk, statement) - _HAPPENS * gives_another_toll(desk, statement)
    first = [
        n
        for n, x in enumerate(desk.sentences(statement.report)[:3])
        if any(x.overlaps(c) for c in statement.content)
    ]
    return value + (_OPENS[first[0]] if first else 0.0)


def _tells_what_happened(desk: Desk, statement: Statement) -> bool:
    """Whether the words tell a happening that the reports lead with, and not in a clause about somebody ("the woman who shot …")."""
    annotation = desk.annotations.get(statement.report)
    return any(
        kinds_of(sentence.tokens, i) & desk.news.led
        and any(c.holds(t.span) for c in statement.content)
        and t.dep not in _PASSING
        and not told_aside(sentence.tokens, i)
        for sentence in (annotation.sentences if annotation else ())
        if any(sentence.span.overlaps(c) for c in statement.content)
        for i, t in enumerate(sentence.tokens)
    )
