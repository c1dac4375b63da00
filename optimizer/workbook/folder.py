"""A workbook as a folder of CSV files and back, for version control and scripts.

One file ``<sheet>.csv`` each: UTF-8, commas, decimal point, ISO dates, the workbook's headers.
"""

from __future__ import annotations

import csv
from datetime import date, datetime
from pathlib import Path
from typing import Any

from optimizer.errors import WorkbookError
from optimizer.workbook.grid import Grid, load
from optimizer.workbook.headers import lay_out
from optimizer.workbook.numbers import Unreadable, as_date
from optimizer.workbook.schema import BY_NAME, SETTING, SHEET_NAMES, SHEETS, Sheet
from optimizer.workbook.template import write_input
from optimizer.workbook.words import fold, tidy


def read_folder(folder: Path) -> dict[str, list[dict[str, str]]]:
    """The tables of a folder, by sheet name as the files spell it.

    Raises WorkbookError for a folder without tables, a file that is not UTF-8, or a row longer than its header.
    """
    if not folder.is_dir():
        raise WorkbookError(f"{folder} is not a folder")
    tables: dict[str, list[dict[str, str]]] = {}
    for file in sorted(folder.glob("*.csv")):
        try:
            with file.open(encoding="utf-8-sig", newline="") as lines:
                rows: list[dict[Any, Any]] = list(csv.DictReader(lines, strict=True))
        except (UnicodeDecodeError, csv.Error) as e:
            raise WorkbookError(f"{file} is not a table in UTF-8: {e}") from e
        for n, row in enumerate(rows, 2):
            if None in row:
                raise WorkbookError(f"{file}: row {n} has more cells than the header")
        tables[file.stem] = [{h: v for h, v in row.items() if h} for row in rows]
    if not tables:
        raise WorkbookError(f"{folder} holds no .csv file")
    return tables


def pack(folder: Path, path: Path) -> Path:
    """Write the folder's tables as an input workbook; returns where it landed."""
    return write_input(read_folder(folder), path)


def unpack(path: Path, folder: Path) -> list[Path]:
    """Write every input and plan sheet of a workbook as CSV; returns the files.

    The workbook's own sheets and charts are left out, its own columns kept; faults are kept too,
    for the reader to find. Raises WorkbookError when the file cannot be used at all.
    """
    book = load(path, lambda title: fold(title) in SHEET_NAMES)
    grids = {SHEET_NAMES[fold(g.title)]: g for g in book.grids}
    keys = {s.name: _keys(s, grids[s.name]) for s in SHEETS if s.name in grids}
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for name, grid in grids.items():
        rows = _lines(BY_NAME[name], grid, keys, book.epoch)
        if rows:
            file = folder / f"{name}.csv"
            with file.open("w", encoding="utf-8", newline="") as out:
                csv.writer(out, lineterminator="\n").writerows(rows)
            written.append(file)
    return written


def _keys(sheet: Sheet, grid: Grid) -> tuple[str, ...]:
    laid = lay_out(sheet.expand({}), (), grid, [])
    column = laid.at.get(sheet.key[0]) if laid else None
    if laid is None or column is None:
        return ()
    return tuple(_text(cells[column]) for n, cells in sorted(grid.rows.items()) if n > laid.row and column in cells)


def _lines(sheet: Sheet, grid: Grid, keys: dict[str, tuple[str, ...]], epoch: datetime) -> list[list[str]]:
    """Header and rows as text, or nothing for a sheet without header."""
    columns = sheet.expand(keys)
    laid = lay_out(columns, (), grid, [])
    if laid is None:
        return []
    header = {j: tidy(str(v)) for j, v in sorted(grid.rows[laid.row].items())}
    kinds = {laid.at[c.header]: c.kind for c in columns if c.header in laid.at}
    header |= {laid.at[c.header]: c.header for c in columns if c.header in laid.at}
    lines = [list(header.values())]
    for number, cells in sorted(grid.rows.items()):
        if number > laid.row and cells.keys() & header.keys():
            own = dict(kinds)
            if sheet.name == "Settings" and "Value" in laid.at:
                setting = SETTING.get(fold(str(cells.get(laid.at.get("Name", 0), ""))))
                own[laid.at["Value"]] = setting.kind if setting else "text"
            lines.append([_text(cells.get(j), own.get(j, "text"), epoch) for j in header])
    return lines


def _text(value: Any, kind: str = "text", epoch: datetime | None = None) -> str:
    """A cell's value as a CSV file holds it."""
    if value is None:
        return ""
    if kind == "date" and epoch is not None:
        try:
            return as_date(value, epoch).isoformat()
        except Unreadable:
            pass
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, datetime) and (value.hour, value.minute, value.second) == (0, 0, 0):
        value = value.date()
    return value.isoformat() if isinstance(value, date) else str(value)
