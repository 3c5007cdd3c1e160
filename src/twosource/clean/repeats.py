"""What one outlet repeats from report to report: its standing lines, which no rule can know beforehand."""

from __future__ import annotations

import itertools
import re
from collections import defaultdict
from collections.abc import Sequence

from twosource.model import Furniture, Report, Span
from twosource.text import paragraphs

FEWEST = 3  # reports of one outlet that must carry a line
ALIKE = (
    0.3  # reports that share more of their lines are versions of one article: nothing is learned from them
)
_DIGITS = re.compile(r"\d+")
_INVITES = re.compile(
    r"https?://|www\.|\.com\b|@\w|©|\b(?:subscribe|newsletter|sign up|download|click|follow us|app|copyright|facebook|twitter|inbox|donate)\b",
    re.I,
)
_ENDS = (".", "!", "?", '"', "”", "’", ":", ",", ";")


def repeated(reports: Sequence[Report]) -> dict[str, list[Furniture]]:
    """By report id, the lines that at least three otherwise different reports of the same outlet carry.

    Only lines that are no sentence, or that invite the reader to something, are taken: an outlet's reports of one
    affair may well repeat a paragraph of background, and that is the article's own.
    """
    by_outlet: dict[str, list[Report]] = defaultdict(list)
    for report in reports:
        if report.outlet:
            by_outlet[report.outlet].append(report)
    found: dict[str, list[Furniture]] = {}
    for group in by_outlet.values():
        if len(group) >= FEWEST:
            found |= _of_outlet(group)
    return found


def _of_outlet(group: Sequence[Report]) -> dict[str, list[Furniture]]:
    lines = {
        r.id: {_key(r.text, s): s for s in paragraphs(r.text) if _may_stand(s.of(r.text))} for r in group
    }
    all_lines = {r.id: frozenset(_key(r.text, s) for s in paragraphs(r.text)[:200]) for r in group}
    holders: dict[str, list[str]] = defaultdict(list)
    for report in group:
        for key in lines[report.id]:
            holders[key].append(report.id)
    found: dict[str, list[Furniture]] = defaultdict(list)
    for key, ids in holders.items():
        if len(ids) >= FEWEST and _differ([all_lines[i] - {key} for i in ids]):
            why = f"the outlet carries this line in {len(ids)} reports that share little else"
            for i in ids:
                found[i].append(Furniture(lines[i][key], "promo", why))
    return found


def _may_stand(said: str) -> bool:
    if not 8 <= len(said) <= 300:
        return False
    return _INVITES.search(said) is not None or (not said.endswith(_ENDS) and said.count(" ") >= 1)


def _differ(found: Sequence[frozenset[str]]) -> bool:
    """Whether enough of the reports share little: at least three that are pairwise unlike."""
    apart: list[frozenset[str]] = []
    for lines in found[:40]:
        if all(len(lines & other) <= ALIKE * min(len(lines), len(other)) for other in apart):
            apart.append(lines)
        if len(apart) >= FEWEST:
            return True
    return False


def _key(text: str, span: Span) -> str:
    return " ".join(_DIGITS.sub("0", span.of(text)[:320]).casefold().split())


def merged(one: Sequence[Furniture], more: Sequence[Furniture]) -> tuple[Furniture, ...]:
    """Both, in order; where they overlap the first is kept."""
    free = [m for m in more if not any(m.span.overlaps(o.span) for o in one)]
    ordered = sorted([*one, *free], key=lambda f: (f.span.start, f.span.end))
    return tuple(
        f
        for f, before in itertools.zip_longest(ordered, [None, *ordered[:-1]])
        if f and (before is None or not before.span.overlaps(f.span))
    )
