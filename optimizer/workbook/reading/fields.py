"""Rows to fields: headers to attributes, figures to integers, dates to plan weeks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields
from datetime import date, timedelta
from typing import Any, TypeVar

from optimizer.quantities import MILLI, MONEY, Calendar, scaled
from optimizer.workbook.reading.tables import Row, Tables
from optimizer.workbook.schema import Column

T = TypeVar("T")


def week(calendar: Calendar, day: date, rule: str) -> int:
    """The plan week a date stands for by a rule of ``schema.WEEKS``; ends ("last-…") are exclusive."""
    match rule:
        case "first-whole":
            return calendar.week_from(day)
        case "last-whole":
            return calendar.week_of(day + timedelta(days=1))
        case "last-touched":
            return calendar.week_of(day) + 1
        case "first-touched" | "start" | "monday":
            return calendar.week_of(day)
    raise ValueError(f"unknown week rule {rule!r}")


def quantity(column: Column, value: Any, calendar: Calendar) -> Any:
    """A typed value in the program's units."""
    if value is None:
        return None
    match column.kind:
        case "decimal":
            return scaled(value, MILLI)
        case "money":
            return scaled(value, MONEY)
        case "date":
            return week(calendar, value, column.week) if column.week else value
        case "bands":
            return tuple((scaled(d, MILLI), scaled(c, MILLI)) for d, c in value)
        case "ids" | "refs":
            return frozenset(value)
    return value


def calendar_of(tables: Tables) -> Calendar | None:
    """The plan's calendar, ``None`` while its settings have faults."""
    s = tables.settings
    start, weeks, month = s.get("start"), s.get("weeks"), s.get("fiscal_month")
    if not isinstance(start, date) or weeks is None or month is None or start.weekday() != 0:
        return None
    return Calendar(start, weeks, month)


def of(kind: type[T], values: dict[str, Any]) -> T:
    """A record of ``kind`` from those of ``values`` that it has a field for."""
    return kind(**{f.name: values[f.name] for f in fields(kind) if f.name in values})  # type: ignore[arg-type]


def otherwise(values: dict[str, Any], **blanks: Any) -> dict[str, Any]:
    """``values`` with ``blanks`` in place of ``None``."""
    return values | {k: b for k, b in blanks.items() if values[k] is None}


class Fields:
    """The fields of every row, by attribute; a blank ``name`` becomes the ``id``."""

    def __init__(self, tables: Tables, calendar: Calendar):
        self.tables, self.calendar = tables, calendar

    def rows(self, sheet: str) -> Iterator[tuple[Row, dict[str, Any]]]:
        table = self.tables.by_name.get(sheet)
        if table is None:
            return
        columns = [c for c in table.sheet.columns if c.attribute and c.family is None]
        for row in table.rows:
            values = {c.attribute: quantity(c, row[c.header], self.calendar) for c in columns}
            yield row, otherwise(values, name=values["id"]) if "name" in values else values

    def every(self, sheet: str) -> Iterator[dict[str, Any]]:
        return (values for _, values in self.rows(sheet))

    def spans(self, sheet: str, end: int) -> Iterator[dict[str, Any]]:
        """Fields of rows with a start and an end, blank meaning week 0 and ``end``."""
        return (otherwise(values, start=0, end=end) for values in self.every(sheet))

    def family(self, row: Row, sheet: str, pattern: str) -> dict[str, int]:
        """Milli-figures of a column family over the keys of ``sheet``, where there is one."""
        ids = (r.values[self.tables[sheet].sheet.key[0]] for r in self.tables.rows(sheet))
        return {k: scaled(v, MILLI) for k in ids if (v := row[pattern.format(k)]) is not None}
