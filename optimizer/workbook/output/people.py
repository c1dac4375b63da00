"""People: how many are in each country, week by week and by month, and how much of what counts is on own soil."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np

from optimizer.report.colours import ACCENT, PAPER, heat
from optimizer.report.headcount import Headcount, headcounts
from optimizer.workbook.output.weekgrid import Strip, WeekGrid
from optimizer.workbook.sheets.material import Material, cell
from optimizer.workbook.sheets.page import Column, Formula, Link, put

NAME = "People"
LEFT = (
    Column("Country", 24),
    Column("Average", 8, ("cell", "whole")),
    Column("Peak", 8, ("cell", "whole")),
    Column("Fullest week", 11, ("cell", "date")),
    Column("Own soil", 8, ("cell", "percent_whole")),
    Column("Next door", 8, ("cell", "percent_whole")),
    Column("Floor", 7, ("cell", "count")),
)
WEEK = 3.5  # characters: four digits in small type
TOTAL = "All together"


def write(m: Material) -> None:
    """A row per country and week, live averages and peaks, then averages by month."""
    note = (
        "Everybody present: on rotation from the week of arrival, and brought in for exercises. Own soil: part of the "
        "points met that stands in the country itself, counted first; the rest counts from next door."
    )
    grid = WeekGrid(m, NAME, "People by country and week", note, LEFT, width=WEEK)
    put(grid.page.sheet, 2, 1, Link("Timeline by site", "Timeline by site →"), grid.page.style("link"))
    grid.legend([("", "fewest", {"bg_color": heat(0.1)}), ("", "most", {"bg_color": heat(1.0)}),
                 (0, "below the presence floor", {"font_color": ACCENT, "bold": True})])  # fmt: skip
    grid.head()
    there = headcounts(m.case, m.plan)
    floors = {c.id: c.floor for c in m.case.countries}
    first = grid.page.row
    top = max((h.peak for h in there), default=0) or 1
    for h in there:
        _row(grid, m, h, floors.get(h.country or "", 0), top)
    last = grid.page.row - 1
    if there:
        _all(grid, m, there, first, last)
    grid.page.row += 1
    if there:
        _months(grid, m, there, first)


def _row(grid: WeekGrid, m: Material, h: Headcount, floor: int, top: int) -> None:
    row, strip = grid.page.row, Strip(m.case.weeks)
    for w, n in enumerate(h.weekly):
        few = {"font_color": ACCENT, "bold": True} if n < floor else {}
        colour = heat(int(n) / top) if n else PAPER
        strip.bar(w, w + 1, colour)
        shown = {"num_format": "0"} if n < floor else {"num_format": "0;-0;"}
        strip.mark(w, int(n), align="center", **shown, **few)
    m.places[f"people {h.country}"] = cell(row, 0)
    m.present[cell(row, 0)] = h.average, h.peak
    own = None if h.own is None else h.own / 100
    nearby = None if own is None else Formula(f"=1-{cell(row, 4)}", 1 - own)
    grid.row((h.name, *_sums(grid, row, h), own, nearby, floor), strip)


def _sums(grid: WeekGrid, row: int, h: Headcount) -> tuple[Formula, Formula, Any]:
    """Average and peak as formulas over the weeks of the row, and the fullest week."""
    a, b = grid.cell(row, 0), grid.cell(row, grid.weeks - 1)
    day = grid.m.day(h.fullest) if h.peak else None
    return Formula(f"=AVERAGE({a}:{b})", h.average), Formula(f"=MAX({a}:{b})", h.peak), day


def _all(grid: WeekGrid, m: Material, there: list[Headcount], first: int, last: int) -> None:
    row, strip = grid.page.row, Strip(m.case.weeks)
    whole = Headcount(None, TOTAL, np.sum([h.weekly for h in there], axis=0), None)
    for w, n in enumerate(whole.weekly):
        text = Formula(f"=SUM({grid.cell(first, w)}:{grid.cell(last, w)})", int(n))
        strip.mark(w, text, align="center", num_format="0;-0;", bold=True)
    m.places["people"] = cell(row, 0)
    m.present[cell(row, 0)] = whole.average, whole.peak
    grid.row((TOTAL, *_sums(grid, row, whole), None, None, None), strip, "strong")


def _months(grid: WeekGrid, m: Material, there: list[Headcount], first: int) -> None:
    """Averages of the weeks that begin in each month."""
    page, style = grid.page, grid.page.style
    months: dict[date, list[int]] = {}
    for w in range(m.case.weeks):
        months.setdefault(m.day(w).replace(day=1), []).append(w)
    grid.group("By month, on average")
    for j, month in enumerate(months):
        if j == 0 or month.month == 1:
            put(page.sheet, page.row, grid.first + j, f"{month:%Y}", style("month", left=0))
        put(page.sheet, page.row + 1, grid.first + j, f"{month:%b}", style("week"))
    page.row += 2
    look = style("grid", left=0, align="center", num_format="0;-0;", bottom=1, bottom_color="#EEF1F5")
    rows = [*there, Headcount(None, TOTAL, np.sum([h.weekly for h in there], axis=0), None)]
    for i, h in enumerate(rows):
        put(page.sheet, page.row, 0, h.name, style("cell", *(["strong"] if h.name == TOTAL else [])))
        for j, weeks in enumerate(months.values()):
            span = f"{grid.cell(first + i, weeks[0])}:{grid.cell(first + i, weeks[-1])}"
            value = float(h.weekly[weeks[0] : weeks[-1] + 1].mean())
            put(page.sheet, page.row, grid.first + j, Formula(f"=AVERAGE({span})", value), look)
        page.row += 1
