"""What a hand-edited plan may leave behind, put right before it is read, each time with a warning."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from optimizer.workbook.faults import Fault, fault
from optimizer.workbook.reading.grid import Book, Grid, address
from optimizer.workbook.reading.headers import lay_out
from optimizer.workbook.schema import BY_NAME, PLAN_SHEETS, SHEET_NAMES
from optimizer.workbook.words import fold, tidy


def mended(book: Book, *, rounding: bool = False) -> tuple[Book, list[Fault]]:
    """The workbook without participants of exercises whose row was deleted, and, with ``rounding``, with every day
    of the Plan sheets that is no Monday moved to the nearest; and what was done.

    An exercise that the Exercises sheet does not know either is left for the reader to tell.
    """
    grids = {SHEET_NAMES[fold(g.title)]: g for g in book.grids}
    said: list[Fault] = []
    changed: dict[int, Grid] = {}
    for name in (s.name for s in PLAN_SHEETS if s.name in grids):
        grid = grids[name]
        new = _without_orphans(grid, grids, said) if name == "Plan participants" else grid
        if rounding:
            new = _on_mondays(new, name, said)
        changed[id(grid)] = new
    return replace(book, grids=tuple(changed.get(id(g), g) for g in book.grids)), said


def _columns(grid: Grid | None, name: str) -> tuple[int, Mapping[str, int]]:
    """The header row and the columns of a sheet."""
    laid = None if grid is None else lay_out(BY_NAME[name].columns, (), grid, [])
    return (0, {}) if laid is None else (laid.row, laid.at)


def _ids(grids: Mapping[str, Grid], name: str) -> set[str]:
    """What stands in the Exercise column of a sheet."""
    row, at = _columns(grids.get(name), name)
    column = at.get("Exercise")
    if column is None:
        return set()
    return {tidy(str(cells[column])) for n, cells in grids[name].rows.items() if n > row and column in cells}


def _without_orphans(grid: Grid, grids: Mapping[str, Grid], said: list[Fault]) -> Grid:
    row, at = _columns(grid, "Plan participants")
    column = at.get("Exercise")
    if column is None or "Plan exercises" not in grids:
        return grid
    held, known = _ids(grids, "Plan exercises"), _ids(grids, "Exercises")
    gone = {
        n: name
        for n, cells in grid.rows.items()
        if n > row and column in cells and (name := tidy(str(cells[column]))) not in held and name in known
    }
    for name in dict.fromkeys(gone.values()):
        rows = [n for n in gone if gone[n] == name]
        said.append(fault("participants-left", grid.title, address(rows[0], column), name, count=len(rows)))
    return replace(grid, rows={n: cells for n, cells in grid.rows.items() if n not in gone})


def _on_mondays(grid: Grid, name: str, said: list[Fault]) -> Grid:
    row, at = _columns(grid, name)
    days = [at[c.header] for c in BY_NAME[name].columns if c.week == "monday" and c.header in at]
    rows: dict[int, dict[int, Any]] = {}
    for n, cells in grid.rows.items():
        rows[n] = dict(cells)
        for column in days if n > row else ():
            day = _day(cells.get(column))
            if day is not None and day.weekday():
                rows[n][column] = monday = nearest_monday(day)
                said.append(fault("day-rounded", grid.title, address(n, column), day, monday=monday))
    return replace(grid, rows=rows)


def _day(value: Any) -> date | None:
    return value.date() if isinstance(value, datetime) else value if isinstance(value, date) else None


def nearest_monday(day: date) -> date:
    """The Monday no more than three days away."""
    back = day.weekday()
    return day - timedelta(days=back) if back <= 3 else day + timedelta(days=7 - back)
