"""The real cells of a workbook's sheets, each a plain value or a ``Broken`` one.

Sheets are streamed through openpyxl's parser, which meets only the cells that exist (a
formatted blank in row 1,048,576 costs nothing) and never touches charts, links or pictures.
Values and formulas come from the same pass, so that an error, a formula that was never
calculated and a blank are told apart.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator
from contextlib import closing, redirect_stdout
from dataclasses import dataclass, field
from datetime import datetime
from io import StringIO
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._reader import FORMULA_TAG, WorkSheetParser

from optimizer.errors import WorkbookError
from optimizer.workbook.reading.container import inspect

ERRORS = frozenset(("#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!", "#SPILL!", "#CALC!"))


@dataclass(frozen=True)
class Broken:
    """A cell without a usable value: ``code`` of the fault, ``shown`` what stands there."""

    code: str
    shown: str

    def __str__(self) -> str:
        return self.shown


@dataclass
class Grid:
    """One sheet: ``rows`` holds the cells that are not blank, by row and column (from 1)."""

    title: str
    hidden: bool = False
    rows: dict[int, dict[int, Any]] = field(default_factory=dict)
    merged: list[str] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)


@dataclass(frozen=True)
class Book:
    """``titles`` are all sheets in order; ``grids`` those that were wanted."""

    titles: tuple[str, ...]
    grids: tuple[Grid, ...]
    epoch: datetime


def address(row: int, column: int) -> str:
    """``C7`` for row 7, column 3."""
    return f"{get_column_letter(column)}{row}"


def load(path: Path, wanted: Callable[[str], bool]) -> Book:
    """Read the sheets of ``path`` whose title is ``wanted``.

    Raises WorkbookError when the file is no workbook, is unsafe, or cannot be parsed.
    """
    inspect(path)
    try:
        with warnings.catch_warnings(), redirect_stdout(StringIO()):  # openpyxl prints of styles it misses
            warnings.simplefilter("ignore")  # of features that openpyxl would lose if it saved
            with closing(load_workbook(path, read_only=True, keep_links=False)) as book:
                sheets = list(book.worksheets)
                if not sheets:
                    raise WorkbookError(f"{path.name} shows no sheets (Strict Open XML?); save it as a plain .xlsx")
                grids = tuple(_grid(book, s) for s in sheets if wanted(s.title))
                return Book(tuple(s.title for s in sheets), grids, book.epoch)
    except (WorkbookError, MemoryError):
        raise
    except PermissionError as e:
        raise WorkbookError(f"{path.name} cannot be opened: {e.strerror}; is it open elsewhere?") from e
    except Exception as e:  # whatever a parser may trip over in a file that is not what it seems
        raise WorkbookError(f"{path.name} cannot be read as a workbook ({type(e).__name__}: {e})") from e


class _Parser(WorkSheetParser):
    def parse_cell(self, element: Any) -> dict[str, Any]:
        cell: dict[str, Any] = super().parse_cell(element)
        if cell["data_type"] == "e":
            cell["value"] = Broken("error-value", str(cell["value"]))
        elif isinstance(cell["value"], str) and cell["value"].strip() in ERRORS:
            cell["value"] = Broken("error-value", cell["value"].strip())
        elif cell["value"] is None and element.find(FORMULA_TAG) is not None and element.get("t") != "str":
            # t="str" without a value is a formula whose result is an empty text
            cell["value"] = Broken("formula-uncalculated", f"={element.findtext(FORMULA_TAG) or '…'}")
        return cell


def _grid(book: Any, sheet: Any) -> Grid:
    grid = Grid(sheet.title, sheet.sheet_state != "visible")
    with closing(sheet._get_source()) as source:
        parser = _Parser(
            source,
            sheet._shared_strings,
            data_only=True,
            epoch=book.epoch,
            date_formats=book._date_formats,
            timedelta_formats=book._timedelta_formats,
        )
        for number, cells in parser.parse():
            found = {c["column"]: c["value"] for c in cells if c["value"] is not None}
            if found:
                grid.rows[number] = found
        if parser.merged_cells is not None:
            grid.merged = [str(r.ref) for r in parser.merged_cells.mergeCell]
        grid.hidden_rows = {int(r) for r, a in parser.row_dimensions.items() if _true(a.get("hidden"))}
        grid.hidden_columns = set(_hidden_columns(parser.column_dimensions.values()))
    return grid


def _hidden_columns(dimensions: Any) -> Iterator[int]:
    for a in dimensions:
        if _true(a.get("hidden")):
            yield from range(int(a["min"]), min(int(a["max"]), int(a["min"]) + 500) + 1)


def _true(text: str | None) -> bool:
    return text in ("1", "true")
