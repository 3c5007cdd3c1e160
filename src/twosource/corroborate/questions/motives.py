"""Why it happened, where the reports name reasons that exclude each other."""

from __future__ import annotations

import re
from collections.abc import Sequence

from twosource.corroborate.facts.reading import Reading
from twosource.corroborate.questions.reasons import Reason, reasons_of, unknown_reason
from twosource.model import Hypothesis, Span, Statement

_NONE = re.compile(r"for no reason", re.IGNORECASE)  # is grief or scorn, no answer


def motives(readings: Sequence[Reading], not_established: str) -> list[tuple[str, tuple[Hypothesis, ...]]]:
    """At most one question, "Why did it happen?", with a rival answer for each reason that shares no word with another.

    Statements that name a reason are for it; one that says it was thought so earlier is against it, since the report
    tells that it no longer is. Where no motive was given the statement is neutral to all.
    """
    groups: list[list[Reason]] = []
    for reason in (
        c for r in sorted(readings, key=lambda r: r.id) for c in reasons_of(r) if not _NONE.match(c.why)
    ):
        home = next((g for g in groups if any(reason.stems & o.stems for o in g)), None)
        if home is None:
            groups.append([reason])
        else:
            home.append(reason)
    if len(groups) < 2 or len({r.reading.id for g in groups for r in g}) < 2:
        return []
    neutral = _stated([(r, span) for r in readings for span in unknown_reason(r)])
    options = []
    for group in groups:
        value = min((r.why for r in group), key=lambda w: (-sum(o.why == w for o in group), len(w), w))
        supports = _stated([(r.reading, r.span) for r in group if not r.given_up])
        against = [
            s for s in _stated([(r.reading, r.span) for r in group if r.given_up]) if s not in supports
        ]
        options.append(Hypothesis(value, tuple(supports), tuple(against), tuple(neutral)))
    if not all(o.supports or o.against for o in options):
        options = [o for o in options if o.supports or o.against]
    if len(options) < 2:
        return []
    return [("Why did it happen?", (*options, Hypothesis(not_established, (), (), tuple(neutral))))]


def _stated(places: Sequence[tuple[Reading, Span]]) -> list[str]:
    """The statements that hold the places, the innermost of each, in order."""
    found = []
    for reading, span in places:
        holding = [s for s in reading.annotation.statements if any(c.overlaps(span) for c in s.content)]
        if holding:
            found.append(min(holding, key=lambda s: (s.mode == "narration", _length(s), s.id)).id)
    return list(dict.fromkeys(found))


def _length(s: Statement) -> int:
    return sum(c.end - c.start for c in s.content)
