"""Annotations of a case's reports: what was annotated before is taken as it was, and of the rest no paragraph is parsed twice."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from twosource.annotate.annotating import FEW
from twosource.annotate.parse import keys_in
from twosource.annotate.passages import Held, analyser
from twosource.model import Annotation, Article
from twosource.pipeline import Progress, annotations_of, silent
from twosource.settings import Settings
from twosource.store import Store, derived, evidence, passages
from twosource.store.records import rows_of
from twosource.text import digest
from twosource.version import __version__

AT_ONCE = 200  # reports whose annotations become durable in one step


def annotated(store: Store, articles: Sequence[Article], settings: Settings) -> list[Annotation]:
    """The annotations of these articles; those that were made before are not made again."""
    keys = [_key(a, settings.model) for a in articles]
    with store.reads() as c:
        have = derived.annotations_for(c, keys)
    lacking = {k: a for k, a in zip(keys, articles, strict=True) if k not in have}
    if lacking:
        have |= dict(zip(lacking, _made(store, lacking, settings, silent), strict=True))
    return [have[k] for k in keys]


def prepare(
    store: Store, groups: Iterable[Sequence[Article]], settings: Settings, progress: Progress = silent
) -> None:
    """Annotate in one go, with all processes, what the incidents that are to be weighed lack."""
    wanted = {_key(a, settings.model): a for articles in groups for a in articles}
    with store.reads() as c:
        have = derived.annotated(c, list(wanted))
    lacking = [(k, a) for k, a in wanted.items() if k not in have]
    for at in range(0, len(lacking), AT_ONCE):
        _made(store, dict(lacking[at : at + AT_ONCE]), settings, progress)


def _key(article: Article, model: str) -> str:
    return digest(__version__, analyser(model), rows_of(article))


def _made(
    store: Store, lacking: dict[str, Article], settings: Settings, progress: Progress
) -> list[Annotation]:
    articles = list(lacking.values())
    of = {a.id: keys_in(a, settings.model) for a in articles}
    with store.reads() as c:
        memory = Held(passages.get(c, [k for keys in of.values() for k in keys]))
    if len(articles) < FEW:  # starting processes would cost more than it gains
        settings = replace(settings, annotators=1)
    made = annotations_of(articles, settings, progress, memory)
    with store.writes() as c:
        number = evidence.numbers_of(c, sorted(of))
        derived.keep_annotations(c, {k: m for k, m in zip(lacking, made, strict=True) if m.report in number})
        passages.put(c, memory.made, {number[i]: keys for i, keys in of.items() if i in number})
    return made
