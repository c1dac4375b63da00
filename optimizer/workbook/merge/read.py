"""From a workbook to what can be merged of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from optimizer.errors import FaultsFound
from optimizer.quantities import Calendar
from optimizer.workbook.faults import stops
from optimizer.workbook.labels import DRAWN as ANSWER
from optimizer.workbook.merge.comments import comments_of
from optimizer.workbook.merge.content import MERGED, Cells, Content, Row, plain
from optimizer.workbook.merge.meaning import meaning
from optimizer.workbook.reading.fields import calendar_of
from optimizer.workbook.reading.grid import Book, Broken, Grid, load
from optimizer.workbook.reading.headers import drawn, lay_out
from optimizer.workbook.reading.rows import read_tables
from optimizer.workbook.reading.tables import Table, Tables
from optimizer.workbook.schema import OWN_SHEETS, SETTINGS, SHEET_NAMES
from optimizer.workbook.words import fold, tidy


def read_content(path: Path, name: str, calendar: Calendar | None = None) -> Content:
    """The content of the workbook at ``path``; dates mean weeks of ``calendar``, by default its own.

    Raises ``FaultsFound``, naming the file, when a cell cannot be read; whether ids exist is not asked here.
    """
    book = load(path, lambda title: title not in OWN_SHEETS | ANSWER)
    content, tables = content_of(book, name, calendar, comments_of(path))
    if stops(tables.faults):
        raise FaultsFound([replace(f, problem=f"in {path.name}: {f.problem}") for f in tables.faults])
    return content


def content_of(
    book: Book, name: str, calendar: Calendar | None = None, comments: Mapping[str, Cells] | None = None
) -> tuple[Content, Tables]:
    """The content of a workbook whose cells are loaded, and the typed tables with what is wrong with its cells."""
    found = comments or {}
    grids = grids_of(book)
    tables = read_tables(MERGED, grids, book.epoch)
    calendar = calendar or calendar_of(tables)
    read = {s.name: _rows(tables, grids[s.name], calendar, found) for s in MERGED if s.name in grids}
    own = {g.title: g for g in book.grids if fold(g.title) not in SHEET_NAMES}
    content = Content(
        name,
        {sheet: rows for sheet, (rows, _) in read.items()},
        {sheet: headers for sheet, (_, headers) in read.items() if headers},
        {title: _cells(g) for title, g in own.items()},
        {title: dict(found[title]) for title in own if found.get(title)},
        calendar,
    )
    return content, tables


def grids_of(book: Book) -> dict[str, Grid]:
    """The sheets that the schema knows, by its names; of two alike the first."""
    grids: dict[str, Grid] = {}
    for grid in book.grids:
        if fold(grid.title) in SHEET_NAMES:
            grids.setdefault(SHEET_NAMES[fold(grid.title)], grid)
    return grids


def heads_of(table: Table, grid: Grid) -> tuple[dict[int, str], dict[int, str]]:
    """The headers of the schema's columns and those of the planner's own, by column number."""
    laid = lay_out(table.columns, table.sheet.families, grid, [])
    if laid is None:
        return {}, {}
    known = {j: h for h, j in laid.at.items()}
    own: dict[int, str] = {}
    for j, text in sorted(grid.rows[laid.row].items()):
        header = tidy(str(text))
        if j not in known and header and header not in own.values() and not drawn(table.sheet, header):
            own[j] = header
    return known, own


def _rows(
    tables: Tables, grid: Grid, calendar: Calendar | None, comments: Mapping[str, Cells]
) -> tuple[tuple[Row, ...], tuple[str, ...]]:
    """The rows of a sheet, and the headers of the planner's own columns."""
    name = SHEET_NAMES[fold(grid.title)]
    table = tables[name]
    known, own = heads_of(table, grid)
    if name == "Settings":
        return _settings(tables, grid, known | own, own, comments.get(grid.title, {})), tuple(own.values())
    columns = {c.header: c for c in table.columns}
    out = []
    for row in table.rows:
        cells = grid.rows[row.number]
        values = {h: meaning(table.sheet, columns[h], row.values, calendar) for h in columns}
        values |= {h: plain(cells.get(j)) for j, h in own.items()}
        out.append(_row(values, cells, row.number, known | own, comments.get(grid.title, {})))
    return tuple(out), tuple(own.values())


def _settings(
    tables: Tables, grid: Grid, heads: Mapping[int, str], own: Mapping[int, str], comments: Cells
) -> tuple[Row, ...]:
    """Every setting, at its default where it has no row; rows of other names as text."""
    by_name = {fold(str(r["Name"])): r for r in tables.rows("Settings") if r.sound("Name")}
    out = []
    for s in SETTINGS:
        row = by_name.pop(fold(s.header), None)
        values = {"Name": s.header, "Value": _still(tables.settings[s.attribute])}
        cells = grid.rows[row.number] if row else {}
        values |= {h: plain(cells.get(j)) for j, h in own.items()}
        made = _row(values, cells, row.number if row else 0, heads, comments)
        out.append(made.but(raw={**made.raw, "Name": s.header}))
    for row in by_name.values():
        cells = grid.rows[row.number]
        values = {h: plain(cells.get(j)) for j, h in heads.items() if h not in ("Unit", "Meaning")}
        out.append(_row(values, cells, row.number, heads, comments))
    return tuple(out)


def _row(
    values: dict[str, Any], cells: Mapping[int, Any], number: int, heads: Mapping[int, str], comments: Cells
) -> Row:
    raw = {h: _shown(cells[j]) for j, h in heads.items() if j in cells}
    notes = {h: comments[number, j] for j, h in heads.items() if (number, j) in comments}
    return Row(values, raw, notes, number)


def _cells(grid: Grid) -> Cells:
    return {(r, c): _shown(v) for r, cells in grid.rows.items() for c, v in cells.items()}


def _still(value: Any) -> Any:
    return tuple(sorted(value)) if isinstance(value, frozenset | set) else value


def _shown(value: Any) -> Any:
    """A cell's value to be written again: what a formula came to, an error as its text."""
    return value.shown if isinstance(value, Broken) else value
