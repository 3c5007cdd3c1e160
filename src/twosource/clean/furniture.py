"""Stretches of a report that are on the page but not of the article, by what they say and where they stand."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from twosource.clean.captions import WHOLE, frames
from twosource.clean.rules import matching
from twosource.model import Furniture, Span
from twosource.text import paragraphs, sentences

_GALLERY = 2  # captions with credits that make a report of pictures
EDGE = 4  # lines at the head and the foot of a report that the rules for edges look at
_LINES_ONLY = ("caption", "navigation", "masthead")  # kinds that a sentence inside a paragraph cannot be
LONG = 20_000  # characters: a longer line is taken as it is, since no line of an article is
_CLIP = re.compile(r"\d{1,2}:\d\d [A-Z\"“‘'][^\n]{5,160}")  # how long a film is, and its title
_LETTERS = re.compile(r"[^\W\d_]")


def furniture(text: str) -> list[Furniture]:
    """The furniture of one text, by rules over its lines and sentences, in order and never overlapping."""
    lines = paragraphs(text)
    found: list[Furniture] = []
    capitals = _capital_lines(text, lines) | _playlist(text, lines)
    for number, line in enumerate(lines):
        first, last = number < EDGE, number >= len(lines) - EDGE
        rule = matching(line.of(text), at_edge=first or last)
        if rule:
            found.append(Furniture(line, rule.kind, rule.why))
        elif number in capitals:
            found.append(capitals[number])
        elif line.end - line.start <= LONG:
            found += frames(text, line) or _within(text, line, last=last)
    return _with_captions(text, lines, _told_in_captions(text, lines, found))


def _told_in_captions(text: str, lines: Sequence[Span], found: list[Furniture]) -> list[Furniture]:
    """The furniture, but for captions that tell more than all the rest of the report does: those are its evidence."""
    captions = [f for f in found if f.why == WHOLE]
    told = sum(f.span.end - f.span.start for f in captions)
    rest = sum(s.end - s.start for s in lines) - sum(f.span.end - f.span.start for f in found)
    if told <= rest or len(captions) < _GALLERY:
        return found
    kept = {f.span for f in captions}
    others = [f for f in found if f.span not in kept]
    return sorted(
        [*others, *(f for span in kept for f in frames(text, span, whole=False))],
        key=lambda f: (f.span.start, f.span.end),
    )


def _within(text: str, line: Span, *, last: bool) -> list[Furniture]:
    """Furniture sentences inside a line that is otherwise the article's."""
    parts = sentences(text, line)
    found = []
    for n, part in enumerate(parts if len(parts) > 1 else []):
        rule = matching(part.of(text), at_edge=last and n == len(parts) - 1)
        if rule and rule.kind not in _LINES_ONLY:
            found.append(Furniture(part, rule.kind, rule.why))
    return found


def _capital_lines(text: str, lines: Sequence[Span]) -> dict[int, Furniture]:
    """Lines in capitals between running paragraphs: headlines of other stories, or invitations."""
    shouting = [n for n, line in enumerate(lines) if _in_capitals(line.of(text))]
    if len(shouting) > max(3, len(lines) // 3):
        return {}  # a text that shouts throughout: capitals tell nothing
    why = "a line in capitals between the paragraphs, as headlines of other stories are set"
    return {
        n: Furniture(lines[n], "related", why)
        for n in shouting
        if n > 0 and lines[n].of(text).count(" ") >= 3
    }


def _playlist(text: str, lines: Sequence[Span]) -> dict[int, Furniture]:
    """The list of a page's films, each with its length; only where a player's "Pause" was left in it, since an article may have a list of hours."""
    why = "one of a list of films, each with its length"
    found: dict[int, Furniture] = {}
    run: list[int] = []
    for number, line in enumerate([*lines, None]):
        if line is not None and line.end - line.start < 180 and _CLIP.fullmatch(line.of(text)):
            run.append(number)
            continue
        if len(run) > 1 and any(lines[n].of(text).endswith(" Pause") for n in run):
            found |= {n: Furniture(lines[n], "related", why) for n in run}
        run = []
    return found


def _in_capitals(said: str) -> bool:
    if len(said) > 200 or said.endswith((".", "”", '"')):
        return False
    letters = _LETTERS.findall(said)
    return len(letters) >= 8 and sum(c.isupper() for c in letters) >= 0.9 * len(letters)


def _with_captions(text: str, lines: Sequence[Span], found: list[Furniture]) -> list[Furniture]:
    """A short unpunctuated line right before a bare picture credit is that picture's caption."""
    by_start = {f.span.start: f for f in found}
    extra = []
    for before, line in itertools.pairwise(lines):
        credit = by_start.get(line.start)
        if credit is None or before.start in by_start or not _credits_picture(credit, text):
            continue
        said = before.of(text)
        if (
            said.count(" ") < 12
            and said[-1] not in '.!?:"”'
            and text[before.end : line.start].count("\n") == 1
        ):
            extra.append(Furniture(before, "caption", "a short line right before a picture credit"))
    return sorted([*found, *extra], key=lambda f: (f.span.start, f.span.end))


def _credits_picture(f: Furniture, text: str) -> bool:
    said = f.span.of(text)
    return f.kind == "credit" or (
        f.kind == "legal" and said.startswith("©") and "reserved" not in said.lower() and len(said) < 60
    )
