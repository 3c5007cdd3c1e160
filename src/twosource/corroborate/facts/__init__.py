"""The facts of the main event: when, where, how many killed and injured, each with the words that say so."""

from __future__ import annotations

import re
from collections.abc import Sequence

from twosource.corroborate.facts.dates import main_date
from twosource.corroborate.facts.reading import Reading, families, open_all
from twosource.corroborate.facts.sites import main_place
from twosource.corroborate.facts.tolls import Count, agree, dead_among_struck, tally, views_of
from twosource.model import Annotation, Article, Claim, Facts, Reuse, Toll

__all__ = ["establish"]

_HEAD = 3  # sentences that tell the main event even where they name another day


def establish(
    claims: Sequence[Claim],
    articles: Sequence[Article],
    annotations: Sequence[Annotation],
    shared: Sequence[Reuse],
) -> Facts:
    """The main event's date, place and toll; None where the reports don't say, or say it only of other events.

    Copies of one text are heard once, and of a text that its outlet revised only the later version's toll. A toll in a sentence that dates itself to another time than the main event's is
    background and never counts.
    """
    readings = open_all(articles, annotations)
    heads = families((r.id for r in readings), shared)
    superseded = {r.older for r in shared if r.relation == "revised" and r.older}
    own = [r for r in readings if heads[r.id] == r.id]
    latest = [r for r in own if r.id not in superseded] or own
    when, when_evidence = main_date(own, claims)
    where, where_evidence = main_place(own, claims)
    views = [(r, views_of(r, elsewhen(r, when))) for r in latest]
    killed = _toll([(r, tally(v, 0).killed) for r, v in views])
    deaths = killed.low if killed else 0
    return Facts(
        when=when,
        where=where,
        killed=killed,
        injured=_toll([(r, tally(v, deaths, among=dead_among_struck(r)).injured) for r, v in views]),
        when_evidence=when_evidence,
        where_evidence=where_evidence,
    )


def _toll(counts: Sequence[tuple[Reading, Count | None]]) -> Toll | None:
    return agree([(r, c) for r, c in counts if c])


def elsewhen(reading: Reading, when: str | None) -> frozenset[int]:
    """The sentences after the lead that date themselves to before the main event; people die of it later, not earlier."""
    if not when:
        return frozenset()
    dated: dict[int, list[str]] = {}
    for t in reading.annotation.times:
        if (
            t.type in ("DATE", "TIME")
            and t.edtf
            and re.match(r"(\d{4}|XXXX)", t.edtf)
            and any(c.isdigit() for c in t.edtf)
        ):
            dated.setdefault(reading.number(t.span.start), []).append(t.edtf[:10])
    return frozenset(n for n, times in dated.items() if n >= _HEAD and all(_before(t, when) for t in times))


def _before(a: str, b: str) -> bool:
    """Whether one EDTF date is surely earlier than another, by more than a day as far as both are known."""
    for x, y in zip(a.split("-"), b.split("-"), strict=False):
        if not x.isdigit() or not y.isdigit():
            continue
        if x != y:
            return int(x) < int(y) - (1 if len(x) == 2 and a.count("-") == 2 and a[:-2] == b[:-2] else 0)
    return False
