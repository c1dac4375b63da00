"""Score and coverage over money as a workbook: what stands out, the points, two charts."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import xlsxwriter

from optimizer.report.colours import ACCENT, COUNTRY_COLOURS, FULL
from optimizer.report.frontier import Frontier
from optimizer.workbook.sheets.charts import plain
from optimizer.workbook.sheets.files import land, new_workbook
from optimizer.workbook.sheets.page import HOME, Column, Page
from optimizer.workbook.sheets.style import Styles

MADE = datetime(2000, 1, 1)
OPTIONS = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
NOTE = "found: by search, a better plan may exist · proven: holds for every plan with no more money"


def write_frontier(path: Path, name: str, money: str, found: Frontier) -> Path:
    """A workbook of one sheet; returns where it landed."""

    def write(temporary: Path) -> None:
        with new_workbook(temporary, OPTIONS) as book:
            book.set_properties({"created": MADE, "title": f"Frontier: {name}"})
            _draw(book, Styles(book), name, money, found)

    return land(path, write)


def _draw(book: xlsxwriter.Workbook, style: Styles, name: str, money: str, found: Frontier) -> None:
    levels = list(dict.fromkeys(level for p in found.points for level in p.coverage))
    columns = [
        Column("Times the money", 10, ("cell", "number")),
        Column(f"Money, {money}", 13, ("cell", "score")),
        Column("Score (found)", 13, ("cell", "score")),
        Column("No plan above (proven)", 13, ("cell", "score")),
        Column("Band %", 9, ("cell", "score")),
        Column("Spent (found)", 12, ("cell", "score")),
        *(Column(f"{level} % (found)", 11, ("cell", "score")) for level in levels),
        Column("", 60),
    ]
    page = Page(book, style, HOME, f"What money buys: {name}", NOTE, [c.width for c in columns])
    for knee in found.knees:
        page.line([knee.text], [("strong",)])
    for reach in found.reaches:
        page.line([reach.text], [("strong",)])
    page.row += 1
    first, last = page.table(columns, [
        [p.factor, p.money, p.score, p.bound, _band(p.score, p.bound), p.spent, *(p.coverage.get(lv) for lv in levels),
         f"no plan (proven) {p.why}".strip() if p.impossible else "" if p.score is not None else "no plan found"]
        for p in found.points
    ])  # fmt: skip
    where = page.name, first, last
    two = [("Score (found)", 2, FULL, False), ("No plan above (proven)", 3, ACCENT, True)]
    shades = (FULL, *COUNTRY_COLOURS)
    many = [(f"{lv} % (found)", 6 + i, shades[i % len(shades)], False) for i, lv in enumerate(levels)]
    page.sheet.insert_chart(last + 2, 0, _chart(book, "Score over money", money, where, two))
    if many:
        page.sheet.insert_chart(last + 2, 6, _chart(book, "Coverage over money, percent", money, where, many))


def _band(score: float | None, bound: float | None) -> float | None:
    return None if score is None or bound is None or not score else 100 * (bound - score) / abs(score)


def _chart(
    book: xlsxwriter.Workbook,
    title: str,
    money: str,
    where: tuple[str, int, int],
    lines: list[tuple[str, int, str, bool]],
) -> Any:
    """A chart of columns of the table over its money."""
    sheet, first, last = where
    chart = book.add_chart({"type": "scatter", "subtype": "straight_with_markers"})
    for name, col, colour, dashed in lines:
        line = {"color": colour, "width": 2} | ({"dash_type": "dash"} if dashed else {})
        chart.add_series({
            "name": plain(name), "categories": [sheet, first, 1, last, 1], "values": [sheet, first, col, last, col],
            "line": line,
            "marker": {"type": "circle", "size": 5, "fill": {"color": colour}, "border": {"color": colour}},
        })  # fmt: skip
    chart.set_title({"name": plain(title), "name_font": {"size": 10}, "overlay": False})
    chart.set_x_axis({"name": plain(money), "num_format": "#,##0"})
    chart.set_y_axis({"num_format": "#,##0", "major_gridlines": {"visible": True, "line": {"color": "#D5DAE1"}}})
    chart.set_legend({"position": "bottom"})
    chart.set_size({"width": 520, "height": 320})
    return chart
