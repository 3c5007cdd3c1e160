"""When it happened, by the clock and by the part of the day."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from twosource.corroborate.disagreements.build import disagreement
from twosource.corroborate.facts.reading import Reading
from twosource.model import Disagreement, Nature, Sentence, Side, Span

_CLOCK = re.compile(
    r"(?P<how>\b(?:about|around|approximately|roughly|nearly|just after|shortly after|after|just before|shortly before|before|by)\s+)?"
    r"(?:(?<![\d:])\b(?P<h>1[0-2]|0?[1-9])(?::(?P<m>[0-5]\d))?\s*(?P<half>[ap])\.?\s?m\b\.?|\b(?P<word>noon|midnight)\b)",
    re.IGNORECASE,
)
_UNCLEAR = re.compile(
    r"\b(?:un|wasn['’]t |not |isn['’]t )(?:immediately )?clear (?:just |exactly )?when\b", re.IGNORECASE
)
_PART = re.compile(
    r"\b(?:last|this|that|early|late|\w+day)\s+(?P<part>morning|afternoon|evening|night)\b|\b(?P<over>overnight)\b",
    re.IGNORECASE,
)
_HEAD = 12  # sentences in which the main event is timed
_HAPPENING = frozenset(
    {
        "shoot",
        "shooting",
        "happen",
        "occur",
        "call",
        "report",
        "respond",
        "begin",
        "erupt",
        "explode",
        "crash",
        "attack",
        "break",
    }
    | {
        "hit",
        "strike",
        "fire",
        "hear",
        "ring",
        "arrive",
        "stab",
        "open",
        "collide",
        "start",
        "incident",
        "fall",
    }
)
# What follows a happening: the hour of a call is not the hour of the deed, where they lie further apart than that takes.
_ANSWERS = frozenset("respond call report arrive dispatch receive alert summon".split())
_SOON = 30  # minutes
_HARMED = frozenset(
    "kill die injure wound hurt damage destroy devastate burn rip sink derail murder rob find bomb".split()
)
_LATER = re.compile(
    r"\b(?:updated|posted|published|sentenc|court|arraign|vigil|funeral|news conference|pronounced|declared|died at|surrender)",
    re.IGNORECASE,
)
_AHEAD = re.compile(
    r"\b(?:will|shall|would|going to|scheduled|set to|expected to|plans? to)\b", re.IGNORECASE
)
_APART = 3 * 60  # minutes: times further apart are of different things
_ALIKE = 0.3


@dataclass(frozen=True)
class _Timed:
    report: str
    minute: int
    about: bool
    span: Span
    answer: bool = False  # of a call or an arrival


def differing_times(readings: Sequence[Reading], heads: Mapping[str, str]) -> list[Disagreement]:
    """At most one disagreement over the hour, and one over the part of the day, of what reports tell alike."""
    own = [r for r in readings if heads[r.id] == r.id]
    found = [_hours(own), *_parts(own)]
    return [d for d in found if d]


def _first_clock(reading: Reading) -> _Timed | None:
    """The first time of day near the head of a report's own words."""
    for sentence in reading.annotation.sentences[:_HEAD]:
        if not any(t.lemma.lower() in _HAPPENING for t in sentence.tokens) or _LATER.search(
            sentence.span.of(reading.text)
        ):
            continue
        for m in _CLOCK.finditer(reading.text, sentence.span.start, sentence.span.end):
            if m["word"]:
                minute = 720 if m["word"].lower() == "noon" else 1440
            else:
                minute = int(m["h"]) % 12 * 60 + int(m["m"] or 0) + (720 if m["half"].lower() == "p" else 0)
            answer = _verb_above(sentence, m.start()) in _ANSWERS
            return _Timed(reading.id, minute, bool(m["how"]), Span(*m.span()), answer)
    return None


