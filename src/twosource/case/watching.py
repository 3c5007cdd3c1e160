"""Feeds watched for a case: asked politely, again and again, and what changes is told.

When a feed is asked next is kept in the case, so that a stop and a start change nothing; one that fails is asked ever more seldom.
"""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from twosource.case.adding import Added, add
from twosource.case.settling import settle
from twosource.case.withholding import confidential, mask, policy
from twosource.errors import UsageError
from twosource.model import Refusal, Report
from twosource.pipeline import Progress, silent
from twosource.read.address import Fetcher
from twosource.read.polling import Polled, poll
from twosource.redact import Mask
from twosource.settings import Settings
from twosource.store import Store, derived, evidence, feeds, marks
from twosource.store.decisions import history, in_force
from twosource.text import digest

_TOLD = "told "  # up to which event a watch of these feeds has told
EVERY = 900  # seconds between two questions to a feed
LONGEST = 86_400  # seconds after which a feed that fails is asked again all the same
Asker = Callable[[str, str | None, str | None], Polled]


@dataclass(frozen=True, slots=True)
class Told:
    """Something that changed, as it may be told; `record` is JSON."""

    n: int
    at: str
    incident: str
    kind: str
    text: str
    record: str


@dataclass(frozen=True, slots=True)
class Round:
    """What one look at all feeds that were due brought."""

    added: Added
    events: tuple[Told, ...]
    failed: tuple[Refusal, ...]
    wait: float  # seconds until the next feed is due


def addresses(named: Sequence[str], max_bytes: int = 10_000_000) -> list[str]:
    """The feeds named: addresses as they are, OPML files by the feeds they list. Raises UsageError for what is neither."""
    found: list[str] = []
    for name in named:
        if re.match(r"https?://", name, re.I):
            found.append(name)
        else:
            found += _opml(Path(name), max_bytes)
    if not found:
        raise UsageError("no feed to watch: give addresses, or an OPML file that lists some")
    return list(dict.fromkeys(found))


def _opml(path: Path, max_bytes: int) -> Iterator[str]:
    from lxml import etree

    try:
        data = path.read_bytes()
    except OSError as e:
        raise UsageError(f"{path} is no address and cannot be read: {e.strerror or e}") from e
    if len(data) > max_bytes:
        raise UsageError(f"{path} is too large for a list of feeds")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as e:
        raise UsageError(f"{path} is neither an address nor OPML: {e}") from e
    for outline in root.iter("outline"):
        url = outline.get("xmlUrl") or outline.get("xmlurl") or outline.get("url")
        if url and re.match(r"https?://", url, re.I):
            yield url


def look(
    store: Store,
    urls: Sequence[str],
    settings: Settings,
    ask: Asker,
    *,
    now: Callable[[], float] = time.time,
    every: float = EVERY,
    durable: Callable[[str], None] = lambda _: None,
    progress: Progress = silent,
    tell: Callable[[Told], None] = lambda _: None,
) -> Round:
    """Ask every feed that is due, take in what is new, settle what it touches, and tell what changed.

    What is told is remembered once `tell` has returned for all of it: a watch that was stopped before that, or while it settled,
    tells it when it goes on (some of it twice rather than any of it never), and so it does of what others did meanwhile.
    """
    mark = _TOLD + digest(*sorted(urls))[:12]
    last = _last_told(store, mark)
    with store.reads() as c:
        known = feeds.known(c)
    brought: list[Report | Refusal] = []
    failed: list[Refusal] = []
    answers: list[feeds.Feed] = []
    for url in urls:
        feed = known.get(url, feeds.Feed(url))
        if feed.due > now():
            continue
        said = ask(url, feed.etag, feed.modified)
        if said.failed is not None:
            failed.append(Refusal(url, said.failed))
        brought += said.found
        answers.append(_asked(feed, said, now(), every))
    added = add(store, brought, durable=durable, progress=progress)
    with store.writes() as c:  # only now: what was sent is in the case
        feeds.put(c, answers)
    settle(store, settings, progress)
    with store.reads() as c:
        latest = derived.last_event(c)
        events = _to_tell(c, derived.events_since(c, last))
        due = [f.due for f in feeds.known(c).values() if f.url in urls]
    for event in events:
        tell(event)
    if latest > last:
        with store.writes() as c:
            marks.put(c, mark, str(latest))
    return Round(added, events, tuple(failed), max(0.0, min(due, default=0.0) - now()))


def _last_told(store: Store, mark: str) -> int:
    """The number of the last event that was told; what there was before the first watch counts as told."""
    with store.reads() as c:
        known = marks.get(c, mark)
    if known is not None:
        return int(known)
    with store.writes() as c:
        last = derived.last_event(c)
        marks.put(c, mark, str(last))
    return last


def _to_tell(c: Connection, events: Iterable[Any]) -> tuple[Told, ...]:
    """The events as they may be told: none that may rest on a confidential report, and nothing in any that is withheld."""
    hidden, log = confidential(c), in_force(history(c))
    cover = mask(c, log) if policy(log) else None
    told = [Told(e.n, e.at, e.incident, e.kind, e.text, e.record) for e in events]
    if hidden:
        told = [e for e in told if not _rests_on(c, e, hidden)]
    return tuple(_covered(e, cover) if cover else e for e in told)


def _covered(event: Told, cover: Mask) -> Told:
    record = json.dumps(cover.rows(json.loads(event.record)))
    return replace(event, text=cover.text(event.text), record=record)


def _rests_on(c: Connection, event: Told, hidden: Collection[str]) -> bool:
    """Whether an event may rest on one of these reports: it names one, or is of an incident that one stands in."""
    home = derived.current(c, event.incident)
    about = evidence.ids_of(c, derived.numbers_in(c, [home]).get(home, ()))
    for value in json.loads(event.record).values():
        about += value if isinstance(value, list) else [value]
    return any(x in hidden for x in about if isinstance(x, str))


def _asked(feed: feeds.Feed, said: Polled, now: float, every: float) -> feeds.Feed:
    failures = feed.failures + 1 if said.failed is not None else 0
    pause = min(LONGEST, every * 2 ** min(failures, 20)) if failures else every
    return feeds.Feed(feed.url, said.etag, said.modified, now + pause, failures)


def asker(settings: Settings) -> Asker:
    """Asks over the web, through the guard of `read`."""
    fetcher = Fetcher(settings)
    return lambda url, etag, modified: poll(url, fetcher, etag, modified)
