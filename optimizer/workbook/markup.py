"""The marked-up copy: what was read, with every faulty cell highlighted and a list that links to it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import xlsxwriter
from openpyxl.utils import range_boundaries
from xlsxwriter.worksheet import Worksheet

from optimizer.workbook.faults import FAULT, Fault
from optimizer.workbook.files import land
from optimizer.workbook.grid import Grid, load
from optimizer.workbook.output.style import Styles
from optimizer.workbook.schema import SHEET_NAMES
from optimizer.workbook.template import MADE, printing, put
from optimizer.workbook.words import fold

LIST = "Faults"
MARK = {"bg_color": "#F8C9B8", "border": 1, "border_color": "#C2491D"}
LOOK = {"bg_color": "#FCE9C2"}
_HEAD = (("Where", 26), ("Severity", 10), ("What is wrong", 70), ("Read", 30), ("Suggestion", 60))
_SPAN = 40  # cells of one finding that are highlighted at most


def markup(path: Path, faults: Sequence[Fault], out: Path) -> Path:
    """Write a copy of the values of ``path`` to ``out``; returns where it landed.

    Its first sheet lists ``faults``, each linked to its cell; the planner's own file is not touched.
    Raises WorkbookError when ``path`` cannot be read.
    """
    named = {f.sheet for f in faults}
    book = load(path, lambda title: fold(title) in SHEET_NAMES or title in named)
    titles = {g.title for g in book.grids}
    taken = LIST if LIST not in titles else f"{LIST} found"

    def write(temporary: Path) -> None:
        options = {"strings_to_formulas": False, "strings_to_urls": False, "nan_inf_to_errors": True}
        with xlsxwriter.Workbook(str(temporary), options) as made:
            made.set_properties({"created": MADE})
            style = Styles(made)
            _list(made.add_worksheet(taken), style, faults, titles)
            for grid in book.grids:
                _copy(made.add_worksheet(grid.title), style, grid, [f for f in faults if f.sheet == grid.title])

    return land(out, write)


def _list(page: Worksheet, style: Styles, faults: Sequence[Fault], titles: set[str]) -> None:
    page.freeze_panes(1, 0)
    printing(page)
    for j, (title, width) in enumerate(_HEAD):
        page.set_column(j, j, width)
        page.write_string(0, j, title, style("header"))
    for i, f in enumerate(faults, 1):
        where = f.where or "the workbook"
        if f.sheet in titles:
            quoted = f.sheet.replace("'", "''")
            page.write_url(i, 0, f"internal:'{quoted}'!{_first(f.cell)}", style("link"), where)
        else:
            page.write_string(i, 0, where, style("cell"))
        page.write_string(i, 1, f.severity, style("bad" if f.severity == FAULT else "cell"))
        for j, text in enumerate((f.problem, f.read, f.suggestion), 2):
            page.write_string(i, j, text, style("cell", text_wrap=True))
    page.autofilter(0, 0, max(len(faults), 1), len(_HEAD) - 1)


def _first(cell: str) -> str:
    """The address a link can jump to: rows (``3:3``) and columns (``B:B``) by their first cell."""
    first = cell.split(":")[0] or "A1"
    return f"A{first}" if first.isdigit() else first if first[-1].isdigit() else f"{first}1"


def _copy(page: Worksheet, style: Styles, grid: Grid, faults: Sequence[Fault]) -> None:
    marks: dict[tuple[int, int], list[Fault]] = {}
    for f in faults:
        for place in _cells(f.cell):
            marks.setdefault(place, []).append(f)
    for place in sorted({(r, c) for r, cells in grid.rows.items() for c in cells} | marks.keys()):
        row, column = place
        value: Any = grid.rows.get(row, {}).get(column)
        known = isinstance(value, date | datetime | int | float | None)
        shape = ("date",) if isinstance(value, date) else ()
        look = (MARK if any(f.severity == FAULT for f in marks[place]) else LOOK) if place in marks else {}
        put(page, row - 1, column - 1, value if known else str(value), style("cell", *shape, **look))
        if place in marks:
            text = "\n".join(f"{f.problem}. {f.suggestion}".strip() for f in marks[place])
            page.write_comment(row - 1, column - 1, text, {"x_scale": 2, "author": ""})
    page.set_column(0, 60, 14)
    printing(page)


def _cells(address: str) -> list[tuple[int, int]]:
    """The (row, column) places of an address; whole rows, columns and sheets mark their first cell."""
    if not address or address.replace(":", "").isalpha() or address.replace(":", "").isdigit():
        address = _first(address)
    left, top, right, bottom = range_boundaries(address)
    return [(r, c) for r in range(top, bottom + 1) for c in range(left, right + 1)][:_SPAN]
