"""An archive of fingerprints to which one report at a time is added, with what it shares with those before.

The index holds numbers only: the texts stay wherever they are stored and are asked for when a pair has to be judged.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence

import numpy as np

from twosource.model import Article, Reuse
from twosource.reuse.candidates import CROWD, FAMILY_SHARE
from twosource.reuse.encoding import Codes
from twosource.reuse.fingerprints import Owners, fingerprints
from twosource.reuse.judge import judge
from twosource.reuse.ordering import put_in_order
from twosource.reuse.prose import prose_of
from twosource.reuse.shingles import SHINGLE, Keys

FRESH = 256  # reports that are gathered before they become a sorted run
FAN = 8  # runs of one size that are merged into one of the next
LOOKED_AT = (
    40  # reports that are read again for a new one, those first that share the most fingerprints with it
)
ANYWAY = 8  # of them, those read however little they share; the rest must look like a family of copies


class Index:
    """Fingerprints in sorted runs that are merged as they grow (a log-structured table), so that adding stays quick.

    `fetch` gives the article of an id that was added before. A fingerprint that more than sixteen reports have is a template's or
    a large family's: of those only the first and the last in each run are looked at, and only if they share a fifth of the new
    report's fingerprints.
    """

    def __init__(self, fetch: Callable[[str], Article]) -> None:
        self._fetch = fetch
        self._ids: list[str] = []
        self._known: set[str] = set()
        self._fresh: dict[int, list[int]] = {}
        self._fresh_from = 0
        self._runs: list[list[tuple[Codes, Owners]]] = []

    def __len__(self) -> int:
        return len(self._ids)

    def add(self, article: Article) -> list[Reuse]:
        """Put a report on the shelf; what it shares with the reports before it, in the order of ids. Twice adds nothing."""
        if article.id in self._known:
            return []
        prose = prose_of(article)
        prints = fingerprints(prose.codes)
        near = [prose_of(self._fetch(self._ids[i])) for i in self._near(prints)]
        judged = [j for other in near if (j := judge(prose, other))]
        self._put(article.id, prints)
        return put_in_order(judged)

    def load(self, articles: Iterable[Article]) -> None:
        """Put reports on the shelf without asking what they share, as when `compare` has told it of an archive."""
        for article in articles:
            if article.id not in self._known:
                self._put(article.id, fingerprints(prose_of(article).codes))

    def _near(self, prints: Codes) -> list[int]:
        """The reports that share fingerprints, the most first; a template's count only where much is shared."""
        hits = self._hits(prints)
        size: Counter[int] = Counter()
        for k, held in hits:
            size[k] += len(held)
        crowds = [held for k, held in hits if size[k] > CROWD]
        alone = self._times([held for k, held in hits if size[k] <= CROWD])
        beside = self._times(crowds)
        every = alone + self._times([held[[0, -1]] for held in crowds])
        enough = FAMILY_SHARE * len(prints)
        template = (alone < SHINGLE) & (beside > 0) & (beside < enough)
        near = np.flatnonzero((every >= max(1, enough)) | ((alone > 0) & ~template))
        ranked = near[np.argsort(-every[near], kind="stable")][:LOOKED_AT].tolist()
        return [i for at, i in enumerate(ranked) if at < ANYWAY or every[i] >= enough]

    def _hits(self, prints: Codes) -> list[tuple[int, Owners]]:
        """Which fingerprint is met, and the reports that have it, in ascending order: one run of the table after another."""
        hits = [
            (k, np.array(self._fresh[h], dtype=np.int32))
            for k, h in enumerate(prints.tolist())
            if h in self._fresh
        ]
        for hashes, owners in (run for level in self._runs for run in level):
            low = np.searchsorted(hashes, prints)
            found = np.flatnonzero(hashes.take(low, mode="clip") == prints)
            high = np.searchsorted(hashes, prints[found], side="right").tolist()
            for k, start, end in zip(found.tolist(), low[found].tolist(), high, strict=True):
                hits.append((k, owners[start:end]))
        return hits

    def _times(self, held: Sequence[Owners]) -> Keys:
        """How often each report of the index comes up."""
        return np.bincount(np.concatenate([np.zeros(0, dtype=np.int32), *held]), minlength=len(self._ids))

    def _put(self, name: str, prints: Codes) -> None:
        number = len(self._ids)
        self._ids.append(name)
        self._known.add(name)
        for h in prints.tolist():
            self._fresh.setdefault(h, []).append(number)
        if number + 1 - self._fresh_from >= FRESH:
            hashes = np.fromiter((h for h, held in self._fresh.items() for _ in held), dtype=np.uint64)
            owners = np.fromiter((i for held in self._fresh.values() for i in held), dtype=np.int32)
            self._fresh, self._fresh_from = {}, number + 1
            self._keep(0, *_sorted(hashes, owners))

    def _keep(self, level: int, hashes: Codes, owners: Owners) -> None:
        while len(self._runs) <= level:
            self._runs.append([])
        self._runs[level].append((hashes, owners))
        if len(self._runs[level]) >= FAN:
            full, self._runs[level] = self._runs[level], []
            self._keep(
                level + 1,
                *_sorted(np.concatenate([h for h, _ in full]), np.concatenate([o for _, o in full])),
            )


def _sorted(hashes: Codes, owners: Owners) -> tuple[Codes, Owners]:
    order = np.argsort(hashes, kind="stable")
    return hashes[order], owners[order]
