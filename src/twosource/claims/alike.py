"""How far two statements say the same: a visible weighted list of features."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from twosource.claims.lexicon import lexicon
from twosource.claims.numbers import Counts
from twosource.claims.points import Point, blended
from twosource.claims.vectors import Matrix, vectors

_CHUNK = 20_000  # pairs whose vectors are multiplied at once
_SLACK = 0.01
_FEW = 3  # contents with fewer content words than this are matched by the whole, not by the shorter one


@dataclass(frozen=True, slots=True)
class Alikeness:
    """Everything needed to compare any two of the points, by their place in the list."""

    points: Sequence[Point]  # each stands for all in the same words
    reports: Sequence[frozenset[str]]  # in which those words stand
    rarity: dict[str, float]
    matrix: Matrix
    masses: Sequence[float]  # of each point's words by rarity
    counts: Counts

    def reaching(self, pairs: Iterable[tuple[int, int]], threshold: float) -> dict[tuple[int, int], float]:
        """The scores of those pairs that reach the threshold; the rest is left out as early as can be."""
        weights = lexicon().weights
        most = sum(
            w for name, w in weights.items() if name in ("names", "numbers", "fate", "times") and w > 0
        )
        found: dict[tuple[int, int], float] = {}
        ranked = sorted(pairs)
        for at in range(0, len(ranked), _CHUNK):
            chunk = ranked[at : at + _CHUNK]
            left, right = ([pair[side] for pair in chunk] for side in (0, 1))
            near = np.einsum("ij,ij->i", self.matrix[left], self.matrix[right]).tolist()
            for (i, j), v in zip(chunk, near, strict=True):
                words, within = self._overlap(i, j)
                bound = weights["vector"] * v + weights["words"] * words + weights["within"] * within + most
                if bound < threshold - _SLACK:
                    continue
                value = self.score(i, j)
                if value >= threshold:
                    found[i, j] = value
        return found

    def score(self, i: int, j: int) -> float:
        """From about 0 (nothing in common) to about 1 (the same); symmetric. `claims.toml` says what each feature counts for."""
        p, q = self.points[i], self.points[j]
        weights = lexicon().weights
        if p.key == q.key:
            return weights["same"]
        words, within = self._overlap(i, j)
        total = weights["vector"] * max(0.0, round(float(np.dot(self.matrix[i], self.matrix[j])), 4))
        total += weights["words"] * words
        if min(len(p.lemmas), len(q.lemmas)) >= _FEW:
            total += weights["within"] * within
        if p.names and q.names:
            total += weights["names"] * (len(p.names & q.names) / len(p.names | q.names))
        if p.people and q.people and p.people.isdisjoint(q.people):
            total += weights["strangers"]
        if p.selves and q.selves and p.selves.isdisjoint(q.selves):
            total += weights["selves"]
        counts = self.counts
        if counts.of[i] and counts.of[j]:  # both hold numbers
            numbers = counts.compared(counts.of[i], counts.of[j])
            total += weights["numbers"] * numbers.agree
            total += weights["fate"] * numbers.fate
            total += weights["clash"] * numbers.clash
        if not p.times.isdisjoint(q.times):
            total += weights["times"]
        total += weights["apart"] * abs(p.at - q.at)
        if not self.reports[i].isdisjoint(self.reports[j]):
            total += weights["together"]
        return total

    def _overlap(self, i: int, j: int) -> tuple[float, float]:
        """The share of the words of both that they have in common, and of the words of the shorter one; each by rarity."""
        shared = self.points[i].lemmas & self.points[j].lemmas
        if not shared:
            return 0.0, 0.0
        a, b, rarity = self.masses[i], self.masses[j], self.rarity
        common = math.fsum([rarity[x] for x in shared])  # exact, so the order of a set does not show
        return 2 * common / (a + b), common / min(a, b)


def alikeness(nodes: Sequence[Sequence[Point]], among: Sequence[Point] | None = None) -> Alikeness:
    """Ready to compare; each node holds the points of the same words.

    A word counts for less the more of the distinct contents use it, so copies change nothing.
    `among` are the points whose words are counted, where they are more than those to compare.
    """
    points = [blended(node) for node in nodes]
    distinct: dict[str, set[str]] = {}
    for p in among or points:
        distinct.setdefault(p.key, set()).update(p.lemmas)
    df = Counter(lemma for lemmas in distinct.values() for lemma in lemmas)
    rarity = {x: 1 / (1 + math.log(n)) for x, n in df.items()}
    masses = [math.fsum(rarity[x] for x in p.lemmas) for p in points]
    reports = [frozenset(p.report for p in node) for node in nodes]
    matrix = vectors([p.text for p in points])
    return Alikeness(points, reports, rarity, matrix, masses, Counts(p.quantities for p in points))


def closeness(points: Sequence[Point], wanted: Collection[str]) -> Callable[[str, str], float]:
    """A measure of how far any two of the wanted statements, given by their ids, say the same; 0 for others."""
    some = [p for p in points if p.statement.id in wanted]
    alike = alikeness([[p] for p in some], points)
    place = {p.statement.id: n for n, p in enumerate(some)}
    return lambda a, b: alike.score(place[a], place[b]) if a in place and b in place else 0.0
