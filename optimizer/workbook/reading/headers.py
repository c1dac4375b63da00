"""Finding the header row of a sheet and which column is which."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from openpyxl.utils import get_column_letter, range_boundaries

from optimizer.workbook.faults import Fault, did_you_mean, fault
from optimizer.workbook.labels import derived
from optimizer.workbook.reading.grid import Grid, address
from optimizer.workbook.schema import BY_NAME, LAST_SHEETS, PLAN_SHEETS, SHEET_NAMES, Column
from optimizer.workbook.words import PLACE, fold, nearest

_PLANNED = frozenset(s.name for s in (*PLAN_SHEETS, *LAST_SHEETS))  # beside them the program draws columns of its own
LOOK_THROUGH = 25  # rows, for titles planners put above a table


@dataclass(frozen=True)
class Layout:
    """The header row's number and, for each known header that is there, its column's number."""

    row: int
    at: dict[str, int]


def lay_out(columns: Sequence[Column], families: Sequence[Column], grid: Grid, faults: list[Fault]) -> Layout | None:
    """Match the header row; missing, doubled and misspelt columns become faults, others notes.

    The header row is the first with the most known headers among the first rows; ``None`` if there is none.
    """
    known = {fold(c.header): c for c in columns}
    row = _most_known(grid, known.keys())
    if row == 0:
        expected = ", ".join(c.header for c in columns if c.required) or columns[0].header
        faults.append(fault("header-missing", grid.title, "A1", suggestion=f"expected headers: {expected}"))
        return None
    at: dict[str, int] = {}
    unknown: dict[int, str] = {}
    for j, value in sorted(grid.rows[row].items()):
        column = known.get(fold(str(value)))
        if column is None:
            unknown[j] = str(value)
        elif column.header in at:
            first = address(row, at[column.header])
            faults.append(fault("column-twice", grid.title, address(row, j), value, name=column.header, first=first))
        else:
            at[column.header] = j
    absent = {c.header: c for c in columns if c.header not in at}
    own: dict[int, str] = {}
    drawn = SHEET_NAMES.get(fold(grid.title), "") in _PLANNED
    for j, text in unknown.items():
        if PLACE in text and fold(text) in {fold(f.header.format(PLACE)) for f in families}:
            below = next((r for r in sorted(grid.rows) if r > row and str(grid.rows[r].get(j, "")).strip()), None)
            if below:  # a template's pattern of a header: harmless as long as nothing stands below it
                hint = f"write an id in place of {PLACE}: one column for each"
                faults.append(fault("column-placeholder", grid.title, address(row, j), text, hint))
            continue
        guess = nearest(text, absent)
        if guess:
            hint = did_you_mean(guess)
            faults.append(fault("column-misspelt", grid.title, address(row, j), text, hint, name=guess))
            absent.pop(guess)
        elif family := next((f for f in families if fold(text).startswith(fold(f.header.format("")))), None):
            faults.append(fault("column-family", grid.title, address(row, j), text, name=family.family))
        elif not (drawn and derived(text)):
            own[j] = text
    if own:
        faults.append(fault("column-extra", grid.title, address(row, min(own)), ", ".join(own.values())))
    for c in absent.values():
        if c.required:
            faults.append(fault("column-missing", grid.title, f"{row}:{row}", name=c.header))
    _odd(grid, row, at, faults)
    return Layout(row, at)


def header_row(grid: Grid) -> int:
    """The number of a sheet's header row, 0 if none is recognised, by the sheet's own columns."""
    name = SHEET_NAMES.get(fold(grid.title))
    return _most_known(grid, {fold(c.header) for c in BY_NAME[name].columns}) if name else 0


def _most_known(grid: Grid, known: Collection[str]) -> int:
    """The first row, of the first ones, with the most known headers; 0 where there is none."""
    rows = sorted(grid.rows)[:LOOK_THROUGH]
    best, row = max(((sum(fold(str(v)) in known for v in grid.rows[r].values()), -r) for r in rows), default=(0, 0))
    return -row if best else 0


def _odd(grid: Grid, row: int, at: dict[str, int], faults: list[Fault]) -> None:
    """Merged cells inside the table, and what is hidden."""
    columns, last = set(at.values()), max(grid.rows)
    for ref in grid.merged:
        first_column, top, last_column, bottom = range_boundaries(ref)
        inside = columns & set(range(first_column, last_column + 1))
        if inside and bottom >= row and top <= last:
            faults.append(fault("merged", grid.title, ref, suggestion="unmerge and fill every cell"))
    hidden = sorted(r for r in grid.hidden_rows & grid.rows.keys() if r > row)
    if hidden:
        faults.append(fault("rows-hidden", grid.title, f"{hidden[0]}:{hidden[0]}", count=len(hidden)))
    if columns & grid.hidden_columns:
        letter = get_column_letter(min(columns & grid.hidden_columns))
        faults.append(fault("column-hidden", grid.title, f"{letter}:{letter}"))
    if grid.hidden:
        faults.append(fault("sheet-hidden", grid.title))
