"""A canvas in pixels, drawn by matplotlib, that becomes an SVG to be put inside a page.

Text stays text, rectangles of one colour become one path, and nothing depends on the clock: the
same drawing gives the same bytes.
"""

from __future__ import annotations

import io
import re
import warnings
from bisect import bisect_right
from collections.abc import Sequence
from functools import lru_cache
from typing import Any
from xml.etree import ElementTree

import matplotlib as mpl
import numpy as np
from markupsafe import Markup
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.lines import Line2D
from matplotlib.patches import Circle, PathPatch
from matplotlib.path import Path
from matplotlib.text import Text
from matplotlib.textpath import text_to_path
from matplotlib.transforms import IdentityTransform

from optimizer.report.colours import INK

MEASURED = "DejaVu Sans"  # ships with matplotlib, and is wider than the fonts pages are shown in
SIZE = 9.0  # of letters
POINTS = 72  # to an inch: one pixel of the canvas is one point of the figure
CORNERS = ((0, 0), (1, 0), (1, 1), (0, 1), (0, 0))
DECIMAL = re.compile(r"-?\d+\.\d+")
Points = Sequence[tuple[float, float]]


class Canvas:
    """A drawing ``width`` × ``height``; x runs to the right, y downwards."""

    def __init__(self, name: str, title: str, width: float, height: float):
        self.name, self.title, self.width, self.height = name, title, width, height
        self._figure = Figure(figsize=(width / POINTS, height / POINTS), dpi=POINTS, frameon=False)
        self._shapes: dict[tuple[int, str], list[Path]] = {}
        self._said: list[tuple[float, float, float, float, str]] = []
        self._marks: list[ElementTree.Element] = []
        self._rows: list[str] = []
        self.facts: dict[str, str] = {}  # data attributes, for the page's script

    def rect(self, x: float, y: float, w: float, h: float, colour: str, layer: int = 0) -> None:
        """A filled rectangle; higher layers cover lower ones."""
        corners = [(x + w * a, self.height - y - h * b) for a, b in CORNERS]
        self._shapes.setdefault((layer, colour), []).append(Path(corners, closed=True))

    def say(self, x: float, y: float, w: float, h: float, text: str) -> None:
        """What a pointer that rests on a rectangle is told, scripts or not; what is said later lies above."""
        self._said.append((x, y, w, h, text))

    def row(self, y: float, h: float, facets: str | None) -> None:
        """Filters may take out the stretch from ``y`` on where nothing of it is asked for; ``None``: a heading."""
        self._rows.append(f"{y:g},{h:g},{'*' if facets is None else facets}")

    def mark(self, tag: str, text: str = "", **look: object) -> None:
        """An element of its own above all that is drawn, which the page's script may change later."""
        given = {
            k.rstrip("_").replace("_", "-"): f"{v:.1f}" if isinstance(v, float) else str(v) for k, v in look.items()
        }
        made = ElementTree.Element(tag, given)
        made.text = text or None
        self._marks.append(made)

    def polygon(self, points: Points, colour: str, layer: int = 0, edge: str = "none") -> None:
        """A filled outline."""
        path = Path([(x, self.height - y) for x, y in [*points, points[0]]], closed=True)
        self._add(PathPatch(path, fc=colour, ec=edge, lw=0.6, zorder=layer))

    def circle(self, x: float, y: float, r: float, colour: str, layer: int = 0, **more: Any) -> None:
        """A filled circle."""
        self._add(Circle((x, self.height - y), r, **{"fc": colour, "ec": "none", "zorder": layer, **more}))

    def line(self, points: Points, colour: str, width: float = 1.0, layer: int = 0, dashed: bool = False) -> None:
        """A line through points; it breaks where y is not a number."""
        xs, ys = (np.array(v, dtype=float) for v in zip(*points, strict=True))
        look = {"color": colour, "linewidth": width, "linestyle": (0, (4, 3)) if dashed else "solid", "zorder": layer}
        self._add(Line2D(xs, self.height - ys, **look))  # type: ignore[arg-type]

    def text(self, x: float, y: float, text: str, colour: str = INK, size: float = SIZE, **more: Any) -> None:
        """Text whose baseline begins at (x, y); with ``ha`` it ends or is centred there."""
        look = {"va": "baseline", "color": colour, "fontsize": size, "zorder": 50, "family": MEASURED, **more}
        self._add(Text(x, self.height - y, text, parse_math=False, **look))

    def fitted(self, x: float, y: float, room: float, text: str, colour: str = INK, size: float = SIZE) -> None:
        """Text cut to ``room``; nothing where not even three letters fit."""
        short = fit(text, room, size)
        if short:
            self.text(x, y, short, colour, size)

    def svg(self, widest: float | None = None) -> Markup:
        """The drawing, ready to stand inside a page beside others; it fills the page up to ``widest`` pixels."""
        for (layer, colour), paths in self._shapes.items():
            self._add(PathPatch(Path.make_compound_path(*paths), fc=colour, ec="none", lw=0, zorder=layer))
        self._shapes.clear()
        out = io.BytesIO()
        style = {"svg.hashsalt": self.name, "svg.fonttype": "none", "path.simplify": False}
        with mpl.rc_context(style), _unmeasured():
            FigureCanvasSVG(self._figure).print_svg(out, metadata={"Date": None})
        root = _inlined(out.getvalue())
        if self._marks:
            ElementTree.SubElement(root, "g", {"class": "marks"}).extend(self._marks)
        _tell(root, self._said)
        root.attrib = {"viewBox": root.attrib["viewBox"], "role": "img", "aria-label": self.title}
        root.attrib |= {f"data-{k}": v for k, v in self.facts.items()}
        if self._rows:
            root.set("data-rows", ";".join(self._rows))
        if widest is not None:
            root.set("style", f"max-width:{widest:.0f}px")
        return Markup(ElementTree.tostring(root, encoding="unicode"))

    def _add(self, artist: Any) -> None:
        artist.set_transform(IdentityTransform())
        self._figure.add_artist(artist, clip=False)


