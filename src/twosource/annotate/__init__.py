"""Statements, mentions, times, places and quantities of a report, each with its offsets."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from twosource.annotate.passages import Memory
from twosource.model import Annotation, Article
from twosource.settings import Settings

__all__ = ["Memory", "annotate"]


def annotate(
    articles: Iterable[Article], settings: Settings, memory: Memory | None = None
) -> Iterator[Annotation]:
    """Annotate each article's own words, in the order given; rules and the language model load on the first.

    What was parsed before is taken from `memory`, where there is one; the annotations are the same.
    """
    from twosource.annotate.annotating import annotate as run

    return run(articles, settings, memory)
