"""What one outlet repeats from report to report: its standing lines, which no rule can know beforehand.

Lines travel as digests, so that what an outlet repeats can be learned from an archive whose texts lie elsewhere.
"""

from __future__ import annotations

import itertools
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b

from twosource.model import Furniture, Report, Span
from twosource.text import paragraphs

FEWEST = 3  # reports of one outlet that must carry a line
ALIKE = (
    0.3  # reports that share more of their lines are versions of one article: nothing is learned from them
)
LINES = 200  # of a report's lines by which it is seen whether two are alike
LOOKED_AT = 40  # reports that carry a line, in the order of ids, among which unlike ones are looked for
_DIGITS = re.compile(r"\d+")
_INVITES = re.compile(
    r"https?://|www\.|\.com\b|@\w|©|\b(?:subscribe|newsletter|sign up|download|click|follow us|app|copyright|facebook|twitter|inbox|donate)\b",
    re.I,
)
_ENDS = (".", "!", "?", '"', "”", "’", ":", ",", ";")


@dataclass(frozen=True, slots=True)
class Lines:
    """The lines of one report as digests of outlet and line: those that may be standing ones, and its first lines."""

    standing: Sequence[int]
    first: Sequence[int]


def repeated(reports: Sequence[Report]) -> dict[str, list[Furniture]]:
    """By report id, the lines that at least three otherwise different reports of the same outlet carry.

    Only lines that are no sentence, or that invite the reader to something, are taken: an outlet's reports of one
    affair may well repeat a paragraph of background, and that is the article's own.
    """
    held = sorted((r for r in reports if r.outlet), key=lambda r: r.id)
    known = stood([lines_of(r) for r in held])
    return {r.id: found for r in held if (found := standing_in(r, known))} if known else {}


def lines_of(report: Report) -> Lines:
    """The lines of a report; none where its outlet is not known."""
    if not report.outlet:
        return Lines((), ())
    spans = paragraphs(report.text)
    first = {_key(report, s) for s in spans[:LINES]}
    return Lines(tuple(sorted(_candidates(report, spans))), tuple(sorted(first)))


def stood(reports: Sequence[Lines]) -> dict[int, int]:
    """The standing lines, and how many reports carry each; the reports in the order of their ids."""
    holders: dict[int, list[int]] = defaultdict(list)
    for n, report in enumerate(reports):
        for key in report.standing:
            holders[key].append(n)
    return {
        key: len(held)
        for key, held in holders.items()
        if len(held) >= FEWEST and _differ(key, [reports[n].first for n in held[:LOOKED_AT]])
    }


def standing_in(report: Report, known: Mapping[int, int]) -> list[Furniture]:
    """Which lines of a report are standing ones."""
    if not report.outlet:
        return []
    return [
        Furniture(
            span, "promo", f"the outlet carries this line in {known[key]} reports that share little else"
        )
        for key, span in _candidates(report, paragraphs(report.text)).items()
        if key in known
    ]


def _candidates(report: Report, spans: Iterable[Span]) -> dict[int, Span]:
    return {_key(report, s): s for s in spans if _may_stand(s.of(report.text))}


def _may_stand(said: str) -> bool:
    if not 8 <= len(said) <= 300:
        return False
    return _INVITES.search(said) is not None or (not said.endswith(_ENDS) and said.count(" ") >= 1)


def _differ(key: int, found: Iterable[Sequence[int]]) -> bool:
    """Whether enough of the reports share little beside the line: at least three that are pairwise unlike."""
    apart: list[frozenset[int]] = []
    for first in found:
        lines = frozenset(first) - {key}
        if all(len(lines & other) <= ALIKE * min(len(lines), len(other)) for other in apart):
            apart.append(lines)
        if len(apart) >= FEWEST:
            return True
    return False


def _key(report: Report, span: Span) -> int:
    """A digest of an outlet and a line of it, figures aside."""
    line = " ".join(_DIGITS.sub("0", span.of(report.text)[:320]).casefold().split())
    said = f"{report.outlet}\0{line}".encode("utf-8", "surrogatepass")
    return int.from_bytes(blake2b(said, digest_size=8).digest(), "little")


def merged(one: Sequence[Furniture], more: Sequence[Furniture]) -> tuple[Furniture, ...]:
    """Both, in order; where they overlap the first is kept."""
    free = [m for m in more if not any(m.span.overlaps(o.span) for o in one)]
    ordered = sorted([*one, *free], key=lambda f: (f.span.start, f.span.end))
    return tuple(
        f
        for f, before in itertools.zip_longest(ordered, [None, *ordered[:-1]])
        if f and (before is None or not before.span.overlaps(f.span))
    )
