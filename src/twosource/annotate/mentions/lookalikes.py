"""What the recogniser takes for a name and that names nobody: days, web addresses, buttons, headlines cut at a verb."""

from __future__ import annotations

import re
from collections.abc import Sequence

from twosource.annotate.mentions.lexicon import bare
from twosource.annotate.mentions.name import Name, written
from twosource.annotate.outlets import is_outlet_name
from twosource.model import Sentence

# Last words of the names of days and feasts, and of stretches of the calendar.
_DAYS = frozenset("day eve weekend holiday holidays season semester".split())
# First words of what a page has round its text.
_BUTTONS = frozenset(
    "buy photo photos image images video videos gallery caption related content advertisement share print email subscribe".split()
)
# Sorts of places, which no person is called.
_SORTS = frozenset("supermax downtown uptown midtown".split())
_ADDRESS = re.compile(r"[@#]\w|https?:|www\.|pic\.twitter|\w\.(?:com|org|net|co|tv|ly)/", re.IGNORECASE)


def without_lookalikes(found: Sequence[Name], sentences: Sequence[Sentence]) -> list[Name]:
    """The names without what names nobody; one that an outlet's longer name ends in is the outlet's."""
    outlets = {
        w
        for n in found
        if is_outlet_name(w := written(n, sentences), after_the=False) and n.last - n.first > 1
    }
    out = []
    for n in found:
        words = written(n, sentences)
        if _names_nobody(n, words, sentences):
            continue
        cut = n.kind == "person" and " " in words and any(o.endswith(f" {words}") for o in outlets)
        out.append(Name(n.sentence, n.first, n.last, "organisation", n.sure) if cut else n)
    return out


def _names_nobody(n: Name, words: str, sentences: Sequence[Sentence]) -> bool:
    row = [bare(t.text) for t in sentences[n.sentence].tokens[n.first : n.last]]
    if _ADDRESS.search(words):
        return True
    if len(row) > 1 and row[-1] in _DAYS:
        return True
    if n.kind == "place":
        return False
    return (len(row) > 1 and row[0] in _BUTTONS and not n.sure) or (len(row) == 1 and row[0] in _SORTS)
