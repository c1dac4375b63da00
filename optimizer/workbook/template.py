"""Writing an input workbook: tables in the house look, with help and drop-downs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from optimizer.workbook import values
from optimizer.workbook.files import land
from optimizer.workbook.numbers import Unreadable
from optimizer.workbook.output.style import Styles
from optimizer.workbook.schema import (
    BY_NAME,
    GUIDE,
    INPUT_SHEETS,
    KINDS,
    SETTING,
    SETTINGS,
    SHEET_NAMES,
    Column,
    Sheet,
)
from optimizer.workbook.words import fold

Rows = Sequence[Mapping[str, Any]]
MADE = datetime(2000, 1, 1)  # the same tables give the same bytes
SPARE = 12  # empty rows that look ready to be filled
WIDEST = {"Meaning": 120, "Source": 40, "Note": 40}  # characters; others 60
_STYLE = {"date": "date", "int": "int", "decimal": "number", "money": "number"}


def write_input(tables: Mapping[str, Rows], path: Path) -> Path:
    """Write ``tables`` (sheet name → rows by header) as an input workbook; returns where it landed.

    Every input sheet is there, filled or not; plan sheets and sheets or columns the schema
    does not know only if given. Values may be Python's or text as in a CSV file (decimal
    point, ISO dates); text that does not fit its column is written as it is, for the reader to fault.
    """
    given = {SHEET_NAMES.get(fold(name), name): rows for name, rows in tables.items()}
    given["Settings"] = settings_rows(given.get("Settings", ()))
    keys = {s.name: tuple(_texts(given.get(s.name, ()), s.key[0])) for s in INPUT_SHEETS}

    def write(temporary: Path) -> None:
        with xlsxwriter.Workbook(str(temporary), {"strings_to_formulas": False, "strings_to_urls": False}) as book:
            book.set_properties({"created": MADE})
            style = Styles(book)
            order = [s.name for s in INPUT_SHEETS] + [n for n in given if n not in _INPUT]
            _guide(book, style, order)
            for name in order:
                sheet = BY_NAME.get(name) or Sheet(name, "", (), ())
                _sheet(book, style, sheet, given.get(name, ()), sheet.expand(keys) if sheet.row else ())

    return land(path, write)


def settings_rows(rows: Rows) -> list[dict[str, Any]]:
    """All settings in order, the given values beside their unit and meaning; others are appended."""
    given = {fold(str(r.get("Name", ""))): r for r in rows}
    out = []
    for s in SETTINGS:
        row = given.pop(fold(s.header), {})
        blank = "" if s.required else f" Blank: {s.meaning_of_blank}."
        out.append({"Name": s.header, "Value": row.get("Value"), "Unit": s.unit, "Meaning": s.help + blank})
    return out + [dict(r) for r in given.values()]


def typed(column: Column, raw: Any) -> Any:
    """``raw`` as the kind of its column, or as it is where that makes no sense."""
    if isinstance(raw, str) and column.kind in ("int", "decimal", "money", "price"):
        with suppress(InvalidOperation):
            raw = Decimal(raw.strip())
    try:
        value = values.read(column, raw)
    except Unreadable:
        return raw
    if isinstance(value, bool):
        return "yes" if value else "no"
    if column.kind == "bands" and value:
        return "; ".join(f"{d.normalize():f}: {c.normalize():f}" for d, c in value)
    return "; ".join(value) if isinstance(value, tuple) else value


def put(sheet: Worksheet, row: int, col: int, value: Any, form: Format) -> None:
    """Write one value as what it is; text stays text whatever it begins with."""
    if value is None or value == "":
        sheet.write_blank(row, col, None, form)
    elif isinstance(value, bool):
        sheet.write_boolean(row, col, value, form)
    elif isinstance(value, int | float | Decimal):
        sheet.write_number(row, col, float(value), form)
    elif isinstance(value, date):
        sheet.write_datetime(row, col, datetime(value.year, value.month, value.day), form)
    else:
        sheet.write_string(row, col, str(value), form)


def _texts(rows: Rows, header: str) -> Iterable[str]:
    return dict.fromkeys(str(r[header]).strip() for r in rows if r.get(header) not in (None, ""))


def _columns(columns: Sequence[Column], rows: Rows) -> tuple[list[Column], dict[str, str]]:
    """The columns to write and, for each given header, the header it is written under."""
    known = {fold(c.header): c.header for c in columns}
    under: dict[str, str] = {}
    for header in dict.fromkeys(h for r in rows for h in r):
        under[header] = known.get(fold(header), header)
    extra = [Column(h, "text", "A column of your own: not read.") for h in under.values() if fold(h) not in known]
    return [*columns, *extra], under


def _sheet(book: Any, style: Styles, sheet: Sheet, rows: Rows, known: Sequence[Column]) -> None:
    columns, under = _columns(known, rows)
    page = book.add_worksheet(sheet.name)
    page.freeze_panes(1, 1)
    page.repeat_rows(0)
    printing(page)
    page.set_row(0, 30)
    last = len(rows) + (SPARE if sheet.row and sheet.name != "Settings" else 0)
    lines = [{under[h]: v for h, v in r.items()} for r in rows]
    for j, c in enumerate(columns):
        page.write_string(0, j, c.header, style("header"))
        if j < len(known):
            page.write_comment(0, j, comment(c), {"x_scale": 2, "font_size": 9, "author": ""})
        setting = sheet.name == "Settings" and c.header == "Value"
        fixed = sheet.name == "Settings" and c.header in ("Name", "Unit", "Meaning")
        cells = [
            typed(_setting(r) if setting else c, r.get(c.header)) if j < len(known) else r.get(c.header) for r in lines
        ]
        base = () if fixed or j >= len(known) else ("planner",)
        form = style(*base, *([_STYLE[c.kind]] if c.kind in _STYLE else []))
        for i, value in enumerate(cells, 1):
            put(page, i, j, value, style(*base, "date") if setting and isinstance(value, date) else form)
        for i in range(len(rows) + 1, last + 1):
            page.write_blank(i, j, None, form)
        shown = [c.header, *(f"{v:%Y-%m-%d}" if isinstance(v, date) else str(v) for v in cells if v is not None)]
        page.set_column(j, j, min(WIDEST.get(c.header, 60), max(9, *(len(s) + 2 for s in shown))))
        if setting:
            for i, r in enumerate(lines, 1):
                _drop_down(page, _setting(r), i, i, j)
        else:
            _drop_down(page, c, 1, max(last, 1) + 500, j)
    page.autofilter(0, 0, max(len(rows), 1), max(len(columns) - 1, 0))


def printing(page: Worksheet) -> None:
    """Landscape A4, as wide as the page, named and numbered."""
    page.set_landscape()
    page.set_paper(9)  # A4
    page.fit_to_pages(1, 0)
    page.set_footer("&L&A&R&P / &N")


def _setting(row: Mapping[str, Any]) -> Column:
    return SETTING.get(fold(str(row.get("Name", ""))), _FREE)


def _drop_down(page: Worksheet, column: Column, first: int, last: int, j: int) -> None:
    """A list to choose from; typing something else warns but is allowed: the reader judges."""
    if column.kind in ("choice", "bool"):
        source: Any = list(column.choices or ("yes", "no"))
    elif column.kind == "ref" and len(column.refs) == 1:
        source = f"='{column.refs[0]}'!${xl_col_to_name(0)}$2:${xl_col_to_name(0)}$2000"
    else:
        return
    page.data_validation(first, j, last, j, {"validate": "list", "source": source, "error_type": "warning"})


def comment(column: Column) -> str:
    """The help beside a header: meaning, kind, unit, what a blank means, an example."""
    kind = ", ".join(column.choices) if column.choices else KINDS[column.kind]
    if column.refs:
        kind = f"{kind} ({' or '.join(column.refs)})"
    lines = [column.help, f"Type: {kind}" + (f", in {column.unit}" if column.unit else "")]
    lines.append(f"Blank: {column.meaning_of_blank}")
    return "\n".join([*lines, f"Example: {column.example}"] if column.example else lines)


def _guide(book: Any, style: Styles, names: Sequence[str]) -> None:
    page = book.add_worksheet(GUIDE)
    page.hide_gridlines(2)
    printing(page)
    page.set_column(0, 0, 18)
    page.set_column(1, 1, 60)
    page.set_column(2, 2, 90)
    for j, title in enumerate(("Sheet", "One row is", "Remarks")):
        page.write_string(0, j, title, style("header"))
    known = [BY_NAME[n] for n in names if n in BY_NAME]
    for i, s in enumerate(known, 1):
        page.write_url(i, 0, f"internal:'{s.name}'!A1", style("link"), s.name)
        page.write_string(i, 1, s.row, style("cell"))
        page.write_string(i, 2, " ".join(filter(None, ("Needed." if s.required else "", s.help))), style("cell"))
    note = "Pale yellow cells are yours to fill; hover over a header for its meaning."
    page.write_string(len(known) + 2, 0, note, style("note"))


_INPUT = {s.name for s in INPUT_SHEETS}
_FREE = Column("Value", "text", "")
