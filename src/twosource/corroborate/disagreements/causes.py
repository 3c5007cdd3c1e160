"""Why it happened, where reports give different reasons."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from twosource.corroborate.disagreements.build import disagreement
from twosource.corroborate.facts.reading import Reading
from twosource.model import Disagreement, Nature, Side, Span
from twosource.text import normal

# What introduces a supposed reason of the main event; the reason itself follows.
_REASON = re.compile(
    r"\b(?:stem(?:s|med)? from|(?:the |a )?result of|result(?:s|ed)? from|part of|caused by|sparked by|triggered by|"
    r"(?:shooting|attack|killing|incident|violence|it|this|deaths?)s? (?:\w+ ){0,4}related to|motivated by|in retaliation for|(?:as|called|is|was|were|be|being) an? (?:possible|apparent|suspected|likely|potential)|"
    r"called a possible|motive (?:is|was)|(?:argument|dispute|fight) over)\s+(?P<why>(?:an?\s+|the\s+)?[“\"]?(?:[\w'’-]+[”\",]?\s*){1,8})",
    re.IGNORECASE,
)
_BARE = re.compile(
    r"\b(?P<why>bad blood[^.,]*|for no reason|no (?:known |clear )?motive|not (?:released|given|established|known|determined) a (?:possible )?motive)",
    re.IGNORECASE,
)
_EVENT = frozenset(
    "shooting attack incident killing death fire crash explosion murder stabbing it this that violence accident blast deaths shootings".split()
)
_BACK = re.compile(
    r"\b(?:initially|previously|at first|earlier|now (?:believe|say|think)|walked .{0,20}back|no longer|changed)\b",
    re.IGNORECASE,
)
_DULL = frozenset(
    "one some a an the of and or in to that be been was is it possible at by on with from their his her".split()
)


@dataclass(frozen=True)
class _Reason:
    reading: Reading
    span: Span
    why: str
    stems: frozenset[str]
    hedged_back: bool


def differing_causes(readings: Sequence[Reading], heads: Mapping[str, str]) -> list[Disagreement]:
    """At most one disagreement: reasons of different reports that share no word.

    A report that takes an earlier reason back makes it an update.
    """
    told = [c for r in readings if heads[r.id] == r.id for c in _reasons(r)]
    rivals = [
        (a, b)
        for i, a in enumerate(told)
        for b in told[i + 1 :]
        if a.reading.id != b.reading.id and not a.stems & b.stems
    ]
    if not rivals:
        return []
    kept = {c.span: c for pair in rivals for c in pair}
    sides = [Side(c.why, c.reading.evidence(c.span)) for c in kept.values()]
    taken_back = any(c.hedged_back for pair in rivals for c in pair)
    nature: Nature = "update" if taken_back else "contradiction"
    (a, b) = rivals[0]
    why = f"{a.why!r} in {a.reading.id}, {b.why!r} in {b.reading.id}."
    made = disagreement("other", "why it happened", nature, sides, why, 1.6)
    return [made] if made else []


def _reasons(reading: Reading) -> list[_Reason]:
    found = []
    for sentence in reading.annotation.sentences[:40]:
        words = {normal(t.lemma) for t in sentence.tokens}
        for pattern in (_REASON, _BARE):
            for m in pattern.finditer(reading.text, sentence.span.start, sentence.span.end):
                if pattern is _REASON and not words & _EVENT:
                    continue
                stems = frozenset(
                    normal(w)[:6] for w in re.findall(r"\w+", m["why"]) if normal(w) not in _DULL
                )
                if stems:
                    back = bool(_BACK.search(reading.text, sentence.span.start, sentence.span.end))
                    found.append(
                        _Reason(reading, Span(*m.span("why")), " ".join(m["why"].split()), stems, back)
                    )
    return found
