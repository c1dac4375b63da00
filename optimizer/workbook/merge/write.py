"""The merged workbook: an input in the house look, with own columns, sheets and comments, and what is to choose."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from optimizer.workbook.forms.template import Finish, put, settings_rows, write_input
from optimizer.workbook.merge.align import spelt
from optimizer.workbook.merge.conflicts import BASE, Conflict
from optimizer.workbook.merge.content import Content, Row
from optimizer.workbook.merge.merge import Result
from optimizer.workbook.schema import CONFLICTS
from optimizer.workbook.sheets.style import Styles

WIDTHS = {"Conflict": 9, "Sheet": 18, "Row": 40, "Column": 20, "Choose": 16}
ROOM = 24  # width of a version's column
HOW = "Choose for each row which version holds, then merge again or solve: both obey, and refuse while one is open."


def write_merged(result: Result, names: list[str], path: Path) -> Path:
    """Write what was merged; returns where it landed. ``names`` are the copies in the order of their columns."""

    def more(book: Any, style: Styles, at: Mapping[tuple[str, str], int]) -> None:
        if result.conflicts:
            _conflicts(book, style, result.conflicts, names)

    return write_content(result.content, path, more)


def write_content(content: Content, path: Path, more: Finish | None = None) -> Path:
    """Write a content as an input workbook, with own columns, sheets and comments; ``more`` may add to it."""
    tables = {sheet: [_cells(r) for r in rows] for sheet, rows in content.tables.items()}

    def finish(book: Any, style: Styles, at: Mapping[tuple[str, str], int]) -> None:
        for sheet, rows in content.tables.items():
            page = book.get_worksheet_by_name(sheet)
            for i, row in enumerate(_placed(sheet, rows, tables), 1):
                for header, text in (row.notes if row else {}).items():
                    if (sheet, header) in at:
                        page.write_comment(i, at[sheet, header], text, {"author": ""})
        for title, cells in content.sheets.items():
            _own(book, style, title, cells, content.notes.get(title, {}))
        if more is not None:
            more(book, style, at)

    return write_input(tables, path, finish)


def _placed(sheet: str, rows: tuple[Row, ...], tables: Mapping[str, Any]) -> list[Row | None]:
    """The rows as they stand on the page: settings are in the order of the schema."""
    if sheet != "Settings":
        return list(rows)
    by_name = {r.raw.get("Name"): r for r in rows}
    return [by_name.get(line["Name"]) for line in settings_rows(tables[sheet])]


def _cells(row: Row) -> dict[str, Any]:
    return {h: spelt(v) if isinstance(v, tuple | bool) else v for h, v in row.raw.items()}


def _own(book: Any, style: Styles, title: str, cells: Mapping[tuple[int, int], Any], notes: Mapping[Any, Any]) -> None:
    page = book.add_worksheet(title)
    plain, day = style("open"), style("open", "date")
    for (row, column), value in cells.items():
        put(page, row - 1, column - 1, value, day if hasattr(value, "isoformat") else plain)
    for (row, column), text in notes.items():
        page.write_comment(row - 1, column - 1, str(text), {"author": ""})


def _conflicts(book: Any, style: Styles, conflicts: tuple[Conflict, ...], names: list[str]) -> None:
    page = book.add_worksheet(CONFLICTS.name)
    page.set_tab_color("#C2491D")
    page.hide_gridlines(2)
    page.activate()
    page.set_first_sheet()
    page.write_string(0, 0, HOW, style("note"))
    heads = [c.header for c in CONFLICTS.columns]
    heads = [*heads[:-1], *names, heads[-1]]
    for j, head in enumerate(heads):
        page.write_string(1, j, head, style("header"))
        page.set_column(j, j, WIDTHS.get(head, ROOM))
    for i, c in enumerate(conflicts, 2):
        cells = {"Conflict": f"C{i - 1:03}", "Sheet": c.sheet, "Row": c.row, "Column": c.column, BASE: c.base}
        for j, head in enumerate(heads):
            value = c.chosen if head == "Choose" else cells.get(head, c.versions.get(head))
            look = ["planner"] if head == "Choose" else ["cell", "wrap"]
            shown = spelt(value) if isinstance(value, tuple | bool) else value
            put(page, i, j, shown, style(*look, *(["date"] if hasattr(value, "isoformat") else ["left"])))
        options = [BASE, *c.versions]
        rule = {"validate": "list", "source": options, "ignore_blank": True}
        if sum(len(o) + 1 for o in options) < 255:
            page.data_validation(i, len(heads) - 1, i, len(heads) - 1, rule)
    page.freeze_panes(2, 0)
    page.autofilter(1, 0, max(len(conflicts) + 1, 2), len(heads) - 1)
