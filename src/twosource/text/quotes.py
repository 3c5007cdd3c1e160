"""Quotation marks paired up, whatever their kind, without ever failing on one that is missing.

A mark is never allowed to swallow an article: a quotation ends at its closing mark or, unclosed, at the end of its
paragraph. A paragraph that opens with a mark while the last one was left open continues it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from twosource.model import Span
from twosource.text.sentences import paragraphs

_PAIRS = {"“": "”", "«": "»", "„": "“", "``": "''"}
_MARK = re.compile(r"``|''|[“”\"«»„‟＂]")


@dataclass(frozen=True, slots=True)
class Quotation:
    """A stretch in quotation marks: `span` with its marks, `inner` without them."""

    span: Span
    inner: Span
    closed: bool
    continues: bool = False  # goes on from the last paragraph's, which was left open


def quotations(text: str) -> list[Quotation]:
    """The outermost quotations, in order, never overlapping and never across a paragraph break."""
    found: list[Quotation] = []
    left_open = False
    for block in paragraphs(text):
        marks = list(_MARK.finditer(text, block.start, block.end))
        at = 0
        first = True
        now_open = False
        while at < len(marks):
            m = marks[at]
            close = _closing(text, marks, at, block)
            if close is None and not _opens(text, m, block):
                at += 1  # a stray closing mark
                continue
            begin = m.start()
            continues = left_open and first and begin == block.start
            first = False
            if close is None:
                found.append(Quotation(Span(begin, block.end), Span(m.end(), block.end), False, continues))
                now_open = True
                break
            c = marks[close]
            found.append(Quotation(Span(begin, c.end()), Span(m.end(), c.start()), True, continues))
            at = close + 1
        left_open = now_open
    return found


def _opens(text: str, m: re.Match[str], block: Span) -> bool:
    """Whether a mark can open a quotation: a curly one by its shape, a straight one by what stands round it."""
    if m.group() in _PAIRS:
        return True
    if m.group() in ("”", "»", "''"):
        return False
    before = text[m.start() - 1] if m.start() > block.start else " "
    after = text[m.end()] if m.end() < block.end else " "
    return not after.isspace() and not before.isalnum()


def _closing(text: str, marks: list[re.Match[str]], at: int, block: Span) -> int | None:
    """The index of the mark that closes the one at `at`; nested curly pairs are stepped over."""
    opener = marks[at].group()
    if opener in ("”", "»", "''") or (opener in ("\"", "＂") and not _opens(text, marks[at], block)):
        return None
    depth = 0
    for i in range(at + 1, len(marks)):
        mark = marks[i].group()
        if opener in _PAIRS:
            if mark == opener:
                depth += 1
            elif mark == _PAIRS[opener] or (mark in ("\"", "''") and not _opens(text, marks[i], block)):
                if depth == 0:
                    return i
                depth -= 1
        elif mark == opener or mark in ("”", "''"):
            return i
    return None
