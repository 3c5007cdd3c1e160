"""One plain sentence for a claim, in the words of one of its statements."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from twosource.claims.points import Point
from twosource.claims.reading import Stretch

_SHORT, _LONG = 5, 32  # words: outside of this a content reads badly as a claim
_LONGEST = 60  # words of a longer stretch
_PLANNED = 0.6  # … and what tells as a plan what most others tell as done
_AGAINST = 1.5  # … and what is said by somebody who denies it
_UNSURE = 0.3  # … and what leaves away that its speaker isn't sure
_LONGER = 0.15  # how much less each longer one is worth
# What ties a clause or sentence to its place in the report, and the place and agency that a report opens with.
_OPENING = re.compile(
    r"\A(?:(?:only )?that (?=(?:[a-z]\w*|[A-Z\d“\"‘]\S*) )"
    r"|(?:and|but|so(?! (?:far|many|much|long)\b))(?:,? (?:however|also|then),?)? (?=\w)"
    r"|(?:however|meanwhile|moreover|additionally|in addition|nevertheless|furthermore|instead|also|still), (?=\w)"
    r"|[A-Z][A-Z.'’-]{2,20}(?: [A-Z.'’-]{2,20}){0,3}(?:, [\w. ]{2,24})?\s?(?:\([^()]{2,30}\)\s?)?(?:--|—|–|―|- ) ?(?=\S)"
    r"|\([A-Z][\w .'’]{1,24}\) ?(?:--|—|–|―|- ) ?(?=\S))",
    re.IGNORECASE,
)
# What a page puts round its text: captions' credits, buttons, dates of publication.
_FURNITURE = re.compile(
    r"\A(?:Image \d+ of /? ?\d+|Buy Photos?|Photos?: [^.]{0,80}?(?=Image|Buy|\Z)|Advertisement|Related (?:Content|Stories|Articles)|Caption Close"
    r"|\d{1,2} \w{3,9} \d{4} Last updated at [\d: ]+(?:GMT|BST)?|(?:Last )?(?:Updated|Published|Posted):? [\d/:., ]+(?:[ap]\.?m\.?)?"
    r"|Story highlights|(?:NEWS|VIDEO|PHOTOS|UPDATE|BREAKING(?: NEWS)?):?(?= [A-Z][a-z]))[\s:|–—-]*",
)
_PIECES = 4  # of furniture before a sentence
_EDGES = "\"“”‘'«»`,;:–— "
_TRAILING = "`,;:–— "
_LEAD = 0.15  # a report's first sentences say what it is about

_TAIL = re.compile(
    r"(?<=[\w%.”\"'’)]),? (?:[^\s,“”\"]+ ){1,10}(?:said|says|told|added|announced|reported|confirmed)[.,]?\Z"
)  # who said it, behind what was said
_DENIED = re.compile(
    r"\b(?:den(?:y|ies|ied|ying)|reject(?:s|ed|ing)?|refut(?:es?|ed|ing)|dismiss(?:es|ed))\b", re.IGNORECASE
)
# What was still to come when it was said.
_AHEAD = re.compile(
    r"\b(?:will|would|plans? to|planned to|(?:is|are|was|were) (?:set|expected|due|scheduled|going|poised|likely) to|hopes? to|intends? to)\b",
    re.IGNORECASE,
)
# Who is accused of something, or was named in the end: it is told as known what it was.
_BLAME = re.compile(
    r"\b(?:accused|suspected|charged|convicted|(?:has|have|had|was|were) (?:been )?(?:identified|named)(?! as a\b))\b",
    re.IGNORECASE,
)


class Wording(NamedTuple):
    """A claim's sentence, the statement in whose words it is given, and those words without who says them."""

    text: str
    statement: str
    said: str


class _Shown(NamedTuple):
    point: Point
    stretch: Stretch
    fitness: float


