"""Coverage: a heat map country × week for each capability and level, over the supply and demand behind it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from xlsxwriter.utility import xl_range

from optimizer.domain import Case
from optimizer.domain.supply import demand, supply
from optimizer.quantities import MICRO
from optimizer.report.colours import ACCENT, COUNTRY_COLOURS, heat, tint
from optimizer.report.coverage import MET, least_covered, percent, weights
from optimizer.workbook.output.charts import Line, Span, line_chart
from optimizer.workbook.output.page import Column, Formula, Material
from optimizer.workbook.output.weekgrid import Strip, WeekGrid

NAME = "Coverage"
LEFT = (Column("Country", 22), Column("Level", 10, ("cell", "label")), Column("Plan %", 7, ("cell", "tenth")))
DETAIL_CELLS = 40_000  # of the heat map by capability; beyond, only the least covered countries are shown
CHART_ROWS = 18
EVERYONE = "All countries"
SHOWN = {"num_format": f'[>={MET}]"";0', "align": "center"}  # the number only where something is missing
POINTS = {"num_format": "0.0;-0.0;", "align": "center"}
UNMET = {"bg_color": tint(ACCENT, 0.2), "font_color": ACCENT}
BANDS = ((25, heat(0.05)), (50, heat(0.17)), (75, heat(0.31)), (MET, heat(0.45)))


def write(m: Material) -> tuple[list[Line], Span]:
    """Percent of weighted demand by level and country, charts, then each capability with its formulas.

    Returns the chart lines of all countries together, by level, and the weeks they run over.
    """
    case = m.case
    note = "Percent of demand met, by week. Deep colour: met in full. Numbers: percent where something is missing."
    grid = WeekGrid(m, NAME, "Coverage", note, LEFT)
    words = ("below 25", "below 50", "below 75", "below 100")
    bands = [("", f"{word} %", {"bg_color": colour}) for word, (_, colour) in zip(words, BANDS, strict=True)]
    grid.legend([("0", "nothing there", UNMET), *bands, ("", "met in full", {"bg_color": heat(1.0)})])
    grid.head()
    supplied, wanted = supply(case, m.plan), demand(case)
    rows = _overall(grid, case, supplied, wanted)
    shades = (heat(1.0), COUNTRY_COLOURS[2], ACCENT, COUNTRY_COLOURS[4])
    days: Span = (NAME, *grid.span(grid.week_row))
    levels = [Line(x.id, (NAME, *grid.span(rows[x.id, EVERYONE])), shades[i % 4]) for i, x in enumerate(case.levels)]
    _charts(grid, m, rows, levels, days)
    room = DETAIL_CELLS // max(1, len(case.capabilities) * len(case.levels) * case.weeks)
    picked = sorted(least_covered(case, supplied, wanted)[: max(room, 1)])
    if len(picked) < len(case.countries):
        grid.group(f"In detail: the {len(picked)} least covered of {len(case.countries)} countries")
    Details(grid, case, picked).write(supplied, wanted)
    return levels, days


def _overall(grid: WeekGrid, case: Case, supplied: np.ndarray, wanted: np.ndarray) -> dict[tuple[str, str], int]:
    """All capabilities together; returns the row of each (level, country)."""
    got, of = weights(case) * np.minimum(supplied[:, :, None], wanted), weights(case) * wanted
    rows: dict[tuple[str, str], int] = {}
    everyone = [(EVERYONE, slice(None)), *((c.name, slice(j, j + 1)) for j, c in enumerate(case.countries))]
    for i, level in enumerate(case.levels):
        grid.group(f"All capabilities, weighted · {level.id}")
        first = grid.page.row
        for name, chosen in everyone:
            weekly = percent(got[chosen, :, i].sum((0, 1)), of[chosen, :, i].sum((0, 1)))
            whole = float(percent(got[chosen, :, i].sum(), of[chosen, :, i].sum()))
            rows[level.id, name] = grid.page.row
            strip = Strip(case.weeks)
            for w in np.flatnonzero(np.isfinite(weekly)):
                strip.mark(int(w), round(float(weekly[w]), 6), **SHOWN)
            plan = round(whole, 6) if np.isfinite(whole) else None
            grid.row((name, level.id, plan), strip, **({"bold": True} if name == EVERYONE else {}))
        colour(grid, first, grid.page.row - 1)
    return rows


def _charts(grid: WeekGrid, m: Material, rows: dict[tuple[str, str], int], levels: list[Line], days: Span) -> None:
    """Two native charts: every level for all countries, and the lowest level by country."""
    case, top = m.case, grid.page.row
    low = case.levels[0].id
    each = [
        Line(c.name, (NAME, *grid.span(rows[low, c.name])), colour)
        for c, colour in zip(case.countries, COUNTRY_COLOURS, strict=False)
    ]
    half = max(case.weeks // 2, 12)
    for title, lines, col, width in (
        ("Percent of demand met, all countries, by level", levels, 0, 24 * (half - 2) + 270),
        (f"Percent of {low} demand met, by country", each, grid.first + half - 1, 24 * (half + 1)),
    ):
        chart = line_chart(m.book, title, days, lines, top=100)
        chart.set_size({"width": width, "height": CHART_ROWS * 17 - 16})
        grid.page.sheet.insert_chart(top, col, chart, {"object_position": 2, "x_offset": 4, "y_offset": 8})
    for row in range(top, top + CHART_ROWS):
        grid.page.sheet.set_row(row, 12.75)
    grid.page.row = top + CHART_ROWS


class Details:
    """Heat maps by capability and level, with the supply and demand they are computed from below."""

    def __init__(self, grid: WeekGrid, case: Case, picked: Sequence[int]):
        self.grid, self.case, self.picked = grid, case, picked
        n, k, levels = len(picked), len(case.capabilities), len(case.levels)
        self.block = 1 + levels * n
        self.supply_top = grid.page.row + k * self.block
        self.demand_top = self.supply_top + k * (1 + n)

    def supply_row(self, k: int, i: int) -> int:
        """The row of the ``i``-th picked country's supply of capability ``k``."""
        return self.supply_top + k * (1 + len(self.picked)) + 1 + i

    def demand_row(self, k: int, level: int, i: int) -> int:
        """The row of its demand up to ``level``."""
        return self.demand_top + k * self.block + 1 + level * len(self.picked) + i

    def write(self, supplied: np.ndarray, wanted: np.ndarray) -> None:
        case, names = self.case, [self.case.countries[j].name for j in self.picked]
        for k, capability in enumerate(case.capabilities):
            self.grid.group(f"{capability.name} · percent of demand met")
            first = self.grid.page.row
            for v, level in enumerate(case.levels):
                for i, j in enumerate(self.picked):
                    self._percent_row(names[i], level.id, (k, v, i), supplied[j, k], wanted[j, k, v])
            colour(self.grid, first, self.grid.page.row - 1)
        for k, capability in enumerate(case.capabilities):
            self.grid.group(f"{capability.name} · points that count (supply)")
            for i, j in enumerate(self.picked):
                self.grid.row((names[i], "supply", None), _points(supplied[j, k]))
        for k, capability in enumerate(case.capabilities):
            self.grid.group(f"{capability.name} · points wanted up to each level (demand)")
            for v, level in enumerate(case.levels):
                for i, j in enumerate(self.picked):
                    self.grid.row((names[i], level.id, None), _points(wanted[j, k, v]))

    def _percent_row(self, name: str, level: str, at: tuple[int, int, int], got: np.ndarray, of: np.ndarray) -> None:
        k, v, i = at
        have, want, strip = self.supply_row(k, i), self.demand_row(k, v, i), Strip(len(of))
        shares = percent(np.minimum(got, of), of)
        for w, share in enumerate(shares):
            s, d = self.grid.cell(have, w), self.grid.cell(want, w)
            value = float(share) if np.isfinite(share) else ""
            strip.mark(w, Formula(f'=IF({d}=0,"",100*MIN({s},{d})/{d})', value), **SHOWN)
        s, d = (xl_range(*self.grid.span(row)) for row in (have, want))
        total = f'=IF(SUM({d})=0,"",100*SUMPRODUCT(({s}<{d})*{s}+({s}>={d})*{d})/SUM({d}))'
        whole = float(percent(np.minimum(got, of).sum(), of.sum()))
        self.grid.row((name, level, Formula(total, whole if np.isfinite(whole) else "")), strip)


def _points(values: np.ndarray) -> Strip:
    strip = Strip(len(values))
    for w, x in enumerate(values):
        strip.mark(w, int(x) / MICRO, **POINTS)
    return strip


def colour(grid: WeekGrid, first: int, last: int) -> None:
    """The heat map's colours, by what the cells show."""
    style, area = grid.page.style, (first, grid.first, last, grid.first + grid.weeks - 1)
    nothing = f"=NOT(ISNUMBER({grid.cell(first, 0)}))"  # a blank would count as 0
    rules: list[tuple[dict[str, Any], dict[str, Any]]] = [
        ({"type": "formula", "criteria": nothing}, {}),
        ({"type": "cell", "criteria": "==", "value": 0}, UNMET),
        *(({"type": "cell", "criteria": "<", "value": limit}, {"bg_color": shade}) for limit, shade in BANDS),
        ({"type": "cell", "criteria": ">=", "value": MET}, {"bg_color": heat(1.0)}),
    ]
    for rule, look in rules:
        grid.page.sheet.conditional_format(*area, {**rule, "format": style.bare(**look), "stop_if_true": True})
