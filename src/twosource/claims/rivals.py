"""Neighbours told from the same: a report says a thing once, so what it says is most like one statement of another report."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from twosource.claims.lexicon import lexicon
from twosource.claims.points import Point
from twosource.model import Span

_SAMPLE = 12  # reports that stand for all that have the same words

Candidates = dict[str, list[tuple[float, int]]]


class Rivals:
    """For each statement, those of every other report that are like it, the most alike first."""

    def __init__(self, nodes: Sequence[Sequence[Point]], close: Mapping[tuple[int, int], float]) -> None:
        self._spans = [_spans(node) for node in nodes]
        self._near: dict[int, Candidates] = defaultdict(lambda: defaultdict(list))
        for (i, j), value in sorted(close.items()):
            if not self._together(i, j):
                for report in self._spans[j]:
                    self._near[i][report].append((value, j))
                for report in self._spans[i]:
                    self._near[j][report].append((value, i))
        for found in self._near.values():
            for row in found.values():
                row.sort(key=lambda pair: (-pair[0], pair[1]))

    def lessened(self, i: int, j: int, value: float) -> float:
        """The score of two statements, less by how much better another of the same report would do for either.

        "The dam was opened" and "the dam was opened before" are alike; where both reports say both, each goes with its like.
        """
        if self._together(i, j):
            return value
        better = self._best(i, j, value) + self._best(j, i, value) - 2 * value
        return value - lexicon().weights["rival"] * better

    def _best(self, i: int, j: int, value: float) -> float:
        """How like i is to what the reports of j say best in its place; at least the score that i and j have."""
        best = value
        for rival_value, k in self._rivals(i, j):
            if rival_value > best and k != j and not self._overlap(j, k):
                best = rival_value
        return best

    def _rivals(self, i: int, j: int) -> Iterator[tuple[float, int]]:
        found = self._near.get(i)
        if found is not None:
            for report in self._spans[j]:
                yield from found.get(report, ())

    def _together(self, i: int, j: int) -> bool:
        return any(report in self._spans[j] for report in self._spans[i])

    def _overlap(self, j: int, k: int) -> bool:
        """Whether two statements are read off the same words: a sentence, and what somebody says in it."""
        return any(
            a.overlaps(b)
            for report, spans in self._spans[j].items()
            for a in spans
            for b in self._spans[k].get(report, ())
        )


def _spans(node: Sequence[Point]) -> dict[str, tuple[Span, ...]]:
    found: dict[str, tuple[Span, ...]] = {}
    for point in sorted(node, key=lambda p: (p.report, p.statement.content)):
        if len(found) < _SAMPLE or point.report in found:
            found[point.report] = (*found.get(point.report, ()), *point.statement.content)
    return found
