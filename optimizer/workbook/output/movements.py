"""Movements: one flat row for each, as a list to filter, to sort and to hand on."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from optimizer.domain import Case
from optimizer.report.movements import Movement, movements
from optimizer.workbook.sheets.material import Material
from optimizer.workbook.sheets.page import A3, Column, Link, put

NAME = "Movements"
COLUMNS = (
    Column("Movement", 20),
    Column("Unit", 18),
    Column("Element", 18),
    Column("Type", 14),
    Column("From", 18),
    Column("Via", 22),
    Column("To", 18),
    Column("Mode", 8),
    Column("Set", 16),
    Column("People", 9, ("cell", "count")),
    Column("Order by", 12, ("cell", "date")),
    Column("Leaves", 12, ("cell", "date")),
    Column("Arrives", 12, ("cell", "date")),
    Column("Counts from", 12, ("cell", "date")),
    Column("Exercise", 20),
)
TITLES = tuple(c.title for c in COLUMNS)
MOST = 20_000  # rows of the sheet; the export has all of them


def write(m: Material) -> None:
    """The Movements sheet."""
    found = movements(m.case, m.plan)
    note = (
        "One row: one movement, by the week it is there or sets out. Days are Mondays; Order by is the last Monday on "
        "which the order can go out. Via: sites passed on a shortest way."
    )
    if len(found) > MOST:
        note = f"The first {MOST:,} of {len(found):,}: optimizer export PLAN --movements has all of them. {note}"
    page = m.page(NAME, "Movements", note, [c.width for c in COLUMNS], paper=A3)
    put(page.sheet, 2, 2, Link("Timeline by unit", "Timeline by unit →"), page.style("link"))
    page.table(COLUMNS, rows_of(m.case, found[:MOST]), named="Movements")
    page.sheet.freeze_panes(4, 3)
    page.sheet.repeat_rows(3)


def rows_of(case: Case, found: list[Movement]) -> Iterator[tuple[Any, ...]]:
    """The values of each movement under ``TITLES``: names for exercises, days for weeks."""

    def day(week: int | None) -> Any:
        return None if week is None else case.calendar.monday(week)

    for x in found:
        name = case.exercise_name[x.exercise] if x.exercise else None
        who = (x.kind, x.unit or None, x.element or None, x.type)
        way = (x.origin, "; ".join(x.via) or None, x.target, x.mode, x.set_id)
        yield (*who, *way, x.people or None, day(x.ordered), day(x.leaves), day(x.arrives), day(x.ready), name)
