"""The day of the main event, from the times that reports attach to it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from twosource.corroborate.facts.lexicon import event_words
from twosource.corroborate.facts.reading import Reading
from twosource.model import Claim, Evidence, Sentence, When

_DAY = re.compile(r"(?:\d{4}|XXXX)-\d\d-\d\d")
_MONTH = re.compile(r"(?:\d{4}|XXXX)-\d\d(?=$|~|\?)")
_STAMP = re.compile(r"\b(?:published|posted|updated|created|modified)\b", re.IGNORECASE)
_DEEP = 25  # sentences after which a report tells of other things


def main_date(
    readings: Sequence[Reading], claims: Sequence[Claim]
) -> tuple[str | None, tuple[Evidence, ...]]:
    """The day (EDTF) that most and most prominent mentions agree on, and the passages that show it.

    A mention weighs more near the head of a report and by the word it hangs on: one of happening, or one of courts and
    announcements. A day after the report was published is never the event's. Where no day is told, the month that is.
    """
    main = {s for c in claims if c.event == "main" for s in c.statements}
    for pattern in (_DAY, _MONTH):
        weights: dict[str, float] = defaultdict(float)
        shown: dict[str, list[Evidence]] = defaultdict(list)
        for reading in readings:
            here: dict[str, float] = defaultdict(float)
            for when in reading.annotation.times:
                day = _value(when, pattern)
                if day is None or _later(day, reading.article.published):
                    continue
                weight = _weight(reading, when, main)
                if weight > 0:
                    here[day] += weight
                    shown[day].append(reading.evidence(when.span))
            total = sum(here.values())
            for day, weight in here.items():
                weights[day] += weight / total * min(1.0, total * 2)
        if weights:
            top = min(weights, key=lambda d: (-round(weights[d], 6), d))
            return top, tuple(sorted(set(shown[top])))
    return None, ()


def _value(when: When, pattern: re.Pattern[str]) -> str | None:
    if when.type not in ("DATE", "TIME") or not when.edtf or "/" in when.edtf:
        return None
    m = pattern.match(when.edtf)
    return m.group() if m else None


def _later(day: str, published: str | None) -> bool:
    return bool(
        published
        and re.match(r"\d{4}-\d\d-\d\d", published)
        and "X" not in day
        and day > published[: len(day)]
    )


def _weight(reading: Reading, when: When, main: set[str]) -> float:
    """How much a mention of a day counts: by how near the head it stands and what it hangs on."""
    n = reading.number(when.span.start)
    sentence = reading.sentence(when.span.start)
    written = when.span.of(reading.text)
    if sentence is None or n > _DEEP or re.fullmatch(r"\d{1,2}:\d\d", written):
        return 0.0
    if _STAMP.search(reading.text[max(sentence.span.start, when.span.start - 40) : when.span.start]):
        return 0.05
    weight = _governed(sentence, when) / (1 + n / 3)
    if any(
        s.id in main and any(c.overlaps(when.span) for c in s.content) for s in reading.annotation.statements
    ):
        weight *= 1.3
    return weight


def _governed(sentence: Sentence, when: When) -> float:
    """Three where the first telling word above the time is of happening, a fifth where it is of the aftermath, else one."""
    words, tokens = event_words(), sentence.tokens
    at = next((i for i, t in enumerate(tokens) if t.span.overlaps(when.span)), None)
    if at is None:
        return 0.5
    for _ in range(8):
        up = tokens[at].head
        lemma = tokens[up].lemma.lower()
        if lemma in words.after:
            return 0.2
        if lemma in words.happening:
            return 3.0
        if up == at:
            break
        at = up
    lemmas = {t.lemma.lower() for t in tokens}
    if lemmas & words.after and not lemmas & words.happening:
        return 0.2
    return 1.5 if lemmas & words.happening else 0.6
