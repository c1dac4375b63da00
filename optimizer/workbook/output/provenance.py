"""Sources, confidence and notes of the planner's own workbook, carried over to the copies of its tables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

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
    for found in rows_behind(table, rows):
        yield (None,) * len(REMARKS) if found is None else tuple(found[c.header] for c in REMARKS)


def rows_behind(table: Table, rows: Sequence[Row]) -> list[Row | None]:
    """For each row of ``table`` the next row read that has the same name; ``None`` where there is none."""
    at = {c.header: i for i, c in enumerate(table.columns)}
    kinds = NAMES if table.sheet.group == "input" else (*NAMES, "date")  # in plan sheets days are Mondays either way
    names = [c.header for c in table.columns if c.header in table.sheet.key and c.kind in kinds]
    waiting: dict[tuple[Any, ...], list[Row]] = {}
    for row in reversed(rows):
        waiting.setdefault(tuple(row[h] for h in names), []).append(row)
    found = (waiting.get(tuple(line[at[h]] for h in names)) for line in table.rows)
    return [same.pop() if same else None for same in found]
