"""The map: countries, sites, and what stands where in one week."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import cos, hypot, radians
from typing import Any

import numpy as np
from markupsafe import Markup
from matplotlib.path import Path
from matplotlib.transforms import Bbox

from optimizer.domain import Case
from optimizer.page.canvas import Canvas, wide
from optimizer.page.outlines import box, owners, shapes
from optimizer.page.stands import BADGE, Label, Spot, Standing, fullest, in_words, labels, of_script, radius
from optimizer.page.weeks import NARROW, WIDE
from optimizer.report.colours import BAND, INK, MODE_COLOURS, PAPER, QUIET, colours_of, tint

SEA, LAND, BORDER = "#EAF1F6", "#F4F2EC", "#C9C4B8"
MARGIN = 1.2  # degrees around the outermost sites
TALLEST, SHORTEST = 660.0, 240.0
LARGEST = 26.0  # radius of the circle of the fullest site


def theatre(case: Case, weeks: Sequence[Sequence[Standing]], shown: int, width: float) -> Markup | None:
    """The map in the week ``shown``, or ``None`` where fewer than two sites have coordinates; circles are on one
    scale in all ``weeks``."""
    sites = _placed(weeks, shown)
    if not sites:
        return None
    frame = Frame.around(sites, width)
    xy, badges = frame.spots(sites), frame.badges(sites)
    canvas = Canvas(f"map-{width:.0f}", "Map: sites, people and sets in the week shown", frame.width, frame.height)
    canvas.rect(0, 0, frame.width, frame.height, SEA, layer=-9)
    _land(canvas, case, frame.at, badges)
    for (x, y), (bx, by) in zip(xy, badges, strict=True):
        canvas.line([(x, y), (bx, by)], QUIET, 0.7, layer=3)
    large, colours = LARGEST * (1.0 if width > NARROW else 0.6), colours_of(case)
    most = fullest(weeks)
    for s, (x, y) in zip(sites, xy, strict=True):
        canvas.mark("circle", cx=x, cy=y, r=radius(s.people, most, large), fill=colours[s.site.country],
                    fill_opacity=0.55, stroke=PAPER, stroke_width=0.8)  # fmt: skip
    beside = labels(weeks[shown], badges, canvas.width) if width > NARROW else {}
    for n, (s, at) in enumerate(zip(sites, badges, strict=True)):
        _badge(canvas, s, at, beside.get(n))
        canvas.say(at[0] - BADGE, at[1] - BADGE, 2 * BADGE, 2 * BADGE, in_words(case, s))
    canvas.facts |= {"large": f"{large:g}", "labels": "1" if width > NARROW else ""}
    return canvas.svg(widest=canvas.width if width > NARROW else None)


@dataclass(frozen=True)
class Frame:
    """A map's size in pixels, and where on it degrees lie."""

    width: float
    height: float
    at: Callable[[float, float], Spot]

    @classmethod
    def around(cls, sites: Sequence[Standing], width: float) -> Frame:
        """The frame of all sites, at most ``width`` wide."""
        spots = np.array([(s.site.lon, s.site.lat) for s in sites], dtype=float)
        (west, south), (east, north) = spots.min(axis=0) - MARGIN, spots.max(axis=0) + MARGIN
        squeeze = cos(radians((south + north) / 2))  # degrees of longitude are shorter
        scale = min(width / ((east - west) * squeeze), TALLEST / (north - south))
        height, half = (
            max((north - south) * scale, SHORTEST),
            min((west + east) / 2 - box()[0], box()[2] - (west + east) / 2),
        )
        if half >= (east - west) / 2:  # no empty sea where no outlines are known
            width = min(width, 2 * half * squeeze * scale)
        shift = (width - (east - west) * squeeze * scale) / 2
        return cls(
            width, height, lambda lon, lat: (shift + (lon - west) * squeeze * scale, height - (lat - south) * scale)
        )

    def spots(self, sites: Sequence[Standing]) -> list[Spot]:
        """Where sites are."""
        return [self.at(s.site.lon or 0.0, s.site.lat or 0.0) for s in sites]

    def badges(self, sites: Sequence[Standing]) -> list[Spot]:
        """Where their numbers stand, none over another."""
        parted = apart(self.spots(sites), BADGE * 2.1, self.width, self.height)
        return [(round(x, 1), round(y, 1)) for x, y in parted]  # as they are written: the script reckons from there


def script_data(case: Case, weeks: Sequence[Sequence[Standing]], shown: int, facets: Sequence[str]) -> dict[str, Any]:
    """What the page's slider needs, names beside the badges of the wide map included."""
    sites = _placed(weeks, shown)
    frame = Frame.around(sites, WIDE) if sites else None
    badges = frame.badges(sites) if frame else []
    return of_script(case, weeks, badges, frame.width if frame else 0.0, shown, facets)


