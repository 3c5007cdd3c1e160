"""Statements, mentions, times, places and quantities of a report, each with its offsets."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor

from twosource.annotate.parse import keys_in, parse
from twosource.annotate.passages import Held, Memory
from twosource.annotate.sharing import Copies
from twosource.model import Annotation, Article
from twosource.processes import pool_of
from twosource.settings import Settings

__all__ = ["annotate"]

FEW = 40  # articles below which starting processes costs more than it gains
_SHARES = (
    6  # for each process: enough that none waits long for the last, few enough that copies stay together
)


def annotate(
    articles: Iterable[Article], settings: Settings, memory: Memory | None = None
) -> Iterator[Annotation]:
    """Annotate each article's own words, in the order given; loads the language model on the first.

    With more than one process the work begins at the call, so that the caller can do something else meanwhile.
    Paragraphs that `memory` has are not parsed again, those that it hasn't are put there; what comes out is the same.
    """
    known = list(articles)
    if settings.annotators == 1 or not known:
        return _annotations(known, settings.model, memory)
    workers = settings.annotators if len(known) >= FEW else 1
    pool = pool_of(workers)
    rows = shares(known, workers)
    work = []
    for row in rows:
        share = [known[n] for n in row]
        held = _remembered(share, settings.model, memory)
        work.append(pool.submit(annotate_share, settings.model, share, held))
    return _gathered(pool, rows, work, memory)


def _remembered(articles: Iterable[Article], model: str, memory: Memory | None) -> Mapping[str, bytes] | None:
    """What a memory has of these articles, for a process that cannot ask it."""
    if memory is None:
        return None
    return memory.get(list(dict.fromkeys(k for a in articles for k in keys_in(a, model))))


def shares(articles: Sequence[Article], workers: int) -> list[list[int]]:
    """The articles' numbers in shares of about equal length, those of the longest articles first.

    So no worker is left with a long share at the end; copies, being of one length, mostly meet in one share and are
    parsed once.
    """
    longest = sorted(range(len(articles)), key=lambda n: (-len(articles[n].text), n))
    enough = sum(len(a.text) for a in articles) / (workers * _SHARES)
    found: list[list[int]] = []
    size = enough
    for n in longest:
        if size >= enough:
            found.append([])
            size = 0
        found[-1].append(n)
        size += len(articles[n].text)
    return found


def annotate_share(
    model: str, articles: list[Article], known: Mapping[str, bytes] | None = None
) -> tuple[list[Annotation], dict[str, bytes]]:
    """What one worker does with a share: the annotations and, where there is a memory, what is new to it."""
    held = Held(known) if known is not None else None
    made = list(_annotations(articles, model, held))
    return made, held.made if held is not None else {}


_Share = tuple[list[Annotation], dict[str, bytes]]


def _gathered(
    pool: ProcessPoolExecutor,
    rows: Sequence[Sequence[int]],
    work: Sequence[Future[_Share]],
    memory: Memory | None,
) -> Iterator[Annotation]:
    where = {n: (k, at) for k, row in enumerate(rows) for at, n in enumerate(row)}
    told: set[int] = set()
    with pool:
        for n in range(len(where)):
            k, at = where[n]
            made, fresh = work[k].result()
            if memory is not None and k not in told:
                told.add(k)
                memory.put(fresh)
            yield made[at]


def _annotations(
    articles: Iterable[Article], model: str, memory: Memory | None = None
) -> Iterator[Annotation]:
    """The annotations; an article in another language than the model's is not analysed, rather than misread."""
    known = list(articles)
    read = parse([a for a in known if reads(model, a.report.language)], model, memory)
    copies = Copies()
    for article in known:
        if reads(model, article.report.language):
            yield copies.annotation(next(read))
        else:
            yield Annotation(report=article.id, language=article.report.language or "", analysed=False)


def reads(model: str, language: str | None) -> bool:
    """Whether the model is for that language, as the start of a spaCy pipeline's name says; for any where it says none."""
    code, _, rest = model.partition("_")
    return not language or not rest or len(code) not in (2, 3) or code in (language, "xx")
