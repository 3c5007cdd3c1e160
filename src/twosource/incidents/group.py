"""Reports brought together into incidents."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from twosource.incidents.candidates import KEYS, candidates
from twosource.incidents.likeness import prior
from twosource.incidents.linkage import UNSEEN, Linkage, Telling
from twosource.incidents.packed import Collection
from twosource.incidents.sketch import sketch_of
from twosource.model import Article, Incident, Reuse
from twosource.text import digest, make_id


def group(articles: Sequence[Article], shared: Sequence[Reuse]) -> list[Incident]:
    """The incidents, in the order of their ids; reports that carry an incident stay with their likes, apart from all others."""
    decided: dict[str, list[Article]] = defaultdict(list)
    open_: list[Article] = []
    for a in sorted(articles, key=lambda a: a.id):
        if a.report.incident is not None:
            decided[a.report.incident].append(a)
        else:
            open_.append(a)
    found = [
        named(held, f"A person put these reports into incident {name}.", name)
        for name, held in decided.items()
    ]
    found += _group_open(open_, shared)
    return sorted(found, key=lambda i: i.id)


def _group_open(articles: list[Article], shared: Sequence[Reuse]) -> list[Incident]:
    twins: dict[str, list[Article]] = defaultdict(list)  # the same text is the same incident
    for a in articles:
        twins[a.text].append(a)
    ones = [held[0] for held in twins.values()]
    collection = Collection(map(sketch_of, ones), KEYS)
    place = {a.id: i for i, a in enumerate(ones)}
    reuse = {
        (min(place[r.a], place[r.b]), max(place[r.a], place[r.b])): r
        for r in shared
        if r.a in place and r.b in place
    }
    odds = _odds(collection, reuse, prior(len(articles)))
    opened = [collection.names_in_lead(i) for i in range(len(ones))]
    return [
        named(
            [a for i in held for a in twins[ones[i].text]],
            in_common([collection.telling(i) for i in held], collection),
        )
        for held in Linkage(odds, opened, collection).run()
    ]


def _odds(
    collection: Collection, reuse: dict[tuple[int, int], Reuse], expected: float
) -> dict[tuple[int, int], float]:
    """The log odds of the pairs that may be about one incident, those left out that say no more than a pair not looked at."""
    near: dict[int, list[int]] = defaultdict(list)
    found = candidates([v.keys for v in collection.vectors]).tolist()
    for i, j in sorted({*map(tuple, found), *reuse}) if reuse else found:
        near[i].append(j)
    odds: dict[tuple[int, int], float] = {}
    for i, others in near.items():
        values = collection.odds(i, others, [reuse.get((i, j)) for j in others], expected)
        odds.update(((i, j), value) for j, value in zip(others, values, strict=True) if value > UNSEEN)
    return odds


def in_common(held: Sequence[Iterable[str]], rarity: Telling) -> str:
    """What reports have in common of their names and pairs of words, the most telling first."""
    if len(held) == 1:
        return "No other report is about this, as far as names, numbers and days tell."
    count = Counter(key for told in held for key in set(told))
    common = sorted((-n * rarity.of(k), k) for k, n in count.items() if 2 * n > len(held))[:5]
    told = ", ".join(f"“{k}” ({count[k]} of {len(held)})" for _, k in common)
    return f"Most of them share {told}." if told else "Their words as a whole are alike."


def named(held: Sequence[Article], why: str, decided: str = "") -> Incident:
    reports = tuple(sorted(a.id for a in held))
    return Incident(make_id("i", decided, min(digest(a.text) for a in held)), reports, why)
