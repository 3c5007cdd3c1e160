"""Incidents of an archive that grows: what two reports are to each other depends on the two alone.

General news alone says how telling a word is, not the archive, so a report that comes later changes nothing between two that are
there. Groups are joined only over pairs above JOIN; so they can be settled one connected part at a time, and come out the
same whatever the order in which the reports came.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from twosource.incidents.candidates import KEYS
from twosource.incidents.group import in_common, named
from twosource.incidents.likeness import likeness
from twosource.incidents.linkage import JOIN, Linkage
from twosource.incidents.sketch import sketch_of
from twosource.incidents.weights import Rarity, Weighed, weigh
from twosource.model import Article, Incident, Reuse
from twosource.reuse.fingerprints import fingerprints
from twosource.reuse.prose import prose_of

__all__ = ["JOIN", "LEAST", "Looked", "look", "odds", "settle"]

LEAST = 2  # telling words that two reports must share to be compared
EVERY = 16  # one fingerprint in so many is kept …
SAME = 16.0  # log odds: two reports of one text are about one incident, whatever else speaks against it
SMALLEST = 4  # … and these, so that a short report has some

_GENERAL = Rarity()


@dataclass(frozen=True, slots=True, eq=False)
class Looked:
    """A report as the archive sees it; `keys` and `prints` are whole numbers below 2**63 to look it up by."""

    article: Article
    weighed: Weighed
    keys: tuple[int, ...]
    prints: tuple[int, ...]

    @property
    def telling(self) -> frozenset[str]:
        """The names and pairs of words of the report."""
        return self.weighed.sketch.names | self.weighed.sketch.pairs


def look(article: Article) -> Looked:
    """What a report is looked up and compared by."""
    weighed = weigh(sketch_of(article), _GENERAL, KEYS)
    hashes = fingerprints(prose_of(article).codes)
    kept = {int(h) for h in hashes[hashes % EVERY == 0]} | {int(h) for h in hashes[:SMALLEST]}
    return Looked(
        article,
        weighed,
        tuple(sorted({_number(k) for k in weighed.keys})),
        tuple(sorted({h >> 1 for h in kept})),
    )


def odds(one: Looked, other: Looked, shared: Reuse | None) -> float:
    """Natural-log odds that two reports are about one incident; the order of the two doesn't matter."""
    value = likeness(one.weighed, other.weighed, shared).value
    return value + SAME if one.article.text == other.article.text else value


def settle(part: Sequence[Looked], between: Mapping[tuple[str, str], float]) -> list[Incident]:
    """The incidents of one connected part; `between` has the odds of its pairs by the ids of the two, in order."""
    held = sorted(part, key=lambda x: x.article.id)
    place = {x.article.id: i for i, x in enumerate(held)}
    odds_of = {
        (min(place[a], place[b]), max(place[a], place[b])): value
        for (a, b), value in between.items()
        if a in place and b in place
    }
    groups = Linkage(odds_of, [x.weighed.sketch.lead & x.weighed.sketch.names for x in held], _GENERAL).run()
    return sorted(
        (
            named([held[i].article for i in g], in_common([held[i].telling for i in g], _GENERAL))
            for g in groups
        ),
        key=lambda i: i.id,
    )


def _number(key: str) -> int:
    return (
        int.from_bytes(hashlib.blake2b(key.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big")
        >> 1
    )
