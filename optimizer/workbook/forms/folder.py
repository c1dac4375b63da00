"""A workbook as a folder of CSV files and back, for version control and scripts.

One file ``<sheet>.csv`` each: UTF-8, commas, decimal point, ISO dates, the schema's headers in the schema's
order, then the workbook's own. Read back, everything the schema knows is as it was.
"""

from __future__ import annotations

import csv
import re
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pandas as pd

from optimizer.errors import WorkbookError
from optimizer.workbook.dates import as_day
from optimizer.workbook.forms.template import write_input
from optimizer.workbook.numbers import Unreadable
from optimizer.workbook.reading.grid import Book, Grid, load
from optimizer.workbook.reading.headers import drawn, lay_out
from optimizer.workbook.reading.leftout import LEFT_OUT, left_out
from optimizer.workbook.schema import BY_NAME, OWN_SHEETS, SETTING, SHEET_NAMES, SHEETS, Sheet
from optimizer.workbook.sheets.files import land
from optimizer.workbook.words import fold, tidy

ORDERED = ("Settings", "Levels")  # sheets whose rows have an order that sorting would lose
_NAME = re.compile(r"[^\[\]:*?/\\']{1,31}")  # what a sheet may be called


def read_folder(folder: Path) -> dict[str, list[dict[str, str]]]:
    """The tables of a folder, by sheet name as the files spell it.

    Raises WorkbookError for a folder without tables, a file that is no table in UTF-8, a row longer than its
    header, a header that stands twice, or a name that no sheet can have.
    """
    if not folder.is_dir():
        raise WorkbookError(f"{folder} is not a folder")
    tables: dict[str, list[dict[str, str]]] = {}
    taken: dict[str, Path] = {}
    for file in sorted(folder.glob("*.csv")):
        if not _NAME.fullmatch(file.stem) or file.stem in OWN_SHEETS:
            raise WorkbookError(f"{file}: no sheet of an input can have this name")
        other = taken.setdefault(fold(file.stem), file)
        if other is not file:
            raise WorkbookError(f"{file} and {other.name} are read as the same sheet")
        tables[file.stem] = [{str(h): v for h, v in row.items()} for row in _read(file).to_dict("records")]
    if not tables:
        raise WorkbookError(f"{folder} holds no .csv file")
    return tables


def pack(folder: Path, path: Path) -> Path:
    """Write the folder's tables as an input workbook; returns where it landed."""
    return write_input(read_folder(folder), path)


def unpack(path: Path, folder: Path, *, ordered: bool = False) -> list[Path]:
    """Write every input and plan sheet of a workbook as CSV; returns the files.

    Rows keep the workbook's order, or with ``ordered`` stand in the order of their keys, so that a workbook somebody
    has sorted gives the same files. The workbook's own sheets and charts are left out, its own columns kept;
    faults are kept too, for the reader to find. CSV files of sheets that the workbook does not have are removed.
    Raises WorkbookError, before anything is written, when the file cannot be used at all.
    """
    frames = frames_of(load(path, lambda title: fold(title) in SHEET_NAMES))
    texts = {
        name: (_sorted(frame, BY_NAME[name]) if ordered else frame).to_csv(index=False, lineterminator="\n")
        for name, frame in frames.items()
    }
    if folder.exists() and not folder.is_dir():
        raise WorkbookError(f"{folder} is a file, not a folder")
    written = [land(folder / f"{name}.csv", _writer(text)) for name, text in texts.items()]
    for name in BY_NAME.keys() - frames.keys():
        (folder / f"{name}.csv").unlink(missing_ok=True)
    return written


def tables_of_book(path: Path) -> dict[str, list[dict[str, Any]]]:
    """The input and plan sheets of a workbook, by name, as ``read_folder`` would give them once unpacked."""
    frames = frames_of(load(path, lambda title: fold(title) in SHEET_NAMES))
    return {name: [{str(h): v for h, v in r.items()} for r in f.to_dict("records")] for name, f in frames.items()}


def frames_of(book: Book) -> dict[str, pd.DataFrame]:
    """The sheets of a workbook that the schema knows, as frames of text, one column per header."""
    grids: dict[str, Grid] = {}
    for grid in book.grids:
        grids.setdefault(SHEET_NAMES[fold(grid.title)], grid)
    keys = {s.name: _keys(s, grids[s.name]) for s in SHEETS if s.name in grids}
    found = {name: _frame(BY_NAME[name], grid, keys, book.epoch) for name, grid in grids.items()}
    return {name: frame for name, frame in found.items() if frame is not None}


