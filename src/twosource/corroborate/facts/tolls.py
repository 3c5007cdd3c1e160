"""How many were killed and injured in the main event: one figure for each report, then one for the incident."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from twosource.corroborate.disagreements.reading import Reading
from twosource.corroborate.facts.casualties import Casualty, casualties
from twosource.model import Evidence, Span, Toll

_LEAD = 4  # sentences in which the main event's casualties stand when there are any
_DEEP = 40  # sentences after which a report is telling something else


@dataclass(frozen=True)
class Count:
    """What one report says of how many."""

    low: int
    high: int | None
    counted: bool
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True)
class Tally:
    """The killed and injured of one report; None where it does not say."""

    killed: Count | None
    injured: Count | None


@dataclass(frozen=True)
class _Seen:
    casualty: Casualty
    sentence: int
    evidence: Evidence


def tally(reading: Reading, skip: frozenset[int] = frozenset()) -> Tally:
    """Count one report's casualties; sentences whose numbers are in `skip` tell of other events."""
    seen = [
        _Seen(c, n, Evidence(reading.id, reading.passage(c.span)))
        for n, s in enumerate(reading.annotation.sentences[:_DEEP])
        if n not in skip
        for c in casualties(reading.text, s)
    ]
    if not any(s.sentence < _LEAD for s in seen):
        return Tally(None, None)
    killed = [s for s in seen if s.casualty.fate == "killed"]
    injured = [s for s in seen if s.casualty.fate == "injured"]
    struck = [s for s in seen if s.casualty.fate == "struck"]
    dead = _count(killed)
    return Tally(dead, _hurt(dead, killed, injured, struck))


def _count(seen: Sequence[_Seen]) -> Count | None:
    """The written number that comes first, else how many different people are told of."""
    if not seen:
        return None
    people = [s for s in seen if s.casualty.high != 0]
    if not people:
        return Count(0, 0, True, _evidence(seen))
    written = [s for s in people if s.casualty.counted and not s.casualty.rest]
    several = _distinct(people)
    if written:
        top = max(written, key=lambda s: (s.casualty.low >= 2, -(s.sentence // 3), s.casualty.low))
        c = top.casualty
        if c.low >= several or c.low >= 2:
            return Count(c.low, c.high, True, _evidence([top]))
    rest = sum({s.casualty.low for s in people if s.casualty.rest})
    total = max(1, several) + rest
    return Count(total, total, False, _evidence(people))


def _distinct(people: Iterable[_Seen]) -> int:
    """How many different people the single mentions are: two that share a name or an age are one."""
    groups: list[set[str]] = []
    for s in people:
        keys = set(s.casualty.keys)
        if not keys or (s.casualty.counted and s.casualty.low > 1) or s.casualty.rest:
            continue
        touching = [g for g in groups if g & keys]
        for g in touching:
            groups.remove(g)
            keys |= g
        groups.append(keys)
    named = [g for g in groups if any(not k.startswith("age ") for k in g)]
    aged = [g for g in groups if g not in named]
    return max(len(named), len(aged), 1 if groups else 0)


def _hurt(
    dead: Count | None, killed: Sequence[_Seen], injured: Sequence[_Seen], struck: Sequence[_Seen]
) -> Count | None:
    """The injured as said, else those struck who did not die."""
    deaths = dead.low if dead else 0
    said = _count(injured)
    dead_keys = frozenset(k for s in killed for k in s.casualty.keys)
    living = [s for s in struck if not (s.casualty.keys & dead_keys)]
    shot = _count(struck)
    if said and said.counted:
        return said
    if shot and shot.counted and shot.low > deaths:
        left = shot.low - deaths
        return Count(left, None if shot.high is None else left, True, shot.evidence)
    others = _count(living)
    if deaths and not said and (others is None or not any(s.casualty.keys for s in living)):
        return None
    return _count([*injured, *living])


def _evidence(seen: Iterable[_Seen]) -> tuple[Evidence, ...]:
    return tuple(sorted({s.evidence for s in seen}))[:3]


def agree(counts: Sequence[tuple[Count, str | None, float]], origins: int) -> Toll | None:
    """One toll of all reports' counts, each with its report's date and weight: what most say, later reports counting more."""
    if not counts:
        return None
    votes: Counter[tuple[int, int | None]] = Counter()
    for count, _, weight in counts:
        votes[count.low, count.high] += weight * (1.5 if count.counted else 1.0)  # type: ignore[assignment]
    best = max(votes, key=lambda k: (votes[k], k[0], k[1] is not None))
    evidence = [e for c, _, _ in counts if (c.low, c.high) == best for e in c.evidence]
    return Toll(best[0], best[1], tuple(sorted(set(evidence))), origins)


def spans(evidence: Iterable[Evidence], report: str) -> list[Span]:
    """The stretches of one report among some evidence."""
    return [e.span for e in evidence if e.report == report]
