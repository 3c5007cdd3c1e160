"""Statements, mentions, times, places and quantities of a report, each with its offsets."""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from functools import partial

from twosource.annotate.mentions import mentions
from twosource.annotate.parse import Parsed, parse
from twosource.annotate.places import places
from twosource.annotate.quantities import quantities
from twosource.annotate.statements import statements
from twosource.annotate.times import times
from twosource.model import Annotation, Article
from twosource.settings import Settings

__all__ = ["annotate"]

FEW = 40  # articles below which starting processes costs more than it gains
_SHARE = 8  # articles handed to a process at a time


def annotate(articles: Iterable[Article], settings: Settings) -> Iterator[Annotation]:
    """Annotate each article's own words, in the order given; loads the language model on the first."""
    known = list(articles)
    if settings.annotators > 1 and len(known) >= FEW:
        yield from _in_processes(known, settings)
    else:
        yield from _annotations(known, settings.model)


def _in_processes(articles: list[Article], settings: Settings) -> Iterator[Annotation]:
    shares = [articles[n : n + _SHARE] for n in range(0, len(articles), _SHARE)]
    # Forking a process that may hold threads (the model's) can hang: each worker starts afresh.
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(settings.annotators, mp_context=context) as pool:
        for done in pool.map(partial(_share, settings.model), shares):
            yield from done


def _share(model: str, articles: list[Article]) -> list[Annotation]:
    return list(_annotations(articles, model))


def _annotations(articles: Iterable[Article], model: str) -> Iterator[Annotation]:
    for parsed in parse(articles, model):
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
