"""Native charts in the house look."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from xlsxwriter.chart import Chart
from xlsxwriter.workbook import Workbook

from optimizer.report.colours import INK, QUIET, RULE
from optimizer.workbook.sheets.style import FONT

Span = tuple[str, int, int, int, int]  # sheet, first row, first column, last row, last column
_SMALL = {"name": FONT, "size": 8, "color": QUIET}


@dataclass(frozen=True)
class Line:
    """One line of a chart."""

    name: str
    values: Span
    colour: str
    dashed: bool = False
    steps: bool = False


def line_chart(
    book: Workbook, title: str, days: Span, lines: Sequence[Line], *, top: float | None = None, unit: str = ""
) -> Chart:
    """A line chart over dates; ``top`` fixes the upper end of the value axis."""
    chart = book.add_chart({"type": "line"})
    for x in lines:
        look: dict[str, Any] = {"color": x.colour, "width": 2}
        if x.dashed:
            look |= {"dash_type": "dash", "width": 1.5}
        chart.add_series({"name": plain(x.name), "categories": list(days), "values": list(x.values), "line": look})
    chart.set_title(
        {"name": plain(title), "name_font": {"name": FONT, "size": 10, "bold": True, "color": INK}, "overlay": False}
    )
    axis = {"num_font": _SMALL, "line": {"color": RULE}}
    chart.set_x_axis({**axis, "date_axis": True, "num_format": "mmm yy", "major_unit": 2, "major_unit_type": "months"})
    limits = {"min": 0} if top is None else {"min": 0, "max": top}
    grid = {"visible": True, "line": {"color": RULE, "width": 0.5}}
    name = {"name": unit, "name_font": {**_SMALL, "bold": False}} if unit else {}
    chart.set_y_axis({**axis, **limits, **name, "num_format": "#,##0", "major_gridlines": grid})
    chart.set_legend({"position": "bottom", "font": _SMALL})
    chart.set_chartarea({"border": {"color": RULE}})
    chart.show_blanks_as("gap")
    return chart


def plain(text: str) -> str:
    """``text`` such that a name like ``A!B2`` is not taken for a reference to a cell."""
    return text.replace("!", "! ")
