"""One plain sentence for a claim, in the words of one of its statements."""

from __future__ import annotations

import re
from collections.abc import Sequence

from twosource.claims.points import Point

_SHORT, _LONG = 5, 32  # words: outside of this a content reads badly as a claim
_OPENING = re.compile(
    r"\A(?:(?:only )?that (?=(?:[a-z]\w*|[A-Z\d“\"‘]\S*) )|(?:and|but|so(?! (?:far|many|much|long)\b)) (?=\w))",
    re.IGNORECASE,
)  # of a clause
_EDGES = "\"“”‘'«»`,;:–— "
_LEAD = 0.15  # a report's first sentences say what it is about

_TAIL = re.compile(
    r"(?<=[\w%.”\"'’)]),? (?:[^\s,“”\"]+ ){1,10}(?:said|says|told|added|announced|reported|confirmed)[.,]?\Z"
)  # who said it, behind what was said
_DENIED = re.compile(
    r"\b(?:den(?:y|ies|ied|ying)|reject(?:s|ed|ing)?|refut(?:es?|ed|ing)|dismiss(?:es|ed))\b", re.IGNORECASE
)
_BLAME = re.compile(r"\b(?:accused|suspected|charged|convicted)\b", re.IGNORECASE)


def sentence(wordings: Sequence[Sequence[Point]], centrality: Sequence[float]) -> str:
    """The content that stands best for all, as a sentence; its words are never changed.

    Whole sentences of a telling length go before fragments and denials, those of a lead before others; then the one
    most like the others.
    Of points in the same words what they say decides, never their report: a copy changes no text.
    """
    shown = [min(points, key=lambda p: (-_fitness(p), p.text, p.framed)) for points in wordings]
    ranked = sorted(
        range(len(shown)), key=lambda n: (-_fitness(shown[n]) - centrality[n], shown[n].key, shown[n].text)
    )
    best = shown[ranked[0]]
    text = best.framed if best.framed and not best.complete else best.text
    text = _OPENING.sub("", text.strip()).strip(_EDGES)
    text = _said(text)
    if not text:
        return best.text
    text = _paired(text[0].upper() + text[1:])
    return text if text.rstrip('"”')[-1:] in ".!?…" else text + "."


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
        return text + '"'
    return text + "”" if text.count("“") > text.count("”") else text


def _fitness(point: Point) -> float:
    text = point.text
    return (
        (0.5 if _SHORT <= len(text.split()) <= _LONG else 0.0)
        + (0.4 if point.at < _LEAD else 0.0)
        + (1.2 if point.whole else 0.0)
        + (0.4 if point.statement.stance != "denies" else 0.0)
        - (0.2 if point.negative else 0.0)
        - (0.7 if point.headline else 0.0)  # it leaves words out
        - (0.6 if _DENIED.search(text) else 0.0)  # the claim is what is denied
        - (1.0 if _BLAME.search(text) else 0.0)  # what somebody is accused of names no event by itself
        - (0.5 if text.count("“") != text.count("”") or text.count("``") != text.count("''") else 0.0)
    )
