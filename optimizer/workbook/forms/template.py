"""Writing an input workbook: tables in the house look, with help and drop-downs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from optimizer.workbook import values
from optimizer.workbook.forms.guide import guide, what_to_type
from optimizer.workbook.forms.lists import ROOM, as_shown, define, guard
from optimizer.workbook.numbers import Unreadable
from optimizer.workbook.reading.headers import drawn
from optimizer.workbook.reading.kin import kin
from optimizer.workbook.schema import (
    BY_NAME,
    INPUT_SHEETS,
    OWN_SHEETS,
    REMARKS,
    SETTING,
    SETTINGS,
    SHEET_NAMES,
    Column,
    Sheet,
)
from optimizer.workbook.sheets.files import land, new_workbook
from optimizer.workbook.sheets.style import TABS, Styles
from optimizer.workbook.words import PLACE, fold

Rows = Sequence[Mapping[str, Any]]
MADE = datetime(2000, 1, 1)  # the same tables give the same bytes
SPARE = 12  # empty rows that look ready to be filled
WIDEST = {"Meaning": 90, "Source": 40, "Note": 40}  # characters; others 60
NARROWEST = {"text": 16, "id": 12, "ref": 12, "ids": 16, "refs": 16}  # characters; others 9
_STYLE = {"date": "date", "int": "int", "decimal": "number", "money": "number"}


Finish = Callable[[Any, Styles, Mapping[tuple[str, str], int]], None]


def write_input(tables: Mapping[str, Rows], path: Path, finish: Finish | None = None) -> Path:
    """Write ``tables`` (sheet name → rows by header) as an input workbook; returns where it landed.

    Every input sheet is there, filled or not; plan sheets and sheets or columns the schema
    does not know only if given. Values may be Python's or text as in a CSV file (decimal
    point, ISO dates); text that does not fit its column is written as it is, for the reader to fault.
    ``finish`` may add to the workbook (given it, its styles and the column number of every sheet's headers).
    """
    given = {SHEET_NAMES.get(fold(name), name): rows for name, rows in tables.items() if name not in OWN_SHEETS}
    given["Settings"] = settings_rows(given.get("Settings", ()))
    order = [s.name for s in INPUT_SHEETS] + [n for n in given if n not in _INPUT]
    ids = {n: tuple(_texts(given.get(n, ()), BY_NAME[n].key[0])) for n in order if n in BY_NAME}

    def write(temporary: Path) -> None:
        with new_workbook(temporary, {"strings_to_formulas": False, "strings_to_urls": False}) as book:
            book.set_properties({"created": MADE})
            style = Styles(book)
            guide(book, style, order)
            at: dict[tuple[str, str], int] = {}
            for name in order:
                sheet = BY_NAME.get(name) or Sheet(name, "", (), ())
                heads = _sheet(book, style, sheet, given.get(name, ()), ids)
                at |= {(name, head): j for j, head in enumerate(heads)}
            define(book, ids)
            if finish is not None:
                finish(book, style, at)

    return land(path, write)


def settings_rows(rows: Rows) -> list[dict[str, Any]]:
    """All settings in order, the given values beside their unit and meaning; others are appended."""
    given = {fold(str(r.get("Name", ""))): r for r in rows}
    out = []
    for s in SETTINGS:
        row = given.pop(fold(s.header), {})
        blank = "" if s.required else f" Blank: {s.meaning_of_blank}."
        ours = {"Name": s.header, "Value": row.get("Value"), "Unit": s.unit, "Meaning": s.help + blank}
        out.append({**ours, **{h: v for h, v in row.items() if h not in ours}})
    return out + [dict(r) for r in given.values()]


def typed(column: Column, raw: Any) -> Any:
    """``raw`` as the kind of its column, or as it is where that makes no sense."""
    if isinstance(raw, str) and column.kind == "text":
        return raw  # line breaks and all
    if isinstance(raw, str) and column.kind in ("int", "decimal", "money", "price"):
        with suppress(InvalidOperation):
            raw = Decimal(raw.strip())
    try:
        value = values.read(column, raw)
        if column.kind == "date" and any(values.doubts(column, raw, value)):
            return raw  # with its time of day, for the reader to remark on
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


def _columns(sheet: Sheet, columns: Sequence[Column], rows: Rows) -> tuple[list[Column], dict[str, str]]:
    """The columns to write and, for each given header, the header it is written under; what the program once
    computed from a row is left out. A known header with a unit to it is that column and keeps the unit."""
    known = {fold(c.header): c.header for c in columns}
    given = list(dict.fromkeys(h for r in rows for h in r))
    free = {c.header for c in columns} - {known[fold(h)] for h in given if fold(h) in known}
    under: dict[str, str] = {}
    headed: dict[str, str] = {}
    for header in given:
        if fold(header) in known:
            under[header] = known[fold(header)]
        elif not drawn(sheet, header):
            under[header] = header
            if (found := kin(header, free - headed.keys(), sheet)) is not None:
                headed[found.header] = header
    made = [replace(c, header=headed.get(c.header, c.header)) for c in columns]
    taken = {fold(c.header) for c in made}
    extra = [Column(h, "text", "A column of your own: not read.") for h in under.values() if fold(h) not in taken]
    return [*made, *extra], under


def _known(sheet: Sheet, ids: Mapping[str, tuple[str, ...]]) -> tuple[Column, ...]:
    """The sheet's columns; a family whose sheet is still empty is one column that shows how to head it."""
    if not sheet.row:
        return ()
    made: list[Column] = []
    for c in sheet.columns:
        keys = ids.get(c.family or "", ())
        made += c.expand(keys) if keys or c.family is None else [replace(c, header=c.header.format(PLACE))]
    return (*made, *(() if sheet.name == "Settings" else REMARKS))


def _sheet(book: Any, style: Styles, sheet: Sheet, rows: Rows, ids: Mapping[str, tuple[str, ...]]) -> list[str]:
    known = _known(sheet, ids)
    columns, under = _columns(sheet, known, rows)
    page = book.add_worksheet(sheet.name)
    page.set_tab_color(TABS["plan" if sheet.group in ("plan", "last") else "input"])
    page.freeze_panes(1, 1)
    page.repeat_rows(0)
    page.repeat_columns(0)
    printing(page)
    page.set_row(0, 30)
    settings = sheet.name == "Settings"
    last = len(rows) + (SPARE if sheet.row and not settings else 0)
    lines = [{under[h]: v for h, v in r.items() if h in under} for r in rows]
    for j, c in enumerate(columns):
        own = j >= len(known)
        fixed = settings and c.header in ("Name", "Unit", "Meaning")
        page.write_string(0, j, c.header, style("header") if c.required or fixed else style("derived_header"))
        if not own:
            page.write_comment(0, j, comment(c), {"x_scale": 2, "y_scale": 1.4, "font_size": 9, "author": ""})
        judged = [_setting(r) if settings and c.header == "Value" else c for r in lines]
        cells = [r.get(c.header) if own else typed(k, r.get(c.header)) for k, r in zip(judged, lines, strict=True)]
        base = () if fixed or own else ("planner",)
        base = ("wrap",) if settings and c.header == "Meaning" else base
        looks = ["plain"] if c.names_year else [_STYLE[c.kind]] if c.kind in _STYLE else []
        form = style(*base, *looks)
        for i, (value, k) in enumerate(zip(cells, judged, strict=True), 1):
            put(page, i, j, value, style(*base, *_shape(k, value)) if settings and not fixed else form)
        for i in range(len(rows) + 1, last + 1):
            page.write_blank(i, j, None, form)
        widths = [
            NARROWEST.get(c.kind, 9),
            _head_width(c.header),
            *(len(as_shown(v)) + 2 for v in cells if v is not None),
        ]
        page.set_column(j, j, min(WIDEST.get(c.header, 60), max(widths)))
        if settings and c.header == "Value":
            for i, k in enumerate(judged, 1):
                guard(page, k, i, i, j, ids)
        elif not (own or fixed):
            guard(page, c, 1, len(rows) + ROOM, j, ids)
    page.autofilter(0, 0, max(last, 1), max(len(columns) - 1, 0))
    return [c.header for c in columns]


def _head_width(header: str) -> int:
    """Characters a header needs when it may break into two lines."""
    words = header.split()
    halves = ((" ".join(words[:i]), " ".join(words[i:])) for i in range(1, len(words)))
    return min([len(header), *(max(len(a), len(b)) for a, b in halves)]) + 3


def _shape(column: Column, value: Any) -> tuple[str, ...]:
    """How a value of Settings is shown: all of them to the left, under one another."""
    if isinstance(value, date):
        return ("date",)
    return ("left",)


def printing(page: Worksheet) -> None:
    """Landscape A4, as wide as the page, named and numbered."""
    page.set_landscape()
    page.set_paper(9)  # A4
    page.fit_to_pages(1, 0)
    page.set_footer("&L&A&R&P / &N")


def _setting(row: Mapping[str, Any]) -> Column:
    return SETTING.get(fold(str(row.get("Name", ""))), _FREE)


def comment(column: Column) -> str:
    """The help beside a header: meaning, kind, unit, what a blank means, an example."""
    lines = [column.help]
    if PLACE in column.header:
        lines.append(f"One column for each row of {column.family}: write its id in place of {PLACE}")
    lines.append(f"Type: {what_to_type(column)}" + (f", in {column.unit}" if column.unit else ""))
    lines.append(f"Blank: {column.meaning_of_blank}")
    return "\n".join([*lines, f"Example: {column.example}"] if column.example else lines)


_INPUT = {s.name for s in INPUT_SHEETS}
_FREE = Column("Value", "text", "")
