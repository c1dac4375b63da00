"""The rows of the Coverage sheet: percentages as live formulas over points, points as live sums over Supply."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from xlsxwriter.utility import xl_range

from optimizer.quantities import MICRO
from optimizer.report.colours import ACCENT, heat, tint
from optimizer.report.coverage import MET, percent, weights
from optimizer.workbook.output import sources
from optimizer.workbook.output.weekgrid import Strip, WeekGrid
from optimizer.workbook.sheets.material import Material, cell, on
from optimizer.workbook.sheets.page import Formula

SHOWN = {"num_format": f'[>={MET}]"";0', "align": "center"}  # the number only where something is missing
POINTS = {"num_format": "0.0;-0.0;", "align": "center"}
UNMET = {"bg_color": tint(ACCENT, 0.2), "font_color": ACCENT}
BANDS = ((25, heat(0.05)), (50, heat(0.17)), (75, heat(0.31)), (MET, heat(0.45)))
EVERYONE = -1
MOST_TERMS = 24  # capabilities up to which a weighted sum is still a formula one can read


class Rows:
    """Heat maps by capability and level, with the supply and demand they are computed from below.

    ``picked`` are the countries shown, ``top`` is where the first row will be.
    """

    def __init__(self, grid: WeekGrid, m: Material, picked: Sequence[int], top: int):
        self.grid, self.m, self.case, self.picked = grid, m, m.case, picked
        n, k, levels = len(picked), len(m.case.capabilities), len(m.case.levels)
        self.block = 1 + levels * n
        self.supply_top = top + k * self.block
        self.demand_top = self.supply_top + k * (1 + n)
        self.end = self.demand_top + k * self.block

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
        by = "" if self.m.sources is None else " (live sums over the Supply sheet)"
        for k, capability in enumerate(case.capabilities):
            self.grid.group(f"{capability.name} · points that count{by}")
            for i, j in enumerate(self.picked):
                self.grid.row((names[i], "supply", None), self._supply(j, k, supplied[j, k]))
        for k, capability in enumerate(case.capabilities):
            self.grid.group(f"{capability.name} · points wanted up to each level (from the Demand sheet)")
            for v, level in enumerate(case.levels):
                for i, j in enumerate(self.picked):
                    strip = Strip(case.weeks)
                    for w, x in enumerate(wanted[j, k, v]):
                        strip.mark(w, int(x) / MICRO, **POINTS)
                    self.grid.row((names[i], level.id, None), strip)

    def _supply(self, j: int, k: int, values: np.ndarray) -> Strip:
        strip, grid = Strip(len(values)), self.grid
        for w, x in enumerate(values):
            day = cell(grid.week_row, grid.first + w, pin_row=True)
            value: Any = int(x) / MICRO
            if self.m.sources is not None:
                text = sources.sums(self.m, self.case.countries[j].id, self.case.capabilities[k].id, day)
                value = Formula(text, value)
            strip.mark(w, value, **POINTS)
        return strip

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


class Weighted:
    """All capabilities together, by level and country: percent at the top, weighted points at the bottom.

    Where not every country (or too many capabilities) is shown in detail, the percentages are plain numbers.
    """

    def __init__(self, rows: Rows, supplied: np.ndarray, wanted: np.ndarray):
        self.rows, self.grid, self.m, self.case = rows, rows.grid, rows.m, rows.case
        points = weights(self.case)
        self.met = (points * np.minimum(supplied[:, :, None], wanted)).sum(1) / MICRO  # countries, levels, weeks
        self.of = (points * wanted).sum(1) / MICRO
        self.live = len(rows.picked) == len(self.case.countries) and 0 < len(self.case.capabilities) <= MOST_TERMS
        self.top, self.block = rows.grid.page.row, 2 + len(self.case.countries)

    def row(self, level: int, j: int) -> int:
        """The row of the percentages of a country (``EVERYONE``: of all together)."""
        return self.top + level * self.block + 2 + j

    def points_row(self, what: int, level: int, j: int) -> int:
        """The row of the weighted points met (``what`` 0) or wanted (1)."""
        return self.rows.end + (what * len(self.case.levels) + level) * self.block + 2 + j

    def write_percent(self) -> None:
        """The heat maps of all capabilities together; notes where each country's figure of the plan stands."""
        for v, level in enumerate(self.case.levels):
            self.grid.group(f"All capabilities, weighted · {level.id}")
            for j in range(EVERYONE, len(self.case.countries)):
                met, of = self._values(self.met, v, j), self._values(self.of, v, j)
                strip, have, want = Strip(self.case.weeks), self.points_row(0, v, j), self.points_row(1, v, j)
                for w in np.flatnonzero(of > 0):
                    share: Any = float(percent(met[w], of[w]))
                    if self.live:
                        share = Formula(f"=100*{self.grid.cell(have, int(w))}/{self.grid.cell(want, int(w))}", share)
                    strip.mark(int(w), share, **SHOWN)
                whole: Any = float(percent(met.sum(), of.sum())) if of.any() else None
                if self.live and whole is not None:
                    a, b = (xl_range(*self.grid.span(row)) for row in (have, want))
                    whole = Formula(f"=100*SUM({a})/SUM({b})", whole)
                self.m.places[f"coverage {v} {j}"] = cell(self.grid.page.row, 2)
                self.grid.row((self._name(j), level.id, whole), strip, **({"bold": True} if j == EVERYONE else {}))
            colour(self.grid, self.row(v, EVERYONE), self.grid.page.row - 1)

    def write_points(self) -> None:
        """Points × weights of country and capability, met and wanted, up to each level."""
        if not self.live:
            return
        for what, values, title in ((0, self.met, "met"), (1, self.of, "wanted")):
            for v, level in enumerate(self.case.levels):
                self.grid.group(
                    f"Weighted points {title} up to {level.id} (points × capability weight × country weight)"
                )
                for j in range(EVERYONE, len(self.case.countries)):
                    strip, numbers = Strip(self.case.weeks), self._values(values, v, j)
                    for w, x in enumerate(numbers):
                        strip.mark(w, Formula(self._sum(what, v, j, w), float(x)), **POINTS)
                    sheet = self.grid.page.name
                    self.m.places[f"points {what} {v} {j}"] = on(sheet, xl_range(*self.grid.span(self.grid.page.row)))
                    self.grid.row((self._name(j), level.id, None), strip, **({"bold": True} if j == EVERYONE else {}))

    def _sum(self, what: int, v: int, j: int, w: int) -> str:
        grid, row = self.grid, self.points_row(what, v, j)
        if j == EVERYONE:
            return f"=SUM({grid.cell(row + 1, w)}:{grid.cell(row + len(self.case.countries), w)})"
        terms = []
        for k in range(len(self.case.capabilities)):
            have, want = grid.cell(self.rows.supply_row(k, j), w), grid.cell(self.rows.demand_row(k, v, j), w)
            points = want if what else f"MIN({have},{want})"
            terms.append(f"{self.m.at('Capabilities', 'Weight', k)}*{points}")
        return f"={self.m.at('Countries', 'Weight', j)}*({'+'.join(terms)})"

    def _values(self, values: np.ndarray, v: int, j: int) -> np.ndarray:
        return np.asarray(values[:, v].sum(0) if j == EVERYONE else values[j, v])

    def _name(self, j: int) -> str:
        return "All countries" if j == EVERYONE else self.case.countries[j].name


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
