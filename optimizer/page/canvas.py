"""A canvas in pixels, drawn by matplotlib, that becomes an SVG to be put inside a page.

Text stays text, rectangles of one colour become one path, and nothing depends on the clock: the
same drawing gives the same bytes.
"""

from __future__ import annotations

import io
import re
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

    def rect(self, x: float, y: float, w: float, h: float, colour: str, layer: int = 0) -> None:
        """A filled rectangle; higher layers cover lower ones."""
        corners = [(x + w * a, self.height - y - h * b) for a, b in CORNERS]
        self._shapes.setdefault((layer, colour), []).append(Path(corners, closed=True))

    def say(self, x: float, y: float, w: float, h: float, text: str) -> None:
        """What a pointer that rests on a rectangle is told, scripts or not; what is said later lies above."""
        self._said.append((x, y, w, h, text))

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
        with mpl.rc_context({"svg.hashsalt": self.name, "svg.fonttype": "none", "path.simplify": False}):
            FigureCanvasSVG(self._figure).print_svg(out, metadata={"Date": None})
        return _inlined(out.getvalue(), self.title, widest, self._said)

    def _add(self, artist: Any) -> None:
        artist.set_transform(IdentityTransform())
        self._figure.add_artist(artist, clip=False)


@lru_cache(maxsize=20_000)
def wide(text: str, size: float = SIZE) -> float:
    """The width of ``text`` in pixels."""
    font = FontProperties(family=MEASURED, size=size)
    return float(text_to_path.get_text_width_height_descent(text, font, ismath=False)[0])


def fit(text: str, room: float, size: float = SIZE) -> str:
    """``text``, cut with an ellipsis where it is wider than ``room``; empty below three letters."""
    if wide(text, size) <= room:
        return text
    if room < size:
        return ""
    keep = bisect_right(range(len(text)), room, key=lambda n: wide(text[:n].rstrip() + "…", size)) - 1
    return text[:keep].rstrip() + "…" if keep > 2 else ""


def _inlined(
    svg: bytes, title: str, widest: float | None, said: Sequence[tuple[float, float, float, float, str]] = ()
) -> Markup:
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
    for x, y, w, h, text in said:
        at = {k: f"{v:.1f}" for k, v in (("x", x), ("y", y), ("width", w), ("height", h))}
        spot = ElementTree.SubElement(root, "rect", {**at, "fill-opacity": "0"})
        ElementTree.SubElement(spot, "title").text = "".join(c for c in text if c >= " ")
    root.attrib = {"viewBox": root.attrib["viewBox"], "role": "img", "aria-label": title}
    if widest is not None:
        root.set("style", f"max-width:{widest:.0f}px")
    return Markup(ElementTree.tostring(root, encoding="unicode"))
