"""Reports brought together into incidents."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from twosource.incidents.candidates import KEYS, candidates
from twosource.incidents.likeness import likeness, prior
from twosource.incidents.linkage import Linkage
from twosource.incidents.sketch import sketch_of
from twosource.incidents.weights import Rarity, Weighed, weigh
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
    sketches = [sketch_of(a) for a in ones]
    rarity = Rarity()
    for s in sketches:
        rarity.add(s)
    weighed = [weigh(s, rarity, KEYS) for s in sketches]
    place = {a.id: i for i, a in enumerate(ones)}
    reuse = {tuple(sorted((place[r.a], place[r.b]))): r for r in shared if r.a in place and r.b in place}
    expected = prior(len(articles))
    odds = {
        (i, j): likeness(weighed[i], weighed[j], reuse.get((i, j)), expected).value
        for i, j in sorted({*candidates(weighed), *((p[0], p[1]) for p in reuse)})
    }
    return [
        named([a for i in held for a in twins[ones[i].text]], in_common([weighed[i] for i in held], rarity))
        for held in Linkage(odds, [s.lead & s.names for s in sketches], rarity).run()
    ]


def in_common(held: list[Weighed], rarity: Rarity) -> str:
    """What the reports have in common, the most telling first."""
    if len(held) == 1:
        return "No other report is about this, as far as names, numbers and days tell."
    count: dict[str, int] = defaultdict(int)
    for w in held:
        for key in {*w.sketch.names, *w.sketch.pairs}:
            count[key] += 1
    common = sorted((-n * rarity.of(k), k) for k, n in count.items() if 2 * n > len(held))[:5]
    told = ", ".join(f"“{k}” ({count[k]} of {len(held)})" for _, k in common)
    return f"Most of them share {told}." if told else "Their words as a whole are alike."


def named(held: Sequence[Article], why: str, decided: str = "") -> Incident:
    reports = tuple(sorted(a.id for a in held))
    return Incident(make_id("i", decided, min(digest(a.text) for a in held)), reports, why)
