"""Tables a planner may change and send back: heading in the first row, types, widths, choices."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from optimizer.workbook.output.inputs import Table, Value
from optimizer.workbook.schema import Column
from optimizer.workbook.sheets.page import A3, A4, Formula, Material, Sheet, print_setup, put, real_table
from optimizer.workbook.sheets.style import NUMERIC, TABS, Styles

WIDEST, NARROWEST = 44.0, 6.0
WIDE_HEADERS = {"Meaning": 84.0}  # help beside the settings
WRAPPED = frozenset(WIDE_HEADERS)
PORTRAIT = 95.0  # characters that fit an upright page
PAGE_WIDTH = 190.0  # characters that stay legible across an A3 sheet
RIGHT = ("int", "money", "decimal", "price")
LOOKS = {"date": ("date",), "int": ("int",), "money": ("number",), "decimal": ("number",), "price": ("number",)}
LINE = 13.5  # height of a row that shows the first line of longer text


@dataclass(frozen=True)
class Derived:
    """A grey column beside a table: computed from the row, not read back."""

    title: str
    values: Sequence[Value | Formula]
    look: str = "derived"
    help: str = ""


def note(m: Material, table: Table, derived: Sequence[str] = ()) -> None:
    """Say where the columns of a table will stand, for formulas on other sheets."""
    for col, heading in enumerate([*(c.header for c in table.columns), *derived]):
        m.columns[table.sheet.name, heading] = (col, len(table.rows))


def write(
    m: Material, table: Table, derived: Sequence[Derived] = (), *, free: Sequence[str] | None = None
) -> Worksheet:
    """A sheet named after the table. ``free`` names the columns a planner is invited to fill
    (``None``: all of them), shown in pale yellow."""
    note(m, table, [x.title for x in derived])
    sheet, style = m.book.add_worksheet(table.sheet.name, Sheet), m.style
    sheet.hide_gridlines(2)
    sheet.set_tab_color(TABS["input" if table.sheet.group == "input" else "plan"])
    widths: list[float] = []
    titles = [*(c.header for c in table.columns), *(x.title for x in derived)]
    real_table(sheet, table.sheet.name, (0, 0, max(len(table.rows), 1), max(len(titles) - 1, 0)), titles)
    numeric = [c.kind in RIGHT for c in table.columns] + [x.look in NUMERIC for x in derived]
    apart = [not now and before for before, now in pairwise([False, *numeric])]  # text right after a number
    long = False
    for col, column in enumerate(table.columns):
        values = [row[col] for row in table.rows]
        wanted = width_of(column.header, values)
        clipped = column.header not in WRAPPED and wanted > WIDEST
        long = long or clipped
        open_to_planner = free is None or column.header in free
        looks = ["planner" if open_to_planner else "cell"]
        looks += ["plain"] if column.names_year else LOOKS.get(column.kind, ())
        looks += ["apart"] * apart[col] + ["wrap"] * (clipped or column.header in WRAPPED)
        put(sheet, 0, col, column.header, _heading(style, "header", numeric[col], apart[col]))
        help_text = f"{column.help}\nBlank: {column.meaning_of_blank}"
        sheet.write_comment(0, col, help_text, {"x_scale": 2, "font_size": 9, "author": ""})
        for row, value in enumerate(values, 1):
            given = ("date",) if isinstance(value, date) else ("left",) if column.header == "Value" and free else ()
            put(sheet, row, col, value, style(*looks, *given))
        widths.append(min(wanted, WIDE_HEADERS.get(column.header, WIDEST)))
        _choices(sheet, column, col, len(values))
    for col, extra in enumerate(derived, len(table.columns)):
        put(sheet, 0, col, extra.title, _heading(style, "derived_header", numeric[col], apart[col]))
        if extra.help:
            sheet.write_comment(0, col, extra.help, {"x_scale": 2, "font_size": 9, "author": ""})
        looks = ["derived", extra.look, *(["apart"] if apart[col] else [])]
        for row, info in enumerate(extra.values, 1):
            put(sheet, row, col, info, style(*looks))
        widths.append(min(width_of(extra.title, extra.values), WIDEST))
    for col, width in enumerate(widths):
        sheet.set_column(col, col, width)
    for row in range(1, len(table.rows) + 1 if long else 0):  # wrapped text would spill over what is beside it
        sheet.set_row(row, LINE)
    sheet.set_row(0, 28)
    sheet.freeze_panes(1, frozen(table))
    sheet.repeat_rows(0)
    wide = math.ceil(sum(widths) / PAGE_WIDTH)
    paper = A4 if sum(widths) < PAGE_WIDTH * 0.7 else A3
    print_setup(sheet, paper, wide, marking=m.marking, left="&A", right=f"One row: {table.sheet.row}")
    if sum(widths) < PORTRAIT:
        sheet.set_portrait()
    if wide > 1:  # elsewhere they would only slow LibreOffice down
        sheet.repeat_columns(0, max(frozen(table) - 1, 0))
    return sheet


def _heading(style: Styles, name: str, right: bool, apart: bool) -> Format:
    return style(name, align="right" if right else "left", indent=int(right or apart))


def frozen(table: Table) -> int:
    """How many columns stay in sight: the leading ones that name the row, two at most."""
    names = [c.header in table.sheet.key for c in table.columns]
    return min(names.index(False) if False in names else len(names), 2)


def width_of(title: str, values: Sequence[Any]) -> float:
    """A column width in characters that fits the values and the longest word of the title."""
    longest = max((len(shown(v)) for v in values), default=0)
    words = max(len(w) for w in title.split())
    return max(NARROWEST, longest * 1.05 + 1.5, words + 3.5, len(title) * 0.55 + 2)


def shown(value: Any) -> str:
    """About what a cell shows."""
    if isinstance(value, Formula):
        value = value.value
    if isinstance(value, float):
        return f"{value:,.2f}"
    return "" if value is None else str(value)


def _choices(sheet: Worksheet, column: Column, col: int, rows: int) -> None:
    choices = list(column.choices) or (["yes", "no"] if column.kind == "bool" else [])
    if choices and rows:
        rule = {"validate": "list", "source": choices, "ignore_blank": True, "error_type": "warning"}
        sheet.data_validation(1, col, rows, col, rule)
