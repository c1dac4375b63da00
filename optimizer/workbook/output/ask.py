"""Ask: where a planner puts questions to the plan, with the ids of the workbook to choose from, and the answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from optimizer.report.answers import Answer
from optimizer.workbook.output.inputs import Table, Value
from optimizer.workbook.output.tables import Derived
from optimizer.workbook.output.tables import write as write_table
from optimizer.workbook.output.why import rest
from optimizer.workbook.schema.asking import ANSWERS, ASK
from optimizer.workbook.sheets.material import Material

NAME = ASK.name
UNTOLD = "not answered for this plan: optimizer answer"  # the question is one of the workbook it was made from


LOOKS = ("derived", "derived", "number", "number", "derived", "derived", "derived")


@dataclass(frozen=True)
class Asked:
    """One row: the cells as typed, and those of its answer if there is one."""

    cells: tuple[Value, ...]
    answer: tuple[Value, ...] | None = None


def cells(a: Answer) -> tuple[Value, ...]:
    """An answer as cells, as ``ANSWERS`` names them."""
    return a.question, a.sentence, a.found, a.proven, *rest(a)


def write(m: Material, asked: Sequence[Asked]) -> None:
    """The sheet: the questions, yellow, and the answers beside them."""
    untold = (None, UNTOLD, *[None] * (len(ANSWERS) - 2))
    told = [untold if a.answer is None else a.answer for a in asked]
    derived = [
        Derived(title, [row[i] for row in told], look)
        for i, (title, look) in enumerate(zip(ANSWERS, LOOKS, strict=True))
    ]
    write_table(m, Table(ASK, ASK.columns, tuple(a.cells for a in asked)), derived if asked else ())
