"""Workbooks made from cases, for journeys that start with a file."""

from __future__ import annotations

from pathlib import Path

from optimizer.domain import Case
from optimizer.workbook.forms.template import write_input
from optimizer.workbook.output import tables_of


def book_of(case: Case, path: Path) -> Path:
    """The case as a planner's workbook."""
    tables = tables_of(case)
    rows = {
        name: [dict(zip([c.header for c in t.columns], row, strict=True)) for row in t.rows]
        for name, t in tables.items()
    }
    return write_input(rows, path)
