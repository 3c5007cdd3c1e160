"""A name in a sentence, as token numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from twosource.model import MentionKind, Sentence


@dataclass(frozen=True, slots=True)
class Name:
    """A name in one sentence, as token numbers [first, last); `sure` where more than one clue gives the kind."""

    sentence: int
    first: int
    last: int
    kind: MentionKind
    sure: bool = False


def written(name: Name, sentences: Sequence[Sentence]) -> str:
    """The name as a reader would quote it: its words with single spaces, no full stop of the sentence."""
    tokens = sentences[name.sentence].tokens[name.first : name.last]
    parts = []
    for n, t in enumerate(tokens):
        if n and t.span.start > tokens[n - 1].span.end:
            parts.append(" ")
        parts.append(t.text)
    return "".join(parts).strip()
