"""News for a drafted workbook: a book that has only the rows that change, put into the draft by their keys."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from optimizer.errors import FaultsFound
from optimizer.quantities import Calendar
from optimizer.workbook.faults import Fault, stops
from optimizer.workbook.labels import DRAWN
from optimizer.workbook.merge.align import align
from optimizer.workbook.merge.content import Content, Row
from optimizer.workbook.merge.read import content_of
from optimizer.workbook.reading.grid import load
from optimizer.workbook.schema import BY_NAME, OWN_SHEETS

PARTIAL = frozenset(("sheet-missing", "sheet-empty", "setting-missing", "blank"))  # no fault of what is news alone
Origin = dict[tuple[str, int], int]  # (sheet, index of the row in the draft) → row number in the book of news


def read_updates(path: Path, calendar: Calendar | None) -> Content:
    """The news in a workbook; ``FaultsFound``, naming it, for cells that cannot be read."""
    book = load(path, lambda title: title not in OWN_SHEETS | DRAWN)
    content, tables = content_of(book, path.name, calendar)
    wrong = [f for f in tables.faults if f.code not in PARTIAL]
    if stops(wrong):
        raise FaultsFound([replace(f, problem=f"in {path.name}: {f.problem}") for f in wrong])
    return content


def with_updates(draft: Content, news: Content) -> tuple[Content, Origin]:
    """The draft with the filled cells of every row of the news, by key, and of the planner's own sheets; rows that it
    does not have are added. Also where each such row came from."""
    tables = dict(draft.tables)
    origin: Origin = {}
    for name, rows in news.tables.items():
        if name == "Settings":
            rows = tuple(r for r in rows if "Value" in r.raw)
        old = list(tables.get(name, ()))
        found = align(BY_NAME[name], [r.values for r in old], [r.values for r in rows])
        for i, j in found.pairs:
            origin[name, i] = rows[j].number
            old[i] = _over(old[i], rows[j])
        for j in found.added:
            origin[name, len(old)] = rows[j].number
            old.append(rows[j])
        tables[name] = tuple(old)
    sheets, notes = (
        {**old, **{title: {**old.get(title, {}), **cells} for title, cells in new.items()}}
        for old, new in ((draft.sheets, news.sheets), (draft.notes, news.notes))
    )
    return replace(draft, tables=tables, sheets=sheets, notes=notes), origin


def _over(row: Row, new: Row) -> Row:
    values: dict[str, Any] = {h: new.values.get(h, v) for h, v in new.raw.items()}
    return row.but(values={**row.values, **values}, raw={**row.raw, **new.raw}, notes={**row.notes, **new.notes})


def position(fault: Fault) -> int | None:
    """Which row of its table a fault is about, from 0; ``None`` where it is about the sheet."""
    digits = "".join(c for c in fault.cell.split(":")[0] if c.isdigit())
    return int(digits) - 2 if digits else None


def told_at(faults: tuple[Fault, ...], origin: Mapping[tuple[str, int], int], name: str) -> tuple[Fault, ...]:
    """Faults of the draft, those in rows that came from the news told where they stand there."""
    out = []
    for f in faults:
        row = position(f)
        number = None if row is None else origin.get((f.sheet, row))
        where = "" if number is None else f"in {name}, row {number} of {f.sheet}: "
        out.append(replace(f, problem=where + f.problem))
    return tuple(out)
