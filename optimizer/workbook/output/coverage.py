"""Coverage: a heat map country × week for each capability and level, over the supply and demand behind it."""

from __future__ import annotations

from optimizer.domain.supply import demand, supply
from optimizer.report.colours import ACCENT, COUNTRY_COLOURS, heat
from optimizer.report.coverage import least_covered
from optimizer.workbook.output.coverage_rows import BANDS, EVERYONE, UNMET, Rows, Weighted
from optimizer.workbook.output.weekgrid import WeekGrid
from optimizer.workbook.sheets.charts import Line, Span, line_chart
from optimizer.workbook.sheets.material import Material
from optimizer.workbook.sheets.page import Column, Link, put

NAME = "Coverage"
LEFT = (Column("Country", 22), Column("Level", 10, ("cell", "label")), Column("Plan %", 7, ("cell", "tenth")))
DETAIL_CELLS = 40_000  # of the heat map by capability; beyond, only the least covered countries are shown
CHART_ROWS = 18


def write(m: Material) -> tuple[list[Line], Span]:
    """Percent of weighted demand by level and country, charts, then each capability, all down to its points.

    Returns the chart lines of all countries together, by level, and the weeks they run over.
    """
    case = m.case
    note = "Percent of demand met, by week. Deep colour: met in full. Numbers: percent where something is missing."
    grid = WeekGrid(m, NAME, "Coverage", note, LEFT)
    words = ("below 25", "below 50", "below 75", "below 100")
    bands = [("", f"{word} %", {"bg_color": colour}) for word, (_, colour) in zip(words, BANDS, strict=True)]
    grid.legend([(0, "nothing there", UNMET), *bands, ("", "met in full", {"bg_color": heat(1.0)})])
    put(grid.page.sheet, 2, 1, Link("Supply", "Supply →"), grid.page.style("link"))
    grid.head()
    supplied, wanted = supply(case, m.plan), demand(case)
    room = DETAIL_CELLS // max(1, len(case.capabilities) * len(case.levels) * case.weeks)
    picked = sorted(least_covered(case, supplied, wanted)[: max(room, 1)])
    top = grid.page.row
    below = top + len(case.levels) * (2 + len(case.countries)) + CHART_ROWS
    rows = Rows(grid, m, picked, below + (len(picked) < len(case.countries)))
    overall = Weighted(rows, supplied, wanted)
    overall.write_percent()
    shades = (heat(1.0), COUNTRY_COLOURS[2], ACCENT, COUNTRY_COLOURS[4])
    days: Span = (NAME, *grid.span(grid.week_row))
    levels = [
        Line(x.id, (NAME, *grid.span(overall.row(i, EVERYONE))), shades[i % 4]) for i, x in enumerate(case.levels)
    ]
    _charts(grid, m, overall, levels, days)
    if len(picked) < len(case.countries):
        grid.group(f"In detail: the {len(picked)} least covered of {len(case.countries)} countries")
    rows.write(supplied, wanted)
    overall.write_points()
    return levels, days


def _charts(grid: WeekGrid, m: Material, overall: Weighted, levels: list[Line], days: Span) -> None:
    """Two native charts: every level for all countries, and the lowest level by country."""
    case, top = m.case, grid.page.row
    each = [
        Line(c.name, (NAME, *grid.span(overall.row(0, j))), colour)
        for (j, c), colour in zip(enumerate(case.countries), COUNTRY_COLOURS, strict=False)
    ]
    half = max(case.weeks // 2, 12)
    for title, lines, col, width in (
        ("Percent of demand met, all countries, by level", levels, 0, 24 * (half - 2) + 270),
        (f"Percent of {case.levels[0].id} demand met, by country", each, grid.first + half - 1, 24 * (half + 1)),
    ):
        chart = line_chart(m.book, title, days, lines, top=100)
        chart.set_size({"width": width, "height": CHART_ROWS * 17 - 16})
        grid.page.sheet.insert_chart(top, col, chart, {"object_position": 2, "x_offset": 4, "y_offset": 8})
    for row in range(top, top + CHART_ROWS):
        grid.page.sheet.set_row(row, 12.75)
    grid.page.row = top + CHART_ROWS


__all__ = ["NAME", "write"]
