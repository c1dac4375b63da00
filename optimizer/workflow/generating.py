"""Make up a case → write it as a workbook a planner could have sent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from optimizer.domain import Case, Plan


def generate(out: Path, size: str, changes: Mapping[str, int], seed: int) -> Path:
    """Write the synthetic case of a named size, with some of its counts changed; returns where it landed."""
    from optimizer.synthetic import CLASSES, synthetic_case

    return write_case(synthetic_case(replace(CLASSES[size], **changes), seed), out)


def write_case(case: Case, out: Path) -> Path:
    """Write any case as an input workbook, its last plan in the Plan sheets; returns where it landed."""
    from optimizer.workbook.forms.template import write_input
    from optimizer.workbook.output import tables_of

    tables = {
        name: [dict(zip((c.header for c in table.columns), row, strict=True)) for row in table.rows]
        for name, table in tables_of(replace(case, last=Plan()), None if case.last.empty else case.last).items()
    }
    return write_input(tables, out)
