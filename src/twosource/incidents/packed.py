"""The sketches of many reports as numbers: what `weigh` and `likeness` do with two, done for a whole collection.

A sketch takes some thirty kilobytes, its numbers three; and one report is held against all that it might be with in one step.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from twosource.incidents.light import FIGURE, IN_LEAD, NAME, PAIR, Light, Marks, Weights
from twosource.incidents.likeness import LIMIT, ODDS, START, beside
from twosource.incidents.sketch import Sketch
from twosource.incidents.weights import IMAGINED, LEAD, RAREST, general_news
from twosource.model import Reuse

SIGNS = ("words", "lead", "names", "plain", "numbers", "pairs")
BLOCK = 500  # reports that are weighed at a time
_OF_SIGN = np.array([ODDS[sign] for sign in SIGNS])

Numbers = npt.NDArray[np.int32]


@dataclass(frozen=True, slots=True, eq=False)
class Row:
    """A report's words and pairs of words as numbers, how often each word is used, its marks; and what was no word."""

    words: Numbers
    times: Weights
    marks: Marks
    beside: Sketch  # without its words

    def marked(self, mark: int) -> list[int]:
        """The words that have all of some marks."""
        found: list[int] = self.words[self.marks & mark == mark].tolist()
        return found


@dataclass(frozen=True, slots=True, eq=False)
class Vectors:
    """A report's vectors: `at` is word * len(SIGNS) + sign, `weight` the component there; `keys` its most telling words."""

    at: Numbers
    weight: Weights
    keys: Numbers


class Collection:
    """Reports that are numbered one by one and then weighed against one another."""

    def __init__(self, lights: Iterable[Light], keys: int) -> None:
        self.words: list[str] = []
        number: dict[str, int] = {}
        self.rows = [self._numbered(one, number) for one in lights]
        self._count = np.zeros(len(self.words), dtype=np.int64)
        for row in self.rows:
            self._count[row.words] += 1
        general = general_news()
        imagined = np.array([IMAGINED * max(RAREST, general.get(w, 0.0)) for w in self.words])
        self._rarity = -np.log((self._count + imagined) / (len(self.rows) + IMAGINED))
        self._number = number
        self.vectors = [
            v
            for at in range(0, len(self.rows), BLOCK)
            for v in self._weighed(self.rows[at : at + BLOCK], keys)
        ]
        self._place = np.zeros(len(self.words) * len(SIGNS))

    def of(self, word: str) -> float:
        """Minus the logarithm of the share of reports that have the word."""
        return float(self._rarity[self._number[word]])

    def names_in_lead(self, i: int) -> list[str]:
        """The names that a report opens with."""
        return [self.words[k] for k in self.rows[i].marked(IN_LEAD | NAME)]

    def telling(self, i: int) -> list[str]:
        """The names and pairs of words of a report."""
        row = self.rows[i]
        return [self.words[k] for k in (*row.marked(NAME), *row.marked(PAIR))]

    def odds(
        self, i: int, others: Sequence[int], shared: Sequence[Reuse | None], expected: float
    ) -> list[float]:
        """The log odds that each of the others is about the same incident as one report, as `likeness` has them."""
        mine, theirs = self.vectors[i], [self.vectors[j] for j in others]
        self._place[mine.at] = mine.weight * _OF_SIGN[mine.at % len(SIGNS)]
        alike = self._place[np.concatenate([v.at for v in theirs])] * np.concatenate(
            [v.weight for v in theirs]
        )
        self._place[mine.at] = 0.0
        owner = np.repeat(np.arange(len(others)), [len(v.at) for v in theirs])
        sums = np.bincount(owner, weights=alike, minlength=len(others)).tolist()
        found = []
        for j, words, reuse in zip(others, sums, shared, strict=True):
            signs = beside(self.rows[i].beside, self.rows[j].beside, reuse)
            value = START + expected + words + sum(ODDS[name] * x for name, x in signs.items())
            found.append(max(-LIMIT, min(LIMIT, value)))
        return found

    def _numbered(self, one: Light, number: dict[str, int]) -> Row:
        for word in one.words:
            if number.setdefault(word, len(self.words)) == len(self.words):
                self.words.append(word)
        numbers = np.fromiter((number[w] for w in one.words), dtype=np.int32, count=len(one.words))
        return Row(numbers, one.times, one.marks, one.beside)

    def _weighed(self, rows: Sequence[Row], keys: int) -> Iterator[Vectors]:
        """The vectors of some reports; a word that only one report has finds no like and is left out of them."""
        words = np.concatenate([r.words for r in rows])
        marks = np.concatenate([r.marks for r in rows])
        owner = np.repeat(np.arange(len(rows)), [len(r.words) for r in rows])
        rare = self._rarity[words]
        every = (1 + np.log(np.concatenate([r.times for r in rows]))) * rare
        every[marks & IN_LEAD > 0] *= LEAD
        met = self._count[words] > 1
        of_sign = (
            (every, marks & PAIR == 0),
            (rare, marks & IN_LEAD > 0),
            (every, marks & NAME > 0),
            (every, marks & (NAME | FIGURE | PAIR) == 0),
            (every, marks & FIGURE > 0),
            (rare, marks & PAIR > 0),
        )
        at, weight, row = [], [], []
        for sign, (weights, kept) in enumerate(of_sign):
            length = np.sqrt(np.bincount(owner[kept], weights[kept] ** 2, minlength=len(rows)))
            kept = kept & met
            at.append(words[kept] * np.int32(len(SIGNS)) + np.int32(sign))
            weight.append((weights[kept] / length[owner[kept]]).astype(np.float32))
            row.append(owner[kept])
        rows_of = np.concatenate(row)
        order = np.argsort(rows_of, kind="stable")
        edges = np.searchsorted(rows_of[order], np.arange(len(rows) + 1))
        ats, weights_ = np.concatenate(at)[order], np.concatenate(weight)[order]
        every[marks & PAIR > 0] *= LEAD
        best = np.lexsort((words, -every, owner))
        begins = np.searchsorted(owner, np.arange(len(rows) + 1))
        for n in range(len(rows)):
            here = slice(edges[n], edges[n + 1])
            keyed = words[best[begins[n] : min(begins[n] + keys, begins[n + 1])]]
            yield Vectors(ats[here].copy(), weights_[here].copy(), keyed)
