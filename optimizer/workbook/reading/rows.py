"""Reading the sheets as typed tables, with every fault noted at its cell."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from openpyxl.utils.datetime import WINDOWS_EPOCH

from optimizer.workbook import values
from optimizer.workbook.faults import Fault, did_you_mean, fault
from optimizer.workbook.numbers import Unreadable, number
from optimizer.workbook.reading.grid import Broken, Grid, address
from optimizer.workbook.reading.headers import Layout, lay_out
from optimizer.workbook.reading.leftout import DOUBTED, LEFT_OUT, MOVE_OFF, left_out
from optimizer.workbook.reading.tables import Row, Table, Tables
from optimizer.workbook.schema import REMARKS, SETTING, SETTINGS, Column, Sheet
from optimizer.workbook.words import fold, nearest

_REMARKS = frozenset(c.header for c in REMARKS)
_SETTING_REMARKS = frozenset(("Unit", "Meaning"))


def read_tables(
    sheets: Iterable[Sheet], grids: dict[str, Grid], epoch: datetime = WINDOWS_EPOCH, misspelt: Iterable[str] = ()
) -> Tables:
    """Type the sheets that are there (``grids`` by sheet name), with every fault noted; ``misspelt`` are
    sheets that are there under another name."""
    tables = Tables({}, doubtful=set(misspelt))
    keys: dict[str, tuple[str, ...]] = {}
    bare: list[Fault] = []
    # sheets that name column families come first
    for sheet in sorted(sheets, key=lambda s: bool(s.families)):
        grid = grids.get(sheet.name)
        table = Table(sheet, sheet.name, sheet.expand(keys), present=grid is not None)
        tables.by_name[sheet.name] = table
        if grid is None:
            if sheet.required:
                tables.faults.append(fault("sheet-missing", sheet.name, name=sheet.name))
        else:
            table.title = grid.title
            laid = lay_out(table.columns, sheet.families, grid, tables.faults)
            if laid is not None:
                table.at, table.units = laid.at, laid.units
                table.rows = list(_rows(table, grid, laid, epoch, tables.faults))
                if sheet.required and not table.rows:
                    (bare if sheet.may_be_empty else tables.faults).append(fault("sheet-empty", grid.title))
        if sheet.key[0] not in table.at and (grid is not None or sheet.required):
            tables.doubtful.add(sheet.name)
        keys[sheet.name] = tuple(r[sheet.key[0]] for r in table.rows if r.sound(sheet.key[0]))
    if "Sets" in tables.by_name and not tables["Sets"].rows:  # nothing at all to plan
        tables.faults += bare
    if "Settings" in tables.by_name and tables["Settings"].present:
        _settings(tables, grids["Settings"], epoch)
    return tables


def _rows(table: Table, grid: Grid, laid: Layout, epoch: datetime, faults: list[Fault]) -> Iterator[Row]:
    defaults = {c.header: values.default(c) for c in table.columns}
    settings = table.sheet.name == "Settings"
    remarks = _SETTING_REMARKS if settings else _REMARKS
    unjudged = {"Value", *remarks} if settings else remarks
    skipped = {} if settings else left_out(grid, laid, table.sheet)
    faults += (_skipped(code, grid, n) for n, code in skipped.items())
    for at_row, cells in sorted(grid.rows.items()):
        if at_row <= laid.row or skipped.get(at_row) in LEFT_OUT | DOUBTED:
            continue
        typed = {
            c.header: cells[laid.at[c.header]]
            for c in table.columns
            if c.header in laid.at and not values.blank(cells.get(laid.at[c.header]), c.kind)
        }
        if not typed.keys() - remarks:
            if typed and not settings:
                faults.append(fault("row-remark", grid.title, address(at_row, min(cells))))
            continue
        row = Row(at_row, typed=frozenset(typed))
        for c in table.columns:
            if c.header not in laid.at:  # its absence was judged once, with the headers
                row.values[c.header] = defaults[c.header]
            elif c.header in unjudged:  # kept as typed; settings are judged by their own rows
                row.values[c.header] = str(typed[c.header]) if c.header in typed else None
            else:
                at = grid.title, table.cell(row, c.header)
                found = _value(c, typed.get(c.header), epoch, defaults[c.header], at, faults)
                row.values[c.header] = found.value
                row.bad |= {c.header} if found.bad else set()
        yield row


def _skipped(code: str, grid: Grid, row: int) -> Fault:
    first = min(grid.rows[row])
    if not code.startswith("row-remark"):
        return fault(code, grid.title, address(row, first))
    return fault(code, grid.title, address(row, first), grid.rows[row][first], MOVE_OFF if code in DOUBTED else "")


@dataclass(frozen=True)
class _Found:
    value: Any
    bad: bool = False


def _value(column: Column, raw: Any, epoch: datetime, default: Any, at: tuple[str, str], faults: list[Fault]) -> _Found:
    """What a cell (sheet and address ``at``) holds, with whatever must be said of it."""
    try:
        if isinstance(raw, Broken):
            raise Unreadable(raw.code)
        value = values.read(column, raw, epoch)
        if value is None and column.required:
            raise Unreadable("blank", name=column.header)
    except Unreadable as e:
        faults.append(_unreadable(e, column, *at, raw))
        return _Found(None, bad=True)
    for code, shown, words in values.doubts(column, raw, value, epoch):
        faults.append(fault(code, *at, shown, **words))
    return _Found(default if value is None else value)


def _unreadable(e: Unreadable, column: Column, title: str, cell: str, raw: Any) -> Fault:
    hint = e.hint or _HINTS.get(e.code, "")
    if e.code in ("not-number", "not-whole", "blank") and column.example and not hint:
        hint = f"such as {column.example}"
    if e.code == "too-big" and column.high == 1 and (share := _percent(raw)) is not None:
        hint = f"{share / 100:g} for {share:g} %"
    if e.code == "not-choice":
        hint = did_you_mean(nearest(str(raw), column.choices))
    if e.code == "not-yes":
        hint = did_you_mean(nearest(str(raw), ("yes", "no")))
    return fault(e.code, title, cell, raw, hint, **e.words)


def _percent(raw: Any) -> float | None:
    """What may have been meant as a percentage; what says that it is one is no riddle."""
    if isinstance(raw, str) and "%" in raw:
        return None
    try:
        value = float(number(raw) if isinstance(raw, str) else raw)
    except (Unreadable, TypeError, ValueError):
        return None
    return value if 1 < value <= 100 else None


_HINTS = {
    "ambiguous-number": "type it as a number, not as text",
    "ambiguous-date": "type it as a date, or like 2017-10-02",
    "year-short": "type it as a date, or like 2017-10-02",
    "not-date": "type it as a date, or like 2017-10-02",
    "formula-uncalculated": "open and save the workbook in a spreadsheet program, or type the value",
    "error-value": "correct the formula, or type the value",
    "date-late": "type the day alone, such as 2017-10-02",
    "cell-twice": "the file writes this cell twice: type it anew",
    "text-missing": "the file points to a text it does not hold: type the cell anew",
    "not-bands": "type it like 3: 0.8; 10: 0.5",
    "date-for-id": "format the cell as text and type the name again",
}


def _settings(tables: Tables, grid: Grid, epoch: datetime) -> None:
    table = tables["Settings"]
    found: dict[str, tuple[Row, Column]] = {}
    for row in table.rows:
        if row.sound("Name"):
            column = SETTING.get(fold(row["Name"]))
            if column is None:
                missing = [
                    s.header for s in SETTINGS if fold(s.header) not in {fold(str(r["Name"])) for r in table.rows}
                ]
                guess = nearest(row["Name"], missing)
                tables.say("setting-unknown" if guess else "setting-extra", table, row, "Name", did_you_mean(guess))
            elif column.attribute in found:
                first = found[column.attribute][0].number
                tables.say("duplicate", table, row, "Name", key="setting", first=first)
            else:
                found[column.attribute] = row, column
    for s in SETTINGS:
        tables.settings[s.attribute] = values.default(s)
        if s.attribute not in found:
            if s.required:
                tables.faults.append(fault("setting-missing", table.title, name=s.header))
            continue
        row = found[s.attribute][0]
        raw = grid.rows[row.number].get(table.at.get("Value", 0))
        cell = tables.setting_cells[s.attribute] = table.cell(row, "Value")
        tables.settings[s.attribute] = _value(
            s, raw, epoch, values.default(s), (table.title, cell), tables.faults
        ).value
