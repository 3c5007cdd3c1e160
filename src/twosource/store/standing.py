"""Whether what is derived is as it was made, and whether it fits the reports that it was made from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from sqlalchemy import Connection, Table, func, select

from twosource.errors import CaseDamaged
from twosource.incidents.archive import WAY, Kept
from twosource.store import derived, evidence, signs, vectors
from twosource.store.problem import Problem, again
from twosource.store.records import check_of, unpacked
from twosource.store.schema import (
    analyses,
    finished,
    found,
    incidents,
    keys,
    members,
    pairs,
    passages,
    passages_of,
    prints,
    reports,
    sketches,
)

_LOW = 0xFFFFFF  # of a number that reports are looked up by, what is added up: sums stay small


def made(c: Connection) -> list[Problem]:
    """All that is wrong with what is derived."""
    numbers = frozenset(evidence.all_numbers(c))
    settled = numbers - set(derived.waiting_numbers(c))
    said = (
        *_incidents(c, numbers, settled),
        *_records(c),
        *_passages(c, numbers),
        *_sketches(c, numbers, settled),
        *_vectors(c, numbers),
    )
    return [again(s) for s in said]


def _incidents(c: Connection, numbers: frozenset[int], settled: frozenset[int]) -> Iterator[str]:
    """Incidents against the reports that stand in them."""
    placed = {row.n: row.incident for row in c.execute(select(members))}
    names = set()
    size = Counter(placed.values())
    for row in c.execute(select(incidents.c.id, incidents.c.record, incidents.c.check, incidents.c.reports)):
        names.add(row.id)
        if row.record is not None:
            try:
                unpacked(row.record, row.check, f"the account of incident {row.id}")
            except CaseDamaged as e:
                yield str(e)
        if size[row.id] != row.reports:
            yield f"incident {row.id}: its reports are not those it was made from"
    for n in sorted(set(placed) - numbers):
        yield f"incident {placed[n]}: it holds a report that is gone"
    for _, name in sorted(placed.items()):
        if name not in names:
            yield f"incident {name}: there is none, but a report stands in it"
    for n in sorted(settled - set(placed)):
        yield f"report number {n}: in no incident, and not waiting for one"
    whole = set(c.execute(select(finished.c.incident)).scalars())
    yield from (
        f"incident {name}: there is none, but a finished account of it" for name in sorted(whole - names)
    )


def _records(c: Connection) -> Iterator[str]:
    """Annotations, parsed paragraphs and finished accounts against their digests."""
    for table, name, what in (
        (analyses, "key", "annotation {0:.12}"),
        (passages, "key", "parsed paragraph {0:.12}"),
        (finished, "incident", "the finished account of incident {0}"),
    ):
        for key, record, check in c.execute(select(table.c[name], table.c.record, table.c.check)):
            if check_of(record) != check:
                yield f"{what.format(key)}: it is not as it was stored"


def _passages(c: Connection, numbers: frozenset[int]) -> Iterator[str]:
    """Parsed paragraphs against the reports that have them: each is had by one at least, and each that one has is there."""
    had: dict[int, set[str]] = {}
    for n, key in c.execute(select(passages_of.c.n, passages_of.c.key)):
        had.setdefault(n, set()).add(key)
    there = set(c.execute(select(passages.c.key)).scalars())
    for n, mine in sorted(had.items()):
        if n not in numbers:
            yield f"parsed paragraphs are kept of report number {n}, which is gone"
        if lost := len(mine - there):
            yield f"report number {n}: {lost} of its parsed paragraphs are gone, or kept under another key"
    every = set().union(*had.values())
    yield from (f"parsed paragraph {key:.12}: no report has it" for key in sorted(there - every))


def _sketches(c: Connection, numbers: frozenset[int], settled: frozenset[int]) -> Iterator[str]:
    """Sketches against the texts of their reports, and what reports are looked up by against their sketches."""
    text = {row.n: row.digest for row in c.execute(select(reports.c.n, reports.c.digest))}
    have = sorted(c.execute(select(sketches.c.n)).scalars())
    by_key, by_print = _sums(c, keys, "key"), _sums(c, prints, "print")
    for some in evidence.shares(have):
        for n, kept in _held(c, some):
            if n not in numbers:
                yield f"a sketch is kept of report number {n}, which is gone"
            elif kept is None:
                yield f"the sketch of report number {n}: it is not as it was stored"
            elif kept.text != text[n]:
                yield f"the sketch of report number {n}: it is of another text"
            elif by_key.get(n) != _sum(kept.keys) or by_print.get(n) != _sum(kept.prints):
                yield f"report number {n}: it is not looked up by what its sketch says"
    if not (derived.grouped_by(c) or "").endswith(f" {WAY}"):
        return  # an earlier version looked reports up without sketches
    yield from (f"report number {n}: it has no sketch" for n in sorted(settled - set(have)))
    loose = (set(by_key) | set(by_print)) - set(have)
    yield from (f"report number {n}: it is looked up, but has no sketch" for n in sorted(loose))
    paired = set(c.execute(select(pairs.c.a)).scalars()) | set(c.execute(select(pairs.c.b)).scalars())
    yield from (f"report number {n}: it is paired, but has no sketch" for n in sorted(paired - set(have)))


def _held(c: Connection, numbers: list[int]) -> Iterator[tuple[int, Kept | None]]:
    """Sketches by number; None for one that cannot be read."""
    try:
        yield from sorted(signs.of(c, numbers).items())
    except CaseDamaged:
        for n in numbers:
            try:
                yield n, signs.of(c, [n])[n]
            except CaseDamaged:
                yield n, None


def _sums(c: Connection, table: Table, column: str) -> dict[int, tuple[int, int]]:
    """For each report how many such numbers it is looked up by, and their sum."""
    low = table.c[column].op("&")(_LOW)
    asked = select(table.c.n, func.count(), func.sum(low)).group_by(table.c.n)
    return {n: (many, int(total)) for n, many, total in c.execute(asked)}


def _sum(values: Iterable[int]) -> tuple[int, int] | None:
    own = set(values)
    return (len(own), sum(v & _LOW for v in own)) if own else None


def _vectors(c: Connection, numbers: frozenset[int]) -> Iterator[str]:
    """Vectors against what they are of, and the signs of them that are looked through against the vectors."""
    for noun in vectors.NOUNS:
        of = (
            numbers
            if noun == "report"
            else set(c.execute(select(found.c.n).where(found.c.noun == noun)).scalars())
        )
        looked_through = vectors.looked_through(c, noun)
        for n, signs_of_it in vectors.signs_again(c, noun):
            if n not in of:
                yield f"a vector is kept of {noun} number {n}, which is gone"
            if looked_through.pop(n, None) != signs_of_it:
                yield f"{noun} number {n}: its vector is not the one that is looked through"
        yield from (
            f"{noun} number {n}: a vector is looked through that is gone" for n in sorted(looked_through)
        )
