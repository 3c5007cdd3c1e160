"""Stretches of a report that are on the page but not of the article, by what they say and where they stand."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from twosource.clean.rules import matching
from twosource.model import Furniture, Span
from twosource.text import paragraphs, sentences

EDGE = 4  # lines at the head and the foot of a report that the rules for edges look at
_SPEECH = re.compile(r"[\"“”«»]|``|''")
_LETTERS = re.compile(r"[^\W\d_]")
_SAYS = re.compile(r"\b(?:said|says|told|according to|added|stated|announced|confirmed)\b", re.I)
_TAIL_CREDIT = re.compile(
    r"(?:\||©|\bphoto(?:s|graph)?(?: by| credit| courtesy)?:?|\bcredit:|\(photo|\(ap photo|\bimage:|\bcourtesy(?: of)?:?) ?[^.!?|]{2,70}\)?$"
    r"|\((?:image|photo|picture|video|graphic|source|courtesy|credit|ap photo|via)s?\b[^()]{2,60}\)$"
    r"|\([A-Z][^()]{2,40} / [A-Z][^()]{2,40}\)$",
    re.I,
)


def furniture(text: str) -> list[Furniture]:
    """The furniture of one text, by rules over its lines and sentences, in order and never overlapping."""
    lines = paragraphs(text)
    found: list[Furniture] = []
    capitals = _capital_lines(text, lines)
    for number, line in enumerate(lines):
        at_edge = number < EDGE or number >= len(lines) - EDGE
        hit = _whole_line(text, line, at_edge=at_edge) or capitals.get(number)
        if hit:
            found.append(hit)
        else:
            found += _within(text, line, at_edge=at_edge, last=number >= len(lines) - EDGE)
    return _spread(text, lines, found)


def _whole_line(text: str, line: Span, *, at_edge: bool) -> Furniture | None:
    said = line.of(text)
    rule = matching(said, at_edge=at_edge)
    if rule:
        return Furniture(line, rule.kind, rule.why)
    if len(said) <= 600 and _TAIL_CREDIT.search(said) and not _SAYS.search(said) and not _SPEECH.search(said):
        return Furniture(line, "caption", "a line that ends in a picture credit")
    return None


def _within(text: str, line: Span, *, at_edge: bool, last: bool) -> list[Furniture]:
    """Furniture sentences inside a line that is otherwise the article's."""
    if line.end - line.start > 20_000:
        return []
    parts = sentences(text, line)
    if len(parts) < 2:
        return []
    found = []
    for n, part in enumerate(parts):
        rule = matching(part.of(text), at_edge=at_edge and last and n == len(parts) - 1)
        if rule and rule.kind not in ("caption", "navigation"):
            found.append(Furniture(part, rule.kind, rule.why))
    return found


def _capital_lines(text: str, lines: Sequence[Span]) -> dict[int, Furniture]:
    """Lines in capitals between running paragraphs: headlines of other stories, or invitations."""
    shouting = [n for n, line in enumerate(lines) if _in_capitals(line.of(text))]
    if len(shouting) > max(3, len(lines) // 3):
        return {}  # a text that shouts throughout: capitals tell nothing
    return {
        n: Furniture(
            lines[n],
            "related",
            "a line in capitals between the paragraphs, as headlines of other stories are set",
        )
        for n in shouting
        if n > 0 and lines[n].of(text).count(" ") >= 3
    }


def _in_capitals(said: str) -> bool:
    letters = _LETTERS.findall(said[:300])
    return (
        len(said) <= 200
        and len(letters) >= 8
        and sum(c.isupper() for c in letters) >= 0.9 * len(letters)
        and not said.endswith((".", "”", '"'))
    )


def _spread(text: str, lines: Sequence[Span], found: list[Furniture]) -> list[Furniture]:
    """A short unpunctuated line right before a bare picture credit is that picture's caption."""
    by_start = {f.span.start: f for f in found}
    extra = []
    for before, line in itertools.pairwise(lines):
        credit = by_start.get(line.start)
        if credit and credit.kind == "credit" and before.start not in by_start:
            said = before.of(text)
            if (
                said.count(" ") < 12
                and said[-1:] not in '.!?:"”'
                and text[before.end : line.start].count("\n") == 1
            ):
                extra.append(Furniture(before, "caption", "a short line right before a picture credit"))
    return sorted([*found, *extra], key=lambda f: (f.span.start, f.span.end))
