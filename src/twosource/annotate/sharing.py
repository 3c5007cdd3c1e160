"""What a copy of a text takes over from the text's first report: all that doesn't hang on whose report it is.

Rules read a report's text and, here and there, its outlet, its day, its address and its title. Where these are the same, or can be
seen to make no difference, the outcome is the same and is not worked out again; where that can't be seen, it is.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from twosource.annotate.mentions import signed, unsigned
from twosource.annotate.parse import Parsed
from twosource.annotate.places import places
from twosource.annotate.places.home import home_of
from twosource.annotate.quantities import quantities
from twosource.annotate.statements import is_opinion, statements
from twosource.annotate.times import times
from twosource.model import Annotation, Mention, Span, Statement
from twosource.text import make_id

__all__ = ["Copies"]

_OURSELVES = re.compile(r"\b(?:me|us)\b", re.IGNORECASE)  # "she told us": told to the outlet, if it is known
AT_HAND = 200  # texts whose outcome is kept: copies are brought to one another before


@dataclass(frozen=True, slots=True)
class _First:
    """The first report of a text, and what was found in it; `bare` are its mentions before its outlet is asked for."""

    parsed: Parsed
    bare: tuple[Mention, ...]
    made: Annotation
    home: tuple[object, ...]
    opinion: bool
    movable: bool  # whether its statements' ids, and what holds what, follow from their content alone


class Copies:
    """Annotates reports one after the other, and remembers the last texts."""

    def __init__(self) -> None:
        self._first: dict[tuple[str, tuple[Span, ...]], _First] = {}

    def annotation(self, parsed: Parsed) -> Annotation:
        """What the rules find in a report."""
        article = parsed.article
        key = article.text, tuple(f.span for f in article.boilerplate)
        first = self._first.get(key)
        if first is None:
            if len(self._first) >= AT_HAND:
                del self._first[next(iter(self._first))]
            first = self._first[key] = _first(parsed)
            return first.made
        return _copied(first, parsed)


def _first(parsed: Parsed) -> _First:
    bare = unsigned(parsed)
    named = signed(bare, parsed.article.outlet)
    said = statements(parsed, named)
    made = Annotation(
        report=parsed.article.id,
        language=parsed.article.report.language or "en",
        sentences=parsed.sentences,
        statements=said,
        mentions=named,
        times=times(parsed, named),
        places=places(parsed, named),
        quantities=quantities(parsed),
    )
    home = tuple(home_of(parsed.article))
    return _First(parsed, bare, made, home, is_opinion(parsed), _movable(said))


def _copied(first: _First, parsed: Parsed) -> Annotation:
    old, article, made = first.parsed.article, parsed.article, first.made
    named = signed(first.bare, article.outlet)
    alike = named == made.mentions
    return replace(
        made,
        report=article.id,
        language=article.report.language or "en",
        statements=_moved(first, parsed) if alike and _unasked(first, parsed) else statements(parsed, named),
        mentions=made.mentions if alike else named,
        times=made.times if alike and old.published == article.published else times(parsed, named),
        places=made.places if alike and first.home == tuple(home_of(article)) else places(parsed, named),
    )


def _unasked(first: _First, parsed: Parsed) -> bool:
    """Whether neither outlet can have made a difference to who says what: the text has neither name, and nobody tells it to either."""
    ours, theirs = first.parsed.article.outlet, parsed.article.outlet
    if not first.movable or first.opinion != is_opinion(parsed):
        return False
    if ours == theirs:
        return True
    if not (ours and theirs) and _OURSELVES.search(parsed.article.text):
        return False
    names = {n for s in first.made.statements for n in (s.who, s.told, s.via)}
    text = " ".join(parsed.article.text.split()).casefold()
    return all(o not in names and " ".join(o.split()).casefold() not in text for o in (ours, theirs) if o)


def _movable(found: Sequence[Statement]) -> bool:
    said = [s for s in found if s.mode != "narration"]
    by_id = {s.id: s for s in said}
    return all(s.id == _id(s, s.report) for s in found) and not any(
        s.within is not None and _tied(s, by_id[s.within], said) for s in said
    )


def _tied(s: Statement, holder: Statement, said: Sequence[Statement]) -> bool:
    """Whether another statement might hold it just as well: which of the two does is decided by their ids."""
    at, size = s.cue[0], _size(holder)
    return any(
        o.id not in (s.id, holder.id) and _size(o) == size and any(c.holds(at) for c in o.content)
        for o in said
    )


def _size(s: Statement) -> int:
    return sum(c.end - c.start for c in s.content)


def _moved(first: _First, parsed: Parsed) -> tuple[Statement, ...]:
    """The statements as the copy's own, in the order that its ids give."""
    report = parsed.article.id
    name = {s.id: _id(s, report) for s in first.made.statements}
    found = [
        replace(s, id=name[s.id], report=report, within=name[s.within] if s.within else None)
        for s in first.made.statements
    ]
    return tuple(sorted(found, key=lambda s: (s.content[0], -s.cue[0].start if s.cue else 0, s.id)))


def _id(s: Statement, report: str) -> str:
    if s.mode == "narration":
        return make_id("s", report, s.content, "narration")
    return make_id("s", report, s.content, s.cue, s.who)
