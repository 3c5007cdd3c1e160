"""Quotation marks paired up, whatever their kind, without ever failing on one that is missing.

A mark is never allowed to swallow an article: a quotation ends at its closing mark or, unclosed, at the end of its
paragraph. A paragraph that opens with a mark while the last one was left open continues it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from twosource.model import Span
from twosource.text.sentences import paragraphs

_CLOSERS = {
    "“": ("”",),
    "«": ("»",),
    "‹": ("›",),
    "„": ("“", "”", "‟"),
    "``": ("''",),
    "”": ("”",),  # as in Swedish and Finnish, or by a slip
    "‘": ("’", "'"),
    "'": ("'",),
}
_STRAIGHT = frozenset({'"', "＂", "''", "‟"})
_SINGLES = frozenset({"‘", "’", "'"})
_PRIME = "″"  # what typesetting programs make of a closing mark after a number
_MARK = re.compile(r"``|''|[“”\"«»„‟＂‹›‘’'″]")
_ANY = "“”\"«»„‟＂‹›‘’'`"  # what every mark is made of
_OVER = 4  # paragraphs that a quotation may run through unmarked
_AHEAD = 60  # marks looked at for a closing one: more inside one quotation is not prose, and the bound keeps it linear


@dataclass(frozen=True, slots=True)
class Quotation:
    """A stretch in quotation marks: `span` with its marks, `inner` without them."""

    span: Span
    inner: Span
    closed: bool
    continues: bool = False  # goes on from the last paragraph's, which was left open


@dataclass(frozen=True, slots=True)
class _Mark:
    start: int
    end: int
    text: str
    before: str  # the characters round it; a blank at the paragraph's ends
    after: str

    @property
    def opens(self) -> bool:
        """Whether it can open a quotation: a curly one by its shape, a straight or single one by what stands round it."""
        free = not self.before.isalnum() and not self.after.isspace()
        if self.text in _STRAIGHT:
            # After a full stop it closes, unless the text lost the blank before an opening one ("… said.“We …").
            return free and (self.before not in ".,!?;" or self.after.isalnum())
        if self.text == "'":
            return self.after.isalpha() and (self.before.isspace() or self.before in "([—–-")
        if self.text == "‘":
            return free and not self.after.isdigit()  # ‘90s
        if self.text == "”":
            return self.before.isspace() and self.after.isalnum()
        return self.text in _CLOSERS

    @property
    def closes(self) -> bool:
        """Whether it can close one; a single mark inside a word is an apostrophe."""
        if self.text in _SINGLES:
            return not self.before.isspace() and not self.after.isalnum()
        return self.text not in ("``", "«", "‹", "„")


def quotations(text: str) -> list[Quotation]:
    """The outermost quotations, in order, never overlapping and never across a paragraph break."""
    if not any(mark in text for mark in _ANY):
        return []
    blocks = paragraphs(text)
    found: list[Quotation] = []
    left_open = False
    n = 0
    while n < len(blocks):
        over = _running_over(text, blocks, n) if left_open else []
        found += over
        if over:
            n += len(over) - 1
            blocks[n] = Span(over[-1].span.end, blocks[n].end)  # what stands after the mark that closed it
        here = _pair(text, blocks[n], left_open and not over)
        found += here
        left_open = bool(here) and not here[-1].closed and here[-1].span.end == blocks[n].end
        n += 1
    return found


def _running_over(text: str, blocks: list[Span], n: int) -> list[Quotation]:
    """The paragraphs, from the n-th on, that a quotation left open runs through without a mark at their head.

    Only where a later paragraph's first mark can do nothing but close; otherwise the mark was forgotten.
    """
    for last in range(n, min(n + _OVER, len(blocks))):
        m = _MARK.search(text, blocks[last].start, blocks[last].end)
        if m is None:
            continue
        mark = _mark(text, m, blocks[last])
        if mark.opens or not mark.closes or mark.text in _SINGLES or mark.start == blocks[last].start:
            return []
        whole = [Quotation(b, b, False, True) for b in blocks[n:last]]
        end = blocks[last].start
        return [*whole, Quotation(Span(end, mark.end), Span(end, mark.start), True, True)]
    return []


def _pair(text: str, block: Span, left_open: bool) -> list[Quotation]:
    marks = [_mark(text, m, block) for m in _MARK.finditer(text, block.start, block.end)]
    found: list[Quotation] = []
    at = 0
    while at < len(marks):
        m = marks[at]
        stop, closed = _closing(marks, at) if m.opens else (None, False)
        if not m.opens or (stop is None and m.text in _SINGLES):
            at += 1  # a stray closing mark or an apostrophe
            continue
        continues = left_open and not found and m.start == block.start
        if stop is None:
            found.append(Quotation(Span(m.start, block.end), Span(m.end, block.end), False, continues))
            break
        c = marks[stop]
        end = Span(c.start, c.end) if closed else Span(c.start, c.start)
        found.append(Quotation(Span(m.start, end.end), Span(m.end, end.start), closed, continues))
        at = stop + 1 if closed else stop
    return [q for q in found if q.inner.end > q.inner.start]


def _mark(text: str, m: re.Match[str], block: Span) -> _Mark:
    before = text[m.start() - 1] if m.start() > block.start else " "
    after = text[m.end()] if m.end() < block.end else " "
    return _Mark(m.start(), m.end(), m.group(), before, after)


def _closing(marks: list[_Mark], at: int) -> tuple[int | None, bool]:
    """Where the quotation opened at `at` ends: at its closing mark (True) or where another opens in its stead (False)."""
    kind = marks[at].text
    ahead = range(at + 1, min(len(marks), at + 1 + _AHEAD))
    if kind in ("‘", "'"):
        return _single(marks, ahead, kind)
    if kind in _STRAIGHT:
        return _straight(marks, ahead, kind)
    depth = 0
    reopened = prime = None
    for i in ahead:
        mark = marks[i]
        if mark.text == _PRIME:
            prime = i if depth == 0 and prime is None else prime
            continue
        if prime is not None and mark.text == kind:
            return prime, True  # another opens before a proper mark closes
        if mark.text == kind and kind not in _CLOSERS[kind]:
            depth += 1
            reopened = reopened or i
        elif mark.text in _CLOSERS[kind] or (mark.text in ('"', "''") and not mark.opens):
            if depth == 0:
                return i, True
            depth -= 1
    return (prime, True) if prime is not None else (reopened, False)


def _straight(marks: list[_Mark], ahead: range, kind: str) -> tuple[int | None, bool]:
    """The next mark of its kind, unless that one can only open."""
    for i in ahead:
        mark = marks[i]
        if mark.text == "”":
            return i, True
        if mark.text == kind:
            return i, not (mark.before.isspace() and not mark.after.isspace())
    return None, False


def _single(marks: list[_Mark], ahead: range, kind: str) -> tuple[int | None, bool]:
    """The first closing mark before another opens that is not the apostrophe of a plural ("the boys’ mother")."""
    fallback = None
    for i in ahead:
        mark = marks[i]
        if mark.text in _CLOSERS[kind] and mark.closes:
            if mark.before not in "sS":
                return i, True
            fallback = fallback or i
        elif mark.opens and (mark.text == kind or mark.text not in _SINGLES):
            break
    return fallback, True
