"""Rows of a workbook's content, changed one cell at a time; settings by name."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from optimizer.workbook.merge.content import Content, Row


def put(row: Row, **cells: Any) -> Row:
    """A row with cells set by header (underscores for blanks), or cleared by ``None``."""
    named = {h.replace("_", " "): v for h, v in cells.items()}
    raw = {h: v for h, v in {**row.raw, **named}.items() if v is not None}
    return row.but(values={**row.values, **named}, raw=raw)


def setting(content: Content, name: str) -> Any:
    """What a setting means; ``None`` where it is blank."""
    return next((r.values["Value"] for r in content.tables["Settings"] if r.values["Name"] == name), None)


def with_setting(content: Content, name: str, value: Any) -> Content:
    """The content with another value of a setting."""
    rows = tuple(put(r, Value=value) if r.values["Name"] == name else r for r in content.tables["Settings"])
    return replace(content, tables={**content.tables, "Settings": rows})


def unfunded(row: Row, year: int) -> Row:
    """A row of Budget for the same line in another fiscal year, its money open."""
    quarters = {f"Q{q} ceiling": None for q in range(1, 5)}
    return put(row, Fiscal_year=year, Amount=None, Note=None, Last_year=None, **quarters)
