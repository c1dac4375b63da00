"""What planners put into the workbook an answer is made from, put into the answer again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from optimizer.workbook.output.inputs import Table, Value
from optimizer.workbook.output.provenance import rows_behind
from optimizer.workbook.reading.own import Belongings, Cell, Own
from optimizer.workbook.reading.tables import Row, Tables
from optimizer.workbook.schema import Column
from optimizer.workbook.sheets.material import Material
from optimizer.workbook.sheets.page import Formula, Sheet, print_setup, put

MADE_UP = frozenset(("Elements", "Availability", "Set holdings"))  # rows that the reader adds where none are typed
COUNTED_ON = frozenset(("Settings", "Countries", "Capabilities", "Levels"))  # cells that live formulas need filled
NOTE = {"x_scale": 2, "font_size": 9, "author": ""}


@dataclass(frozen=True)
class Beside:
    """A column of the planner's own beside a table, by row of it."""

    title: str
    cells: Sequence[Cell]
    width: float


@dataclass(frozen=True)
class Kept:
    """What stays of the planner's in one table: looks and comments by (row of the table from 0, heading)."""

    columns: tuple[Beside, ...] = ()
    cells: Mapping[tuple[int, str], Cell] = field(default_factory=dict)


NOTHING = Kept()


def as_typed(drawn: Mapping[str, Table], read: Tables) -> dict[str, Table]:
    """``drawn`` with blanks where the planner left blanks, and without rows nobody typed. True only for a case that
    says just what was read: blank cells then mean what they meant before."""
    out = dict(drawn)
    for name, table in drawn.items():
        typed = read.by_name.get(name)
        if table.sheet.group != "input" or name in COUNTED_ON or typed is None or not typed.rows:
            continue
        behind = zip(table.rows, rows_behind(table, typed.rows), strict=True)
        kept_rows = [(values, row) for values, row in behind if row is not None or name not in MADE_UP]
        rows = [
            tuple(_typed(v, c, row, table) for v, c in zip(values, table.columns, strict=True))
            for values, row in kept_rows
        ]
        out[name] = replace(table, rows=tuple(rows))
    return out


def _typed(value: Value, column: Column, row: Row | None, table: Table) -> Value:
    """A blank where a blank was typed, a day as it was typed; what names the row stays."""
    heading = column.header
    if row is None or heading not in row.values:
        return value
    if column.kind == "date":
        return row[heading] if heading in row.typed else None
    if value is None and heading in row.typed:  # said otherwise in the case, such as the worth of a set
        return float(row[heading]) if isinstance(row[heading], Decimal) else row[heading]
    return value if heading in row.typed or heading in table.sheet.key else None


def kept(table: Table, read: Tables | None, own: Belongings | None) -> Kept:
    """What of the planner's belongs to the rows of a table, found by what names them."""
    mine = None if own is None else own.tables.get(table.sheet.name)
    typed = None if read is None else read.by_name.get(table.sheet.name)
    if mine is None or typed is None:
        return NOTHING
    behind = rows_behind(table, typed.rows)
    cells: dict[tuple[int, str], Cell] = {}
    for n, row in enumerate(behind):
        for heading, column in typed.at.items() if row is not None else ():
            found = mine.cells.get((row.number, column)) if row is not None else None
            if found is not None and (found.look or found.note):
                cells[n, heading] = found
    taken = {c.header for c in table.columns}
    columns = tuple(
        Beside(title, [Cell() if r is None else mine.cells.get((r.number, j), Cell()) for r in behind], mine.widths[j])
        for j, title in mine.columns.items()
        if title not in taken
    )
    return Kept(columns, cells)


def own_sheets(m: Material, sheets: Sequence[Own]) -> None:
    """Every sheet of the planner's, cell by cell where it stood."""
    taken = {s.name.lower() for s in m.book.worksheets()}
    for own in (s for s in sheets if s.title.lower() not in taken):
        _sheet(m, own)


def _sheet(m: Material, own: Own) -> None:
    sheet = m.book.add_worksheet(own.title, Sheet)
    print_setup(sheet, marking=m.marking)
    for column, width in own.widths.items():
        sheet.set_column(column - 1, column - 1, width)
    for row, height in own.heights.items():
        sheet.set_row(row - 1, height)
    for span in own.merged:
        sheet.merge_range(span, "")
    for (row, column), c in own.cells.items():
        value = Formula(c.formula, c.value if isinstance(c.value, int | float | str) else 0) if c.formula else c.value
        look = dict(c.look)
        if hasattr(value, "isoformat") and "num_format" not in look:
            look["num_format"] = "yyyy-mm-dd"
        put(sheet, row - 1, column - 1, value, m.style.bare(**look))
        if c.note:
            sheet.write_comment(row - 1, column - 1, c.note, NOTE)
    if own.frozen:
        sheet.freeze_panes(*own.frozen)
    if own.colour:
        sheet.set_tab_color(own.colour)
    if own.hidden:
        sheet.hide()
