"""An address asked again and again: only what changed since is sent and read."""

from __future__ import annotations

from dataclasses import dataclass

from twosource.errors import ReportRefused
from twosource.model import Refusal, Report
from twosource.read.address import Fetcher
from twosource.read.identity import Register
from twosource.read.parallel import Pages
from twosource.read.reading import admitted, reports_of
from twosource.read.sources import fetched


@dataclass(frozen=True, slots=True)
class Polled:
    """What an address had to say, and what to show it the next time; `failed` says why it could not be had."""

    found: tuple[Report | Refusal, ...] = ()
    etag: str | None = None
    modified: str | None = None
    failed: str | None = None


def poll(url: str, fetcher: Fetcher, etag: str | None, modified: str | None) -> Polled:
    """Ask an address, and read what it sends; nothing is found where nothing changed. Never raises for what the web does."""
    unless = {k: v for k, v in (("If-None-Match", etag), ("If-Modified-Since", modified)) if v}
    try:
        got = fetcher.fetch(url, unless=unless)
    except ReportRefused as e:
        return Polled(etag=etag, modified=modified, failed=e.reason)
    if got.status == 304:
        return Polled(etag=etag, modified=modified)
    settings = fetcher.settings
    register = Register()
    with Pages(settings) as pages:
        streams = reports_of(fetched(url, got, settings), settings, pages)
        found = tuple(admitted(f, register, settings) for f in pages.ordered(streams))
    return Polled(found, got.header("etag"), got.header("last-modified"))
