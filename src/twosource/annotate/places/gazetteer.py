"""The gazetteer: places by name, held as two sorted texts that are searched where they lie.

Loading takes a fifth of a second and 40 MB; nothing is built at run time. Towns, counties and regions come from
`gazetteer.tsv.gz`; countries, waters and larger areas from the TOML files, which a person can read and mend.
"""

from __future__ import annotations

import gzip
import math
import tomllib
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

import numpy as np

from twosource.annotate.places.folding import fold, plain

_KINDS = {"t": "town", "r": "region", "c": "region"}


@dataclass(frozen=True, slots=True)
class Entry:
    """A place as the gazetteer has it; `people` weighs namesakes, `county` says that a region is a second-level one."""

    name: str
    geonameid: int | None
    lat: float
    lon: float
    people: int
    country: str  # ISO code, "" where it has none
    region: str
    radius_km: float
    feature: str  # town | region | country | continent | water | area
    county: bool = False
    adjective: bool = False  # found by its adjective ("Kenyan")

    @property
    def full_name(self) -> str:
        """Town, Region, Country, as far as they are known."""
        country = _country_names().get(self.country, "") if self.feature != "country" else ""
        return ", ".join(
            dict.fromkeys(p for p in (plain(self.name), plain(self.region), plain(country)) if p)
        )


class _Lines:
    """The lines of a text, cut out only when asked for: a million small objects would take a second to make."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._ends = np.flatnonzero(np.frombuffer(data, dtype=np.uint8) == ord("\n"))

    def __len__(self) -> int:
        return len(self._ends)

    def __getitem__(self, n: int) -> bytes:
        start = int(self._ends[n - 1]) + 1 if n else 0
        return self._data[start : int(self._ends[n])]


class Gazetteer:
    """Places by folded name, the most populous first."""

    def __init__(self) -> None:
        data = gzip.decompress((files(__package__) / "gazetteer.tsv.gz").read_bytes())
        cut = data.index(b"\x00")
        self._places = _Lines(data[:cut])
        self._names = _Lines(data[cut + 1 :])
        self._extra = _hand_made()

    @lru_cache(maxsize=20_000)  # noqa: B019 - there is one gazetteer in a process
    def lookup(self, name: str) -> tuple[Entry, ...]:
        """All places that have this name, in any spelling that folds to the same."""
        key = fold(name)
        if not key:
            return ()
        return (*self._extra.get(key, ()), *self._listed(key))

    def _listed(self, key: str) -> Iterator[Entry]:
        wanted = key.encode() + b"\t"
        at = bisect_left(self._names, wanted)
        if at < len(self._names) and self._names[at].startswith(wanted):
            for line in self._names[at][len(wanted) :].split():
                yield self._entry(int(line))

    def _entry(self, line: int) -> Entry:
        f = self._places[line].decode("utf-8").split("\t")
        region = self._places[int(f[7])].split(b"\t", 2)[1].decode("utf-8") if f[7] else ""
        return Entry(
            f[1],
            int(f[2]),
            float(f[3]),
            float(f[4]),
            int(f[5]),
            f[6],
            region,
            float(f[9]),
            _KINDS[f[0]],
            f[0] == "c",
        )


@lru_cache(maxsize=1)
def gazetteer() -> Gazetteer:
    """The gazetteer, loaded when first asked for."""
    return Gazetteer()


def _toml(name: str) -> dict[str, Any]:
    return tomllib.loads((files(__package__) / name).read_text(encoding="utf-8"))


@lru_cache(maxsize=1)
def _countries() -> dict[str, Any]:
    return _toml("countries.toml")


@lru_cache(maxsize=1)
def _country_names() -> dict[str, str]:
    return {code: fields[0] for code, fields in _countries().items()}


@lru_cache(maxsize=1)
def capitals() -> dict[str, str]:
    """The capital's name of each country by ISO code."""
    return {code: fields[6] for code, fields in _countries().items() if fields[6]}


@lru_cache(maxsize=1)
def state_names() -> dict[str, tuple[str, str]]:
    """Short forms of states and provinces ("Minn.", "MN", "Minnesotan") to the English name and the country."""
    areas = _toml("areas.toml")
    found: dict[str, tuple[str, str]] = {}
    for group, country in (("codes", "US"), ("provinces", "CA")):
        for item in areas["states"][group].split("|"):
            code, short, name, people = (w.replace("_", " ") for w in item.split(" "))
            for form in (code, short, short.replace(".", "") + ".", people):
                if form != "-":
                    found[form] = (name, country)
            found[name] = (name, country)
    return found


@lru_cache(maxsize=1)
def short_names() -> dict[str, str]:
    """Shortened names of towns ("L.A.") to their full names."""
    return dict(_toml("areas.toml")["short"])


def _hand_made() -> dict[str, tuple[Entry, ...]]:
    found: dict[str, list[Entry]] = {}

    def put(names: Sequence[str], entry: Entry) -> None:
        for name in names:
            entries = found.setdefault(fold(name), [])
            if entry not in entries:
                entries.append(entry)

    for code, (name, gid, lat, lon, area, people, _, adjectives, others) in _countries().items():
        radius = max(5.0, round(math.sqrt(area / math.pi)))
        lat, lon, radius = float(lat), float(lon), float(radius)
        entry = Entry(name, gid, lat, lon, people, code, "", radius, "country")
        put([name, *others], entry)
        put(
            [a + e for a in adjectives for e in ("", "s")],
            Entry(name, gid, lat, lon, people, code, "", radius, "country", adjective=True),
        )
    areas = _toml("areas.toml")
    for feature in ("continent", "water", "area"):
        for name, (lat, lon, radius, code, others) in areas[feature].items():
            people = {"continent": 10**9, "water": 10**6, "area": 3 * 10**6}[feature]
            put(
                [name, *others],
                Entry(name, None, float(lat), float(lon), people, code, "", float(radius), feature),
            )
    for name, adjective in (("Africa", "African"), ("Europe", "European"), ("Asia", "Asian")):
        base = found[fold(name)][0]
        put(
            [adjective, adjective + "s"],
            Entry(
                base.name,
                None,
                base.lat,
                base.lon,
                base.people,
                "",
                "",
                base.radius_km,
                "continent",
                adjective=True,
            ),
        )
    return {key: tuple(entries) for key, entries in found.items()}


def distance_km(a: Entry | tuple[float, float], b: Entry | tuple[float, float]) -> float:
    """The great-circle distance of two places."""
    lat1, lon1 = (a.lat, a.lon) if isinstance(a, Entry) else a
    lat2, lon2 = (b.lat, b.lon) if isinstance(b, Entry) else b
    p1, l1, p2, l2 = map(math.radians, (lat1, lon1, lat2, lon2))
    h = math.sin((p2 - p1) / 2) ** 2 + math.cos(p1) * math.cos(p2) * math.sin((l2 - l1) / 2) ** 2
    return 12742 * math.asin(min(1.0, math.sqrt(h)))


def moved(lat: float, lon: float, bearing: float, km: float) -> tuple[float, float]:
    """The point so far away in a direction, in degrees clockwise from north."""
    d, b, p, start = km / 6371, math.radians(bearing), math.radians(lat), math.radians(lon)
    q = math.asin(math.sin(p) * math.cos(d) + math.cos(p) * math.sin(d) * math.cos(b))
    m = start + math.atan2(math.sin(b) * math.sin(d) * math.cos(p), math.cos(d) - math.sin(p) * math.sin(q))
    return round(math.degrees(q), 4), round((math.degrees(m) + 540) % 360 - 180, 4)