def _placed(weeks: Sequence[Sequence[Standing]], shown: int) -> list[Standing]:
    """The sites of the map in a week; none where fewer than two have coordinates."""
    sites = [s for s in weeks[shown] if s.site.lat is not None and s.site.lon is not None] if weeks else []
    return sites if len(sites) > 1 else []


def _badge(canvas: Canvas, s: Standing, at: Spot, beside: Label | None) -> None:
    """Five elements, which the page's script knows by their order: disc, number, flag, sets, label."""
    (x, y), used, flag = at, bool(s.people or s.sets), "" if s.sets else "none"
    canvas.mark("circle", cx=x, cy=y, r=BADGE, fill=BAND if used else PAPER, stroke=BAND, stroke_width=0.8)
    canvas.mark("text", str(s.number), x=x, y=y + 3, fill=PAPER if used else BAND, font_size=8, font_weight="bold",
                text_anchor="middle")  # fmt: skip
    canvas.mark(
        "rect", x=x + BADGE - 2, y=y - BADGE - 3, width=9, height=9, fill=MODE_COLOURS["set"], display=flag or "inline"
    )
    canvas.mark("text", str(len(s.sets) or ""), x=x + BADGE + 2.5, y=y - BADGE + 4, fill=PAPER, font_size=7,
                text_anchor="middle")  # fmt: skip
    right = beside is None or beside.right
    start = x + BADGE + (9 if s.sets else 3) if right else x - BADGE - 3
    canvas.mark("text", beside.text if beside else "", x=start, y=y + 3, fill=BAND, font_size=8,
                text_anchor="start" if right else "end")  # fmt: skip


def _land(canvas: Canvas, case: Case, at: Callable[[float, float], Spot], taken: list[Spot]) -> None:
    """Outlines in the colours of their demand areas, named."""
    owner, colours = owners(case.sites), colours_of(case)
    frame = Bbox.from_bounds(-2, -2, canvas.width + 4, canvas.height + 4)
    largest: dict[str, np.ndarray] = {}
    for shape in shapes():
        mine = owner.get(shape.name)
        for ring in sorted(shape.rings, key=len):
            seen = Path([at(lon, lat) for lon, lat in ring], closed=True).clip_to_bbox(frame)
            for points in map(np.asarray, seen.to_polygons(closed_only=False)):
                if len(points) > 2:
                    canvas.polygon([(x, y) for x, y in points], tint(colours[mine], 0.22) if mine else LAND,
                                   -8 if mine is None else -7, BORDER)  # fmt: skip
                    if mine:
                        largest[mine] = points
    for name, points in largest.items():
        text = case.country[name].name.upper()
        x, y = freest(points, taken, wide(text) / 2)
        canvas.text(min(max(x, wide(text) / 2), canvas.width - wide(text) / 2), y + 3, text, INK,
                    ha="center", zorder=1)  # fmt: skip


def freest(ring: np.ndarray, taken: list[Spot], half: float) -> Spot:
    """Where inside an outline a name ``2 × half`` wide stands farthest from everything ``taken``."""
    (x0, y0), (x1, y1) = ring.min(axis=0), ring.max(axis=0)
    grid = [(x0 + (x1 - x0) * i / 14, y0 + (y1 - y0) * j / 14) for i in range(1, 14) for j in range(1, 14)]
    middle = ((x0 + x1) / 2, (y0 + y1) / 2)
    inside = [p for p, ok in zip(grid, Path(ring).contains_points(grid), strict=True) if ok] or [middle]

    def free(p: Spot) -> float:
        away = [hypot(max(abs(p[0] - x) - half, 0.0), p[1] - y) for x, y in taken]
        return min([*away, 24.0]) - 0.02 * hypot(p[0] - middle[0], p[1] - middle[1])

    return max(inside, key=free)


def apart(spots: list[Spot], gap: float, width: float, height: float) -> list[Spot]:
    """The spots moved until no two are closer than ``gap``, as little as it takes, inside the drawing."""
    out = [list(s) for s in spots]
    for _ in range(200):
        moved = False
        for i, a in enumerate(out):
            for j, b in enumerate(out[:i]):
                dx, dy = a[0] - b[0], a[1] - b[1]
                far = hypot(dx, dy)
                if far < gap - 1e-6:
                    # spots on top of each other part in a direction of their own
                    ux, uy = (dx / far, dy / far) if far > 1e-6 else (cos(i + j), cos(i + j + 1.6))
                    push = (gap - far) / 2
                    a[0], a[1], b[0], b[1] = a[0] + ux * push, a[1] + uy * push, b[0] - ux * push, b[1] - uy * push
                    moved = True
        for a in out:
            a[0], a[1] = min(max(a[0], gap / 2), width - gap / 2), min(max(a[1], gap / 2), height - gap / 2)
        if not moved:
            break
    return [(a[0], a[1]) for a in out]
