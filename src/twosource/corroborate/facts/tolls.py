"""How many were killed and injured in the main event: one figure for each report, then one for the incident."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from twosource.corroborate.facts.casualties import casualties, headline
from twosource.corroborate.facts.fates import Casualty, Fate
from twosource.corroborate.facts.first_word import is_first_word
from twosource.corroborate.facts.reading import Reading
from twosource.model import Evidence, Toll

_LEAD = 8  # sentences in which the main event's casualties stand when there are any
_WRITTEN = 2.2  # how much more a written number says of the whole than people told of one by one
_NEAR = 3  # sentences after the first casualty within which the whole toll is told
_DEEP = 20  # sentences after which a report tells of other things more often than not


@dataclass(frozen=True)
class Count:
    """What one report says of how many."""

    low: int
    high: int | None
    counted: bool  # a number of two or more is written, rather than people told of one by one
    evidence: tuple[Evidence, ...]
    first_word: bool = False  # nobody had counted yet: a caller's figure, a witness's


@dataclass(frozen=True)
class Tally:
    """The killed and injured of one report; None where it does not say."""

    killed: Count | None
    injured: Count | None


@dataclass(frozen=True)
class View:
    """What one sentence says of one fate: it may tell of a part only, never of more than all."""

    sentence: int
    low: int
    high: int | None
    counted: bool
    evidence: Evidence
    more: bool = False  # all of them on top of people told of before
    first_word: bool = False  # a caller's figure, a witness's


def views_of(reading: Reading, skip: frozenset[int] = frozenset()) -> dict[Fate, list[View]]:
    """What each sentence of one report says of casualties; sentences whose numbers are in `skip` tell of other events."""
    views: dict[Fate, list[View]] = defaultdict(list)
    for n, s in enumerate(reading.annotation.sentences[:_DEEP]):
        if n not in skip:
            for fate, view in _views(reading, n, casualties(reading.text, s)):
                views[fate].append(view)
    told = headline(reading.article.report.title or "")
    first = min((v.sentence for found in views.values() for v in found), default=None)
    if first is None or (first >= _LEAD and not told):
        return {}
    shown = next(v.evidence for found in views.values() for v in found if v.sentence == first)
    for c in told:
        views[c.fate].append(View(-1, c.low, c.high, c.counted and c.low != 1, shown))
    return views


def _views(reading: Reading, n: int, found: Sequence[Casualty]) -> Iterable[tuple[Fate, View]]:
    """One view for each fate in a sentence: people joined by "and" are added up, so are "others" to those before them."""
    by_fate: dict[Fate, list[Casualty]] = defaultdict(list)
    for c in found:
        by_fate[c.fate].append(c)
    for fate, group in by_fate.items():
        breaths: dict[int, list[Casualty]] = defaultdict(list)
        for c in group:
            breaths[c.breath].append(c)
        sums = [
            (sum(c.low for c in b), None if any(c.high is None for c in b) else sum(c.low for c in b), b)
            for b in breaths.values()
        ]
        low, high, best = max(sums, key=lambda x: (x[0], x[1] is not None))
        rest = sum(
            x[0]
            for x in sums
            if x[2] is not best and any(c.rest for c in x[2]) and not any(c.rest for c in best)
        )
        counted = (any(c.counted for c in best) and low + rest >= 2) or low + rest == 0
        yield (
            fate,
            View(
                n,
                low + rest,
                None if high is None else high + rest,
                counted,
                Evidence(reading.id, reading.passage(best[0].span)),
                all(c.rest for c in group),
                is_first_word(reading, best[0].span),
            ),
        )


def count(views: Sequence[View], first: int) -> Count | None:
    """The largest number told near the head (from the sentence `first` on), else the largest told later.

    What was said before anybody had counted is heard only where nothing else is.
    """
    people = [v for v in views if v.high != 0]
    people = [v for v in people if not v.first_word] or people
    if not people:
        return Count(0, 0, True, (views[0].evidence,)) if views else None
    lead = [v for v in people if v.sentence <= first + _NEAR]
    exact = [v for v in lead or people if v.high is not None or v.counted]
    top = max(exact or lead or people, key=lambda v: (v.low, v.counted, v.high is not None, -v.sentence))
    extra = 0
    if not top.counted and not top.more:
        extra = max(
            (v.low for v in lead if v.more and v.sentence > top.sentence and not v.counted), default=0
        )
    low = max(1, top.low) + extra
    return Count(
        low,
        None if top.high is None else max(low, top.high),
        top.counted,
        tuple(sorted({v.evidence for v in people if v.low == top.low}))[:3],
        top.first_word,
    )


def tally(views: dict[Fate, list[View]], deaths: int, *, among: bool = True) -> Tally:
    """One report's killed and injured.

    The struck of whom nobody has died are injured; where some have, the rest are only where the words say that the dead
    are among them: a figure that nobody gives is never made by subtraction.
    """
    first = min((v.sentence for found in views.values() for v in found if v.sentence >= 0), default=0)
    killed, said, struck = (count(views.get(f, []), first) for f in ("killed", "injured", "struck"))
    if said and deaths and killed is None and not said.counted and said.low <= deaths:
        said = None  # the one hurt here is the one who has died by now
    if deaths and not among:
        struck = None
    return Tally(killed, _hurt(said, struck, deaths))


_COUNTED = r"(?:one|two|three|four|five|six|seven|eight|nine|ten|\d{1,2})"
_DIED = r"(?:died|dies|dead|killed|fatally|pronounced|succumbed|deceased|passed away)"
_AMONG = re.compile(
    rf"\b{_COUNTED} of (?:them|those|whom|which|the)\b[^.!?]{{0,100}}\b{_DIED}\b|\b{_COUNTED} (?:of them )?(?:fatally|mortally)\b"
    rf"|\bincluding {_COUNTED}\b[^.!?]{{0,60}}\b{_DIED}\b|\b{_DIED}\b[^.!?]{{0,30}}\b{_COUNTED} of (?:them|those|whom|the)\b",
    re.IGNORECASE,
)


def dead_among_struck(reading: Reading) -> bool:
    """Whether a report says that its dead are some of those struck: "five were shot; one of them died"."""
    return any(
        _AMONG.search(reading.text, s.span.start, s.span.end) for s in reading.annotation.sentences[:_DEEP]
    )


def _hurt(said: Count | None, struck: Count | None, deaths: int) -> Count | None:
    """The injured as said, else the struck less the dead."""
    if (
        struck
        and struck.low > deaths
        and (said is None or (struck.counted and struck.low - deaths > said.low))
    ):
        left = struck.low - deaths
        return Count(left, None if struck.high is None else left, struck.counted, struck.evidence)
    return said


_RISEN = re.compile(
    r"\b(?:now|ris(?:es|en)|rose|climb(?:s|ed)|updated|revised|has (?:since )?died|toll)\b", re.IGNORECASE
)


def risen(reading: Reading, count: Count) -> bool:
    """Whether a report says in words that its figure replaces an earlier one."""
    head = (
        (reading.article.report.title or "") + " " + " ".join(e.span.of(reading.text) for e in count.evidence)
    )
    notes = " ".join(n.of(reading.text) for n in reading.article.masthead.notes)
    return bool(_RISEN.search(head)) or "toll" in notes.lower()


def agree(counts: Sequence[tuple[Reading, Count]]) -> Toll | None:
    """One toll of all reports' counts: the one that most give; of equals the later.

    A figure that is written counts more than people told of one by one, one said to have risen more than either.
    """
    if not counts:
        return None
    votes: dict[tuple[int, int | None], float] = defaultdict(float)
    latest: dict[tuple[int, int | None], str] = defaultdict(str)
    for reading, count in counts:
        key = (count.low, count.high)
        votes[key] += (_WRITTEN if count.counted else 1.0) * (
            2.0 if count.counted and risen(reading, count) else 1.0
        )
        latest[key] = max(latest[key], reading.article.published or "")
    best = max(votes, key=lambda k: (votes[k], latest[k], k[0]))
    evidence = [e for _, c in counts if (c.low, c.high) == best for e in c.evidence]
    return Toll(best[0], best[1], tuple(sorted(set(evidence))), len(counts))
