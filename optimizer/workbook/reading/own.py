"""What planners put into a workbook beside its tables: columns and sheets of their own, colours, comments, formats.

Read with openpyxl, which knows looks; the tables' own reader does not. Charts, pictures, validations and conditional
formats are not read.
"""

from __future__ import annotations

import warnings
from collections.abc import Mapping
from contextlib import redirect_stdout
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from io import StringIO
from pathlib import Path
from typing import Any

from openpyxl import load_workbook

from optimizer.workbook.labels import DRAWN, derived
from optimizer.workbook.reading.own_looks import Looks
from optimizer.workbook.schema import OWN_SHEETS, SHEET_NAMES
from optimizer.workbook.schema.asking import ASK
from optimizer.workbook.words import fold

At = tuple[int, int]  # row and column, from 1
PADDING = 0.7109375  # characters that files add to the width people set
MOST_CELLS = 500_000  # of all sheets together: more is no planner's own work


@dataclass(frozen=True)
class Cell:
    """A cell of a planner's: its value (a formula that needs nothing but its own sheet as ``=…`` with ``value``
    beside), what sets its looks apart from the program's, and its comment."""

    value: Any = None
    formula: str | None = None
    look: Mapping[str, Any] = field(default_factory=dict)
    note: str | None = None


@dataclass
class Own:
    """One sheet as the planner left it. ``cells`` by (row, column): in a sheet of theirs all of them, in a table
    those that carry a look, a comment or stand in a column of theirs (``columns``: heading by column number)."""

    title: str
    cells: dict[At, Cell] = field(default_factory=dict)
    columns: dict[int, str] = field(default_factory=dict)
    widths: dict[int, float] = field(default_factory=dict)
    heights: dict[int, float] = field(default_factory=dict)
    merged: list[str] = field(default_factory=list)
    frozen: At | None = None
    hidden: bool = False
    colour: str | None = None


@dataclass
class Belongings:
    """By table name (as in the schema), and the sheets of theirs in order; ``asked``: the rows of the Ask sheet as
    typed, by the columns of its schema. ``lost`` says why nothing was read."""

    tables: dict[str, Own] = field(default_factory=dict)
    sheets: list[Own] = field(default_factory=list)
    asked: list[tuple[Any, ...]] = field(default_factory=list)
    lost: str = ""


class Shown:
    """What the formulas of a workbook last came to; the file is read for it when the first of them is asked for."""

    def __init__(self, path: Path):
        self._path = path

    @cached_property
    def _book(self) -> Any:
        return load_workbook(self._path, data_only=True)

    def value(self, cell: Any) -> Any:
        """What a cell shows."""
        if cell.data_type != "f":
            return cell.value
        return self._book[cell.parent.title].cell(cell.row, cell.column).value


def belongings(path: Path, heads: Mapping[str, Mapping[str, int]]) -> Belongings:
    """What is the planner's own in the workbook at ``path``; ``heads`` are the columns that were read of each table,
    by heading. A workbook whose looks cannot be read lends none."""
    try:
        with warnings.catch_warnings(), redirect_stdout(StringIO()):
            warnings.simplefilter("ignore")
            book = load_workbook(path)
            if sum(s.max_row * s.max_column for s in book.worksheets) > MOST_CELLS:
                return Belongings(lost="the workbook is too large")
            return _read(book, Shown(path), heads)
    except Exception as e:  # whatever openpyxl trips over: the tables were read all the same
        return Belongings(lost=f"{type(e).__name__}: {e}")


def _read(book: Any, shown: Shown, heads: Mapping[str, Mapping[str, int]]) -> Belongings:
    out, looks = Belongings(), Looks(book)
    for sheet in book.worksheets:
        name = SHEET_NAMES.get(fold(sheet.title))
        if name is not None and name in heads:
            out.tables[name] = _table(sheet, shown, looks, heads[name])
        elif name == ASK.name:
            out.asked = _asked(sheet, shown)
        elif name is None and sheet.title not in OWN_SHEETS and sheet.title not in DRAWN:
            out.sheets.append(_sheet(sheet, shown, looks))
    return out


def _asked(sheet: Any, shown: Shown) -> list[tuple[Any, ...]]:
    """The questions of an Ask sheet; those that ask nothing are left out."""
    at = {h: i for i, h in enumerate(fold(str(c.value)) for c in sheet[1])}
    columns = [at.get(fold(c.header)) for c in ASK.columns]
    rows = ([None if i is None else shown.value(row[i]) for i in columns] for row in sheet.iter_rows(min_row=2))
    return [tuple(v.date() if isinstance(v, datetime) else v for v in row) for row in rows if any(map(_typed, row))]


def _typed(value: Any) -> bool:
    return value is not None and bool(str(value).strip())


def _table(sheet: Any, shown: Shown, looks: Looks, heads: Mapping[str, int]) -> Own:
    own = Own(sheet.title)
    known, top = set(heads.values()), _head(sheet, heads)
    planned = sheet.title.startswith(("Plan ", "Last "))
    for c in sheet[top] if top else ():
        text = None if c.value is None else str(c.value).strip()
        if text and c.column not in known and text not in heads and not (planned and derived(text)) and "{" not in text:
            own.columns[c.column] = text
            width = sheet.column_dimensions[c.column_letter].width
            own.widths[c.column] = max(float(width or 0) - PADDING, 0.0)
    for row in sheet.iter_rows(min_row=top + 1) if top else ():
        for c in row:
            mine = c.column in own.columns
            if mine or c.column in known:
                cell = _cell(c, shown, looks, alone=False)
                if cell.look or cell.note or (mine and cell.value is not None):
                    own.cells[c.row, c.column] = cell
    return own


def _head(sheet: Any, heads: Mapping[str, int]) -> int:
    """The row in which the headings stand, 0 where it is not found."""
    for row in sheet.iter_rows(max_row=30):
        found = {c.column: fold(str(c.value)) for c in row if c.value is not None}
        if heads and all(found.get(column) == fold(text) for text, column in heads.items()):
            return int(row[0].row)
    return 0


def _sheet(sheet: Any, shown: Shown, looks: Looks) -> Own:
    own = Own(sheet.title, hidden=sheet.sheet_state != "visible")
    for row in sheet.iter_rows():
        for c in row:
            cell = _cell(c, shown, looks, alone=True)
            if cell.value is not None or cell.formula or cell.look or cell.note:
                own.cells[c.row, c.column] = cell
    own.merged = [str(r) for r in sheet.merged_cells.ranges]
    for letter, d in sheet.column_dimensions.items():
        if d.width and d.customWidth:
            first = d.min or sheet[f"{letter}1"].column
            own.widths |= dict.fromkeys(
                range(first, min(d.max or first, first + 200) + 1), max(float(d.width) - PADDING, 0.0)
            )
    own.heights = {n: float(d.height) for n, d in sheet.row_dimensions.items() if d.height}
    own.colour = looks.colour(sheet.sheet_properties.tabColor)
    if sheet.freeze_panes:
        at = sheet[sheet.freeze_panes]
        own.frozen = at.row - 1, at.column - 1
    return own


def _cell(c: Any, shown: Shown, looks: Looks, *, alone: bool) -> Cell:
    value, formula = c.value, None
    if c.data_type == "f":
        text = str(getattr(value, "text", value) or "")
        value = shown.value(c)
        formula = text if alone and not set("![") & set(text) and text.startswith("=") else None
        value = text if value is None and formula is None else value
    note = c.comment.text if c.comment is not None else None
    return Cell(value, formula, looks.of(c, alone=alone), note)
