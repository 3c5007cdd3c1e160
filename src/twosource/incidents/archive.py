"""Incidents of an archive that grows: what two reports are to each other depends on the two alone.

General news alone says how telling a word is, not the archive, so a report that comes later changes nothing between two that are
there. A report is looked through once and kept as numbers (`kept`). Groups form only within parts that pairs above TIE connect;
so they can be settled one part at a time, and come out the same whatever the order in which the reports came.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from twosource.incidents.candidates import KEYS
from twosource.incidents.group import in_common, member, named
from twosource.incidents.kept import Kept, Weights, held, kept, written
from twosource.incidents.linkage import JOIN, Linkage
from twosource.incidents.sketch import sketch_of
from twosource.incidents.weights import Rarity
from twosource.model import Article, Incident
from twosource.reuse.fingerprints import fingerprints
from twosource.reuse.prose import prose_of
from twosource.text import digest

__all__ = ["JOIN", "LEAST", "LEAVE", "TIE", "WAY", "Kept", "Weights", "held", "look", "settle", "written"]

WAY = "2"  # how reports are looked through and grouped: to be raised when `look`, `Weights` or `settle` come to say other things
LEAST = 2  # telling words that two reports must share to be compared
# Pairs below JOIN suffice to bring two groups of a brief together, but in an archive some pair above it leads from almost any
# report to any other: of 3,634 reports, 2,137 hung together by such pairs, and at most 30 by pairs above this; the groups came
# out better too (B³ F .942 after .923), since what nobody picked together is less often about one thing.
TIE = 2.0
LEAVE = -3.0  # a pair below says no more than one that was never looked at
EVERY = 16  # one fingerprint in so many is kept …
SMALLEST = 4  # … and these, so that a short report has some

_GENERAL = Rarity()


def look(article: Article) -> Kept:
    """What a report is looked up and compared by."""
    hashes = fingerprints(prose_of(article).codes)
    some = {int(h) for h in hashes[hashes % EVERY == 0]} | {int(h) for h in hashes[:SMALLEST]}
    return kept(sketch_of(article), _GENERAL, KEYS, [h >> 1 for h in some], digest(article.text))


def settle(part: Sequence[tuple[Article, Kept]], between: Mapping[tuple[str, str], float]) -> list[Incident]:
    """The incidents of one connected part; `between` has the odds of its pairs by the ids of the two, in order."""
    known = sorted(part, key=lambda x: x[0].id)
    place = {article.id: i for i, (article, _) in enumerate(known)}
    odds_of = {
        (min(place[a], place[b]), max(place[a], place[b])): value
        for (a, b), value in between.items()
        if a in place and b in place
    }
    groups = Linkage(odds_of, [k.opens for _, k in known], _GENERAL).run()
    return sorted(
        (
            named([member(known[i][0]) for i in g], in_common([known[i][1].telling for i in g], _GENERAL))
            for g in groups
        ),
        key=lambda i: i.id,
    )
