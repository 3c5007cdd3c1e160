"""All pairs of reports that share something, found without comparing every two."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import numpy as np

from twosource.model import Article, Reuse
from twosource.reuse.candidates import CROWD, FAMILY, Candidates, candidates
from twosource.reuse.lineage import COPIES, families
from twosource.reuse.ordering import put_in_order
from twosource.reuse.shingles import Keys
from twosource.reuse.workers import Workers


def compare(articles: Sequence[Article], *, processes: int = 1) -> list[Reuse]:
    """Every pair that shares a passage, `a` < `b`, in the order of ids; the order of the articles doesn't matter.

    A pair is judged by its own two texts, and its order by their family's: a report that shares nothing with them changes nothing.
    More than one process pays from thousands of reports on, and changes nothing either.
    """
    ordered = sorted(articles, key=lambda x: (x.published or "9999", x.id))
    with Workers(ordered, processes) as workers:
        near = candidates(workers.fingerprints())
        judged = workers.judged((i, j) for i, j in near.pairs.tolist())
        copied = [pair in judged and judged[pair].relation in COPIES for pair in _pairs(near.crowded)]
        rest = rest_of_families(near, near.crowded[np.array(copied, dtype=bool)], len(ordered))
        judged |= workers.judged(_pairs(rest))
    return put_in_order(judged.values())


def rest_of_families(near: Candidates, copies: Keys, n: int) -> Keys:
    """The pairs of a family that the crowded fingerprints left out, unless the family is too large to list; as rows in order.

    `copies`: those of the crowded pairs that turned out to be copies. What was looked at is not looked at again.
    """
    held = [(i, j) for i, j in copies.tolist()]
    listed = {x for family in families(held) if len(family) <= FAMILY for x in family}
    of: dict[int, set[int]] = defaultdict(set)
    for i, j in held:
        if i in listed:
            of[i].add(j)
            of[j].add(i)
    found = [np.zeros(0, dtype=np.int64)]
    for i, others in of.items():
        if len(others) >= CROWD - 1:
            members = np.array(sorted({i, *others}), dtype=np.int64)
            x, y = np.triu_indices(len(members), 1)
            found.append(members[x] * n + members[y])
    keys = np.setdiff1d(np.concatenate(found), near.pairs[:, 0] * n + near.pairs[:, 1])
    return np.stack([keys // n, keys % n], axis=1)


def _pairs(rows: Keys) -> list[tuple[int, int]]:
    return [(i, j) for i, j in rows.tolist()]
