"""What no plan can meet, at its cells: the reasons of ``optimizer.conflicts`` as faults of the workbook."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from optimizer.domain import Case
from optimizer.domain.reasons import Place, Reason
from optimizer.workbook.faults import Fault, fault
from optimizer.workbook.naming import TICKED
from optimizer.workbook.reading.plans import tick_of
from optimizer.workbook.reading.tables import Row, Table, Tables

WHO = ("Unit", "Element", "Set", "Exercise", "Upgrade")  # columns of the plan sheets that say whose row it is


def faults_of(tables: Tables, reasons: Iterable[Reason]) -> Iterator[Fault]:
    """A fault at each line that is part of a reason, at its other rows where no line is; the cells named."""
    for found in reasons:
        cells = cells_of(tables, found.rows)
        lines = [p for p in found.rows if p.sheet == "Locks"] or list(found.rows[:1])
        for line in lines:
            others = [c for p in found.rows if p != line for c in cells.get(p, ())]
            hint = f"see {', '.join(others)}" if others else ""
            for table, row, header in _where(tables, line):
                read = "" if row is None or row[header] is None else str(row[header])
                cell = "" if row is None else table.cell(row, header)
                yield fault("cannot-be", table.title, cell, read, hint, why=found.text.rstrip("."))
                break


def cells_of(tables: Tables, places: Iterable[Place]) -> dict[Place, tuple[str, ...]]:
    """The cells of each row of a reason as ``Sheet!A1``; rows left blank and filled by default have none."""
    out: dict[Place, tuple[str, ...]] = {}
    for place in places:
        if place.sheet == "Settings":
            cell = tables.setting_cells.get(place.column, "")
            out[place] = (f"Settings!{cell}",) if cell else ("Settings",)
            continue
        named = (fault("cannot-be", t.title, "" if r is None else t.cell(r, h), why="").where for t, r, h in
                 _where(tables, place))  # fmt: skip
        out[place] = tuple(dict.fromkeys(named))
    return out


def rows_of(tables: Tables, places: Iterable[Place]) -> tuple[str, ...]:
    """All cells of the rows of a reason, in its order."""
    return tuple(dict.fromkeys(c for cells in cells_of(tables, places).values() for c in cells))


def _where(tables: Tables, place: Place) -> Iterator[tuple[Table, Row | None, str]]:
    """(table, row, column) of what a reason points at; the row is ``None`` for a whole sheet."""
    typed = next(_ticked(tables, place.key), None) if place.sheet == "Locks" else None
    if typed is not None:
        yield *typed, "Lock"
        return
    name, column = place.sheet, place.column or "Subject"
    table = tables.by_name.get(name)
    if table is None or not table.present:
        return
    if name.startswith("Plan "):
        rows = [r for r in table.rows if any(r[h] == place.key for h in WHO)][:1]
    else:
        rows = [r for r in table.rows if _called(table, r, place.key)]
    known = {c.header for c in table.columns}
    for row in rows:
        yield table, row, column if column in known else table.sheet.key[0]
    if not rows and not place.key:
        yield table, None, ""


def _ticked(tables: Tables, lock: str) -> Iterator[tuple[Table, Row]]:
    """The row of a plan sheet whose Lock cell made a lock of this name."""
    for table in (t for t in tables.by_name.values() if t.sheet.group == "plan" and lock.startswith(TICKED)):
        for row in table.rows:
            if row["Lock"] is not None and tick_of(table, row) == lock:
                yield table, row


def _called(table: Table, row: Row, key: str) -> bool:
    """Whether the first of the row's id columns, or the first few with blanks between, read so."""
    ids = [str(row[h]) for h in table.sheet.key]
    return any(" ".join(ids[:n]) == key for n in range(1, len(ids) + 1))


def impossible(tables: Tables, case: Case) -> tuple[Fault, ...]:
    """The faults of whatever in the case is impossible by itself; see ``optimizer.conflicts``."""
    from optimizer.conflicts import conflicts

    return tuple(faults_of(tables, conflicts(case)))
