"""By what reports are brought together: their sketches, the words and fingerprints they are looked up by, and what pairs of them are to each other."""

from __future__ import annotations

import json
import zlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import msgspec
from sqlalchemy import Connection, delete, insert, or_, select, text
from sqlalchemy.dialects import postgresql, sqlite

from twosource.errors import CaseDamaged
from twosource.incidents.archive import Kept, held, written
from twosource.store.evidence import AT_A_TIME, shares
from twosource.store.schema import keys, members, pairs, prints, sketches

SHARE = 0.2  # of the fewer fingerprints that two reports must share to be held side by side; what an outlet puts under all is less


@dataclass(frozen=True, slots=True)
class Alike:
    """The reports that share telling words with one, and those that share a good part of their text with it."""

    words: frozenset[int]
    text: frozenset[int]


def unsigned(c: Connection, numbers: Sequence[int]) -> list[int]:
    """Those of these reports that were not looked through yet."""
    have: set[int] = set()
    for some in shares(numbers):
        have.update(c.execute(select(sketches.c.n).where(sketches.c.n.in_(some))).scalars())
    return [n for n in numbers if n not in have]


def put(c: Connection, looked: Mapping[int, Kept]) -> None:
    """Keep what these reports are looked up and compared by."""
    if not looked:
        return
    rows = [{"n": n, "prints": len(k.prints), "record": written(k)} for n, k in sorted(looked.items())]
    c.execute(insert(sketches), rows)
    for table, column in ((keys, "key"), (prints, "print")):
        values = sorted((v, n) for n, k in looked.items() for v in (k.keys if column == "key" else k.prints))
        if values:
            c.execute(insert(table), [{column: v, "n": n} for v, n in values])


def of(c: Connection, numbers: Sequence[int]) -> dict[int, Kept]:
    """The sketches of these reports. Raises CaseDamaged for one that is not as it was written."""
    found = {}
    for some in shares(numbers):
        for n, record in c.execute(select(sketches.c.n, sketches.c.record).where(sketches.c.n.in_(some))):
            try:
                found[n] = held(record)
            except (zlib.error, msgspec.DecodeError) as e:
                raise CaseDamaged(
                    f"the sketch of report number {n} is not as it was stored: `twosource case doctor` says how to mend it"
                ) from e
    return found


def alike(c: Connection, one: Kept, least: int) -> Alike:
    """The reports that share at least so many telling words with one, and those that share text with it."""
    words = _together(c, "keys", one.keys, least=least)
    return Alike(words, _together(c, "prints", one.prints, mine=len(one.prints), share=SHARE))


def _together(c: Connection, which: str, values: Sequence[int], **more: float) -> frozenset[int]:
    if not values:
        return frozenset()
    asked = text(_TOGETHER[c.dialect.name, which])
    given = list(values) if c.dialect.name == "postgresql" else json.dumps(values)
    return frozenset(c.execute(asked, {"values": given, **more}).scalars())


_TOGETHER = {
    (
        "sqlite",
        "keys",
    ): "SELECT k.n FROM json_each(:values) v CROSS JOIN keys k ON k.key = v.value GROUP BY k.n HAVING count(*) >= :least",
    (
        "sqlite",
        "prints",
    ): "SELECT p.n FROM json_each(:values) v CROSS JOIN prints p ON p.print = v.value JOIN sketches s ON s.n = p.n GROUP BY p.n HAVING count(*) >= :share * min(:mine, s.prints)",
    (
        "postgresql",
        "keys",
    ): "SELECT n FROM keys WHERE key = ANY(CAST(:values AS bigint[])) GROUP BY n HAVING count(*) >= :least",
    (
        "postgresql",
        "prints",
    ): "SELECT p.n FROM prints p JOIN sketches s ON s.n = p.n WHERE p.print = ANY(CAST(:values AS bigint[])) GROUP BY p.n, s.prints HAVING count(*) >= :share * least(:mine, s.prints)",
}


# ------------------------------------------------------------------ pairs


def put_pairs(c: Connection, odds: Mapping[tuple[int, int], float]) -> None:
    """The log odds of pairs, the lower number first."""
    rows = [{"a": a, "b": b, "odds": value} for (a, b), value in sorted(odds.items())]
    if rows:
        dialect = postgresql if c.dialect.name == "postgresql" else sqlite
        c.execute(dialect.insert(pairs).on_conflict_do_nothing(), rows)


def component(c: Connection, start: Sequence[int], above: float) -> list[int]:
    """All reports that a chain of pairs above those odds leads to from the start, the start itself too."""
    known, front = set(start), list(start)
    while front:
        some, front = front[:AT_A_TIME], front[AT_A_TIME:]
        found: set[int] = set()
        for here, there in ((pairs.c.a, pairs.c.b), (pairs.c.b, pairs.c.a)):
            found.update(c.execute(select(there).where(here.in_(some), pairs.c.odds > above)).scalars())
        front += sorted(found - known)
        known |= found
    return sorted(known)


def odds_within(c: Connection, numbers: Sequence[int]) -> dict[tuple[int, int], float]:
    """The log odds of every pair known among these reports."""
    known = set(numbers)
    return {
        (row.a, row.b): row.odds
        for some in shares(numbers)
        for row in c.execute(select(pairs).where(pairs.c.a.in_(some)))
        if row.b in known
    }


def torn_pairs(c: Connection, above: float, most: int = 100) -> list[tuple[str, str, int]]:
    """Incidents that pairs of reports above those odds run between, with how many, the most first."""
    one, other = members.alias(), members.alias()
    rows = c.execute(
        select(one.c.incident, other.c.incident)
        .select_from(pairs.join(one, one.c.n == pairs.c.a).join(other, other.c.n == pairs.c.b))
        .where(pairs.c.odds > above, one.c.incident != other.c.incident)
    )
    times = Counter((min(a, b), max(a, b)) for a, b in rows)
    ranked = sorted(times.items(), key=lambda item: (-item[1], item[0]))[:most]
    return [(a, b, n) for (a, b), n in ranked]


# ------------------------------------------------------------------ taken out


def drop(c: Connection, n: int) -> None:
    """Take out all by which a report was looked up and compared."""
    for one in of(c, [n]).values():
        for table, column, values in ((keys, keys.c.key, one.keys), (prints, prints.c.print, one.prints)):
            c.execute(delete(table).where(column.in_(values), table.c.n == n))
    c.execute(delete(sketches).where(sketches.c.n == n))
    c.execute(delete(pairs).where(or_(pairs.c.a == n, pairs.c.b == n)))


def drop_all(c: Connection) -> None:
    """Take out all by which reports were looked up and compared."""
    for table in (sketches, keys, prints, pairs):
        c.execute(delete(table))
