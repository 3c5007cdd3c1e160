"""What new reports are to those that they may belong with, worked out once and kept."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache

from sqlalchemy import Connection

from twosource.clean import clean
from twosource.errors import CaseError
from twosource.incidents.archive import LEAST, LEAVE, Kept, Weights, look
from twosource.incidents.likeness import LIMIT, ODDS
from twosource.model import Article, Report, Reuse
from twosource.reuse import compare
from twosource.store import Store, derived, evidence, signs
from twosource.store.signs import Alike

AT_ONCE = 200  # reports that are taken up in one step
BESIDE = 4000  # reports that new ones are held against at a time: some twelve kilobytes each
TRIES = 50  # times that work is done again because another program wrote meanwhile
KEPT_WRITING = "other programs kept writing to the case: run the same command again when they are done"


def alone(report: Report) -> Article:
    """A report cleaned by itself: what others of its outlet repeat must not change what two reports are to each other."""
    return clean([report])[0]


def compare_some(store: Store, numbers: Sequence[int]) -> None:
    """Work out what each of these reports is to those that it may belong with, and store it."""
    looked: dict[int, Kept] = {}
    for _ in range(TRIES):
        with store.reads() as c:
            seen = derived.generation(c)
            fresh = signs.unsigned(c, numbers)
            if not fresh:
                return
            wanted = [n for n in fresh if n not in looked]
            looked |= {n: look(alone(r)) for n, r in evidence.fetch(c, wanted).items()}
            new = {n: looked[n] for n in fresh if n in looked}
            found = _odds(c, new)
        with store.writes() as c:
            if derived.generation(c) != seen:
                continue
            signs.put(c, new)
            signs.put_pairs(c, found)
            derived.next_generation(c)
            return
    raise CaseError(KEPT_WRITING)


def _odds(c: Connection, new: Mapping[int, Kept]) -> dict[tuple[int, int], float]:
    """The log odds of the pairs that new reports form with those stored and with one another, but for those that say nothing."""
    articles = _articles(c)
    found: dict[tuple[int, int], float] = {}
    for some in _together(_near(c, new)):
        beside = sorted({m for near in some.values() for m in near.words | near.text} | set(some))
        held = {n: new[n] for n in beside if n in new} | signs.of(c, [n for n in beside if n not in new])
        order = [n for n in beside if n in held]
        place = {n: i for i, n in enumerate(order)}
        weights = Weights([held[n] for n in order])
        for n, near in some.items():
            others = sorted(m for m in near.words | near.text if m in held)
            at = [place[m] for m in others]
            values = weights.odds(place[n], at, [None] * len(at))
            for m, value in zip(others, values, strict=True):
                if m in near.text and LEAVE - ODDS["copy"] < value < LIMIT:
                    shared = _shared(articles(n), articles(m))
                    (value,) = weights.odds(place[n], [place[m]], [shared])
                if value > LEAVE:
                    found[min(n, m), max(n, m)] = value
    return found


def _near(c: Connection, new: Mapping[int, Kept]) -> Iterator[tuple[int, Alike]]:
    """For each new report those stored, and those of the new ones before it, that it may belong with."""
    by_key: dict[int, list[int]] = {}
    by_print: dict[int, list[int]] = {}
    for n, one in sorted(new.items()):
        stored = signs.alike(c, one, LEAST)
        words = {m for m, times in _met(by_key, one.keys, n).items() if times >= LEAST}
        text = {
            m
            for m, times in _met(by_print, one.prints, n).items()
            if times >= signs.SHARE * min(len(one.prints), len(new[m].prints))
        }
        yield n, Alike(stored.words | words, stored.text | text)


def _met(by: dict[int, list[int]], values: Iterable[int], n: int) -> dict[int, int]:
    """How many of the values each report before this one has; this one is put among them."""
    times: dict[int, int] = {}
    for v in values:
        others = by.setdefault(v, [])
        for m in others:
            times[m] = times.get(m, 0) + 1
        others.append(n)
    return times


def _together(near: Iterable[tuple[int, Alike]]) -> Iterator[dict[int, Alike]]:
    """As many reports at a time as have no more than BESIDE others between them."""
    some: dict[int, Alike] = {}
    beside: set[int] = set()
    for n, alike in near:
        others = alike.words | alike.text
        if some and len(beside | others) > BESIDE:
            yield some
            some, beside = {}, set()
        some[n] = alike
        beside |= others
    if some:
        yield some


def _articles(c: Connection) -> Callable[[int], Article]:
    """Articles by number, each fetched and cleaned once."""

    @lru_cache(maxsize=1000)
    def article(n: int) -> Article:
        return alone(evidence.fetch(c, [n])[n])

    return article


def _shared(one: Article, other: Article) -> Reuse | None:
    found = compare([one, other])
    return found[0] if found else None
