"""The figure of a claim drawn out: which report carried it, from which outlet, who gathered it, from whom it comes."""

from __future__ import annotations

import itertools
from dataclasses import dataclass

from twosource.brief.evidence import Desk
from twosource.brief.wording import count, one_line
from twosource.model import Backing, Claim, Origin, Statement

OWN_VOICE = "own voice, no source"
MOST = 24  # reports beyond this are too many lines for one picture
WIDTH = 720
_COLUMNS = (10, 190, 370, 550)
_BOX, _GAP, _HIGH = 160, 10, 34


@dataclass(frozen=True, slots=True)
class Box:
    """A report, outlet, collector or origin in the picture."""

    x: int
    y: int
    w: int
    h: int
    text: str
    kind: str
    full: str


@dataclass(frozen=True, slots=True)
class OriginsView:
    """Boxes in four columns, and the lines between neighbours."""

    boxes: tuple[Box, ...]
    lines: tuple[str, ...]
    width: int
    height: int
    description: str
    note: str


def origins(desk: Desk, claim: Claim) -> OriginsView | None:
    """The picture of one claim; None where it would be too large or say nothing."""
    backing = desk.backings.get(claim.id)
    if backing is None or not backing.origins or not 1 <= len(backing.reports) <= MOST:
        return None
    paths = _paths(desk, claim, backing)
    if not paths:
        return None
    unsure = {_who(o) for o in backing.origins if o.kind in ("reporter", "anonymous") or not o.who}
    columns: list[dict[str, tuple[str, str]]] = [{}, {}, {}, {}]
    links: dict[tuple[int, str, int, str], None] = {}
    for report, outlet, collector, origin in paths:
        number = desk.numbers[report]
        at = [
            (0, report, f"Report {number}", "report"),
            (1, outlet or f"?{report}", outlet or "outlet unknown", "outlet" if outlet else "unknown"),
        ]
        if collector:
            at.append((2, collector.casefold(), collector, "collector"))
        at.append((3, origin, origin, "voice" if origin in unsure else "origin"))
        for column, key, text, kind in at:
            columns[column].setdefault(key, (text, kind))
        for (ca, ka, _, _), (cb, kb, _, _) in itertools.pairwise(at):
            links[ca, ka, cb, kb] = None
    for one in backing.origins:  # a collector on nobody's known way still gathered it
        who = _who(one)
        for name in (one_line(c) for c in one.collectors):
            if name.casefold() not in columns[2] and who in columns[3]:
                columns[2][name.casefold()] = (name, "collector")
                links[2, name.casefold(), 3, who] = None
    height = max(len(c) for c in columns) * (_HIGH + _GAP) + 36
    columns = _untangled(columns, list(links))
    boxes, places = _boxes(columns, height)
    lines = tuple(_curve(places[ca, ka], places[cb, kb]) for ca, ka, cb, kb in links)
    said = "; ".join(
        f"report {desk.numbers[r]} in {o or 'an unknown outlet'}"
        + (f", gathered by {c}" if c else "")
        + f", from {w}"
        for r, o, c, w in paths
    )
    named = len([k for k in columns[3] if k not in unsure])
    counted = backing.independent_origins
    note = f"{named} names, counted as {count(counted, 'independent origin')}" if named > counted else ""
    return OriginsView(boxes, lines, WIDTH, height, said, note)


_Columns = list[dict[str, tuple[str, str]]]


def _untangled(columns: _Columns, links: list[tuple[int, str, int, str]]) -> _Columns:
    """Each box near the middle of those that lead to it (the barycentre rule of Sugiyama et al. 1981)."""
    rows = {(0, key): float(n) for n, key in enumerate(columns[0])}
    made = columns[:1]
    for i, column in enumerate(columns[1:], 1):
        middle: dict[str, tuple[float, int]] = {}
        for n, key in enumerate(column):
            before = [rows[ca, ka] for ca, ka, cb, kb in links if (cb, kb) == (i, key) and (ca, ka) in rows]
            middle[key] = (sum(before) / len(before) if before else float(n), n)
        order = sorted(column, key=middle.__getitem__)
        rows.update({(i, key): float(n) for n, key in enumerate(order)})
        made.append({key: column[key] for key in order})
    return made


def _paths(desk: Desk, claim: Claim, backing: Backing) -> list[tuple[str, str, str, str]]:
    """Each report's way to its origins: report, outlet, collector (empty where unknown), origin."""
    found: dict[tuple[str, str, str, str], None] = {}
    statements = [s for s in desk.of_claim(claim) if s.stance != "denies"]
    for report in sorted((r for r in backing.reports if r in desk.numbers), key=lambda r: desk.numbers[r]):
        outlet = one_line(desk.articles[report].outlet)
        for origin in backing.origins:
            if report in origin.reports:
                who = _who(origin)
                mine = [s for s in desk.of_origin(origin, statements) if s.report == report]
                collector = "" if origin.kind == "reporter" else _collector(origin, mine, outlet)
                found[report, outlet, collector, who] = None
    return list(found)


def _who(origin: Origin) -> str:
    return OWN_VOICE if origin.kind == "reporter" else one_line(origin.who) or "unnamed source"


def _collector(origin: Origin, statements: list[Statement], outlet: str) -> str:
    """Who gathered it on this way: whom the words name, else the only one there is, else the outlet where it is one."""
    named = [one_line(c) for c in origin.collectors]
    for s in statements:
        for name in (s.told, s.via):
            if name and one_line(name) in named:
                return one_line(name)
    if len(named) == 1:
        return named[0]
    return outlet if outlet in named else ""


def _boxes(
    columns: list[dict[str, tuple[str, str]]], height: int
) -> tuple[tuple[Box, ...], dict[tuple[int, str], Box]]:
    boxes, places = [], {}
    for i, column in enumerate(columns):
        tall = len(column) * (_HIGH + _GAP) - _GAP
        y = 28 + (height - 36 - tall) // 2
        for key, (text, kind) in column.items():
            room = 19 if kind == "origin" else 22  # origins are set bold
            short = text if len(text) <= room else text[: room - 1].rstrip() + "…"
            box = Box(_COLUMNS[i], y, _BOX, _HIGH, short, kind, text)
            boxes.append(box)
            places[i, key] = box
            y += _HIGH + _GAP
    return tuple(boxes), places


def _curve(a: Box, b: Box) -> str:
    ax, ay, bx, by = a.x + a.w, a.y + a.h // 2, b.x, b.y + b.h // 2
    bend = (bx - ax) // 2
    return f"M{ax} {ay}C{ax + bend} {ay} {bx - bend} {by} {bx} {by}"
