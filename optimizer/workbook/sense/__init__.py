"""Does the case make sense? Checks of rows that are sound by themselves, each finding with its cell."""

from __future__ import annotations

from optimizer.workbook.fields import calendar_of
from optimizer.workbook.sense import decisions, exercises, forces, money, region
from optimizer.workbook.tables import Tables


def check_sense(tables: Tables) -> None:
    """Note whatever cannot be meant. Checks that need the calendar wait until its settings are sound."""
    calendar = calendar_of(tables)
    region.check(tables, calendar)
    forces.check(tables, calendar)
    exercises.check(tables, calendar)
    money.check(tables, calendar)
    decisions.check(tables)
