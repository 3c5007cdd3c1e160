"""Anything a user has, to reports: what cannot be used is refused with a reason, and the rest goes on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from twosource.model import Refusal, Report
from twosource.read.custody import keep, verify
from twosource.read.identity import Register
from twosource.read.reading import admitted, reports_of
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
    for source in items(inputs, settings):
        if isinstance(source, Refusal):
            yield source
            continue
        for found in reports_of(source, settings):
            yield admitted(found, register, settings)
