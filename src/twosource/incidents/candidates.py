"""Which reports might be about one incident: those that share a telling word or pair of words that few reports use."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from twosource.incidents.weights import Weighed

KEYS = 20  # telling words by which a report is looked up
CROWD = 60  # a word that looks up more reports than this tells too little


def candidates(weighed: Sequence[Weighed]) -> list[tuple[int, int]]:
    """Pairs (i, j), i < j, in ascending order; their number grows with the number of reports, not with its square."""
    reports: dict[str, list[int]] = defaultdict(list)
    for i, w in enumerate(weighed):
        for key in w.keys:
            reports[key].append(i)
    found: set[tuple[int, int]] = set()
    for held in reports.values():
        if len(held) <= CROWD:
            found.update((i, j) for at, j in enumerate(held) for i in held[:at])
    return sorted(found)