def _hours(own: Sequence[Reading]) -> Disagreement | None:
    by_id = {r.id: r for r in own}
    timed = [t for r in own if (t := _first_clock(r))]
    middle = sorted(t.minute for t in timed)[len(timed) // 2] if timed else 0
    timed = [t for t in timed if abs(t.minute - middle) <= _APART]
    if _span_of(timed) > _SOON and len({t.answer for t in timed}) > 1:
        kinds = [[t for t in timed if t.answer == kind] for kind in (False, True)]
        timed = next((k for k in kinds if len({t.minute for t in k}) > 1), [])
    if len({t.minute for t in timed}) < 2:
        return None
    if max(t.minute for t in timed) - min(t.minute for t in timed) <= 2:
        return None
    sides = [Side(t.span.of(by_id[t.report].text).strip(), by_id[t.report].evidence(t.span)) for t in timed]
    for r in own:
        m = _UNCLEAR.search(r.text)
        if m:
            sides.append(Side("not clear", r.evidence(Span(*m.span()))))
    spread = max(t.minute for t in timed) - min(t.minute for t in timed)
    nature: Nature = "precision" if spread <= 15 and any(t.about for t in timed) else "contradiction"
    said = ", ".join(sorted({s.value for s in sides}))
    return disagreement("time", "the hour", nature, sides, f"The hour is told as {said}.")


def _span_of(timed: Sequence[_Timed]) -> int:
    minutes = [t.minute for t in timed]
    return max(minutes, default=0) - min(minutes, default=0)


def _days_apart(a: Reading, x: Span, b: Reading, y: Span) -> bool:
    """Whether both are known to be of different days."""
    days = [
        {w.edtf[:10] for w in r.annotation.times if w.edtf and w.span.overlaps(s)}
        for r, s in ((a, x), (b, y))
    ]
    return bool(days[0] and days[1] and not days[0] & days[1])


def _of_another_verb(sentence: Sentence, at: int) -> bool:
    """Whether a time hangs on a verb that is no happening: "the mayor stopped by this morning"."""
    verb = _verb_above(sentence, at)
    return verb is not None and verb not in _HAPPENING | _HARMED


def _verb_above(sentence: Sentence, at: int) -> str | None:
    """The verb that the words at a place hang on."""
    tokens = sentence.tokens
    n = next((n for n, t in enumerate(tokens) if t.span.end > at), None)
    while n is not None and tokens[n].head != n:
        n = tokens[n].head
        if tokens[n].pos == "VERB":
            return tokens[n].lemma.lower()
    return None


def _parts(own: Sequence[Reading]) -> list[Disagreement]:
    """Different parts of the day in sentences that otherwise say much the same."""
    told = []
    for r in own:
        for s in r.annotation.sentences:
            m = _PART.search(r.text, s.span.start, s.span.end)
            if (
                m
                and not _AHEAD.search(s.span.of(r.text))
                and not _of_another_verb(s, m.start())
                and any(t.lemma.lower() in _HAPPENING for t in s.tokens)
                and not _LATER.search(s.span.of(r.text))
            ):
                told.append((r, s, (m["part"] or "night").lower(), Span(*m.span()), r.content(s)))
    best: tuple[float, Disagreement] | None = None
    for i, (r, _, part, span, content) in enumerate(told):
        for other, _, part2, span2, content2 in told[i + 1 :]:
            shared = content & content2
            if any(
                re.search(r"early|overnight", x.of(y.text), re.IGNORECASE)
                for x, y in ((span, r), (span2, other))
            ):
                continue
            if (
                r.id == other.id
                or _days_apart(r, span, other, span2)
                or part == part2
                or {part, part2} == {"evening", "night"}
                or len(shared) < 3
            ):
                continue
            alike = len(shared) / min(len(content), len(content2))
            if alike < _ALIKE or (best and alike <= best[0]):
                continue
            sides = [
                Side(span.of(r.text), r.evidence(span)),
                Side(span2.of(other.text), other.evidence(span2)),
            ]
            why = f"{span.of(r.text)!r} in {r.id}, {span2.of(other.text)!r} in {other.id}."
            made = disagreement("time", "the part of the day", "contradiction", sides, why, alike)
            best = (alike, made) if made else best
    return [best[1]] if best else []
