"""Which reports may share text: the fingerprints of all of them in order, so that no report is compared with all.

Two reports are paired because they share a run of eight words. What a crowd shares says little: of a family of copies only the
likely origin and the next are paired, of a template that an outlet puts under all its stories none.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from twosource.reuse.encoding import Codes
from twosource.reuse.fingerprints import Prints, own_bits
from twosource.reuse.shingles import SHINGLE, Keys, new_at

CROWD = 16  # a fingerprint in more reports than this is a template's or a large family's
FAMILY_SHARE = 0.2  # of the shorter text's fingerprints, for two of a crowd to be looked at
FAMILY = 200  # texts; of a larger family only the pairs with the likely origin of each are listed
CHUNK = 1 << 20  # fingerprints or pairs that are held against one another at a time

Counted = tuple[Keys, Keys]


@dataclass(frozen=True, slots=True, eq=False)
class Candidates:
    """Pairs (i, j), i < j, of texts that share fingerprints, as rows in ascending order.

    `crowded`: those of them that stand for a family, whose other pairs were left out.
    """

    pairs: Keys
    crowded: Keys


class _Tally:
    """How often each key came up; what has come is added up whenever it has grown too large to be kept."""

    def __init__(self) -> None:
        self._counted: Counted = (np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64))
        self._waiting: list[Keys] = []
        self._size = 0

    def add(self, keys: Keys) -> None:
        """Count some more keys."""
        self._waiting.append(keys)
        self._size += len(keys)
        if self._size >= max(8 * CHUNK, len(self._counted[0])):
            self.counted()

    def counted(self) -> Counted:
        """The keys in ascending order, and how often each came up."""
        if self._waiting:
            found = np.sort(np.concatenate(self._waiting))
            at = np.flatnonzero(new_at(found))
            self._counted = _summed(self._counted, (found[at], np.diff(at, append=len(found))))
            self._waiting, self._size = [], 0
        return self._counted


@dataclass(frozen=True, slots=True, eq=False)
class Joined:
    """What some fingerprints say: pairs that they bring together, pairs of families, and who is in which crowd.

    Pairs are keys i * n + j with how many fingerprints; members are keys crowd * n + text in ascending order, of so many crowds.
    """

    uncommon: Counted
    family: Counted
    members: Keys
    crowds: int


def candidates(prints: Iterable[Prints]) -> Candidates:
    """The texts that share fingerprints; they should come in the order of likely origin.

    Where more than sixteen share a fingerprint, only the first with each and each with the next are paired, and only if a fifth
    of the shorter text's fingerprints are shared so: a family of copies is, a template that an outlet puts under all its stories
    isn't, and neither makes a quadratic number of pairs. Beside a template it takes eight fingerprints more to be
    paired, since the words next to it often are the same by chance. A text that shares with more than two hundred others is
    paired with those it shares the most with.
    """
    held = list(prints)
    sizes = np.concatenate([np.zeros(0, dtype=np.int64), *(p.sizes for p in held)])
    keys = [p.keys for p in held]
    ranges = ranges_of(sum(len(k) for k in keys))
    return chosen([joined(keys, range(ranges), ranges, max(1, len(sizes)))], sizes)


def ranges_of(total: int) -> int:
    """Into how many ranges so many fingerprints are cut, so that each can be held at once."""
    return 1 << max(0, (total // CHUNK).bit_length())


def joined(held: Sequence[Codes], some: range, ranges: int, n: int) -> Joined:
    """What the fingerprints in some of the ranges say, of n texts. `held`: numbers as `Prints` has them, each in ascending order."""
    uncommon, family = _Tally(), _Tally()
    members: list[Keys] = [np.zeros(0, dtype=np.int64)]
    crowds = 0
    for owner, first, lengths in _met(held, some, ranges, own_bits(n)):
        for keys in _uncommon(owner, first, lengths, n):
            uncommon.add(keys)
        crowd = lengths > CROWD
        gathered, number = _gathered(owner, first[crowd], lengths[crowd])
        for keys in _crowded(gathered, number, n):
            family.add(keys)
        members.append((number + crowds) * n + gathered)
        crowds += int(crowd.sum())
    return Joined(uncommon.counted(), family.counted(), np.concatenate(members), crowds)


def chosen(found: Iterable[Joined], sizes: Keys) -> Candidates:
    """The pairs to be looked at, from what all ranges of fingerprints say, in their order; `sizes`: how many each text has."""
    n = max(1, len(sizes))
    uncommon: Counted = (np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64))
    family = uncommon
    members: list[Keys] = [np.zeros(0, dtype=np.int64)]
    crowds = 0
    for one in found:
        uncommon, family = _summed(uncommon, one.uncommon), _summed(family, one.family)
        members.append(one.members + crowds * n)
        crowds += one.crowds
    keys, count = family
    enough = count >= FAMILY_SHARE * np.minimum(sizes[keys // n], sizes[keys % n])
    beside = _beside_templates(uncommon, members, sizes)
    return _thinned(beside, (keys[enough], count[enough]), n)


def _met(held: Sequence[Codes], some: range, ranges: int, bits: int) -> Iterator[tuple[Keys, Keys, Keys]]:
    """The texts in the order of their fingerprints, where each fingerprint begins, and how many texts have it; a range at a time."""
    wide = 64 - (ranges.bit_length() - 1)
    bounds = np.array([at << wide for at in (*some, some.stop) if 0 < at < ranges], dtype=np.uint64)
    edges = [
        [*[0] * (some.start == 0), *np.searchsorted(k, bounds).tolist(), *[len(k)] * (some.stop == ranges)]
        for k in held
    ]
    for part in range(len(some)):
        found = np.concatenate(
            [np.zeros(0, dtype=np.uint64)]
            + [k[e[part] : e[part + 1]] for k, e in zip(held, edges, strict=True)]
        )
        found.sort()
        owner = (found & np.uint64((1 << bits) - 1)).astype(np.int64)
        found >>= np.uint64(bits)
        first = np.flatnonzero(new_at(found))
        yield owner, first, np.diff(first, append=len(found))


def _uncommon(owner: Keys, first: Keys, lengths: Keys, n: int) -> Iterator[Keys]:
    """A key i * n + j for each fingerprint that two texts share, where few share it."""
    for size in range(2, CROWD + 1):
        at = first[lengths == size]
        i, j = np.triu_indices(size, 1)
        step = max(1, CHUNK // len(i))
        for low in range(0, len(at), step):
            rows = owner[at[low : low + step, None] + np.arange(size)]
            yield (rows[:, i] * n + rows[:, j]).ravel()


def _gathered(owner: Keys, first: Keys, lengths: Keys) -> tuple[Keys, Keys]:
    """The texts of each crowd, one crowd after another, and the number of the crowd."""
    past = np.cumsum(lengths)
    places = np.arange(past[-1] if len(past) else 0) + np.repeat(first - past + lengths, lengths)
    return owner[places], np.repeat(np.arange(len(lengths)), lengths)


def _crowded(held: Keys, number: Keys, n: int) -> Iterator[Keys]:
    """Of a crowd, the first with each and each with the next."""
    head = np.flatnonzero(new_at(number))
    at = np.zeros(len(held), dtype=np.int8)  # 1 for the first of a crowd, 2 for the second
    at[head], at[head + 1] = 1, 2
    yield (held[head[number]] * n + held)[at != 1]
    later = np.flatnonzero(at == 0)
    yield held[later - 1] * n + held[later]


def _beside_templates(uncommon: Counted, members: Sequence[Keys], sizes: Keys) -> Counted:
    """The pairs without those that share few fingerprints beside a crowd's, unless the crowd's are much of a text."""
    keys, count = uncommon
    n = max(1, len(sizes))
    weak = np.flatnonzero(count < SHINGLE)
    i, j = keys[weak] // n, keys[weak] % n
    asked = np.zeros(n, dtype=bool)
    asked[i] = asked[j] = True
    both = _common(i, j, np.concatenate([some[asked[some % n]] for some in members]), n)
    template = (both > 0) & (both < FAMILY_SHARE * np.minimum(sizes[i], sizes[j]))
    kept = np.ones(len(keys), dtype=bool)
    kept[weak[template]] = False
    return keys[kept], count[kept]


def _common(i: Keys, j: Keys, members: Keys, n: int) -> Keys:
    """In how many crowds both texts of each pair are."""
    crowd, owner = members // n, members % n
    order = np.argsort(owner, kind="stable")
    begins = np.searchsorted(owner[order], np.arange(n + 1))
    crowds = np.diff(begins)
    fewer = crowds[i] <= crowds[j]
    one, other = np.where(fewer, i, j), np.where(fewer, j, i)
    found = np.zeros(len(i), dtype=np.int64)
    past = np.cumsum(crowds[one])
    at = 0
    while at < len(i):
        end = max(at + 1, int(np.searchsorted(past, (past[at - 1] if at else 0) + CHUNK, side="right")))
        times = crowds[one[at:end]]
        pair = np.repeat(np.arange(at, end), times)
        places = np.arange(len(pair)) + np.repeat(begins[one[at:end]] - np.cumsum(times) + times, times)
        asked = crowd[order[places]] * n + other[pair]
        met = members.take(np.searchsorted(members, asked), mode="clip") == asked
        found += np.bincount(pair[met], minlength=len(i))
        at = end
    return found


def _summed(some: Counted, more: Counted) -> Counted:
    keys, count = (np.concatenate(both) for both in zip(some, more, strict=True))
    order = np.argsort(keys, kind="stable")
    keys = keys[order]
    at = np.flatnonzero(new_at(keys))
    return keys[at], np.add.reduceat(count[order], at) if len(at) else count[:0]


def _thinned(uncommon: Counted, crowd: Counted, n: int) -> Candidates:
    """All pairs, but of a text with very many partners only those that say where it comes from."""
    keys, count = _summed(uncommon, crowd)
    i, j = keys // n, keys % n
    many = np.bincount(np.concatenate((i, j)), minlength=n) >= FAMILY
    parent = np.full(n, -1)
    best = np.lexsort((i, -count, j))
    at = best[np.flatnonzero(new_at(j[best]))]
    parent[j[at]] = i[at]
    dropped = (i != parent[j]) & ((many[i] & many[j]) | (many[parent[j]] & (parent[i] == parent[j])))
    kept = ~dropped
    crowded = np.isin(keys, crowd[0], assume_unique=True)
    rows = np.stack([i, j], axis=1)
    return Candidates(rows[kept], rows[kept & crowded])
