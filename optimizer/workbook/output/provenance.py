"""Sources, confidence and notes of the planner's own workbook, carried over to the copies of its tables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from optimizer.workbook.output.inputs import Table, Value
from optimizer.workbook.reading.tables import Row, Tables
from optimizer.workbook.schema import REMARKS

NAMES = ("id", "ref", "text", "choice", "int")  # kinds of key columns that say the same before and after reading


def with_remarks(made: Mapping[str, Table], read: Tables) -> dict[str, Table]:
    """The tables of ``made`` with the remark columns that the same rows had in the workbook read."""
    out = dict(made)
    for name, table in made.items():
        rows = read.rows(name)
        if any(r[c.header] for r in rows for c in REMARKS):
            lines = zip(table.rows, _remarks(table, rows), strict=True)
            out[name] = replace(table, columns=table.columns + REMARKS, rows=tuple(a + b for a, b in lines))
    return out


def _remarks(table: Table, rows: list[Row]) -> Iterator[tuple[Value, ...]]:
    """For each row of ``table`` the remarks of the next row read that has the same name."""
    at = {c.header: i for i, c in enumerate(table.columns)}
    names = [c.header for c in table.columns if c.header in table.sheet.key and c.kind in NAMES]
    start = 0
    for line in table.rows:
        name = [line[at[h]] for h in names]
        found = next((i for i in range(start, len(rows)) if [rows[i][h] for h in names] == name), None)
        if found is None:
            yield (None,) * len(REMARKS)
        else:
            start = found + 1
            yield tuple(rows[found][c.header] for c in REMARKS)
