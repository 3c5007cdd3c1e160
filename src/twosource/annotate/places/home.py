"""Where a report comes from: its dateline, the town in its outlet's name or address, the seat at the end of a page's title."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from twosource.annotate.places.choosing import choose
from twosource.annotate.places.finding import find_names, words
from twosource.annotate.places.gazetteer import Entry, gazetteer, state_names
from twosource.model import Article, Span

_HOST = re.compile(
    r"(?:https?://)?(?:www\d?\.)?(?P<host>[\w.-]+\.[a-z]{2,})(?::\d+)?(?P<path>/[^?#]*)?", re.IGNORECASE
)
_SEAT = re.compile(r"\s[-–—|]\s+(?P<seat>[^-–—|]{4,60})$")
_STATE_LAST = re.compile(
    r"(?P<town>[A-Z][\w.'’ -]{2,30}),\s*(?P<state>[A-Z][\w. ]{1,20}?)(?:\s+(?:News|Weather|Sports)\b.*)?"
)
_LARGE = 20_000  # a town that an address names in one word; smaller ones share their names with too much
_JOINED = 4_000  # one that it names in two or three words run together
_LONGEST = 24  # letters of a host that are split into words


def home_of(article: Article) -> tuple[Entry, ...]:
    """The places that a report comes from, for choosing among namesakes; none where nothing says so."""
    dateline, outlet = article.masthead.dateline, article.outlet
    found: list[Entry] = []
    for said in (f"in {dateline.value}" if dateline else "", outlet or ""):
        names = find_names(said, [Span(0, len(said))]) if said else []
        found += [c.entry for c in choose(names) if c.entry is not None]
    for address in dict.fromkeys(a for a in (article.report.url, outlet) if a):
        found += _addressed(address)
    found += _seat(article.report.title or "")
    return tuple(dict.fromkeys(found))


@lru_cache(maxsize=2_000)
def _addressed(address: str) -> tuple[Entry, ...]:
    """The town in an address: "northportledger.example", "northport.stations.example", or the state in its path."""
    m = _HOST.match(address)
    if m is None:
        return ()
    labels = m["host"].lower().split(".")[:-1]
    found = [e for e in map(_town_in, labels) if e is not None][:1]
    if not found:
        for part in (m["path"] or "").lower().split("/")[1:3]:
            state = " ".join(part.split("-")).title()
            if len(state) > 3 and state in state_names():
                found += [e for e in gazetteer().lookup(state) if e.feature == "region" and not e.county][:1]
    return tuple(found)


def _town_in(label: str) -> Entry | None:
    """The town that a label of a host names, alone or before or after the words of which papers' names are made."""
    marks = words()["outlets"]["words"]
    rest = label.replace("-", "")
    for _ in range(3):
        tail = next((w for w in marks if rest.endswith(w) and len(rest) - len(w) >= 4), None)
        lead = next((w for w in marks if rest.startswith(w) and len(rest) - len(w) >= 4), None)
        if tail is None and lead is None:
            break
        rest = rest[: -len(tail)] if tail else rest[len(lead or "") :]
    if not 4 <= len(rest) <= _LONGEST or not rest.isalpha() or rest in words()["outlets"]["no_town"]:
        return None
    options = [e for name in _split(rest) for e in _towns(name, _JOINED if " " in name else _LARGE)]
    return max(options, key=lambda e: (e.people, -(e.geonameid or 0)), default=None)


def _towns(name: str, people: int) -> Iterator[Entry]:
    for e in gazetteer().lookup(name):
        if (
            e.feature == "town"
            and e.people >= people
            and e.name.lower().replace(".", "").replace("-", " ") == name
        ):
            yield e


def _split(joined: str) -> Iterator[str]:
    """The letters as one word, and in every way as two and three."""
    yield joined
    for a in range(3, len(joined) - 2):
        yield f"{joined[:a]} {joined[a:]}"
        for b in range(a + 3, len(joined) - 2):
            yield f"{joined[:a]} {joined[a:b]} {joined[b:]}"


def _seat(title: str) -> tuple[Entry, ...]:
    """The town and state at the end of a page's title, as stations sign: "… - WXYZ - Northport, ME"."""
    tail = _SEAT.search(title)
    m = _STATE_LAST.fullmatch(tail["seat"].strip()) if tail else None
    if m is None or m["state"] not in state_names():
        return ()
    state = state_names()[m["state"]][0]
    towns = [e for e in gazetteer().lookup(m["town"]) if e.feature == "town" and e.region == state]
    return tuple(towns[:1])