def _read(file: Path) -> pd.DataFrame:
    try:
        with file.open(encoding="utf-8-sig", newline="") as lines:
            first = lines.readline()
        separator = ";" if ";" in first and "," not in first else ","  # as some spreadsheet programs save CSV
        options: dict[str, Any] = {"header": None, "dtype": str, "keep_default_na": False, "engine": "c"}
        frame = pd.read_csv(file, sep=separator, encoding="utf-8-sig", skip_blank_lines=False, **options).fillna("")
    except pd.errors.EmptyDataError:
        return pd.DataFrame()
    except (UnicodeDecodeError, csv.Error, pd.errors.ParserError) as e:
        longer = re.search(r"in line (\d+), saw", str(e))
        problem = f"row {longer[1]} has more cells than the header" if longer else f"is not a table in UTF-8: {e}"
        raise WorkbookError(f"{file}: {problem}") from e
    except OSError as e:
        raise WorkbookError(f"{file} cannot be opened: {e.strerror or e}") from e
    heads = [tidy(h) for h in frame.iloc[0]]
    twice = next((h for i, h in enumerate(heads) if h and h in heads[:i]), None)
    if twice:
        raise WorkbookError(f"{file}: the column {twice} stands twice")
    frame = frame.iloc[1:].set_axis(heads, axis=1)
    return frame.loc[:, [bool(h) for h in heads]]


def _writer(text: str) -> Any:
    return lambda temporary: temporary.write_bytes(text.encode("utf-8"))


def _sorted(frame: pd.DataFrame, sheet: Sheet) -> pd.DataFrame:
    keys = [h for h in sheet.key if h in frame.columns]
    return frame if sheet.name in ORDERED or not keys else frame.sort_values(keys, kind="stable")


def _keys(sheet: Sheet, grid: Grid) -> tuple[str, ...]:
    laid = lay_out(sheet.expand({}), (), grid, [])
    column = laid.at.get(sheet.key[0]) if laid else None
    if laid is None or column is None:
        return ()
    return tuple(_text(cells[column]) for n, cells in sorted(grid.rows.items()) if n > laid.row and column in cells)


def _frame(sheet: Sheet, grid: Grid, keys: dict[str, tuple[str, ...]], epoch: datetime) -> pd.DataFrame | None:
    """The rows below the header as text; ``None`` for a sheet without header."""
    columns = sheet.expand(keys)
    laid = lay_out(columns, (), grid, [])
    if laid is None:
        return None
    kinds = {laid.at[c.header]: c.kind for c in columns if c.header in laid.at}
    heads = {laid.at[c.header]: c.header for c in columns if c.header in laid.at}
    for j, text in sorted(grid.rows[laid.row].items()):  # the workbook's own; of two alike the first
        if j not in heads and tidy(str(text)) not in ("", *heads.values()) and not drawn(sheet, str(text)):
            heads[j] = tidy(str(text))
    rows = []
    skipped = {} if sheet.name == "Settings" else left_out(grid, laid, sheet)
    for number, cells in sorted(grid.rows.items()):
        if number > laid.row and cells.keys() & heads.keys() and skipped.get(number) not in LEFT_OUT:
            of_row = dict(kinds)
            if sheet.name == "Settings" and "Value" in laid.at:
                setting = SETTING.get(fold(str(cells.get(laid.at.get("Name", 0), ""))))
                of_row[laid.at["Value"]] = setting.kind if setting else "text"
            rows.append([_text(cells.get(j), of_row.get(j, "text"), epoch) for j in heads])
    return pd.DataFrame(rows, columns=list(heads.values()), dtype=str)


def _text(value: Any, kind: str = "text", epoch: datetime | None = None) -> str:
    """A cell's value as a CSV file holds it."""
    if value is None:
        return ""
    if kind == "date" and epoch is not None:
        try:
            found = as_day(value, epoch)
            if not found.remark and found.day == found.last:  # a time of day, or a whole week, is for the reader
                return found.day.isoformat()
        except Unreadable:
            pass
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, datetime) and (value.hour, value.minute, value.second) == (0, 0, 0):
        value = value.date()
    return value.isoformat() if isinstance(value, date) else str(value)
