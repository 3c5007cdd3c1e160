"""Places that a text names, with coordinates, a radius as precision, and the reason for the choice."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from twosource.annotate.parse import Parsed
from twosource.annotate.places.choosing import choose
from twosource.annotate.places.finding import find_names
from twosource.annotate.places.gazetteer import Entry
from twosource.annotate.places.home import home_of
from twosource.annotate.places.relative import relate
from twosource.model import Mention, Place, Span

__all__ = ["find_places", "places"]


def places(parsed: Parsed, mentions: tuple[Mention, ...]) -> tuple[Place, ...]:
    """The places that the article's own sentences name, in order; one that can't be resolved has no coordinates."""
    people = [(m.span, "PERSON") for m in mentions if m.kind == "person" and m.form == "name"]
    entities = [(e.span, e.label) for e in parsed.entities]
    return find_places(
        parsed.article.text,
        [s.span for s in parsed.sentences],
        entities or people,
        home=home_of(parsed.article),
    )


def find_places(
    text: str, spans: Iterable[Span], entities: Sequence[tuple[Span, str]] = (), *, home: Sequence[Entry] = ()
) -> tuple[Place, ...]:
    """The places in these stretches (sentences); entities are the recogniser's, with OntoNotes labels, where it ran."""
    sentences = sorted(spans)
    return tuple(relate(text, sentences, choose(find_names(text, sentences, entities), home)))
