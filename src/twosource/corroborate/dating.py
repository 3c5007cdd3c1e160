"""Relative days in passages that several reports have: told once, so dated once, by the oldest report that has them."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from twosource.model import Annotation, Article, Reuse, Span, When
from twosource.text import normal, words

_AROUND = 8  # words on either side that must be the same
_SAME = 10  # words round a time, without itself, by which it is one telling where nothing else shows that text was shared
_SHARED = 5  # … inside a passage that the reports are known to share
_DAY = re.compile(r"\d{4}-\d\d-\d\d")

_Key = tuple[tuple[str, ...], int]  # the words round a time, and the place of the time among them


@dataclass(frozen=True, slots=True)
class _Told:
    """A time with the words round it, and the report that has it."""

    report: str
    published: str
    when: When
    room: int  # how many words stand round it


def dated_once(
    articles: Sequence[Article], annotations: Sequence[Annotation], shared: Sequence[Reuse]
) -> list[Annotation]:
    """The annotations, with the times of reprinted passages as the oldest dated report that has them means them.

    "Arrested on Friday" in an article of March, kept in one of August, is still the Friday of March. A passage is the same
    where eight words on either side of the time are, as far as its sentence goes; few words count only where text is known
    to be shared. Times that the words themselves date mean the same everywhere and stay as they are.
    """
    published = {a.id: (a.published or "")[:10] for a in articles}
    texts = {a.id: a.text for a in articles}
    passages = _passages(shared)
    groups: dict[_Key, list[_Told]] = defaultdict(list)
    for annotation in annotations:
        if _DAY.fullmatch(published.get(annotation.report, "")):
            for when, key in _keyed(annotation, texts[annotation.report]):
                room = len(key[0]) - len(words(when.span.of(texts[annotation.report])))
                groups[key].append(_Told(annotation.report, published[annotation.report], when, room))
    changed: dict[str, dict[When, When]] = defaultdict(dict)
    for group in groups.values():
        if len({t.when.edtf for t in group}) > 1:
            for told, first in _reprints(group, passages):
                why = f"as in report {first.report} of {first.published}, the oldest that has this passage"
                changed[told.report][told.when] = replace(
                    told.when, type=first.when.type, value=first.when.value, edtf=first.when.edtf, why=why
                )
    return [
        replace(a, times=tuple(changed[a.report].get(t, t) for t in a.times)) if a.report in changed else a
        for a in annotations
    ]


def _reprints(
    group: Sequence[_Told], passages: dict[tuple[str, str], list[Span]]
) -> Iterable[tuple[_Told, _Told]]:
    """Each later telling of a passage, with the first one that it is a reprint of."""
    ranked = sorted((t for t in group if t.when.edtf), key=lambda t: (t.published, t.report, t.when.span))
    by_report: dict[str, list[_Told]] = defaultdict(list)
    for told in ranked:
        by_report[told.report].append(told)
    heads = [several[0] for several in by_report.values()]  # the oldest first
    for n, head in enumerate(heads):
        first = next(
            (h for h in heads[:n] if h.published < head.published and _is_one(head, h, by_report, passages)),
            None,
        )
        if first is not None:
            yield from ((t, first) for t in by_report[head.report] if t.when.edtf != first.when.edtf)


def _is_one(
    a: _Told, b: _Told, by_report: dict[str, list[_Told]], passages: dict[tuple[str, str], list[Span]]
) -> bool:
    """Whether there are words enough, or a passage that both reports are known to share holds them somewhere."""
    return a.room >= _SAME or (
        a.room >= _SHARED
        and all(
            any(p.overlaps(t.when.span) for t in by_report[x] for p in passages.get((x, y), ()))
            for x, y in ((a.report, b.report), (b.report, a.report))
        )
    )


def _passages(shared: Sequence[Reuse]) -> dict[tuple[str, str], list[Span]]:
    """For each pair of reports, either way round, what the first has of the shared passages."""
    found: dict[tuple[str, str], list[Span]] = defaultdict(list)
    for r in shared:
        for p in r.passages:
            found[r.a, r.b].append(p.ours)
            found[r.b, r.a].append(p.theirs)
    return found


def _keyed(annotation: Annotation, text: str) -> Iterable[tuple[When, _Key]]:
    """Each date and time of day with the words round it, as far as its sentence goes."""
    starts = [s.span.start for s in annotation.sentences]
    told: dict[int, list[Span]] = {}
    for when in annotation.times:
        n = bisect_right(starts, when.span.start) - 1
        if when.type not in ("DATE", "TIME") or n < 0:
            continue
        if n not in told:
            told[n] = words(text, annotation.sentences[n].span)
        around = told[n]
        inside = [i for i, w in enumerate(around) if w.overlaps(when.span)]
        if inside:
            first = max(0, inside[0] - _AROUND)
            window = around[first : inside[-1] + 1 + _AROUND]
            yield when, (tuple(normal(w.of(text)) for w in window), inside[0] - first)
