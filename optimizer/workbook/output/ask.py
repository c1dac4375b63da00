"""Ask: where a planner puts questions to the plan, with the ids of the workbook to choose from, and the answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from optimizer.report.answers import Answer
from optimizer.workbook.output.inputs import Table, Value
from optimizer.workbook.output.tables import Derived
from optimizer.workbook.output.tables import write as write_table
from optimizer.workbook.output.why import blocks, gives_way
from optimizer.workbook.schema.asking import ANSWERS, ASK
from optimizer.workbook.sheets.material import Material

NAME = ASK.name
UNTOLD = "not answered for this plan: optimizer answer"  # the question is one of the workbook it was made from


@dataclass(frozen=True)
class Asked:
    """One row: the cells as typed, and the answer if there is one."""

    cells: tuple[Value, ...]
    answer: Answer | None = None


def write(m: Material, asked: Sequence[Asked]) -> None:
    """The sheet: the questions, yellow, and the answers beside them."""
    told = [a.answer for a in asked]
    columns: tuple[list[Value], ...] = (
        [UNTOLD if a is None else a.sentence for a in told],
        [None if a is None else a.found for a in told],
        [None if a is None else a.proven for a in told],
        [None if a is None else gives_way(a) or None for a in told],
        [None if a is None else blocks(a) or None for a in told],
    )
    looks = ("derived", "number", "number", "derived", "derived")
    derived = [Derived(title, values, look) for title, values, look in zip(ANSWERS, columns, looks, strict=True)]
    write_table(m, Table(ASK, ASK.columns, tuple(a.cells for a in asked)), derived if asked else ())
