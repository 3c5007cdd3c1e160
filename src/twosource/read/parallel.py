"""Pages read by several processes, and still given in order."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future
from types import TracebackType
from typing import TYPE_CHECKING

from twosource.errors import ReportRefused
from twosource.model import Refusal, Report
from twosource.read.items import Item
from twosource.settings import Settings

if TYPE_CHECKING:
    from concurrent.futures import ProcessPoolExecutor

Answer = Report | Refusal
WAITING = 8  # pages a process that may be under way: enough to keep it busy, few enough to hold in memory


class Pages:
    """Processes that read pages; with one process pages are read on the spot."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._pool: ProcessPoolExecutor | None = None

    def __enter__(self) -> Pages:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)

    def begin(self, item: Item) -> Answer | Future[Answer]:
        """Start on a page."""
        data = item.whole(self._settings.max_bytes)
        given = (data, item.name, item.url, item.encoding, item.seen)
        if self._settings.processes == 1:
            return page(*given)
        if self._pool is None:
            self._pool = self._new()
        try:
            return self._pool.submit(page, *given)
        except RuntimeError:  # a process of the pool died: a new one for what follows
            self._pool = self._new()
            return self._pool.submit(page, *given)

    def _new(self) -> ProcessPoolExecutor:
        from twosource.processes import pool_of

        return pool_of(self._settings.processes, afresh=False)

    def ordered(self, found: Iterable[tuple[str, Answer | Future[Answer]]]) -> Iterator[Answer]:
        """The answers in the order in which their inputs came."""
        waiting: deque[tuple[str, Answer | Future[Answer]]] = deque()
        for pair in found:
            waiting.append(pair)
            while waiting and (
                len(waiting) > WAITING * self._settings.processes or not isinstance(waiting[0][1], Future)
            ):
                yield _answer(*waiting.popleft())
        while waiting:
            yield _answer(*waiting.popleft())


def page(data: bytes, name: str, url: str | None, encoding: str | None, seen: str | None) -> Answer:
    """The report of a page, or why there is none: never an exception, since a page can make a parser raise anything."""
    from twosource.read.page import report_of_page

    try:
        return report_of_page(data, name, url=url, encoding=encoding, seen=seen)
    except ReportRefused as e:
        return Refusal(e.input, e.reason)
    except Exception as e:
        return Refusal(
            name, f"cannot be read as a web page ({type(e).__name__}: {str(e)[:200]}): check that it is whole"
        )


def _answer(name: str, found: Answer | Future[Answer]) -> Answer:
    if not isinstance(found, Future):
        return found
    try:
        return found.result()
    except Exception as e:  # the process itself died
        return Refusal(name, f"the process that read it died ({type(e).__name__}): give this page on its own")
