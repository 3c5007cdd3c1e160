"""Words and their offsets."""

from __future__ import annotations

import re
import unicodedata

from twosource.model import Span

_WORD = re.compile(r"\w+(?:['’]\w+)*")


def words(text: str, within: Span | None = None) -> list[Span]:
    """The words of the text (or of one stretch of it), in order; an apostrophe inside a word belongs to it."""
    start, end = (within.start, within.end) if within else (0, len(text))
    return [Span(*m.span()) for m in _WORD.finditer(text, start, end)]


def surfaces(text: str) -> list[str]:
    """The same words as strings, several times as fast, for those who don't need to know where they stand."""
    return _WORD.findall(text)


def offsets(text: str) -> list[tuple[int, int]]:
    """Where the words stand, as pairs of numbers, for those who need many."""
    return [m.span() for m in _WORD.finditer(text)]


def normal(word: str) -> str:
    """A word as it is compared: case folded, without accents, with one kind of apostrophe."""
    folded = word.casefold()
    if folded.isascii():
        return folded  # nothing to take apart, and most words are
    folded = unicodedata.normalize("NFKD", folded.replace("’", "'"))
    return "".join(c for c in folded if not unicodedata.combining(c))
