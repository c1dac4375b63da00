"""The plan of one workbook put onto the inputs of another, as the plan in force."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from optimizer.workbook.faults import Fault, fault
from optimizer.workbook.reading.grid import Book, Grid, address
from optimizer.workbook.reading.headers import lay_out
from optimizer.workbook.schema import BY_NAME, LAST_SHEETS, PLAN_SHEETS, SETTINGS, SHEET_NAMES
from optimizer.workbook.words import fold, tidy

PLANS = frozenset(s.name for s in (*PLAN_SHEETS, *LAST_SHEETS))


def onto(inputs: Book, plan: Book, settings: Mapping[str, Any]) -> tuple[Book, list[Fault]]:
    """``inputs`` with the plan in the Plan sheets of ``plan`` (and its history) in place of any of their own, and with
    some ``settings`` (by attribute) put otherwise; and what was done, as warnings.

    Rows that name what the inputs no longer know are left out. Lock cells of the inputs' own Plan sheets are not
    used, which is told.
    """
    said: list[Fault] = []
    tables = {SHEET_NAMES[fold(g.title)]: g for g in inputs.grids if SHEET_NAMES[fold(g.title)] not in PLANS}
    said += (f for g in inputs.grids if inputs is not plan for f in _locked(g))
    for grid in plan.grids:
        name = SHEET_NAMES[fold(grid.title)]
        if name in PLANS:
            tables[name] = _known(grid, name, tables, said)
    if "Settings" in tables:
        tables["Settings"] = _with(tables["Settings"], settings)
    return replace(inputs, grids=tuple(tables.values()), titles=tuple(g.title for g in tables.values())), said


def _columns(grid: Grid | None, name: str) -> tuple[int, Mapping[str, int]]:
    """The header row and the columns of a sheet."""
    laid = None if grid is None else lay_out(BY_NAME[name].columns, (), grid, [])
    return (0, {}) if laid is None else (laid.row, laid.at)


def _words(grid: Grid | None, name: str, *headers: str) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Row number and words of some columns, of every row that has them all."""
    top, at = _columns(grid, name)
    if grid is None or any(h not in at for h in headers):
        return
    for n, cells in grid.rows.items():
        if n > top and all(at[h] in cells for h in headers):
            yield n, tuple(tidy(str(cells[at[h]])) for h in headers)


def _ids(tables: Mapping[str, Grid], sheet: str) -> set[str]:
    """What a sheet of the inputs has as ids; units without elements of their own are elements too."""
    found = {w[0] for _, w in _words(tables.get(sheet), sheet, BY_NAME[sheet].columns[0].header)}
    return found | _ids(tables, "Units") if sheet == "Elements" else found


def _known(grid: Grid, name: str, tables: Mapping[str, Grid], said: list[Fault]) -> Grid:
    """A plan sheet without the rows that name what the inputs do not have."""
    gone: dict[int, tuple[str, str]] = {}
    for c in BY_NAME[name].columns:
        for sheet in c.refs:
            known = _ids(tables, sheet.replace(f"{name.split()[0]} exercises", "Exercises"))
            for n, (word,) in _words(grid, name, c.header):
                if word not in known:
                    gone.setdefault(n, (word, sheet))
    if name.endswith("participants"):
        needs = {w for _, w in _words(tables.get("Exercise needs"), "Exercise needs", "Exercise", "Need")}
        for n, pair in _words(grid, name, "Exercise", "Need"):
            if pair not in needs:
                gone.setdefault(n, (" ".join(pair), "Exercise needs"))
    for word, sheet in dict.fromkeys(gone.values()):
        rows = [n for n, what in gone.items() if what == (word, sheet)]
        said.append(fault("plan-left", grid.title, address(rows[0], 1), word, name=sheet, count=len(rows)))
    return replace(grid, rows={n: cells for n, cells in grid.rows.items() if n not in gone})


def _locked(grid: Grid) -> Iterator[Fault]:
    """Lock cells of a plan sheet that is not used."""
    name = SHEET_NAMES[fold(grid.title)]
    if name in PLANS:
        for n, (word,) in _words(grid, name, "Lock"):
            yield fault("lock-unused", grid.title, address(n, _columns(grid, name)[1]["Lock"]), word)


def _with(grid: Grid, settings: Mapping[str, Any]) -> Grid:
    """The Settings sheet with some values put otherwise, rows added where there are none."""
    top, at = _columns(grid, "Settings")
    if "Name" not in at or "Value" not in at:
        return grid  # the reader tells what is missing
    rows = {n: dict(cells) for n, cells in grid.rows.items()}
    where = {fold(word): n for n, (word,) in _words(grid, "Settings", "Name")}
    last = max(rows, default=top)
    for s in SETTINGS:
        if s.attribute in settings:
            n = where.get(fold(s.header))
            if n is None:
                last = n = last + 1
                rows[n] = {at["Name"]: s.header}
            rows[n][at["Value"]] = settings[s.attribute]
    return replace(grid, rows=rows)
