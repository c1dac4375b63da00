"""Finding the header row of a sheet and which column is which."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field

from openpyxl.utils import get_column_letter, range_boundaries

from optimizer.workbook.faults import Fault, did_you_mean, fault
from optimizer.workbook.labels import derived
from optimizer.workbook.reading.grid import Grid, address
from optimizer.workbook.reading.kin import Kin, kin
from optimizer.workbook.schema import BY_NAME, SHEET_NAMES, Column, Sheet
from optimizer.workbook.schema.asking import ANSWERS
from optimizer.workbook.words import PLACE, fold, foreign, look, nearest, tidy

LOOK_THROUGH = 25  # rows, for titles planners put above a table


@dataclass(frozen=True)
class Layout:
    """The header row's number and, for each known header that is there, its column's number; where a header states
    a unit, the cell and that unit."""

    row: int
    at: dict[str, int]
    units: dict[str, tuple[str, str]] = field(default_factory=dict)


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
    laid = Layout(row, {})
    unknown: dict[int, str] = {}
    for j, value in sorted(grid.rows[row].items()):
        column = known.get(fold(str(value)))
        if column is None and not drawn(_sheet(grid), str(value)):
            unknown[j] = str(value)
        elif column is not None:
            _take(laid, column.header, j, value, grid, faults)
    absent = {c.header: c for c in columns if c.header not in laid.at}
    _additions(laid, unknown, absent, grid, faults)
    own = dict(_own(laid, unknown, absent, families, grid, faults))
    if own:
        first = address(row, min(own))
        faults.append(fault("column-extra", grid.title, first, ", ".join(tidy(x) for x in own.values())))
    for c in absent.values():
        if c.required:
            faults.append(fault("column-missing", grid.title, f"{row}:{row}", name=c.header))
    _odd(grid, row, laid.at, faults)
    return laid


def _take(laid: Layout, header: str, j: int, value: object, grid: Grid, faults: list[Fault]) -> None:
    """Column ``j`` is ``header``, unless another is already."""
    if header in laid.at:
        first = address(laid.row, laid.at[header])
        faults.append(fault("column-twice", grid.title, address(laid.row, j), value, name=header, first=first))
    else:
        laid.at[header] = j


def _additions(
    laid: Layout, unknown: dict[int, str], absent: dict[str, Column], grid: Grid, faults: list[Fault]
) -> None:
    """Headers that are a known name with a unit, a bracket or a footnote are that column, or in doubt."""
    sheet = _sheet(grid)
    known = {j: found for j, text in unknown.items() if (found := kin(text, absent.keys(), sheet)) is not None}
    for j, found in known.items():
        text, cell = unknown.pop(j), address(laid.row, j)
        column = absent.get(found.header)
        if not found.sure:
            hint = f"head it {found.header} if it is meant, or otherwise altogether"
            faults.append(fault("column-doubt", grid.title, cell, text, hint, name=found.header))
        else:
            _take(laid, found.header, j, text, grid, faults)
            if found.unit and column is not None:
                laid.units[found.header] = (cell, found.unit)
    for found in known.values():
        absent.pop(found.header, None)


def _own(
    laid: Layout,
    unknown: dict[int, str],
    absent: dict[str, Column],
    families: Sequence[Column],
    grid: Grid,
    faults: list[Fault],
) -> Iterator[tuple[int, str]]:
    """The planner's own columns, once misspelt ones and members of a family are told."""
    for j, text in unknown.items():
        cell = address(laid.row, j)
        if PLACE in text and fold(text) in {fold(f.header.format(PLACE)) for f in families}:
            below = next((r for r in sorted(grid.rows) if r > laid.row and str(grid.rows[r].get(j, "")).strip()), None)
            if below:  # a template's pattern of a header: harmless as long as nothing stands below it
                hint = f"write an id in place of {PLACE}: one column for each"
                faults.append(fault("column-placeholder", grid.title, cell, text, hint))
            continue
        guess = nearest(text, absent) or next((h for h in absent if look(h) == look(text)), None)
        if guess:
            odd = foreign(text) if fold(guess) != fold(text) and look(guess) == look(text) else []
            hint = f"type {guess} anew: {', '.join(odd)} only looks alike" if odd else did_you_mean(guess)
            faults.append(fault("column-misspelt", grid.title, cell, text, hint, name=guess))
            absent.pop(guess)
        elif (other := kin(text, laid.at, _sheet(grid))) is not None and other.sure and not _filled(laid, other, grid):
            first = address(laid.row, laid.at[other.header])
            faults.append(fault("column-twice", grid.title, cell, text, name=other.header, first=first))
        elif family := next((f for f in families if fold(text).startswith(fold(f.header.format("")))), None):
            faults.append(fault("column-family", grid.title, cell, text, name=family.family))
        elif tidy(text):
            yield j, text


def _filled(laid: Layout, of: Kin, grid: Grid) -> bool:
    """Whether anything stands below a known header."""
    column = laid.at[of.header]
    return any(n > laid.row and str(cells.get(column, "")).strip() for n, cells in grid.rows.items())


def drawn(sheet: Sheet | None, text: str) -> bool:
    """Whether a header is one of the grey columns that the program computes beside a plan, or a question."""
    if sheet is None or sheet.group == "input":
        return False
    return tidy(text) in ANSWERS if sheet.group == "ask" else derived(tidy(text))


def _sheet(grid: Grid) -> Sheet | None:
    name = SHEET_NAMES.get(fold(grid.title))
    return BY_NAME[name] if name else None


def header_row(grid: Grid) -> int:
    """The number of a sheet's header row, 0 if none is recognised, by the sheet's own columns."""
    sheet = _sheet(grid)
    return _most_known(grid, {fold(c.header) for c in sheet.columns}) if sheet else 0


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
    struck = sorted(r for r in grid.struck if r > row)
    if struck:
        faults.append(fault("rows-struck", grid.title, f"{struck[0]}:{struck[0]}", count=len(struck)))
    if columns & grid.hidden_columns:
        letter = get_column_letter(min(columns & grid.hidden_columns))
        faults.append(fault("column-hidden", grid.title, f"{letter}:{letter}"))
    if grid.hidden:
        faults.append(fault("sheet-hidden", grid.title))