def worded(wordings: Sequence[Sequence[Point]], centrality: Sequence[float]) -> Wording:
    """The words that stand best for all, as a sentence; but for a name put before a quotation they are never changed.

    Whole sentences of a telling length go before fragments and denials, those of a lead before others; then the one
    most like the others. What is no sentence, or speaks as "I", is given with who says it, or as the report's whole sentence.
    Of points in the same words what they say decides, never their report: a copy changes no text.
    """
    shown = [min(map(_best, points), key=lambda x: (-x.fitness, x.stretch.text)) for points in wordings]
    contrary = {x.point.statement.who for x in shown if x.point.statement.stance == "denies"} - {None}
    if not all(x.point.statement.who in contrary for x in shown):  # nor do those speak for it who deny it
        shown = [
            x._replace(fitness=x.fitness - _AGAINST * (x.point.statement.who in contrary)) for x in shown
        ]
    ahead = [_AHEAD.search(x.point.text) is not None for x in shown]
    if 2 * sum(ahead) < len(shown):  # most tell it as done
        shown = [x._replace(fitness=x.fitness - _PLANNED * a) for x, a in zip(shown, ahead, strict=True)]
    ranked = sorted(
        range(len(shown)),
        key=lambda n: (-shown[n].fitness - centrality[n], shown[n].point.key, shown[n].stretch.text),
    )
    best = shown[ranked[0]]
    point = best.point
    return Wording(
        _finished(best.stretch.text) or point.text, point.statement.id, _finished(point.text) or point.text
    )


def _best(point: Point) -> _Shown:
    """The stretch of a point that reads best: a longer one only where it mends what the shorter one lacks."""
    offered = [x for n, x in enumerate(point.reads) if n == 0 or len(x.text.split()) <= _LONGEST]
    statement = point.statement
    unsure = statement.certainty != "asserted" and not any(
        c.holds(h) for h in statement.hedge for c in statement.content
    )
    fitness = [_fitness(point, x) - _LONGER * n for n, x in enumerate(offered)]
    shown = max(range(len(offered)), key=lambda n: fitness[n] - _UNSURE * (n == 0 and unsure))
    return _Shown(point, offered[shown], max(fitness))


def _finished(text: str) -> str:
    """The words as a sentence: without what ties them to their place in the report, with a capital and a full stop."""
    text = _unquoted(_bare(text).strip()).strip(_TRAILING)
    text = re.sub(r"[\s,;:]+([.!?])(?=[\"”’']?\Z)", r"\1", _said(text))
    if not text:
        return ""
    text = re.sub(r"[,;:]+([\"”’']+)\.?\Z", r".\1", text)  # a comma before the mark that ends it all
    text = _paired(text[0].upper() + text[1:])
    return text if text.rstrip("\"”’'")[-1:] in ".!?…" else text + "."


def _bare(text: str) -> str:
    """The words without furniture, a dateline or "However," before them."""
    for _ in range(_PIECES):
        rest = _FURNITURE.sub("", text, count=1)
        rest = _OPENING.sub("", rest, count=1)
        if rest == text or not rest.strip():
            break
        text = rest
    return text


def _unquoted(text: str) -> str:
    """The words without quotation marks round the whole of them; those round a part are kept."""
    text = re.sub(r"``\s?", "“", re.sub(r"\s?''", "”", text))
    inner = text.strip(_EDGES)
    whole = text[:1] in _EDGES and not re.search(r"[\"”“]", inner)
    return inner if whole else text


def _said(text: str) -> str:
    """The text without who said it at its end ("…, the mayor told"), which stands with the origins."""
    cut = text.rfind(",")
    if cut < 0 or len(text[:cut].split()) < _SHORT or not _TAIL.match(text, cut):
        return text
    return text[:cut].strip(_EDGES)


def _paired(text: str) -> str:
    """The sentence with the bracket or quotation mark that was cut from its end put back, where one is still open."""
    if text.count("(") > text.count(")"):
        text += ")"
    if text.count('"') % 2:
        text = text[1:] if text[0] == '"' and "”" in text else text + '"'
    return text + "”" if text.count("“") > text.count("”") else text


def _fitness(point: Point, stretch: Stretch) -> float:
    text = stretch.text
    return (
        (0.5 if _SHORT <= len(text.split()) <= _LONG else 0.0)
        + (0.4 if point.at < _LEAD else 0.0)
        + (1.2 if stretch.whole and stretch.alone else 0.2 if stretch.whole else 0.0)
        + (0.4 if point.statement.stance != "denies" else 0.0)
        - (0.2 if point.negative else 0.0)
        - (0.7 if point.headline or _is_heading(point) else 0.0)  # it leaves words out
        - (0.6 if _DENIED.search(text) else 0.0)  # the claim is what is denied
        - (0.7 if _BLAME.search(text) else 0.0)  # what somebody is accused of names no event by itself
        - (0.5 if text.count("“") != text.count("”") or text.count("``") != text.count("''") else 0.0)
        - (0.3 if _FURNITURE.match(text) else 0.0)
    )


def _is_heading(point: Point) -> bool:
    """Whether the report's own words have no stop at their end, as headings have none."""
    return point.statement.mode == "narration" and point.text.rstrip("\"”’')")[-1:] not in ".!?…"
