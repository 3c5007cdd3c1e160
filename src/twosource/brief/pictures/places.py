"""A map as SVG: the outline of the land, the places that the reports name, each with the circle of its precision."""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from twosource.brief.citing import Citations, Cite
from twosource.brief.contract import places_of
from twosource.brief.evidence import Desk
from twosource.brief.pictures.lettering import cut
from twosource.brief.pictures.lettering import width as width_of
from twosource.brief.wording import one_line, without_repeats
from twosource.model import Evidence, Place, Span
from twosource.wire import Row

WIDTH, HEIGHT = 480, 300
LABELS = 9
LETTERS = 13.0  # size of a label on a phone, where the map is smallest
WIDE = 400.0  # km: a circle larger than this is a country or more, named in the table only
_NEAR = 1500.0  # km from the main place: what lies further is in the table, not on the map
_LEAST = 9.0  # degrees of latitude that a map shows at least


@dataclass(frozen=True, slots=True)
class Spot:
    """A place drawn on the map: a dot, its circle, its label."""

    name: str
    x: float
    y: float
    r: float
    label_x: float
    label_y: float
    anchor: str
    main: bool


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """A place in the table under the map."""

    name: str
    position: str
    precision: str
    cites: tuple[Cite, ...]
    more: int
    main: bool


@dataclass(frozen=True, slots=True)
class MapView:
    """The map and its table; no outline where no place has coordinates."""

    land: str
    spots: tuple[Spot, ...]
    rows: tuple[PlaceRow, ...]
    width: int
    height: int
    description: str
    lands: tuple[tuple[float, float, str], ...] = ()
    bar: int = 0
    bar_km: int = 0


@lru_cache
def _rings() -> tuple[tuple[tuple[float, float], ...], ...]:
    """The outer rings of the land in degrees."""
    data = json.loads((files("twosource.brief") / "data" / "world.json").read_text(encoding="utf-8"))
    arcs = []
    for flat in data["arcs"]:
        x, y = flat[0], flat[1]
        points = [(x / 10, y / 10)]
        for i in range(2, len(flat), 2):
            x, y = x + flat[i], y + flat[i + 1]
            points.append((x / 10, y / 10))
        arcs.append(points)
    rings = []
    for ring in data["rings"]:
        whole: list[tuple[float, float]] = []
        for arc in ring:
            whole += (arcs[arc] if arc >= 0 else arcs[~arc][::-1])[1 if whole else 0 :]
        rings.append(tuple(whole))
    return tuple(rings)


@dataclass(frozen=True, slots=True)
class _Frame:
    """The window of the world that is shown, plate carrée stretched by the latitude of its middle."""

    west: float
    north: float
    per_lon: float
    per_lat: float

    def at(self, lat: float, lon: float) -> tuple[float, float]:
        return (lon - self.west) * self.per_lon, (self.north - lat) * self.per_lat


def _frame(points: list[tuple[float, float]]) -> _Frame:
    lats, lons = [p[0] for p in points], [p[1] for p in points]
    lat, lon = (min(lats) + max(lats)) / 2, (min(lons) + max(lons)) / 2
    squeeze = max(math.cos(math.radians(lat)), 0.2)
    tall = max(
        (max(lats) - min(lats)) * 1.35, (max(lons) - min(lons)) * 1.35 * squeeze * HEIGHT / WIDTH, _LEAST
    )
    tall = min(tall, 170.0)
    per_lat = HEIGHT / tall
    per_lon = per_lat * squeeze
    return _Frame(lon - WIDTH / per_lon / 2, lat + tall / 2, per_lon, per_lat)


def _land(frame: _Frame) -> str:
    """The rings that touch the window as one path, points outside pulled to its margin."""
    parts = []
    for ring in _rings():
        points = [frame.at(lat, lon) for lon, lat in ring]
        xs, ys = [p[0] for p in points], [p[1] for p in points]
        if max(xs) < 0 or min(xs) > WIDTH or max(ys) < 0 or min(ys) > HEIGHT:
            continue
        kept: list[str] = []
        for x, y in points:
            said = f"{round(min(max(x, -300), WIDTH + 300))} {round(min(max(y, -300), HEIGHT + 300))}"
            if not kept or kept[-1] != said:
                kept.append(said)
        if len(kept) > 2:
            parts.append("M" + "L".join(kept) + "Z")
    return "".join(parts)


def distance_km(a: tuple[float, float], b: tuple[float, float]) -> float:
    """The distance of two points (lat, lon) on a sphere."""
    (lat1, lon1), (lat2, lon2) = ((math.radians(x) for x in p) for p in (a, b))
    h = math.sin((lat2 - lat1) / 2) ** 2 + math.cos(lat1) * math.cos(lat2) * math.sin((lon2 - lon1) / 2) ** 2
    return 2 * 6371.0 * math.asin(min(1.0, math.sqrt(h)))


