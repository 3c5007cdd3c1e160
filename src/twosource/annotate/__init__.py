"""Statements, mentions, times, places and quantities of a report, each with its offsets."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from twosource.annotate.mentions import mentions
from twosource.annotate.parse import Parsed, parse
from twosource.annotate.places import places
from twosource.annotate.quantities import quantities
from twosource.annotate.statements import statements
from twosource.annotate.times import times
from twosource.model import Annotation, Article
from twosource.settings import Settings

__all__ = ["annotate"]


def annotate(articles: Iterable[Article], settings: Settings) -> Iterator[Annotation]:
    """Annotate each article's own words, in the order given; loads the language model on the first."""
    for parsed in parse(articles, settings.model):
        yield _annotation(parsed)


def _annotation(parsed: Parsed) -> Annotation:
    named = mentions(parsed)
    return Annotation(
        report=parsed.article.id,
        language=parsed.article.report.language or "en",
        sentences=parsed.sentences,
        statements=statements(parsed, named),
        mentions=named,
        times=times(parsed),
        places=places(parsed, named),
        quantities=quantities(parsed),
    )
