"""Stretches of a report that are on the page but not of the article, by what they say and where they stand."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from twosource.clean.captions import WHOLE, frames
from twosource.clean.rules import LONGEST, inside_rules, matching
from twosource.model import Furniture, Span
from twosource.text import paragraphs, sentences

_GALLERY = 2  # captions with credits that make a report of pictures
EDGE = 4  # lines at the head and the foot of a report that the rules for edges look at
_LINES_ONLY = ("caption", "navigation", "masthead")  # kinds that a sentence inside a paragraph cannot be
LONG = 20_000  # characters: a longer line is taken as it is, since no line of an article is
_CLIP = re.compile(r"(?P<length>\d{1,2}:\d\d) [A-Z0-9\"“‘'][^\n]{5,160}")  # how long a film is, and its title
_CLOSING = 3  # sentences at the end of a report's last lines that may name its writers
_PLAYER = re.compile(r"CLOSE (?:Skip in )?Skip(?: x)? (?:Embed )?(?:x )?Share\s+")
_FRAME = re.compile(r"(?:image|photo|slide|picture) \d{1,3} (?:of|/) ?/? ?\d{1,3}\b", re.I)
_LONG_GALLERY, _ARTICLE = 10, 2000  # captions; characters beside them
_CUT = re.compile(r"(?:\.\.\.|…)$")
_STOPPED = re.compile(r"[.!?…:;][\"”’')]*$")
_LINKS, _IN_HEAD = 3, 14  # lines in a row that are headlines of other stories, among the first lines
_LINK_WORDS = range(6, 31)
_STRANGE = (
    1 / 3
)  # of a headline's long words, that the report's sentences may hold for it to be another story's
_LONG_WORD = re.compile(r"\w{5,}")
_LETTERS = re.compile(r"[^\W\d_]")


def furniture(text: str) -> list[Furniture]:
    """The furniture of one text, by rules over its lines and sentences, in order and never overlapping."""
    lines = paragraphs(text)
    found: list[Furniture] = []
    capitals = (
        _cut_captions(text, lines)
        | _links(text, lines)
        | _capital_lines(text, lines)
        | _playlist(text, lines)
    )
    gallery = _gallery(text, lines, capitals)
    for number, line in enumerate(lines):
        first, last = number < EDGE, number >= len(lines) - EDGE
        rule = matching(line.of(text), at_edge=first or last)
        if rule:
            found.append(Furniture(line, rule.kind, rule.why))
        elif number in capitals or number in gallery:
            found.append(capitals.get(number) or gallery[number])
        elif line.end - line.start <= LONG:
            inside = frames(text, line) or _within(text, line, last=last)
            found += _with_stretches(line.of(text), line.start, inside)
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
    head = _PLAYER.match(text, line.start, line.end)
    if head:
        found.append(Furniture(Span(line.start, head.end()), "navigation", "the buttons of a film player"))
    for n, part in enumerate(parts if len(parts) > 1 else []):
        rule = matching(part.of(text), at_edge=last and n >= len(parts) - _CLOSING)
        if rule and rule.kind not in _LINES_ONLY and not (head and part.start < head.end()):
            found.append(Furniture(part, rule.kind, rule.why))
    return found


def _with_stretches(said: str, at: int, found: list[Furniture]) -> list[Furniture]:
    """The furniture of a line with the stretches that only a switch, a stamp or a label takes up."""
    for rule in inside_rules():
        for m in rule.pattern.finditer(said):
            span = Span(at + m.start(), at + m.end())
            if m.group().strip() and not any(span.overlaps(f.span) for f in found):
                found = [*found, Furniture(span, rule.kind, rule.why)]
    return sorted(found, key=lambda f: (f.span.start, f.span.end))


def _cut_captions(text: str, lines: Sequence[Span]) -> dict[int, Furniture]:
    """Lines that end in an ellipsis and begin like the line before: a gallery prints a caption and its beginning."""
    why = "repeats the beginning of the caption before it"
    return {
        n: Furniture(line, "caption", why)
        for n, (before, line) in enumerate(itertools.pairwise(lines), 1)
        if line.end - line.start < 200
        and _CUT.search(said := line.of(text))
        and said.rstrip(".… ") in before.of(text)
    }


def _gallery(text: str, lines: Sequence[Span], known: dict[int, Furniture]) -> dict[int, Furniture]:
    """The captions of a long gallery beside an article; a few, or a report that is little else, are the article's own."""
    framed = {n: line for n, line in enumerate(lines) if _FRAME.match(text, line.start, line.end)}
    rest = sum(line.end - line.start for n, line in enumerate(lines) if n not in framed and n not in known)
    if len(framed) < _LONG_GALLERY or rest < _ARTICLE:
        return {}
    return {n: Furniture(line, "caption", "a caption of a long gallery") for n, line in framed.items()}


def _links(text: str, lines: Sequence[Span]) -> dict[int, Furniture]:
    """Headlines in a row above an article that speak of other things; and those that follow "Related articles"."""
    found: dict[int, Furniture] = {}
    why = "one of several headlines in a row that speak of other things than the article"
    head = lines[:_IN_HEAD]
    own = {
        w.casefold()
        for x in lines
        if _STOPPED.search(x.of(text)[-3:])
        for w in _LONG_WORD.findall(x.of(text)[:LONGEST])
    }
    run: list[int] = []
    for n, line in enumerate([*head, None]):
        if line is not None and _is_headline(line.of(text)) and _strange(line.of(text), own):
            run.append(n)
            continue
        if len(run) >= _LINKS:
            found |= {k: Furniture(lines[k], "related", why) for k in run}
        run = []
    after = False
    for n, line in enumerate(lines):
        said = line.of(text)[:LONGEST]
        rule = matching(said, at_edge=False)
        if after and _is_headline(said):
            found[n] = Furniture(line, "related", "a headline that follows a pointer to other stories")
            continue
        after = rule is not None and rule.kind == "related" and said.lower().startswith("related ")
    return found


def _is_headline(said: str) -> bool:
    """Whether a line is no sentence but reads like a headline: a few words, the first of them large, no stop."""
    return (
        len(said) < 240
        and said.count(" ") + 1 in _LINK_WORDS
        and said[:1].isupper()
        and not _STOPPED.search(said)
    )


def _strange(said: str, own: set[str]) -> bool:
    words = {w.casefold() for w in _LONG_WORD.findall(said)}
    return bool(words) and len(words & own) <= _STRANGE * len(words)


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
    """The list of a page's films, each with its length: a player's "Pause" was left in it, or it is no list of hours."""
    why = "one of a list of films, each with its length"
    found: dict[int, Furniture] = {}
    run: list[int] = []
    for number, line in enumerate([*lines, None]):
        if line is not None and line.end - line.start < 180 and _CLIP.fullmatch(line.of(text)):
            run.append(number)
            continue
        said = [lines[n].of(text) for n in run]
        if len(run) > 1 and (any(x.endswith(" Pause") for x in said) or _out_of_order(said)):
            found |= {n: Furniture(lines[n], "related", why) for n in run}
        run = []
    return found


def _out_of_order(said: Sequence[str]) -> bool:
    """Whether four titles or more, no sentences, have times that neither rise nor fall, as hours of a day would."""
    lengths = [tuple(map(int, m["length"].split(":"))) for x in said if (m := _CLIP.match(x))]
    return (
        len(said) > 3
        and lengths not in (sorted(lengths), sorted(lengths, reverse=True))
        and not any(x.endswith(".") for x in said)
    )


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
