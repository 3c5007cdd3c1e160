"""A report's own words, ready to be compared: furniture is left out, offsets point into the unedited text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from twosource.model import Article, Span
from twosource.reuse.encoding import Codes, Places, encoded
from twosource.text import quotations, sentences


@dataclass(frozen=True, eq=False)
class Prose:
    """The words of a report outside its furniture, in order.

    `starts`, `ends`: offsets of each word; `codes`: what it reads; `cuts`: the words before which furniture stands, so that
    a passage never reaches over it. Quotation marks and sentences are found only for reports that do share something.
    """

    article: Article
    starts: Places
    ends: Places
    codes: Codes
    cuts: tuple[int, ...]

    @property
    def id(self) -> str:
        """The report's id."""
        return self.article.id

    def __len__(self) -> int:
        return len(self.codes)

    def span(self, first: int, past: int) -> Span:
        """The characters from one word up to (not with) another."""
        return Span(self.starts.item(first), self.ends.item(past - 1))

    def spans(self, first: Places, length: Places) -> list[Span]:
        """The characters of each of many runs of words."""
        starts, ends = self.starts[first].tolist(), self.ends[first + length - 1].tolist()
        return [Span(start, end) for start, end in zip(starts, ends, strict=True)]

    @cached_property
    def quoted(self) -> Places | None:
        """How many of the words before each word, and before the end, are quoted; None where none is."""
        told = quotations(self.article.text)
        if not told:
            return None
        inside = np.zeros(len(self) + 1, dtype=np.int64)
        firsts = np.searchsorted(self.starts, [q.inner.start for q in told]).tolist()
        pasts = np.searchsorted(self.starts, [q.inner.end for q in told]).tolist()
        for first, past in zip(firsts, pasts, strict=True):
            inside[first + 1 : past + 1] = 1
        return np.cumsum(inside)

    @cached_property
    def edges(self) -> Places:
        """The first word of each sentence, and the end."""
        begins = np.array([s.start for s in sentences(self.article.text)], dtype=np.int64)
        return np.concatenate(([0], np.searchsorted(self.starts, begins), [len(self)]))

    @cached_property
    def own(self) -> Places:
        """How many words of each sentence stand outside quotation marks."""
        before = self.edges if self.quoted is None else self.edges - self.quoted[self.edges]
        return np.diff(before)


def prose_of(article: Article) -> Prose:
    """The report's own words."""
    starts, ends, codes = encoded(article.text)
    if not article.boilerplate:
        return Prose(article, starts, ends, codes, ())
    block = _blocks(starts, ends, [f.span for f in article.boilerplate])
    kept = block >= 0
    block = block[kept]
    cuts = np.flatnonzero(block[1:] != block[:-1]) + 1
    return Prose(article, starts[kept], ends[kept], codes[kept], tuple(cuts.tolist()))


def _blocks(starts: Places, ends: Places, furniture: Sequence[Span]) -> npt.NDArray[np.int64]:
    """For each word how many stretches of furniture begin before it; -1 for a word of the furniture."""
    merged: list[Span] = []
    for f in sorted(furniture):
        if merged and f.start <= merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(merged[-1].end, f.end))
        else:
            merged.append(f)
    at = np.searchsorted([f.start for f in merged], ends - 1, side="right")
    past = np.array([0, *(f.end for f in merged)])[at]
    return np.where((at == 0) | (past <= starts), at, -1)
