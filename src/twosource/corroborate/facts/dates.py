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
_TOLD = 8  # sentences in which an undated report tells its event with its day, if at all
_HAPPENED = 3.0
_FOLLOWED = 2.0  # of what came of it: he may have died a day later
_VAGUE = 0.5  # "overnight" is of two days
_DATELINE = re.compile(r"^\W*[A-Z][\w .,'’-]{1,40}\($")
_ELSEWHEN = re.compile(
    r"\b(?:since|follow(?:s|ed|ing)|after|until|before|previous(?:ly)?|earlier|last|past|notably|another|anniversary|that (?:quake|temblor|attack|fire)|the same)\b",
    re.IGNORECASE,
)
_DEEP = 25  # sentences after which a report tells of other things


def main_date(
    readings: Sequence[Reading], claims: Sequence[Claim]
) -> tuple[str | None, tuple[Evidence, ...]]:
    """The day (EDTF) that most and most prominent mentions agree on, and the passages that show it.

    A mention weighs more near the head of a report and by the word it hangs on: one of happening, or one of courts and
    announcements. A day after the report was published is never the event's. Where no day is told, the month that is.
    Where no report has a date, only a day told with the happening itself counts.
    """
    main = {s for c in claims if c.event == "main" for s in c.statements}
    undated = not any(r.article.published for r in readings)
    for pattern in (_DAY,) if undated else (_DAY, _MONTH):
        weights: dict[str, float] = defaultdict(float)
        shown: dict[str, list[Evidence]] = defaultdict(list)
        for reading in readings:
            here: dict[str, float] = defaultdict(float)
            for when in reading.annotation.times:
                day = _value(when, pattern)
                if day is None or _later(day, reading.article.published):
                    continue
                weight = _weight(reading, when, main)
                if undated and not _of_the_event(reading, when):
                    continue
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
    if n == 0 and _DATELINE.match(reading.text[sentence.span.start : when.span.start][:80]):
        return 0.05
    weight = _governed(sentence, when) / (1 + n / 3)
    if written.lower() == "overnight":
        weight *= _VAGUE
    if any(
        s.id in main and any(c.overlaps(when.span) for c in s.content) for s in reading.annotation.statements
    ):
        weight *= 1.3
    return weight


def _of_the_event(reading: Reading, when: When) -> bool:
    """Whether a date stands in the telling of the event itself: where nothing says when the reports are from, others may be years off."""
    n = reading.number(when.span.start)
    sentence = reading.sentence(when.span.start)
    if sentence is None or n > _TOLD or _governed(sentence, when) < _FOLLOWED:
        return False
    if not any(c.isdigit() for c in when.span.of(reading.text)):
        return False  # a weekday, counted from some other day of the text
    return not _ELSEWHEN.search(reading.text, max(sentence.span.start, when.span.start - 70), when.span.start)


def _governed(sentence: Sentence, when: When) -> float:
    """How much the first telling word above a time says that it is the event's: happening, what came of it, the aftermath."""
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
            return _FOLLOWED if lemma in words.following else _HAPPENED
        if up == at:
            break
        at = up
    lemmas = {t.lemma.lower() for t in tokens}
    if lemmas & words.after and not lemmas & words.happening:
        return 0.2
    return 1.5 if lemmas & words.happening else 0.6
