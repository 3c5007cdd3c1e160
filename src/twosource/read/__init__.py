"""Anything a user has, to reports: what cannot be used is refused with a reason, and the rest goes on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from twosource.model import Refusal, Report
from twosource.read.identity import Register
from twosource.read.parallel import Pages
from twosource.read.reading import Found, admitted, reports_of
from twosource.read.resume import left_to_read
from twosource.read.sources import items
from twosource.settings import Settings

if TYPE_CHECKING:
    from twosource.read.address import Fetcher

__all__ = ["keep", "left_to_read", "read", "verify"]


def read(inputs: Iterable[str], settings: Settings) -> Iterator[Report | Refusal]:
    """Every report in the inputs, and a refusal for each input that cannot be used; nothing is raised or dropped.

    Inputs are paths, folders, `-` for standard input and http(s) addresses. They are read in sorted order, whatever
    the order given, one at a time.
    """
    register = Register()
    with Pages(settings) as pages:
        for found in pages.ordered(_all(inputs, settings, pages)):
            yield admitted(found, register, settings)


def keep(
    inputs: Iterable[str], folder: Path, settings: Settings, *, version: str, fetcher: Fetcher | None = None
) -> Iterator[Report | Refusal]:
    """Read as `read` does, and store each original in the folder before anything is made of it.

    A page that was fetched is stored as its body and as a WARC file with the server's answer.
    Raises UsageError when the folder cannot be written.
    """
    from twosource.read.custody import keep as run

    return run(inputs, folder, settings, version=version, fetcher=fetcher)


def verify(folder: Path) -> list[str]:
    """Everything in a folder of kept originals that no longer is as it was kept, a line each; empty when all is well.

    Raises UsageError when nothing was ever kept there.
    """
    from twosource.read.custody import verify as run

    return run(folder)


def _all(inputs: Iterable[str], settings: Settings, pages: Pages) -> Iterator[tuple[str, Found]]:
    for source in items(inputs, settings):
        if isinstance(source, Refusal):
            yield source.input, source
        else:
            yield from reports_of(source, settings, pages)
