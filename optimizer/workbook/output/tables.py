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

from optimizer.workbook.forms.lists import ROOM, guard
from optimizer.workbook.output.carried import NOTHING, Kept
from optimizer.workbook.output.inputs import Table, Value
from optimizer.workbook.schema import Column
from optimizer.workbook.sheets.material import Material
from optimizer.workbook.sheets.page import A3, A4, HOME, Formula, Link, Sheet, print_setup, put, real_table
from optimizer.workbook.sheets.style import NUMERIC, TABS, Styles

WIDEST, NARROWEST = 44.0, 6.0
WIDE_HEADERS = {"Meaning": 84.0}  # help beside the settings
WRAPPED = frozenset(WIDE_HEADERS)
PORTRAIT = 95.0  # characters that fit an upright page
PAGE_WIDTH = 190.0  # characters that stay legible across an A3 sheet
RIGHT = ("int", "money", "decimal", "price")
LOOKS = {"date": ("date",), "int": ("int",), "money": ("number",), "decimal": ("number",), "price": ("number",)}
REMARK = {"x_scale": 2, "font_size": 9, "author": ""}
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
    m: Material,
    table: Table,
    derived: Sequence[Derived] = (),
    *,
    free: Sequence[str] | None = None,
    kept: Kept = NOTHING,
) -> Worksheet:
    """A sheet named after the table. ``free`` names the columns a planner is invited to fill
    (``None``: all of them), shown in pale yellow; ``kept`` is what planners put there themselves."""
    note(m, table, [x.title for x in derived])
    sheet = m.book.add_worksheet(table.sheet.name, Sheet)
    sheet.hide_gridlines(2)
    sheet.set_tab_color(TABS["input" if table.sheet.group == "input" else "plan"])
    titles = [*(c.header for c in table.columns), *(x.title for x in derived), *(x.title for x in kept.columns)]
    real_table(sheet, table.sheet.name, (0, 0, max(len(table.rows), 1), max(len(titles) - 1, 0)), titles)
    numeric = [c.kind in RIGHT for c in table.columns] + [x.look in NUMERIC for x in derived]
    apart = [not now and before for before, now in pairwise([False, *numeric])]  # text right after a number
    widths = [_column(m, sheet, table, i, (numeric[i], apart[i]), free, kept) for i in range(len(table.columns))]
    for col, extra in enumerate(derived, len(table.columns)):
        put(sheet, 0, col, extra.title, _heading(m.style, "derived_header", numeric[col], apart[col]))
        if extra.help:
            sheet.write_comment(0, col, extra.help, REMARK)
        looks = ["derived", extra.look, *(["apart"] if apart[col] else [])]
        for row, info in enumerate(extra.values, 1):
            put(sheet, row, col, info, m.style(*looks))
        widths.append(min(width_of(extra.title, extra.values), WIDEST))
    widths += _own(m, sheet, len(widths), kept)
    for col, width in enumerate(widths):
        sheet.set_column(col, col, width)
    if any(_clipped(c, [r[i] for r in table.rows]) for i, c in enumerate(table.columns)):
        for row in range(1, len(table.rows) + 1):  # wrapped text would spill over what is beside it
            sheet.set_row(row, LINE)
    sheet.set_row(0, 28)
    sheet.freeze_panes(1, frozen(table))
    _printed(m, sheet, table, widths)
    return sheet


def _column(
    m: Material, sheet: Worksheet, table: Table, col: int, shape: tuple[bool, bool], free: Sequence[str] | None,
    kept: Kept,
) -> float:  # fmt: skip
    """One column of a table with its heading, help and choices; returns the width it wants."""
    column, style = table.columns[col], m.style
    values = [row[col] for row in table.rows]
    looks = ["planner" if free is None or column.header in free else "cell"]
    looks += ["plain"] if column.names_year else LOOKS.get(column.kind, ())
    looks += ["apart"] * shape[1] + ["wrap"] * (_clipped(column, values) or column.header in WRAPPED)
    title = column.header if col else Link(HOME, column.header)  # the way back: there is no row for it above the table
    put(sheet, 0, col, title, _heading(style, "header", *shape))
    sheet.write_comment(0, col, f"{column.help}\nBlank: {column.meaning_of_blank}", REMARK)
    for row, value in enumerate(values, 1):
        given = ("date",) if isinstance(value, date) else ("left",) if column.header == "Value" and free else ()
        mine = kept.cells.get((row - 1, column.header))
        put(sheet, row, col, value, style(*looks, *given, **({} if mine is None else mine.look)))
        if mine is not None and mine.note:
            sheet.write_comment(row, col, mine.note, REMARK)
    if table.sheet.name != "Settings" and (free is None or m.ids):
        guard(sheet, column, 1, len(values) + ROOM, col, m.ids)
    return min(width_of(column.header, values), WIDE_HEADERS.get(column.header, WIDEST))


def _clipped(column: Column, values: Sequence[Value]) -> bool:
    return column.header not in WRAPPED and width_of(column.header, values) > WIDEST


def _own(m: Material, sheet: Worksheet, first: int, kept: Kept) -> list[float]:
    """The columns of the planner's own, with their looks and comments; returns their widths."""
    for col, own in enumerate(kept.columns, first):
        put(sheet, 0, col, own.title, _heading(m.style, "own_header", False, False))
        for row, found in enumerate(own.cells, 1):
            dated = ("date",) if isinstance(found.value, date) and "num_format" not in found.look else ()
            put(sheet, row, col, found.value, m.style("cell", *dated, **found.look))
            if found.note:
                sheet.write_comment(row, col, found.note, REMARK)
    return [x.width or min(width_of(x.title, [c.value for c in x.cells]), WIDEST) for x in kept.columns]


def _printed(m: Material, sheet: Worksheet, table: Table, widths: Sequence[float]) -> None:
    sheet.repeat_rows(0)
    wide = math.ceil(sum(widths) / PAGE_WIDTH)
    paper = A4 if sum(widths) < PAGE_WIDTH * 0.7 else A3
    print_setup(sheet, paper, wide, marking=m.marking, left="&A", right=f"One row: {table.sheet.row}")
    if sum(widths) < PORTRAIT:
        sheet.set_portrait()
    if wide > 1:  # elsewhere they would only slow LibreOffice down
        sheet.repeat_columns(0, max(frozen(table) - 1, 0))


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
