"""Reports brought together into incidents."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from twosource.incidents.candidates import KEYS, candidates
from twosource.incidents.light import Light, light
from twosource.incidents.likeness import prior
from twosource.incidents.linkage import UNSEEN, Linkage, Telling
from twosource.incidents.packed import Collection
from twosource.incidents.sketch import sketch_of
from twosource.model import Article, Incident, Reuse
from twosource.text import digest, make_id


@dataclass(frozen=True, slots=True)
class Member:
    """A report that is to be grouped: its id, a digest of its text, and the incident that a person put it into."""

    id: str
    text: str
    decided: str | None = None


def member(article: Article) -> Member:
    """What of a report the grouping carries about."""
    return Member(article.id, digest(article.text), article.report.incident)


def group(articles: Iterable[Article], shared: Iterable[Reuse]) -> list[Incident]:
    """The incidents, in the order of their ids; reports that carry an incident stay with their likes, apart from all others."""
    by_id = {a.id: a for a in articles}
    return grouped(map(member, by_id.values()), shared, lambda i: light(sketch_of(by_id[i])))


def grouped(
    members: Iterable[Member], shared: Iterable[Reuse], light_of: Callable[[str], Light]
) -> list[Incident]:
    """As `group`, from what was seen in the reports; of those with one text only the first is asked for."""
    decided: dict[str, list[Member]] = defaultdict(list)
    open_: list[Member] = []
    for m in sorted(members, key=lambda m: m.id):
        if m.decided is not None:
            decided[m.decided].append(m)
        else:
            open_.append(m)
    found = [
        named(held, f"A person put these reports into incident {name}.", name)
        for name, held in decided.items()
    ]
    found += _group_open(open_, shared, light_of)
    return sorted(found, key=lambda i: i.id)


def _group_open(
    members: list[Member], shared: Iterable[Reuse], light_of: Callable[[str], Light]
) -> list[Incident]:
    twins: dict[str, list[Member]] = defaultdict(list)  # the same text is the same incident
    for m in members:
        twins[m.text].append(m)
    ones = [held[0] for held in twins.values()]
    collection = Collection((light_of(m.id) for m in ones), KEYS)
    place = {m.id: i for i, m in enumerate(ones)}
    reuse = {
        (min(place[r.a], place[r.b]), max(place[r.a], place[r.b])): r
        for r in shared
        if r.a in place and r.b in place
    }
    odds = _odds(collection, reuse, prior(len(members)))
    opened = [collection.names_in_lead(i) for i in range(len(ones))]
    return [
        named(
            [m for i in held for m in twins[ones[i].text]],
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


def named(held: Sequence[Member], why: str, decided: str = "") -> Incident:
    """The incident of these reports, its id made from their texts."""
    reports = tuple(sorted(m.id for m in held))
    return Incident(make_id("i", decided, min(m.text for m in held)), reports, why)
