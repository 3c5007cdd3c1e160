"""Make world.json, the outline that briefs draw their maps on, from the npm package world-atlas 2.0.2.

    npm pack world-atlas@2.0.2 && tar xzf world-atlas-2.0.2.tgz
    python make_world.py package/countries-110m.json world.json

The geometry is Natural Earth's 1:110m countries (public domain). Arcs are simplified to a tenth of a degree and kept
shared between neighbours (TopoJSON), so that borders still meet. Written: {"arcs": [[x, y, dx, dy, …] in tenths of a
degree], "rings": [[arc, …]]} with ~arc for one that runs backwards.
"""

from __future__ import annotations

import itertools
import json
import sys
from pathlib import Path
from typing import Any

TOLERANCE = 0.12  # degrees

Point = tuple[float, float]


def simplified(points: list[Point]) -> list[Point]:
    """The points that matter (Douglas, Peucker 1973); both ends always stay."""
    if len(points) < 3:
        return points
    (ax, ay), (bx, by) = points[0], points[-1]
    length = ((bx - ax) ** 2 + (by - ay) ** 2) ** 0.5
    worst, at = 0.0, 0
    for i, (x, y) in enumerate(points[1:-1], 1):
        off = (
            abs((bx - ax) * (ay - y) - (ax - x) * (by - ay)) / length
            if length
            else ((x - ax) ** 2 + (y - ay) ** 2) ** 0.5
        )
        if off > worst:
            worst, at = off, i
    if worst <= TOLERANCE:
        return [points[0], points[-1]]
    return simplified(points[: at + 1])[:-1] + simplified(points[at:])


def decoded(topology: dict[str, Any]) -> list[list[Point]]:
    """The arcs in degrees."""
    (sx, sy), (tx, ty) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = []
    for arc in topology["arcs"]:
        x = y = 0
        points = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            points.append((x * sx + tx, y * sy + ty))
        arcs.append(points)
    return arcs


def main(source: Path, target: Path) -> None:
    """Read the TopoJSON, write the compact outline."""
    topology = json.loads(source.read_text(encoding="utf-8"))
    arcs = []
    for arc in decoded(topology):
        tenths = [(round(10 * x), round(10 * y)) for x, y in simplified(arc)]
        flat = list(tenths[0])
        for (ax, ay), (bx, by) in itertools.pairwise(tenths):
            flat += [bx - ax, by - ay]
        arcs.append(flat)
    rings = []
    for country in topology["objects"]["countries"]["geometries"]:
        polygons = [country["arcs"]] if country["type"] == "Polygon" else country["arcs"]
        rings += [polygon[0] for polygon in polygons]
    target.write_text(
        json.dumps({"arcs": arcs, "rings": rings}, separators=(",", ":")) + "\n", encoding="utf-8"
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
