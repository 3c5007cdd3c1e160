"""Anything a user has, to reports: what cannot be used is refused with a reason, and the rest goes on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from twosource.model import Refusal, Report
from twosource.read.custody import keep, verify
from twosource.read.identity import Register
from twosource.read.parallel import Pages
from twosource.read.reading import Found, admitted, reports_of
from twosource.read.resume import left_to_read
from twosource.read.sources import items
from twosource.settings import Settings

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


def _all(inputs: Iterable[str], settings: Settings, pages: Pages) -> Iterator[tuple[str, Found]]:
    for source in items(inputs, settings):
        if isinstance(source, Refusal):
            yield source.input, source
        else:
            yield from reports_of(source, settings, pages)