@lru_cache(maxsize=20_000)
def wide(text: str, size: float = SIZE) -> float:
    """The width of ``text`` in pixels."""
    font = FontProperties(family=MEASURED, size=size)
    with _unmeasured():
        return float(text_to_path.get_text_width_height_descent(text, font, ismath=False)[0])


def fit(text: str, room: float, size: float = SIZE) -> str:
    """``text``, cut with an ellipsis where it is wider than ``room``; empty below three letters."""
    if wide(text, size) <= room:
        return text
    if room < size:
        return ""
    keep = bisect_right(range(len(text)), room, key=lambda n: wide(text[:n].rstrip() + "…", size)) - 1
    return text[:keep].rstrip() + "…" if keep > 2 else ""


def _unmeasured() -> warnings.catch_warnings:
    """Signs the measuring font lacks (emoji, rare scripts) get a box's width; browsers have fonts for them."""
    return warnings.catch_warnings(action="ignore", category=UserWarning)


def _inlined(svg: bytes) -> ElementTree.Element:
    """An SVG file as an element of a page: no prologue, metadata, styles, names or fonts of its own."""
    root = ElementTree.fromstring(svg)
    for parent in list(root.iter()):
        for child in list(parent):
            if child.tag.endswith(("}metadata", "}defs")):  # defs hold nothing but a style: nothing is clipped
                parent.remove(child)
    for element in root.iter():
        element.tag = element.tag.rpartition("}")[2]
        element.attrib.pop("id", None)
        if "d" in element.attrib:
            element.set("d", DECIMAL.sub(lambda x: f"{float(x[0]):.1f}", " ".join(element.attrib["d"].split())))
        if element.tag == "text":
            element.attrib.pop("transform", None)  # never turned
            element.set("style", element.attrib["style"].replace(f" font-family: '{MEASURED}';", ""))
        if element.tag != "text":
            element.text = None
        element.tail = None
    return root


def _tell(root: ElementTree.Element, said: Sequence[tuple[float, float, float, float, str]]) -> None:
    """Unseen rectangles whose titles pointers are told."""
    spots = ElementTree.SubElement(root, "g", {"class": "say", "fill-opacity": "0"}) if said else root
    for x, y, w, h, text in said:
        at = {k: f"{v:.1f}" for k, v in (("x", x), ("y", y), ("width", w), ("height", h))}
        spot = ElementTree.SubElement(spots, "rect", at)
        ElementTree.SubElement(spot, "title").text = "".join(c for c in text if c >= " ")
