"""Boxes in four columns and the lines between them: how the ways of a claim are laid out."""

from __future__ import annotations

from dataclasses import dataclass

from twosource.brief.pictures.lettering import wrapped

SIZE = 12.5
COLUMNS = (16, 194, 372, 550)
_BOX, _GAP, _LINE, _PAD, _TOP = 156, 10, 16, 18, 44
_BEND = 8  # height of the empty place that a line takes through a column in which it has no box


@dataclass(frozen=True, slots=True)
class Box:
    """A report, outlet, collector or origin in the picture; `note` is its second, smaller line."""

    x: int
    y: int
    w: int
    h: int
    lines: tuple[tuple[int, str], ...]
    kind: str
    full: str
    note: tuple[int, str] | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """A box of the first column: a report, or several that went one way."""

    key: str
    text: str
    full: str
    copy: str
    of: str  # the key of the row that it is a copy of
    outlet: tuple[str, str, str]  # key, text, kind
    ends: tuple[tuple[str, str], ...]  # collector and origin of each way


@dataclass(frozen=True, slots=True)
class _Place:
    """What stands in a column: a box, or with no text the empty place that a line bends through."""

    text: str
    kind: str
    full: str
    note: str = ""

    @property
    def lines(self) -> tuple[str, ...]:
        room = _BOX - 22
        return wrapped(self.text, room, SIZE, bold=self.kind == "origin") if self.text else ()

    @property
    def height(self) -> int:
        return _LINE * (len(self.lines) + bool(self.note)) + _PAD if self.text else _BEND


class Drawing:
    """Columns of places and the lines between them, filled way by way."""

    def __init__(self, unsure: set[str]) -> None:
        self._unsure = unsure
        self._columns: list[dict[str, _Place]] = [{}, {}, {}, {}]
        self._links: dict[tuple[int, str, str], None] = {}  # column, key there, key in the next

    def add(self, row: Row) -> None:
        """A report with its outlet and all its ways."""
        outlet, text, kind = row.outlet
        self._columns[0].setdefault(
            row.key, _Place(row.text, "copy" if row.of and row.copy else "report", row.full, row.copy)
        )
        self._columns[1].setdefault(outlet, _Place(text, kind, text))
        self._links[0, row.key, outlet] = None
        for collector, origin in row.ends:
            middle = collector.casefold() or f"\n{origin}"
            self._columns[2].setdefault(
                middle, _Place(collector, "collector" if collector else "", collector)
            )
            self._columns[3].setdefault(
                origin, _Place(origin, "voice" if origin in self._unsure else "origin", origin)
            )
            self._links[1, outlet, middle] = None
            self._links[2, middle, origin] = None

    def gathered(self, collector: str, origin: str) -> None:
        """A collector of which no report is known that had it from there."""
        if collector.casefold() not in self._columns[2] and origin in self._columns[3]:
            self._columns[2][collector.casefold()] = _Place(collector, "collector", collector)
            self._links[2, collector.casefold(), origin] = None

    def laid_out(self) -> tuple[tuple[Box, ...], tuple[str, ...], int]:
        """The boxes, the lines and the height of it all."""
        self._untangle()
        tall = [sum(p.height + _GAP for p in c.values()) - _GAP for c in self._columns]
        boxes: list[Box] = []
        at: list[dict[str, Box]] = [{}, {}, {}, {}]
        for i, column in enumerate(self._columns):
            y = _TOP + (max(tall) - tall[i]) // 2
            for key, place in column.items():
                box = _box(place, COLUMNS[i], y)
                at[i][key] = box
                y += place.height + _GAP
                if place.text:
                    boxes.append(box)
        lines = [_curve(at[i][a], at[i + 1][b]) for i, a, b in self._links]
        through = [box for box in at[2].values() if not box.lines]
        lines += [f"M{b.x} {b.y + b.h // 2}H{b.x + b.w}" for b in through]
        return tuple(boxes), tuple(lines), max(tall) + _TOP + 6

    def _untangle(self) -> None:
        """Each box near the middle of those that lead to it (the barycentre rule of Sugiyama et al. 1981)."""
        for i in range(1, 4):
            before = {key: n for n, key in enumerate(self._columns[i - 1])}
            middle: dict[str, tuple[float, int]] = {}
            for n, key in enumerate(self._columns[i]):
                rows = [before[a] for c, a, b in self._links if c == i - 1 and b == key]
                middle[key] = (sum(rows) / len(rows) if rows else float(len(before)), n)
            column = self._columns[i]
            self._columns[i] = {key: column[key] for key in sorted(column, key=middle.__getitem__)}


def _box(place: _Place, x: int, y: int) -> Box:
    lines = tuple((y + _PAD // 2 + 12 + n * _LINE, text) for n, text in enumerate(place.lines))
    note = (y + _PAD // 2 + 12 + len(lines) * _LINE, place.note) if place.note else None
    return Box(x, y, _BOX, place.height, lines, place.kind, place.full, note)


def _curve(a: Box, b: Box) -> str:
    ax, ay, bx, by = a.x + a.w, a.y + a.h // 2, b.x, b.y + b.h // 2
    bend = (bx - ax) // 2
    return f"M{ax} {ay}C{ax + bend} {ay} {bx - bend} {by} {bx} {by}"


def copy_lines(boxes: tuple[Box, ...], rows: list[Row]) -> tuple[str, ...]:
    """A hook at the left from each report to its copies."""
    at = {row.key: box for row, box in zip(rows, boxes, strict=False)}
    found = []
    for row in rows:
        if row.copy and row.of in at:
            above, below = at[row.of], at[row.key]
            y = above.y + above.h // 2
            found.append(f"M{above.x} {y}H{above.x - 9}V{below.y + below.h // 2}H{below.x}")
    return tuple(found)
