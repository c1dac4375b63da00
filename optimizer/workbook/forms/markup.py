"""The marked-up copy: what was read, with every finding highlighted in its cell and a list that links to it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from itertools import chain, count
from pathlib import Path
from typing import Any

from openpyxl.utils import range_boundaries
from xlsxwriter.worksheet import Worksheet

from optimizer.workbook.faults import FAULT, NOTE, WARNING, Fault
from optimizer.workbook.forms.lists import as_shown
from optimizer.workbook.forms.template import MADE, printing, put
from optimizer.workbook.reading.grid import Grid, load
from optimizer.workbook.reading.headers import header_row
from optimizer.workbook.schema import SHEET_NAMES
from optimizer.workbook.sheets.files import land, new_workbook
from optimizer.workbook.sheets.style import ACCENT, Styles
from optimizer.workbook.words import fold

LIST = "Faults"
LOOKS = {
    FAULT: {"bg_color": "#F8C9B8", "border": 1, "border_color": ACCENT},
    WARNING: {"bg_color": "#FCE9C2", "border": 1, "border_color": "#D9A441"},
    NOTE: {"bg_color": "#E8EDF3", "border": 1, "border_color": "#B9C2CC"},
}
TABS = {FAULT: ACCENT, WARNING: "#D9A441", NOTE: "#B9C2CC"}
_HEAD = (("Where", 24), ("Severity", 10), ("What is wrong", 48), ("Read", 24), ("Suggestion", 48))
_SPAN = 40  # cells of one finding that are highlighted at most
_LINKS = 60_000  # a sheet cannot hold many more
_HOW = "Correct your own workbook, not this copy: it has the values alone. Each place below leads to its cell."


def markup(path: Path, faults: Sequence[Fault], out: Path) -> Path:
    """Write a copy of the values of ``path`` to ``out``; returns where it landed.

    Its first sheet lists ``faults``, each linked to its cell; the planner's own file is not touched.
    Raises WorkbookError when ``path`` cannot be read.
    """
    named = {f.sheet for f in faults}
    book = load(path, lambda title: fold(title) in SHEET_NAMES or title in named)
    taken, *names = _page_names([LIST, *(g.title for g in book.grids)])
    pages = dict(reversed([(g.title, name) for g, name in zip(book.grids, names, strict=True)]))

    def write(temporary: Path) -> None:
        options = {"strings_to_formulas": False, "strings_to_urls": False, "nan_inf_to_errors": True}
        with new_workbook(temporary, options) as made:
            made.set_properties({"created": MADE})
            style = Styles(made)
            _list(made.add_worksheet(taken), style, path.name, faults, pages)
            for grid, name in zip(book.grids, names, strict=True):
                _copy(made.add_worksheet(name), style, grid, [f for f in faults if f.sheet == grid.title])

    return land(out, write)


def _page_names(titles: Sequence[str]) -> list[str]:
    """The titles as a workbook can have them: a damaged one may repeat them, or hold what no title may."""
    names: list[str] = []
    for title in titles:
        plain = re.sub(r"[\[\]:*?/\\\x00-\x1f]", "_", title).strip("'")[:31] or "sheet"
        tries = chain((plain,), (f"{plain[:26]} ({n})" for n in count(2)))
        names.append(next(t for t in tries if t.casefold() not in {n.casefold() for n in names}))
    return names


def _list(page: Worksheet, style: Styles, name: str, faults: Sequence[Fault], pages: Mapping[str, str]) -> None:
    page.hide_gridlines(2)
    printing(page)
    page.repeat_rows(3)
    for j, (title, width) in enumerate(_HEAD):
        page.set_column(j, j, width)
        page.write_blank(0, j, None, style("title"))
        page.write_string(3, j, title, style("header"))
    counts = [(sum(f.severity == s for f in faults), s) for s in (FAULT, WARNING, NOTE)]
    said = ", ".join(f"{n} {s}{'' if n == 1 else 's'}" for n, s in counts if n) or "no faults"
    page.write_string(0, 0, f"{name}: {said}", style("title"))
    page.set_row(0, 26)
    page.write_string(1, 0, _HOW, style("note"))
    page.freeze_panes(4, 0)
    for i, f in enumerate(faults, 4):
        where = f.where or "the workbook"
        if f.sheet in pages and i < _LINKS:
            quoted = pages[f.sheet].replace("'", "''")
            page.write_url(i, 0, f"internal:'{quoted}'!{_first(f.cell)}", style("link", "wrap"), where)
        else:
            page.write_string(i, 0, where, style("cell", "wrap"))
        page.write_string(i, 1, f.severity, style("cell", valign="top", **LOOKS[f.severity]))
        for j, text in enumerate((f.problem, f.read, f.suggestion), 2):
            page.write_string(i, j, text, style("cell", "wrap"))
        longest = max(len(t) / w for t, (_, w) in zip((f.problem, f.read, f.suggestion), _HEAD[2:], strict=True))
        page.set_row(i, 12 * (1 + int(longest / 1.12)) + 2)
    page.autofilter(3, 0, max(len(faults), 1) + 3, len(_HEAD) - 1)


def _first(cell: str) -> str:
    """The address a link can jump to: rows (``3:3``) and columns (``B:B``) by their first cell."""
    first = cell.split(":")[0] or "A1"
    return f"A{first}" if first.isdigit() else first if first[-1].isdigit() else f"{first}1"


def _copy(page: Worksheet, style: Styles, grid: Grid, faults: Sequence[Fault]) -> None:
    marks: dict[tuple[int, int], list[Fault]] = {}
    for f in faults:
        for place in _cells(f.cell):
            marks.setdefault(place, []).append(f)
    head = header_row(grid)
    widths: dict[int, int] = {}
    for place in sorted({(r, c) for r, cells in grid.rows.items() for c in cells} | marks.keys()):
        row, column = place
        value: Any = grid.rows.get(row, {}).get(column)
        known = isinstance(value, date | datetime | int | float | None)
        shape = ("header",) if row == head else ("cell", "date") if isinstance(value, date) else ("cell",)
        worst = min((f.severity for f in marks[place]), key=list(LOOKS).index) if place in marks else None
        look = LOOKS[worst] | ({"font_color": "#1B2A41"} if row == head else {}) if worst else {}
        put(page, row - 1, column - 1, value if known else str(value), style(*shape, **look))
        if place in marks:
            text = "\n".join(f"{f.problem}. {f.suggestion}".strip() for f in marks[place])
            page.write_comment(row - 1, column - 1, text[:2000], {"x_scale": 2, "author": ""})
        widths[column] = max(widths.get(column, 9), min(len(as_shown(value)) + 2, 40) if value is not None else 0)
    for column, width in widths.items():
        page.set_column(column - 1, column - 1, width)
    if head:
        page.freeze_panes(head, 1)
        page.repeat_rows(head - 1)
    if faults:
        page.set_tab_color(TABS[min((f.severity for f in faults), key=list(LOOKS).index)])
    printing(page)


def _cells(address: str) -> list[tuple[int, int]]:
    """The (row, column) places of an address; whole rows, columns and sheets mark their first cell."""
    if not address or address.replace(":", "").isalpha() or address.replace(":", "").isdigit():
        address = _first(address)
    left, top, right, bottom = range_boundaries(address)
    return [(r, c) for r in range(top, bottom + 1) for c in range(left, right + 1)][:_SPAN]
