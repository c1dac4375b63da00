"""A canvas with weeks to the right: months above, a lane for each thing below."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from markupsafe import Markup

from optimizer.domain import Case
from optimizer.page.canvas import Canvas, fit, wide
from optimizer.report.colours import BAND, PAPER, QUIET, RULE, SHADE, on

WIDE, NARROW = 960.0, 360.0  # pixels: a screen, a telephone held upright
HEAD = 26.0  # height of the months
TALLEST = 1000.0  # what still prints on one sheet of paper
MONTHS_APART = 22.0  # pixels a month's name needs


def count(weeks: int) -> str:
    """So many weeks, in words."""
    return "1 week" if weeks == 1 else f"{weeks} weeks"


@dataclass(frozen=True)
class Bar:
    """A filled stretch of weeks ``[start, end)``; ``text`` stands in it where there is room.

    ``share`` of the lane's height; higher ``layer``s cover lower ones. With ``beside`` a text that finds no
    room inside stands after the bar.
    """

    start: int
    end: int
    colour: str
    text: str = ""
    layer: int = 1
    share: float = 1.0
    beside: bool = False
    hint: str = ""  # what a pointer resting on it is told, if that is not the text

    def told(self, case: Case) -> str:
        """Its text or hint, and its days."""
        days = f"{case.calendar.monday(self.start):%d %b %Y} – {case.calendar.monday(self.end):%d %b %Y}"
        return " · ".join(x for x in (self.hint or self.text, days, count(self.end - self.start)) if x)


@dataclass(frozen=True)
class Lane:
    """One row of bars; the name is written at the first lane of a block."""

    bars: tuple[Bar, ...]
    height: float


@dataclass(frozen=True)
class Block:
    """Lanes under one name; ``short`` is written on telephones; ``facets`` are what filters find it by."""

    name: str
    lanes: tuple[Lane, ...]
    short: str = ""
    facets: str = ""

    @property
    def height(self) -> float:
        return sum(x.height for x in self.lanes)


def lanes(case: Case, name: str, title: str, blocks: Sequence[Block], width: float) -> list[Markup]:
    """Drawings of ``blocks`` one below the other, as many as it takes to print each on one page."""
    out: list[Markup] = []
    part: list[Block] = []
    for block in [*blocks, None]:
        full = block is not None and HEAD + sum(b.height + 2 for b in part) + block.height > TALLEST
        if part and (block is None or full):
            out.append(_drawn(case, f"{name}-{len(out)}", title, part, width))
            part = []
        if block is not None:
            part.append(block)
    return out


def _drawn(case: Case, name: str, title: str, blocks: Sequence[Block], width: float) -> Markup:
    left, size = (206.0, 9.0) if width > NARROW else (92.0, 8.0)
    height = HEAD + sum(b.height + 2 for b in blocks) + 2
    canvas = Canvas(name, title, width, height)
    step = head(canvas, case, left, height)
    canvas.facts["by"] = "cuk"
    y = HEAD + 1
    for i, block in enumerate(blocks):
        canvas.row(y - 1, block.height + 2, block.facets)
        if i % 2:
            canvas.rect(0, y - 1, width, block.height + 2, SHADE, layer=-2)
        name = block.name if width > NARROW else block.short or block.name
        canvas.fitted(2, y + min(block.height, 12) - 3, left - 6, name, size=size)
        for lane in block.lanes:
            for bar in sorted(lane.bars, key=lambda bar: bar.layer):
                a, b = max(bar.start, 0), min(bar.end, case.weeks)
                if a < b:
                    tall = (lane.height - 1) * bar.share
                    down = y + lane.height - 1 - tall
                    canvas.rect(left + a * step, down, (b - a) * step, tall, bar.colour, bar.layer)
                    told = f"{block.name}: {bar.told(case)}"
                    canvas.say(left + a * step, down, (b - a) * step, tall, told)
            _texts(canvas, lane, left, step, y + lane.height - 3, case.weeks)
            y += lane.height
        y += 2
    return canvas.svg()


def _texts(canvas: Canvas, lane: Lane, left: float, step: float, y: float, weeks: int) -> None:
    """The texts of a lane's bars, each in the longest stretch that no later bar covers."""
    letters = min(lane.height - 2.5, 8.0)
    if letters < 6:
        return
    top = [-1] * weeks  # the bar seen in each week
    for n, bar in sorted(enumerate(lane.bars), key=lambda x: (x[1].layer, x[0])):
        for w in range(max(bar.start, 0), min(bar.end, weeks)):
            top[w] = n
    for n, bar in enumerate(lane.bars):
        start, free = _longest(top, n)
        inside = fit(bar.text, free * step - 4, letters) if free else ""
        if bar.beside and inside != bar.text:
            canvas.fitted(
                left + min(bar.end, weeks) * step + 3, y, (weeks - bar.end) * step - 4, bar.text, size=letters
            )
        elif inside:
            canvas.text(left + start * step + 2, y, inside, on(bar.colour), letters)


def _longest(top: Sequence[int], n: int) -> tuple[int, int]:
    """Start and length of the longest run of ``n``."""
    best, week = (0, 0), 0
    for key, run in groupby(top):
        length = len(list(run))
        if key == n and length > best[1]:
            best = (week, length)
        week += length
    return best


def head(canvas: Canvas, case: Case, left: float, height: float, right: float = 1.0) -> float:
    """Years and months along the top, a line at each month's start; returns the width of a week."""
    end = canvas.width - right
    step = (end - left) / case.weeks
    canvas.rect(0, 0, canvas.width, HEAD - 2, BAND)
    short = step * 4 < MONTHS_APART
    free, year = 0.0, None
    for w in range(case.weeks):
        day = case.calendar.monday(w)
        if w and day.month == case.calendar.monday(w - 1).month:
            continue
        x = left + w * step
        if w:
            canvas.line([(x, HEAD - 2), (x, height)], RULE, 0.5, layer=-1)
        name = f"{day:%b}"[0] if short else f"{day:%b}"
        if x >= free and x + wide(name, 8) < end:
            canvas.text(x + 1, HEAD - 6, name, PAPER, 8)
            free = x + wide(name, 8) + 2
        if day.year != year and x + 24 < end:
            canvas.text(x + 1, 9, str(day.year), "#C9D3E0", 7)
            year = day.year
    canvas.line([(left, HEAD - 2), (left, height)], QUIET, 0.5, layer=-1)
    return step


def legend(entries: Sequence[tuple[str, str]]) -> Markup:
    """Swatches (colour, meaning) as a line of the page."""
    swatch = Markup('<span class="key"><i style="background:{}"></i>{}</span>')
    return Markup(" ").join(swatch.format(colour, text) for colour, text in entries)
