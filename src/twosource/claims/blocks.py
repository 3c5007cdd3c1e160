"""Which pairs of statements are worth comparing, found by shared words and never all against all."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations

from twosource.claims.points import Point

_RAREST = 7  # words of a content that make its keys
_ROOM = 80  # a key held by more points than this says too little alone
_WINDOW = 24  # neighbours compared under a crowded key of two words


def candidates(points: Sequence[Point], rarity: dict[str, float]) -> set[tuple[int, int]]:
    """Pairs (i < j) that share a rare word, two words, or an actor and a number.

    Linear in the number of points: a crowded key compares only neighbours in the order of their words.
    """
    held: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for n, point in enumerate(points):
        for key in _keys(point, rarity):
            held[key].append(n)
    pairs: set[tuple[int, int]] = set()
    for key, members in held.items():
        if len(members) <= _ROOM:
            pairs.update(combinations(members, 2))
        elif len(key) > 1:
            ranked = sorted(members, key=lambda n: (sorted(points[n].lemmas), points[n].key))
            for at, i in enumerate(ranked):
                pairs.update((min(i, j), max(i, j)) for j in ranked[at + 1 : at + _WINDOW])
    return pairs


def _keys(point: Point, rarity: dict[str, float]) -> Iterator[tuple[str, ...]]:
    rarest = sorted(point.lemmas, key=lambda x: (-rarity[x], x))[:_RAREST]
    for lemma in sorted(point.lemmas):
        yield (lemma,)
    yield from combinations(sorted(rarest), 2)
    numbers = sorted({f"{q.low:g}" for q in point.quantities})
    for name in sorted(point.names):
        yield from (("actor", name, number) for number in numbers)
