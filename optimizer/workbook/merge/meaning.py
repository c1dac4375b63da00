"""What a cell means, so that two spellings of one thing are no edit.

A date means the week it stands for, and a blank whatever the reader takes it for, as far as the row and the plan's
calendar tell. A list of names has no order.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from optimizer.quantities import MILLI, MONEY, Calendar, scaled
from optimizer.workbook.dates import EARLIEST, LATEST
from optimizer.workbook.reading.fields import week
from optimizer.workbook.schema import Column, Sheet

BEYOND = 52  # weeks after the plan for which a unit without an end to its window stays available
SAME_AS = {  # a blank says what another column of the row says
    ("Sites", "Hand-over places"): "Places",
    ("Upgrades", "Hand-over places"): "Places",
    ("Travel", "Days heavy"): "Days wheeled",
}
UNITS = {"decimal": MILLI, "money": MONEY}  # what the program counts in
STARTS = frozenset(("From", "Earliest start", "Available"))


def meaning(sheet: Sheet, column: Column, values: Mapping[str, Any], calendar: Calendar | None) -> Any:
    """The meaning of one cell of a typed row (``values`` by header, defaults filled in)."""
    value = values.get(column.header)
    if value is None:
        return _blank(sheet, column, values, calendar)
    if column.kind in ("ids", "refs"):
        return tuple(sorted(value))
    if column.kind in UNITS and isinstance(value, Decimal):
        return Decimal(scaled(value, UNITS[column.kind])) / UNITS[column.kind]
    if column.kind == "date" and column.week and calendar is not None:
        return _day(column, value, calendar)
    return value


def _blank(sheet: Sheet, column: Column, values: Mapping[str, Any], calendar: Calendar | None) -> Any:
    header = column.header
    if sheet.group == "ask":
        return None
    if header == "Name" and sheet.key[0] in values:
        return values[sheet.key[0]]
    other = SAME_AS.get((sheet.name, header))
    if other is not None:
        return values.get(other)
    if (sheet.name, header) == ("Units", "Home"):
        return "home"
    if calendar is None or column.kind != "date":
        return None
    if header in STARTS:
        return calendar.start
    weeks = calendar.weeks
    match (sheet.name, header):
        case ("Closures" | "Demand" | "Locks" | "Set holdings", "To"):
            return calendar.monday(weeks) - timedelta(days=1)
        case ("Availability", "To"):
            return calendar.monday(weeks + BEYOND) - timedelta(days=1)
        case ("Upgrades", "Latest start"):
            return calendar.monday(weeks - 1)
        case ("Exercises", "Latest start"):
            return calendar.monday(weeks - values["Weeks"]) if values.get("Weeks") is not None else None
    return None


def _day(column: Column, value: date, calendar: Calendar) -> date:
    """The day that stands for the week meant, as the program itself writes it."""
    if not EARLIEST <= value <= LATEST:
        return value
    last = timedelta(days=1 if column.week.startswith("last") else 0)
    return calendar.monday(week(calendar, value, column.week)) - last
