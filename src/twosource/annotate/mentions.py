"""Who and what a report names."""

from __future__ import annotations

from twosource.annotate.parse import Parsed
from twosource.model import Mention, MentionKind

_KINDS: dict[str, MentionKind] = {"PERSON": "person", "ORG": "organisation", "GPE": "place", "LOC": "place", "NORP": "group"}


def mentions(parsed: Parsed) -> tuple[Mention, ...]:
    """The names that the pipeline's entity recogniser finds."""
    text = parsed.article.text
    return tuple(
        Mention(e.span, _KINDS[e.label], e.span.of(text), chain=n)
        for n, e in enumerate(parsed.entities)
        if e.label in _KINDS
    )
