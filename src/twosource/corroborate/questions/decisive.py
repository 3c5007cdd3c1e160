"""What evidence would decide an open question: what the reports themselves name and nobody has yet looked at."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from functools import lru_cache
from importlib.resources import files

from twosource.corroborate.facts.reading import Reading
from twosource.model import Evidence, Hypothesis, Line, Statement

_MOST = 3  # things shown
_FIRST_HAND = ("witnessed", "documented")
_WORDS = 40  # a longer sentence is not shown whole


@lru_cache(maxsize=1)
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    data = tomllib.loads(
        files("twosource.corroborate.questions").joinpath("decisive.toml").read_text(encoding="utf-8")
    )
    things, pending = (
        "|".join(sorted(map(re.escape, data[key]), key=lambda w: (-len(w), w)))
        for key in ("things", "pending")
    )
    return re.compile(rf"\b(?:{things})\b", re.IGNORECASE), re.compile(rf"\b(?:{pending})\b", re.IGNORECASE)


def decisive(options: Sequence[Hypothesis], readings: Sequence[Reading]) -> tuple[Line, ...]:
    """What would decide between the answers; every line rests on passages.

    First whether any of the statements laid out is first-hand at all, then the things that reports say are wanted,
    looked for or being examined, in the words of one sentence each.
    """
    said = {s.id: s for r in readings for s in r.annotation.statements}
    laid = [said[i] for o in options for i in (*o.supports, *o.against, *o.neutral) if i in said]
    found: list[Line] = []
    if laid and not any(s.basis in _FIRST_HAND for s in laid):
        shown = tuple(dict.fromkeys(_evidence(s) for s in laid))[:_MOST]
        text = "An account by somebody who saw it, or a record of it, that names one answer: none of these statements is either."
        found.append(Line(text, shown))
    return (*found, *_wanted(readings))


def _evidence(s: Statement) -> Evidence:
    return Evidence(s.report, s.content[0])


def _wanted(readings: Sequence[Reading]) -> list[Line]:
    things, pending = _patterns()
    known: dict[str, Line] = {}
    for reading in sorted(readings, key=lambda r: r.id):
        for sentence in reading.annotation.sentences:
            text = sentence.span.of(reading.text)
            thing = things.search(text)
            if thing is None or not pending.search(text) or len(text.split()) > _WORDS:
                continue
            key = thing.group().casefold().rstrip("s")
            known.setdefault(key, Line(" ".join(text.split()), (reading.evidence(sentence.span),)))
    return [known[k] for k in sorted(known)][:_MOST]
