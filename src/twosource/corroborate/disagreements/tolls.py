"""The dead and the injured of the main event, where reports count them differently."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Literal

from twosource.corroborate.disagreements.build import disagreement
from twosource.corroborate.facts.reading import Reading
from twosource.corroborate.facts.tolls import Count, risen, tally, views_of
from twosource.model import Disagreement, Nature, Side
from twosource.text.numbers import CARDINAL, parse_number

# Another event, by its month or by a pointing word: the day of the main one is told by weekday or date in news English.
_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_ELSEWHEN = re.compile(
    rf"\b[Ii]n (?:{_MONTHS})\b(?! \d{{1,2}}\b)|\b[Tt]hat (?:quake|temblor|attack|shooting|crash|fire|blast|explosion|incident|storm|flood)\b"
    r"|\blast (?:month|year)\b|\bin (?:19|20)\d\d\b|\b(?:a|an|the|that) (?:19|20)\d\d \w+"
)
_OPEN = re.compile(
    r"\b(?:at least|more than|over|or more|no fewer|upwards?|as many|up to|several|dozens?|scores|hundreds|thousands|others?|another|some|many|about|around|nearly|almost|including)\b",
    re.IGNORECASE,
)
_FIGURE = re.compile(CARDINAL, re.IGNORECASE)
_Bounds = tuple[int, int | None]
_Said = Sequence[tuple[Reading, Count]]


def differing_tolls(readings: Sequence[Reading], heads: Mapping[str, str]) -> list[Disagreement]:
    """The killed, and the injured, where reports count them differently: apart what rose, and what cannot both be."""
    own = [(r, views_of(r)) for r in readings if heads[r.id] == r.id]
    killed = [(r, tally(v, 0).killed) for r, v in own]
    deaths = max((c.low for _, c in killed if c), default=0)
    injured = [(r, tally(v, deaths).injured) for r, v in own]
    dead = {r.id: c.low for r, c in killed if c}
    return [*_differences("killed", killed, {}), *_differences("injured", injured, dead)]


def _differences(
    fate: Literal["killed", "injured"],
    counts: Sequence[tuple[Reading, Count | None]],
    dead: Mapping[str, int],
) -> list[Disagreement]:
    said = [(r, _exact(r, c)) for r, c in counts if c and c.evidence and (c.counted or c.low > 1)]
    said = [(r, c) for r, c in said if not _another(r, c)]
    if any(
        _is_written(r, c) for r, c in said
    ):  # people told of one by one may be told of twice, or be a part
        said = [(r, c) for r, c in said if _is_written(r, c)]
    bounds = sorted({(c.low, c.high) for _, c in said}, key=lambda b: (b[0], b[1] is None, b[1] or 0))
    if len(bounds) < 2:
        return []
    if not _disjoint(bounds):
        return _made(fate, said, "precision")
    old = {b for b in bounds if any(_replaces(said, b, new, dead) for new in bounds)}
    found = [d for b in sorted(old, key=str) for d in _updates(fate, said, b, bounds, dead)]
    left = [b for b in bounds if b not in old]
    if len(left) > 1:
        nature: Nature = "contradiction" if _disjoint(left) else "precision"
        found += _made(fate, [(r, c) for r, c in said if (c.low, c.high) in left], nature)
    return found


def _exact(reading: Reading, count: Count) -> Count:
    """The figure without an open end that no word of what is shown for it says."""
    shown = " ".join(e.span.of(reading.text) for e in count.evidence)
    if count.high is None and _is_written(reading, count) and not _OPEN.search(shown):
        return replace(count, high=count.low)
    return count


def _another(reading: Reading, count: Count) -> bool:
    """Whether all that a figure rests on tells of another event: "that quake, in September", "in January"."""
    return all(_ELSEWHEN.search(e.span.of(reading.text)) for e in count.evidence)


def _is_written(reading: Reading, count: Count) -> bool:
    """Whether the figure itself stands in what is shown for it."""
    shown = " ".join(e.span.of(reading.text) for e in count.evidence)
    return any(parse_number(m.group()) == count.low for m in _FIGURE.finditer(shown))


def _updates(
    fate: Literal["killed", "injured"],
    said: _Said,
    old: _Bounds,
    bounds: Sequence[_Bounds],
    dead: Mapping[str, int],
) -> list[Disagreement]:
    """A figure beside the one that replaced it; of several, the one nearest to it."""
    new = min((b for b in bounds if _replaces(said, old, b, dead)), key=lambda b: (abs(b[0] - old[0]), b[0]))
    return _made(fate, [(r, c) for r, c in said if (c.low, c.high) in (old, new)], "update")


def _made(fate: Literal["killed", "injured"], said: _Said, nature: Nature) -> list[Disagreement]:
    sides = [Side(_say(c), e) for _, c in said for e in c.evidence[:2]]
    why = "; ".join(f"{_say(c)} in {r.id}" for r, c in said[:8])
    made = disagreement(
        "quantity", f"how many were {fate}", nature, sides, f"The {fate} of the event: {why}.", 1.15
    )
    return [made] if made else []


def _disjoint(bounds: Sequence[_Bounds]) -> bool:
    return any(a[1] is not None and a[1] < b[0] for a in bounds for b in bounds)


def _replaces(said: _Said, old: _Bounds, new: _Bounds, dead: Mapping[str, int]) -> bool:
    """Whether one figure was given in the place of another: in words of an update, later by the same outlet.

    The injured also grow fewer by as many as have died since. What a caller said gives way to what anybody counted.
    """
    if not _disjoint([old, new]):
        return False
    if all(c.first_word for _, c in said if (c.low, c.high) == old):
        return not all(c.first_word for _, c in said if (c.low, c.high) == new)
    before = [r for r, c in said if (c.low, c.high) == old]
    after = [(r, c) for r, c in said if (c.low, c.high) == new]
    if new[0] < old[0]:
        return any(
            _after(r, o) and r.id in dead and o.id in dead and dead[r.id] - dead[o.id] == old[0] - new[0]
            for r, _ in after
            for o in before
        )
    for r, c in after:
        if risen(r, c) and not any(_after(o, r) for o in before):
            return True
        if r.article.outlet and any(o.article.outlet == r.article.outlet and _after(r, o) for o in before):
            return True
    return False


def _after(a: Reading, b: Reading) -> bool:
    x, y = a.article.published or "", b.article.published or ""
    return bool(re.match(r"\d{4}-\d\d-\d\d", x) and re.match(r"\d{4}-\d\d-\d\d", y) and x[:10] > y[:10])


def _say(c: Count) -> str:
    return str(c.low) if c.high == c.low else f"at least {c.low}"
