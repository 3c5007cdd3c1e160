"""A report's own words, ready to be compared: furniture is left out, offsets point into the unedited text."""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from twosource.model import Article, Span
from twosource.text import normal, offsets, quotations, sentences, surfaces

Codes = npt.NDArray[np.uint64]
Places = npt.NDArray[np.int32]


class Vocabulary:
    """Word -> 64-bit code, the same in every process and on every machine, so that fingerprints can be stored."""

    def __init__(self) -> None:
        self._codes: dict[str, int] = {}

    def codes(self, surface: Iterable[str]) -> Codes:
        """The code of each word; spellings that differ in case, accents or apostrophe have one code."""
        told = list(surface)
        found = list(map(self._codes.get, told))
        if None in found:
            found = [self._code(w) if c is None else c for w, c in zip(told, found, strict=True)]
        return np.array(found, dtype=np.uint64)

    def _code(self, word: str) -> int:
        name = normal(word).encode("utf-8", "surrogatepass")
        code = int.from_bytes(hashlib.blake2b(name, digest_size=8).digest(), "big")
        if len(self._codes) < 2_000_000:  # hostile input must not fill the memory
            self._codes[word] = code
        return code


@dataclass(frozen=True, slots=True, eq=False)
class Prose:
    """The words of a report outside its furniture, in order.

    `starts`, `ends`: offsets of each word; `codes`: what it reads; `block`: a number that changes wherever furniture
    stands between two words, so that a passage never reaches over it.
    """

    article: Article
    starts: Places
    ends: Places
    codes: Codes
    block: Places

    @property
    def id(self) -> str:
        """The report's id."""
        return self.article.id

    def __len__(self) -> int:
        return len(self.codes)

    def span(self, first: int, past: int) -> Span:
        """The characters from one word up to (not with) another."""
        return Span(int(self.starts[first]), int(self.ends[past - 1]))


@dataclass(frozen=True, slots=True, eq=False)
class Layout:
    """What is needed only for reports that do share something: which words are quoted, and the sentence of each."""

    quoted: npt.NDArray[np.bool_]
    sentence: Places
    count: int


def prose_of(article: Article, vocabulary: Vocabulary) -> Prose:
    """The report's own words."""
    text = article.text
    spans = offsets(text)
    block = [0] * len(spans)
    if article.boilerplate:
        spans, block = _outside(spans, [f.span for f in article.boilerplate])
    at = np.array(spans, dtype=np.int32).reshape(-1, 2)
    codes = vocabulary.codes(text[s:e] for s, e in spans)
    return Prose(article, at[:, 0].copy(), at[:, 1].copy(), codes, np.array(block, dtype=np.int32))


def codes_of(article: Article, vocabulary: Vocabulary) -> Codes:
    """What the report's own words read, without their places."""
    if article.boilerplate:
        return prose_of(article, vocabulary).codes
    return vocabulary.codes(surfaces(article.text))


def layout_of(prose: Prose) -> Layout:
    """Quotation marks and sentences, found only when they are asked for."""
    text = prose.article.text
    quoted = np.zeros(len(prose), dtype=bool)
    for q in quotations(text):
        first = int(np.searchsorted(prose.starts, q.inner.start))
        past = int(np.searchsorted(prose.starts, q.inner.end))
        quoted[first:past] = True
    begins = np.array([s.start for s in sentences(text)], dtype=np.int32)
    number = np.searchsorted(begins, prose.starts, side="right")
    return Layout(quoted, number.astype(np.int32), len(begins) + 1)


def _outside(spans: list[tuple[int, int]], furniture: list[Span]) -> tuple[list[tuple[int, int]], list[int]]:
    """The words outside the furniture, and for each how many stretches of furniture begin before it."""
    merged: list[Span] = []
    for f in sorted(furniture):
        if merged and f.start <= merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(merged[-1].end, f.end))
        else:
            merged.append(f)
    begins = [f.start for f in merged]
    kept, block = [], []
    for start, end in spans:
        at = bisect_right(begins, end - 1)
        if at == 0 or merged[at - 1].end <= start:
            kept.append((start, end))
            block.append(at)
    return kept, block
