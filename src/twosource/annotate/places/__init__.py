"""Places that a text names, with coordinates, a radius as precision, and the reason for the choice."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from twosource.annotate.parse import Parsed
from twosource.annotate.places.choosing import choose
from twosource.annotate.places.finding import find_names
from twosource.annotate.places.gazetteer import Entry
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
        home=_home(parsed),
    )


def _home(parsed: Parsed) -> tuple[Entry, ...]:
    """Where the report comes from: its dateline, and the place in its outlet's name ("Dayton Daily News")."""
    dateline, outlet = parsed.article.masthead.dateline, parsed.article.outlet
    found: list[Entry] = []
    for said in (f"in {dateline.value}" if dateline else "", outlet or ""):
        names = find_names(said, [Span(0, len(said))]) if said else []
        found += [c.entry for c in choose(names) if c.entry is not None]
    return tuple(found)


def find_places(
    text: str, spans: Iterable[Span], entities: Sequence[tuple[Span, str]] = (), *, home: Sequence[Entry] = ()
) -> tuple[Place, ...]:
    """The places in these stretches (sentences); entities are the recogniser's, with OntoNotes labels, where it ran."""
    sentences = sorted(spans)
    return tuple(relate(text, sentences, choose(find_names(text, sentences, entities), home)))