def map_of(desk: Desk, links: Citations) -> MapView:
    """The places near the main one on a map, and all of them in a table."""
    rows = places_of(desk.account)
    main = desk.account.facts.where
    where = (main.lat, main.lon) if main and main.lat is not None and main.lon is not None else None
    resolved = [r for r in rows if r["lat"] is not None and r["lon"] is not None]
    centre = where or next(((r["lat"], r["lon"]) for r in resolved if (r["radius_km"] or 0) <= WIDE), None)
    shown = [
        r
        for r in resolved
        if centre and (r["radius_km"] or 0) <= WIDE and distance_km(centre, (r["lat"], r["lon"])) <= _NEAR
    ]
    table = tuple(_row(links, r, where) for r in rows)
    if centre is None:
        return MapView("", (), table, WIDTH, HEIGHT, "")
    frame = _frame([centre, *((r["lat"], r["lon"]) for r in shown)])
    points = _points(main, where, shown)
    named = ", ".join(p[0] for p in points[:LABELS])
    bar_km = next(k for k in (500, 200, 100, 50, 20, 10) if k / 111.2 * frame.per_lat < WIDTH / 4)
    return MapView(
        _land(frame),
        _spots(frame, points),
        table,
        WIDTH,
        HEIGHT,
        f"Places on the map: {named}. The table below gives all places with their positions.",
        _countries(frame, resolved),
        round(bar_km / 111.2 * frame.per_lat),
        bar_km,
    )


_Point = tuple[str, float, float, float, bool]


def _points(main: Place | None, where: tuple[float, float] | None, shown: list[Row]) -> list[_Point]:
    """Name, position, precision and whether it is the main place; the main one first, one of each name and position."""
    found: dict[tuple[str, float, float], _Point] = {}
    if main and where:
        name = one_line(main.full_name or main.name).split(",")[0]
        found[name, round(where[0], 1), round(where[1], 1)] = (name, *where, main.radius_km or 0.0, True)
    for r in shown:
        name = one_line(str(r["name"])).split(",")[0]
        point = (name, r["lat"], r["lon"], r["radius_km"] or 0.0, False)
        found.setdefault((name, round(r["lat"], 1), round(r["lon"], 1)), point)
    return list(found.values())


def _countries(frame: _Frame, resolved: list[Row]) -> tuple[tuple[float, float, str], ...]:
    """The names of wide places (countries, large regions) whose middle is in the window."""
    found: dict[tuple[float, float], str] = {}
    for r in resolved:
        x, y = frame.at(r["lat"], r["lon"])
        if (r["radius_km"] or 0) > WIDE and 60 < x < WIDTH - 60 and 20 < y < HEIGHT - 20:
            found.setdefault((round(x), round(y)), one_line(str(r["name"])).split(",")[0][:24])
    return tuple((x, y, name) for (x, y), name in found.items())


def _spots(frame: _Frame, points: list[_Point]) -> tuple[Spot, ...]:
    """Dots with labels that cover neither one another nor a dot; a place that finds no room has no label."""
    dots = [frame.at(lat, lon) for _, lat, lon, _, _ in points]
    taken = [(x - 5, y - 5, x + 5, y + 5) for x, y in dots]
    spots: list[Spot] = []
    for name, lat, lon, radius, main in points:
        x, y = frame.at(lat, lon)
        r = radius / 111.2 * frame.per_lat
        short = cut(name, 220, LETTERS, bold=main)
        wide = width_of(short, LETTERS, bold=main)
        label = ("", 0.0, 0.0, "start")
        for dx, dy, anchor in (
            (10, 5, "start"),
            (-10, 5, "end"),
            (10, 21, "start"),
            (10, -11, "start"),
            (-10, 21, "end"),
            (-10, -11, "end"),
        ):
            left = x + dx - (wide if anchor == "end" else 0)
            box = (left, y + dy - 12, left + wide, y + dy + 4)
            if box[0] < 4 or box[2] > WIDTH - 4 or box[1] < 2 or box[3] > HEIGHT - 2:
                continue
            if all(box[2] < t[0] or box[0] > t[2] or box[3] < t[1] or box[1] > t[3] for t in taken):
                taken.append(box)
                label = (short, x + dx, y + dy, anchor)
                break
        if len([s for s in spots if s.name]) >= LABELS:
            label = ("", 0.0, 0.0, "start")
        spots.append(
            Spot(
                label[0],
                round(x, 1),
                round(y, 1),
                round(r, 1),
                round(label[1], 1),
                round(label[2], 1),
                label[3],
                main,
            )
        )
    return tuple(spots)


def _is_main(row: dict[str, object], where: tuple[float, float] | None) -> bool:
    return where is not None and (row["lat"], row["lon"]) == where


def _evidence(row: dict[str, object]) -> list[Evidence]:
    listed = row["evidence"]
    return (
        [Evidence(e["report"], Span(e["start"], e["end"])) for e in listed]
        if isinstance(listed, list)
        else []
    )


def _row(links: Citations, row: dict[str, object], where: tuple[float, float] | None) -> PlaceRow:
    first: dict[str, Evidence] = {}
    for e in _evidence(row):
        first.setdefault(e.report, e)
    shown = list(first.values())[:6]
    lat, lon, radius = row["lat"], row["lon"], row["radius_km"]
    position = ""
    if isinstance(lat, (int, float)) and isinstance(lon, (int, float)):
        position = f"{abs(lat):.2f}° {'N' if lat >= 0 else 'S'}, {abs(lon):.2f}° {'E' if lon >= 0 else 'W'}"
    precision = f"within {radius:,.0f} km" if isinstance(radius, (int, float)) and radius >= 1 else ""
    return PlaceRow(
        without_repeats(one_line(str(row["name"]))),
        position or "not found in the gazetteer",
        precision,
        links.cite(shown, printed=False),
        len(first) - len(shown),
        _is_main(row, where),
    )
