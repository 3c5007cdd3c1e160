"""Quotations of a draft that are cut, reworded, or in no report."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from functools import lru_cache

from twosource.corroborate.draft.lines import Line, Shelf
from twosource.corroborate.draft.record import Fault
from twosource.model import Evidence, Span
from twosource.text import normal, quotations, sentences, words

SHORTEST = 4  # words; shorter quotations are phrases
REWORDED = 0.6  # share of its words from which a quotation is the same one in other words
LOST = 3  # words of a sentence that a cut must drop to be worth a look
_ENDS = re.compile(r"[.,!?]$")


@lru_cache(maxsize=4096)
def _quoted_sentences(text: str) -> tuple[Span, ...]:
    return tuple(s for q in quotations(text) for s in sentences(text, q.inner))


def quotation_faults(line: Line, shelf: Shelf) -> Iterator[Fault]:
    """What happened to each quotation of the sentence on its way from the reports."""
    texts = {x.report: x.text for x in shelf.lines}
    for span in _quoted_sentences(line.text):
        if not line.span.overlaps(span):
            continue
        mine = _words(line.text, span)
        if len(mine) < SHORTEST:
            continue
        best = _nearest(mine, texts)
        if best is None:
            yield Fault("quotation", span, "no report quotes these words", ())
            continue
        report, where, share = best
        theirs = _words(texts[report], where)
        at = _inside(mine, theirs)
        evidence = (Evidence(report, where),)
        if at is None and share < 1.0:
            yield Fault("quotation", span, f"the reports quote it as “{where.of(texts[report])}”", evidence)
        elif at is not None and _cut(line.text, span, mine, theirs, at):
            lost = _lost(texts[report], where, at, len(mine))
            yield Fault("quotation", span, f"cut short: the reports go on “{lost}”", evidence)


def _words(text: str, span: Span) -> tuple[str, ...]:
    return tuple(normal(w.of(text)) for w in words(text, span))


def _nearest(mine: tuple[str, ...], texts: dict[str, str]) -> tuple[str, Span, float] | None:
    """The report's quoted sentence that has most of the words in order; any running text that has all of them."""
    best: tuple[float, float, str, Span] | None = None
    for report in sorted(texts):
        for span in _quoted_sentences(texts[report]):
            theirs = _words(texts[report], span)
            blocks = SequenceMatcher(None, mine, theirs, autojunk=False).get_matching_blocks()
            share = sum(b.size for b in blocks) / len(mine)
            tight = 2 * share * len(mine) / (len(mine) + len(theirs))
            if share >= REWORDED and (best is None or (share, tight) > best[:2]):
                best = (share, tight, report, span)
    return (best[2], best[3], best[0]) if best else None


def _inside(mine: tuple[str, ...], theirs: tuple[str, ...]) -> int | None:
    """Where the draft's words begin in the report's, when they stand there unbroken."""
    return next((i for i in range(len(theirs) - len(mine) + 1) if theirs[i : i + len(mine)] == mine), None)


def _cut(text: str, span: Span, mine: tuple[str, ...], theirs: tuple[str, ...], at: int) -> bool:
    """Whether a part is given as if it were the whole sentence: it begins with a capital and ends with a stop."""
    left = len(theirs) - at - len(mine)
    written = span.of(text).strip()
    return left >= LOST and at == 0 and written[:1].isupper() and bool(_ENDS.search(written))


def _lost(text: str, span: Span, at: int, length: int) -> str:
    """The words of the report's sentence that the draft left out at the end."""
    rest = words(text, span)[at + length :]
    return Span(rest[0].start, rest[-1].end).of(text)
