"""Which reports might be about one incident: those that share two telling words, or pairs of words, that few reports use."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from twosource.incidents.weights import Weighed

KEYS = 20  # telling words by which a report is looked up
ALONE = 20  # a word that looks up at most this many speaks alone, otherwise a second one must agree
CROWD = 60  # a word that looks up more reports than this tells too little


def candidates(weighed: Sequence[Weighed]) -> list[tuple[int, int]]:
    """Pairs (i, j), i < j, in ascending order; their number grows with the number of reports, not with its square."""
    reports: dict[str, list[int]] = defaultdict(list)
    for i, w in enumerate(weighed):
        for key in w.keys:
            reports[key].append(i)
    met: set[int] = set()
    found: set[int] = set()
    size = len(weighed)
    for held in reports.values():
        if 2 <= len(held) <= CROWD:
            both = {i * size + j for at, j in enumerate(held) for i in held[:at]}
            found |= both if len(held) <= ALONE else both & met
            met |= both
    return [divmod(pair, size) for pair in sorted(found)]
