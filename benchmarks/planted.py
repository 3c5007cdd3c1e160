"""Invented reports with planted copies, made part by part: report n is the same whoever makes it, so that no archive is ever held whole."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks.reuse import KINDS, OUTLETS, SHARE, Inventor, edited

from twosource.model import Article, Report
from twosource.scale.records import REPORTS, Row, article_row, write

SEED = 7


@dataclass(frozen=True, slots=True)
class Making:
    """A stretch of the reports to make; `reprints`: how many of all are the same story word for word, instead of edited copies."""

    low: int
    high: int
    reports: int
    words: int
    reprints: int
    out: Path


class Maker:
    """Report n of an archive, the same whoever makes it."""

    def __init__(self, reports: int, words: int, reprints: int) -> None:
        self._inventor = Inventor(SEED)
        self._feet = [" ".join(self._inventor.sentences(14)) for _ in range(OUTLETS)]
        self._originals = originals(reports)
        self._words, self._reprints = words, reprints

    def article(self, n: int) -> Article:
        """The report; an outlet is known of three of four."""
        at = n * 7919 % OUTLETS
        text = "\n".join([*self._body(n), self._feet[at]])
        return Article(Report(f"r{n:08}", text, outlet=f"outlet {at}" if self._source(n) % 4 else None))

    def _source(self, n: int) -> int:
        return n if n < self._originals else n - self._originals

    def _body(self, n: int) -> list[str]:
        if self._reprints:
            self._seed(0 if n % 6 else n) if n < self._reprints * 6 // 5 else self._seed(n)
            return self._inventor.sentences(self._words)
        source = self._source(n)
        self._seed(source)
        body = self._inventor.sentences(self._words)
        if n == source:
            return body
        self._seed(n)
        return edited(KINDS[source % len(KINDS)], body, self._inventor, self._words)

    def _seed(self, n: int) -> None:
        self._inventor.dice = random.Random(n * 1_000_003 + SEED)


def originals(reports: int) -> int:
    """How many of the reports are no copies."""
    return round(reports * (1 - SHARE))


def make(task: Making) -> int:
    """Write one file as the stage that reads would."""
    maker = Maker(task.reports, task.words, task.reprints)

    def rows() -> Iterator[list[Row]]:
        for at in range(task.low, task.high, 1000):
            some = range(at, min(at + 1000, task.high))
            yield [{"number": n, "origin": n, **article_row(maker.article(n))} for n in some]

    return write(task.out, rows(), REPORTS)
