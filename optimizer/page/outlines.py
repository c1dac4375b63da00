"""Outlines of countries for orientation (Natural Earth, public domain; see the notice in outlines.json)."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import accumulate
from typing import Any

import numpy as np
from matplotlib.path import Path

from optimizer.domain import Site


@dataclass(frozen=True)
class Shape:
    """A country's outline: rings of (longitude, latitude) in degrees, shape (corners, 2)."""

    name: str
    rings: tuple[np.ndarray, ...]


@cache
def _data() -> dict[str, Any]:
    return dict(json.loads(files("optimizer.report").joinpath("outlines.json").read_text(encoding="utf-8")))


def box() -> tuple[float, float, float, float]:
    """West, south, east and north end of what is outlined, in degrees."""
    west, south, east, north = _data()["box"]
    return west, south, east, north


@cache
def shapes() -> tuple[Shape, ...]:
    """Every outline there is."""
    data, grid = _data(), _data()["grid"]
    return tuple(
        Shape(s["name"], tuple(np.column_stack([list(accumulate(r[0::2])), list(accumulate(r[1::2]))]) / grid
                               for r in s["rings"]))
        for s in data["shapes"]
    )  # fmt: skip


def owners(places: Sequence[Site]) -> Mapping[str, str]:
    """Which demand area an outline belongs to: the one most of the sites inside it lie in."""
    out = {}
    inside_areas = [s for s in places if s.country is not None and s.lon is not None and s.lat is not None]
    points = np.array([(s.lon, s.lat) for s in inside_areas], dtype=float).reshape(-1, 2)
    for shape in shapes():
        hit = np.zeros(len(points), dtype=bool)
        for ring in shape.rings:
            hit |= Path(ring).contains_points(points)
        names = [s.country for s, h in zip(inside_areas, hit, strict=True) if h and s.country]
        if names:
            out[shape.name] = max(sorted(set(names)), key=names.count)
    return out
