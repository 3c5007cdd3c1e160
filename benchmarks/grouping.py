"""Bringing reports together by incident, beside the way that compares every two: `python -m benchmarks.grouping [--full] [--write]`.

The peer is what most write first: TF-IDF over words and pairs of words, cosines of all pairs, average linkage (scikit-learn and SciPy). Its
cost is quadratic in time and memory. Both get the same invented reports of 300 words, none of them a copy, and are judged by B-cubed F1; the peer's
threshold is the best of eight for these very reports, ours is what it always is. Seconds are of one processor; copies are found before, and
their cost is counted with ours.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Sequence

from benchmarks.figures import Figures, asked, tell
from benchmarks.invented import archive
from benchmarks.timing import Clock, apart

from twosource.clean import clean
from twosource.incidents import group
from twosource.model import Report
from twosource.reuse import compare

QUICK, FULL = (1_000, 2_000, 4_000), (1_000, 2_000, 4_000, 8_000, 16_000)
WARM = 50
CUTS = (0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95)


def main() -> None:
    """Each size, both ways."""
    given = asked("grouping", __doc__)
    for reports in FULL if given.full else QUICK:
        tell(f"twosource, {reports} reports", apart(ours, reports), given.out)
        tell(f"TF-IDF of all pairs, {reports} reports", apart(peer, reports), given.out)


def rows(reports: int) -> tuple[list[Report], list[str]]:
    """The reports, and the incident of each."""
    made = list(archive(reports, copies=0, words=300, told=True))
    return [Report(r["id"], r["text"], outlet=r["outlet"], published=r["published"]) for r in made], [
        r["about"] for r in made
    ]


def ours(reports: int) -> Figures:
    """Copies found, then grouped."""
    given, gold = rows(reports)
    articles = clean(given)
    group(articles[:WARM], compare(articles[:WARM]))  # so that word lists are loaded
    clock = Clock()
    found = group(articles, compare(articles))
    took = clock.figures()
    among = {r: i.id for i in found for r in i.reports}
    labels = [among[a.id] for a in given]
    return {"reports": reports, "incidents": len(found), "B-cubed F1": round(bcubed(labels, gold), 3), **took}


def peer(reports: int) -> Figures:
    """TF-IDF and average linkage, cut where it is best."""
    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
        os.environ[name] = "1"
    from scipy.cluster.hierarchy import average, fcluster
    from scipy.spatial.distance import squareform
    from sklearn.feature_extraction.text import TfidfVectorizer

    given, gold = rows(reports)
    clock = Clock()
    table = TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True, stop_words="english").fit_transform(
        [r.text for r in given]
    )
    far = 1 - (table @ table.T).toarray()
    far[range(reports), range(reports)] = 0
    tree = average(squareform(far.clip(min=0), checks=False))
    took = clock.figures()
    best = max(bcubed([str(x) for x in fcluster(tree, cut, "distance")], gold) for cut in CUTS)
    return {"reports": reports, "B-cubed F1": round(best, 3), **took}


def bcubed(labels: Sequence[str], gold: Sequence[str]) -> float:
    """The F1 of B-cubed precision and recall (Bagga and Baldwin 1998)."""
    both, said, true = Counter(zip(labels, gold, strict=True)), Counter(labels), Counter(gold)
    precision = sum(n * n / said[a] for (a, _), n in both.items()) / len(labels)
    recall = sum(n * n / true[b] for (_, b), n in both.items()) / len(labels)
    return 2 * precision * recall / (precision + recall)


if __name__ == "__main__":
    main()
