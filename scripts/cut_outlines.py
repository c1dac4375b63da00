"""Cut the outlines on the report's map from the countries-50m.json of the npm package world-atlas.

    npm pack world-atlas@2.0.2 && tar xzf world-atlas-2.0.2.tgz
    python scripts/cut_outlines.py package/countries-50m.json

Keeps what lies inside ``BOX``, to a hundredth of a degree, and writes optimizer/report/outlines.json.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Iterator
from itertools import accumulate, pairwise
from pathlib import Path
from typing import Any

OUT = Path(__file__).parent.parent / "optimizer" / "report" / "outlines.json"
BOX = (1.0, 39.5, 34.0, 61.0)  # west, south, east, north
GRID = 100  # steps to a degree
SMALLEST = 0.02  # square degrees an island needs to be kept
NOTICE = (
    "Made with Natural Earth (naturalearthdata.com), public domain, admin 0 countries 1:50m, version 4.1.0, "
    "as redistributed in world-atlas 2.0.2 (copyright 2013-2019 Michael Bostock, ISC licence); "
    "cut by scripts/cut_outlines.py. Borders are drawn for orientation only."
)
Point = tuple[float, float]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("countries", type=Path)
    topology = json.loads(parser.parse_args().countries.read_text(encoding="utf-8"))
    arcs = decoded(topology)
    shapes = []
    for shape in topology["objects"]["countries"]["geometries"]:
        rings = [packed(ring) for ring in rings_of(shape, arcs) if ring]
        if rings:
            shapes.append({"name": shape["properties"]["name"], "rings": rings})
    shapes.sort(key=lambda s: s["name"])
    rows = ",\n".join(json.dumps(s, ensure_ascii=False, separators=(",", ":")) for s in shapes)
    head = json.dumps({"notice": NOTICE, "grid": GRID, "box": BOX})[1:-1]
    OUT.write_text(f'{{{head}, "shapes": [\n{rows}\n]}}\n', encoding="utf-8", newline="\n")
    print(f"{OUT.name}: {len(shapes)} shapes, {OUT.stat().st_size / 1000:.0f} kB")


def decoded(topology: dict[str, Any]) -> list[list[Point]]:
    """The arcs of a topology in degrees: they are stored as steps on a grid."""
    (sx, sy), (ox, oy) = topology["transform"]["scale"], topology["transform"]["translate"]
    out = []
    for arc in topology["arcs"]:
        xs, ys = accumulate(p[0] for p in arc), accumulate(p[1] for p in arc)
        out.append([(x * sx + ox, y * sy + oy) for x, y in zip(xs, ys, strict=True)])
    return out


def rings_of(shape: dict[str, Any], arcs: list[list[Point]]) -> Iterator[list[Point]]:
    """Every outer ring of a country inside the box; holes are other countries and are drawn by them."""
    polygons = [shape["arcs"]] if shape["type"] == "Polygon" else shape["arcs"]
    for outer, *_ in polygons:
        ring: list[Point] = []
        for i in outer:  # a negative index is an arc walked backwards
            part = arcs[i] if i >= 0 else arcs[~i][::-1]
            ring += part[1:] if ring else part
        ring = clipped(ring)
        if area(ring) >= SMALLEST:
            yield ring


def clipped(ring: list[Point]) -> list[Point]:
    """The part of a ring inside the box, one side after the other (Sutherland and Hodgman 1974)."""
    west, south, east, north = BOX
    for axis, limit, sign in ((0, west, 1), (0, east, -1), (1, south, 1), (1, north, -1)):
        ring = cut(ring, axis, limit, lambda p, a=axis, b=limit, s=sign: s * (p[a] - b) >= 0)
    return ring


def cut(ring: list[Point], axis: int, limit: float, inside: Callable[[Point], bool]) -> list[Point]:
    """The part of a ring on one side of a line."""
    out: list[Point] = []
    for a, b in pairwise([*ring[-1:], *ring]):
        if inside(a) != inside(b):
            share = (limit - a[axis]) / (b[axis] - a[axis])
            out.append((a[0] + share * (b[0] - a[0]), a[1] + share * (b[1] - a[1])))
        if inside(b):
            out.append(b)
    return out


def area(ring: list[Point]) -> float:
    """Square degrees inside a ring."""
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise([*ring, *ring[:1]]))) / 2


def packed(ring: list[Point]) -> list[int]:
    """x, y of the first corner on the grid, then the steps to each next one."""
    corners = [(round(x * GRID), round(y * GRID)) for x, y in ring]
    corners = [p for i, p in enumerate(corners) if i == 0 or p != corners[i - 1]]
    steps = [(b[0] - a[0], b[1] - a[1]) for a, b in pairwise(corners)]
    return [n for p in (corners[0], *steps) for n in p]


if __name__ == "__main__":
    main()
