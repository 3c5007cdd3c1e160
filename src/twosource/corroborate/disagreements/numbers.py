"""Numbers of the same thing that reports give differently."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from twosource.corroborate.disagreements.build import disagreement
from twosource.corroborate.disagreements.reading import Reading
from twosource.model import Disagreement, Nature, Quantity, Side
from twosource.text import normal

_AGE_UNITS = frozenset({"age", "year"})
_SHARED = 0.34  # share of the content words (by rarity) that two numbers' sentences must have in common


@dataclass(frozen=True)
class Counted:
    """A number in its sentence."""

    reading: Reading
    quantity: Quantity
    head: str  # the noun counted
    content: frozenset[str]  # the sentence's other content words

    @property
    def report(self) -> str:
        """The report's id."""
        return self.reading.id

    @property
    def written(self) -> str:
        """The number as written."""
        return " ".join(self.quantity.span.of(self.reading.text).split())

    @property
    def bounds(self) -> tuple[float, float]:
        """Lowest and highest value."""
        return self.quantity.low, math.inf if self.quantity.high is None else self.quantity.high


def differing_numbers(readings: Sequence[Reading], heads: Mapping[str, str]) -> list[Disagreement]:
    """One disagreement for each thing that reports count differently.

    Two numbers are of the same thing when unit, noun (or role: killed, injured …) and most of what their sentences
    say agree. Numbers of different things are never held against each other.
    """
    numbers = [c for r in readings if heads[r.id] == r.id for c in _counted(r)]
    rarity = _rarity(readings)
    found = []
    for group in _groups(numbers, rarity):
        found += _differences(group)
    return found


def _counted(reading: Reading) -> list[Counted]:
    found = []
    for q in reading.annotation.quantities:
        sentence = reading.sentence(q.span.start)
        if sentence is None or q.role == "age" or q.unit in _AGE_UNITS or not (q.of or q.role or q.unit):
            continue
        head = normal((q.of or q.unit or "").split()[-1]) if (q.of or q.unit) else ""
        content = reading.content(sentence) - {head, *map(normal, q.span.of(reading.text).split())}
        found.append(Counted(reading, q, head, content))
    return found


def _rarity(readings: Sequence[Reading]) -> dict[str, float]:
    """How much a word tells: one that every sentence has tells nothing (inverse sentence frequency)."""
    seen: dict[str, int] = defaultdict(int)
    total = 0
    for r in readings:
        for s in r.annotation.sentences:
            total += 1
            for w in r.content(s):
                seen[w] += 1
    return {w: math.log((total + 1) / n) for w, n in seen.items()}


def _groups(numbers: Sequence[Counted], rarity: Mapping[str, float]) -> list[list[Counted]]:
    """Numbers of one thing, each joined to its nearest in every other report."""
    kinds: dict[tuple[str | None, str], list[int]] = defaultdict(list)
    for n, c in enumerate(numbers):
        kinds[c.quantity.role, "" if c.quantity.role else c.head].append(n)
    group_of = list(range(len(numbers)))
    for key in sorted(kinds, key=lambda k: (k[0] or "", k[1])):
        members = kinds[key]
        for i, a in enumerate(members):
            for b in members[i + 1 :]:
                if numbers[a].report != numbers[b].report and _same_thing(numbers[a], numbers[b], rarity):
                    new, old = sorted((group_of[a], group_of[b]))
                    group_of = [new if g == old else g for g in group_of]
    groups: dict[int, list[Counted]] = defaultdict(list)
    for n, g in enumerate(group_of):
        groups[g].append(numbers[n])
    return [g for g in groups.values() if len({c.report for c in g}) > 1]


def _same_thing(a: Counted, b: Counted, rarity: Mapping[str, float]) -> bool:
    if a.quantity.unit != b.quantity.unit:
        return False
    total = [sum(rarity.get(w, 0.0) for w in c.content) for c in (a, b)]
    shared = sum(rarity.get(w, 0.0) for w in a.content & b.content)
    return bool(min(total)) and shared >= _SHARED * min(total)


def _differences(group: Sequence[Counted]) -> list[Disagreement]:
    values = {c.bounds for c in group}
    if len(values) < 2:
        return []
    nature = _nature(group)
    sides = [Side(c.written, c.reading.evidence(c.quantity.span)) for c in group]
    lead = group[0]
    what = f"{lead.head} {lead.quantity.role}" if lead.quantity.role else lead.head
    said = "; ".join(f"{c.written} in {c.report}" for c in group[:6])
    made = disagreement(
        "quantity", f"how many: {what}".strip(), nature, sides, f"The same thing is counted: {said}."
    )
    return [made] if made else []


def _nature(group: Sequence[Counted]) -> Nature:
    """A contradiction where two values exclude each other, else one is only more exact."""
    bounds = sorted({c.bounds for c in group})
    return "contradiction" if any(a[1] < b[0] for a in bounds for b in bounds) else "precision"
