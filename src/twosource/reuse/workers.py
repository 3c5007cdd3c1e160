"""The work on each report and each pair, on the spot or by several processes; what comes out is the same."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from types import TracebackType
from typing import TypeVar

from twosource.model import Article
from twosource.processes import pool_of
from twosource.reuse.fingerprints import Prints, own_bits, prints_of
from twosource.reuse.judge import Judged, judge
from twosource.reuse.prose import Given, Prose, furniture_of, prose_of

FEW = 2000  # reports or pairs below which starting processes costs more than it gains
REPORTS = 500  # reports that are fingerprinted at a time
AT_HAND = 1000  # reports whose words are kept for the next pair
LETTERS = 4_000_000  # … and at most so much text
PAIRS = 4000  # pairs that are judged at a time

Pair = tuple[int, int]
Texts = tuple[list[Given], range, int]
Job = tuple[dict[int, Article], Sequence[Pair]]
_Given = TypeVar("_Given")
_Made = TypeVar("_Made")


class Workers:
    """Who fingerprints and judges the reports of one comparison; processes are started when there is enough to do."""

    def __init__(self, articles: Sequence[Article], processes: int) -> None:
        self._articles = articles
        self._processes = processes
        self._pool: ProcessPoolExecutor | None = None

    def __enter__(self) -> Workers:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)

    def fingerprints(self) -> Iterable[Prints]:
        """The fingerprints of the reports, some reports at a time, in order."""
        size = len(self._articles)
        return self._map(_fingerprints, (self._texts(at) for at in range(0, size, REPORTS)), size)

    def judged(self, pairs: Iterable[Pair]) -> dict[Pair, Judged]:
        """What the reports of each pair share, in the order of the pairs; those that share nothing are left out."""
        known = list(pairs)
        found: dict[Pair, Judged] = {}
        shares = in_shares(known, lambda x: len(self._articles[x].text))
        for some in self._map(_judged, [self._job(s) for s in shares], len(known)):
            found.update(some)
        return found

    def _texts(self, at: int) -> Texts:
        some = self._articles[at : at + REPORTS]
        numbers = range(at, at + len(some))
        return [(a.text, furniture_of(a)) for a in some], numbers, own_bits(len(self._articles))

    def _job(self, pairs: Sequence[Pair]) -> Job:
        return {x: self._articles[x] for pair in pairs for x in pair}, pairs

    def _map(self, work: Callable[[_Given], _Made], shares: Iterable[_Given], size: int) -> Iterable[_Made]:
        if self._processes == 1 or (size < FEW and self._pool is None):
            return map(work, shares)
        if self._pool is None:
            self._pool = pool_of(self._processes)
        return self._pool.map(work, shares)


def in_shares(pairs: Sequence[Pair], letters_of: Callable[[int], int]) -> Iterator[Sequence[Pair]]:
    """The pairs, some at a time, so that what is kept at hand for them stays small."""
    at, names, letters = 0, set[int](), 0
    for n, pair in enumerate(pairs):
        if len(names) >= AT_HAND or letters >= LETTERS or n - at >= PAIRS:
            yield pairs[at:n]
            at, names, letters = n, set[int](), 0
        letters += sum(letters_of(x) for x in pair if x not in names)
        names.update(pair)
    if at < len(pairs):
        yield pairs[at:]


def _fingerprints(texts: Texts) -> Prints:
    return prints_of(*texts)


def _judged(job: Job) -> dict[Pair, Judged]:
    return judged(*job)


def judged(articles: Mapping[int, Article], pairs: Sequence[Pair]) -> dict[Pair, Judged]:
    """What the reports of each pair share, by their numbers; those that share nothing are left out."""
    read: dict[int, Prose] = {}
    found = {}
    for i, j in pairs:
        for x in (i, j):
            if x not in read:
                read[x] = prose_of(articles[x])
        one = judge(read[i], read[j])
        if one:
            found[i, j] = one
    return found
