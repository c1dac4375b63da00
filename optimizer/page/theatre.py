"""The map: countries, sites, and what stands where in one week."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from math import cos, hypot, radians

import numpy as np
from markupsafe import Markup
from matplotlib.path import Path
from matplotlib.transforms import Bbox

from optimizer.domain import Case, Plan, Site
from optimizer.domain.presence import deployments, people, places
from optimizer.page.canvas import Canvas, fit, wide
from optimizer.page.outlines import box, owners, shapes
from optimizer.page.weeks import NARROW
from optimizer.report.colours import BAND, MODE_COLOURS, PAPER, QUIET, colours_of, tint

SEA, LAND, BORDER = "#EAF1F6", "#F4F2EC", "#C9C4B8"
MARGIN = 1.2  # degrees around the outermost sites
TALLEST, SHORTEST = 660.0, 240.0
BADGE = 7.0  # radius of a site's number
LABEL = 150.0  # pixels of a site's name
LARGEST = 26.0  # radius of the circle of the fullest site
Spot = tuple[float, float]


@dataclass(frozen=True)
class Standing:
    """What is at a site in one week; ``who`` and ``sets`` in words."""

    number: int
    site: Site
    people: int
    places: int
    who: str
    sets: tuple[str, ...]


def fullest_week(case: Case, plan: Plan) -> int:
    """The first week with the most people present."""
    return int(people(case, plan)[1].sum(axis=0).argmax()) if case.sites else 0


def standing(case: Case, plan: Plan, week: int) -> list[Standing]:
    """Every site in the order of the case, numbered from 1."""
    everyone, room = people(case, plan)[1][:, week], places(case, plan)[0][:, week]
    out = []
    for i, site in enumerate(case.sites):
        here = [(case.unit[r.unit].name, p.element) for r in plan.rotations for p in r.postings
                if p.site == site.id and p.arrive <= week < p.depart]  # fmt: skip
        here += [(case.unit[case.element[d.element].unit].name, d.element) for d in deployments(case, plan)
                 if d.site == site.id and d.arrive <= week < d.depart]  # fmt: skip
        units: Counter[str] = Counter(unit for unit, _ in here)
        of = {case.unit[r].name: len(case.elements_of[r]) for r in case.unit}
        who = "; ".join(u if of[u] == 1 else f"{u} ({n} of {of[u]} elements)" for u, n in units.items())
        stored = tuple(case.prepo[s.set_id].name for s in plan.stays if s.site == site.id and s.start <= week < s.end)
        out.append(Standing(i + 1, site, int(everyone[i]), int(room[i]), who, stored))
    return out


def theatre(case: Case, found: list[Standing], width: float) -> Markup | None:
    """The map, or ``None`` where fewer than two sites have coordinates."""
    placed = [s for s in found if s.site.lat is not None and s.site.lon is not None]
    if len(placed) < 2:
        return None
    spots = np.array([(s.site.lon, s.site.lat) for s in placed], dtype=float)
    (west, south), (east, north) = spots.min(axis=0) - MARGIN, spots.max(axis=0) + MARGIN
    squeeze = cos(radians((south + north) / 2))  # degrees of longitude are shorter
    scale = min(width / ((east - west) * squeeze), TALLEST / (north - south))
    height = max((north - south) * scale, SHORTEST)
    screen, half = width, min((west + east) / 2 - box()[0], box()[2] - (west + east) / 2)
    if half >= (east - west) / 2:  # no empty sea where no outlines are known
        width = min(width, 2 * half * squeeze * scale)
    shift = (width - (east - west) * squeeze * scale) / 2

    def at(lon: float, lat: float) -> tuple[float, float]:
        return shift + (lon - west) * squeeze * scale, height - (lat - south) * scale

    canvas = Canvas(f"map-{width:.0f}", "Map: sites, people and sets in the week shown", width, height)
    canvas.rect(0, 0, width, height, SEA, layer=-9)
    xy = [at(s.site.lon or 0.0, s.site.lat or 0.0) for s in placed]
    badges = apart(xy, BADGE * 2.1, width, height)
    _land(canvas, case, at, badges)
    taken = list(badges)
    most = max(*(s.people for s in placed), 1)
    colours = colours_of(case)
    for s, (x, y) in sorted(zip(placed, xy, strict=True), key=lambda z: -z[0].people):
        if s.people:
            r = LARGEST * (1.0 if screen > NARROW else 0.6) * (s.people / most) ** 0.5
            canvas.circle(x, y, max(r, 2.5), colours[s.site.country], 2, alpha=0.55, ec=PAPER, lw=0.8)
    for s, (x, y), (bx, by) in zip(placed, xy, badges, strict=True):
        used = bool(s.people or s.sets)
        canvas.line([(x, y), (bx, by)], QUIET, 0.7, layer=3)
        canvas.circle(bx, by, BADGE, BAND if used else PAPER, 5, ec=BAND, lw=0.8)
        canvas.text(bx, by + 3, str(s.number), PAPER if used else BAND, 8, ha="center", weight="bold")
        if s.sets:  # a flag on the badge: how many sets stand here
            canvas.rect(bx + BADGE - 2, by - BADGE - 3, 9, 9, MODE_COLOURS["set"], layer=6)
            canvas.text(bx + BADGE + 2.5, by - BADGE + 4, str(len(s.sets)), PAPER, 7, ha="center")
        if screen > NARROW and s.people:
            _label(canvas, f"{s.people:,} {s.site.name}", (bx, by), taken, BADGE + (9 if s.sets else 3))
    return canvas.svg(widest=width if screen > NARROW else None)


def _label(canvas: Canvas, text: str, at: Spot, taken: list[Spot], beside: float) -> None:
    """A site's name beside its badge, on the freer side; left out where it would cover something ``taken``."""
    x, y = at
    right, left = fit(text, min(LABEL, canvas.width - x - beside), 8), fit(text, min(LABEL, x - beside), 8)
    ways = [(x + beside, right), (x - BADGE - 3 - wide(left, 8), left)]

    def crowd(start: float, shown: str) -> int:
        end = start + wide(shown, 8)
        near = [s for s in taken if s != at and start - BADGE < s[0] < end + BADGE and abs(s[1] - y) < BADGE + 4]
        return len(near) + (shown != text)

    start, shown = min(ways, key=lambda way: crowd(*way))
    if shown and crowd(start, shown) <= (shown != text):
        canvas.text(start, y + 3, shown, BAND, 8)
        taken += [(start + d, y) for d in range(0, int(wide(shown, 8)), 10)]


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
        canvas.text(min(max(x, wide(text) / 2), canvas.width - wide(text) / 2), y + 3, text, colours[name],
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
