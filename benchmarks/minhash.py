"""Finding copies beside MinHash: `python -m benchmarks.minhash [--full] [--write]`.

The same invented reports with planted copies (benchmarks/reuse.py) go through ours, rensa, datasketch and the `minhash` of Daft, one
processor each, each in a process of its own. The three peers take 128 permutations of five-word shingles, in 32 bands of four: what they call
candidates is their answer, as in most pipelines. Ours verifies: it gives the shared passages, a relation and a direction for each pair too.
The floor is cutting the same texts into words, which nothing that compares words gets round.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable

from benchmarks.figures import Figures, asked, tell
from benchmarks.reuse import Planted, Reports, encoded_together, judged, made, shingled
from benchmarks.timing import Clock, apart

from twosource.reuse import compare

WORDS, BANDS, ROWS, THRESHOLD, WARM = 400, 32, 4, 0.3, 50
COPIES = ("same_text", "revised", "shared_text")
Pairs = set[tuple[str, str]]


def main() -> None:
    """Each way in turn."""
    given = asked("minhash", __doc__, ("--reports", {"type": int}))
    reports = given.reports or (20_000 if given.full else 6_000)
    for name in WAYS:
        tell(f"{name}, {reports} reports of {WORDS} words", apart(measured, name, reports), given.out)


def measured(name: str, reports: int) -> Figures:
    """One way over all reports."""
    held, planted = made(reports, WORDS)
    WAYS[name](held[:WARM])  # so that libraries and word lists are loaded
    clock = Clock()
    found = WAYS[name](held)
    took = clock.figures()
    rate = round(reports / took["processor seconds"])
    how = _judged(found, planted) if found is not None else {}
    return {"reports": reports, "reports a second of the processor": rate, **took, **how}


def _judged(found: Pairs, planted: Planted) -> Figures:
    figures = judged(found, planted)
    right = sum(pair in planted for pair in found)
    return {**figures, "recall of all": round(right / len(planted), 4)}


def ours(held: Reports) -> Pairs:
    """Candidates, verified passages, relation, direction."""
    return {(r.a, r.b) for r in compare(held) if r.relation in COPIES}


def floor(held: Reports) -> None:
    """Words alone."""
    encoded_together([(a.text, ()) for a in held])


def rensa(held: Reports) -> Pairs:
    """rensa's MinHash and LSH."""
    from rensa import RMinHash, RMinHashLSH

    lsh = RMinHashLSH(threshold=THRESHOLD, num_perm=BANDS * ROWS, num_bands=BANDS)
    found: Pairs = set()
    for n, article in enumerate(held):
        sketch = RMinHash(num_perm=BANDS * ROWS, seed=42)
        sketch.update(shingled(article.text))
        found.update((held[other].id, article.id) for other in lsh.query(sketch))
        lsh.insert(n, sketch)
    return found


def datasketch(held: Reports) -> Pairs:
    """datasketch's MinHash and LSH; text-dedup and most pipelines run this."""
    from datasketch import MinHash, MinHashLSH

    lsh = MinHashLSH(threshold=THRESHOLD, num_perm=BANDS * ROWS, params=(BANDS, ROWS))
    found: Pairs = set()
    for article in held:
        sketch = MinHash(num_perm=BANDS * ROWS)
        sketch.update_batch([s.encode() for s in shingled(article.text)])
        found.update((str(other), article.id) for other in lsh.query(sketch))
        lsh.insert(article.id, sketch)
    return found


def daft(held: Reports) -> Pairs:
    """Daft's `minhash` in process, its sketches cut into bands, and reports that share a band joined."""
    os.environ |= {"DAFT_ANALYTICS_ENABLED": "0", "DAFT_PROGRESS_BAR": "0"}
    import daft as engine
    from daft.functions import minhash, normalize

    table = engine.from_pydict({"id": [a.id for a in held], "text": [a.text for a in held]})
    plain = normalize(engine.col("text"), remove_punct=True, lowercase=True, white_space=True)
    sketches = table.select(engine.col("id"), minhash(plain, num_hashes=BANDS * ROWS, ngram_size=5).alias("sketch"))  # fmt: skip
    rows = sketches.to_pydict()
    return _met(zip(rows["id"], rows["sketch"], strict=True))


def _met(sketches: Iterable[tuple[str, list[int]]]) -> Pairs:
    """The pairs that share a band."""
    buckets: dict[tuple[int, ...], list[str]] = {}
    for name, sketch in sketches:
        for band in range(BANDS):
            buckets.setdefault((band, *sketch[band * ROWS : (band + 1) * ROWS]), []).append(name)
    return {(a, b) for names in buckets.values() for n, a in enumerate(names) for b in names[n + 1 :]}


WAYS: dict[str, Callable[[Reports], Pairs | None]] = {
    "twosource": ours, "rensa": rensa, "datasketch": datasketch, "Daft's minhash": daft, "the floor, words alone": floor,
}  # fmt: skip

if __name__ == "__main__":
    main()
