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
    """Annotate each article's own words, in the order given; loads the language model on the first.

    With more than one process the work begins at the call, so that the caller can do something else meanwhile.
    """
    known = list(articles)
    if settings.annotators == 1 or not known:
        return _annotations(known, settings.model)
    many = len(known) >= FEW
    share = _SHARE if many else 2
    shares = [known[n : n + share] for n in range(0, len(known), share)]
    # Forking a process that may hold threads (the model's) can hang: each worker starts afresh.
    context = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(settings.annotators if many else 1, mp_context=context)
    return _gathered(pool, pool.map(partial(_share, settings.model), shares))


def _gathered(pool: ProcessPoolExecutor, found: Iterable[list[Annotation]]) -> Iterator[Annotation]:
    with pool:
        for done in found:
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
