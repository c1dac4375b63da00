"""Does the case make sense? Checks of rows that are sound by themselves, each finding with its cell.

``check_sense`` judges the tables, faulty or not; ``check_prospects`` the finished case of tables without faults.
"""

from __future__ import annotations

from optimizer.domain import Case
from optimizer.workbook.faults import fault
from optimizer.workbook.reading.fields import calendar_of
from optimizer.workbook.reading.tables import Tables
from optimizer.workbook.sense import (
    bound_money,
    decisions,
    exercises,
    forces,
    magnitudes,
    money,
    prospects,
    region,
    scale,
    units,
    unused,
)


def check_sense(tables: Tables) -> None:
    """Note whatever cannot be meant. Checks that need the calendar wait until its settings are sound."""
    calendar = calendar_of(tables)
    units.check(tables)
    region.check(tables, calendar)
    forces.check(tables, calendar)
    exercises.check(tables, calendar)
    money.check(tables, calendar)
    decisions.check(tables)
    magnitudes.check(tables)
    scale.check(tables, calendar)
    unused.check(tables, calendar)


def check_prospects(tables: Tables, case: Case) -> None:
    """Note what can never happen in this case, and what makes any plan impossible."""
    prospects.check(tables, case)
    bound_money.check(tables, case)
    if case.under is not None:
        at = tables.setting_cells.get("under", "")
        way = "take the workbook they come from to plan without it"
        tables.faults.append(fault("inputs-under", tables["Settings"].title, at, case.under, way, name=case.under))
