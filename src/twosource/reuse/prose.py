"""A report's own words, ready to be compared: furniture is left out, offsets point into the unedited text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate

import numpy as np
import numpy.typing as npt

from twosource.model import Article
from twosource.reuse.encoding import Codes, Places, encoded
from twosource.reuse.shingles import Seeds, seeds_of
from twosource.text import quotations, sentences

_FIGURE = re.compile(r"\d+(?:[.,:]\d+)*")
_DIGITS = bytes.maketrans(b"123456789,:", b"000000000..")
_PLAIN = re.compile(
    rb"00*(?:\.00*)*"
)  # the same after _DIGITS; begins with a literal, which is looked for far more quickly

Stretches = tuple[tuple[int, int], ...]
Given = tuple[str, Stretches]  # a text, and where its furniture stands


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

    def stretch(self, first: int, past: int) -> tuple[int, int]:
        """Where the characters start and end from one word up to (not with) another."""
        return self.starts.item(first), self.ends.item(past - 1)

    def stretches(self, first: Places, length: Places) -> tuple[list[int], list[int]]:
        """Where the characters of each of many runs of words start and end."""
        return self.starts[first].tolist(), self.ends[first + length - 1].tolist()

    @cached_property
    def seeds(self) -> Seeds:
        """The short shingles by which runs are found."""
        return seeds_of(self.codes)

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
    def figures(self) -> int:
        """How many figures the text has; "1,200.50" is one."""
        if self.article.text.isascii():
            return len(_PLAIN.findall(self.article.text.encode("ascii").translate(_DIGITS)))
        return len(_FIGURE.findall(self.article.text))

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
    block = _blocks(starts, ends, furniture_of(article))
    kept = block >= 0
    block = block[kept]
    cuts = np.flatnonzero(block[1:] != block[:-1]) + 1
    return Prose(article, starts[kept], ends[kept], codes[kept], tuple(cuts.tolist()))


def furniture_of(article: Article) -> Stretches:
    """Where a report's furniture stands."""
    return tuple((f.span.start, f.span.end) for f in article.boilerplate)


def words_of(given: Sequence[Given]) -> tuple[Codes, Places]:
    """The codes of the own words of several texts, and for each the number of its text among them."""
    lengths = [len(text) + 1 for text, _ in given]
    begins = [0, *accumulate(lengths)]
    starts, ends, codes = encoded("\n".join(text for text, _ in given))
    owner = np.repeat(np.arange(len(given)), np.diff(np.searchsorted(starts, begins)))
    furniture = [(s + at, e + at) for (_, some), at in zip(given, begins, strict=False) for s, e in some]
    if not furniture:
        return codes, owner
    kept = _blocks(starts, ends, furniture) >= 0
    return codes[kept], owner[kept]


def _blocks(starts: Places, ends: Places, furniture: Iterable[tuple[int, int]]) -> npt.NDArray[np.int64]:
    """For each word how many stretches of furniture begin before it; -1 for a word of the furniture."""
    begins: list[int] = []
    pasts = [0]
    for start, end in sorted(furniture):
        if begins and start <= pasts[-1]:
            pasts[-1] = max(pasts[-1], end)
        else:
            begins.append(start)
            pasts.append(end)
    at = np.searchsorted(begins, ends - 1, side="right")
    return np.where((at == 0) | (np.array(pasts)[at] <= starts), at, -1)
