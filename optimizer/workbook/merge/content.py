"""A workbook as what can be merged: typed rows by header, the planner's own columns, sheets and comments."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from typing import Any

from optimizer.quantities import Calendar
from optimizer.workbook.reading.grid import Broken
from optimizer.workbook.schema import ASK, INPUT_SHEETS, LAST_SHEETS, PLAN_SHEETS
from optimizer.workbook.words import tidy

MERGED = (*INPUT_SHEETS, *PLAN_SHEETS, *LAST_SHEETS, ASK)
Cells = dict[tuple[int, int], Any]


@dataclass(frozen=True)
class Row:
    """One row. ``values`` say what each cell means (absent or ``None``: nothing), own columns included; ``raw`` what
    stands there, filled cells alone; ``notes`` are comments by header."""

    values: Mapping[str, Any]
    raw: Mapping[str, Any] = field(default_factory=dict)
    notes: Mapping[str, str] = field(default_factory=dict)
    number: int = field(default=0, compare=False)  # of the sheet it was read from

    def but(self, **changes: Any) -> Row:
        """The row with other ``values``, ``raw`` or ``notes``."""
        return replace(self, **changes)


@dataclass(frozen=True)
class Content:
    """A workbook. ``tables`` by sheet, those that are there; ``own`` the planner's headers by sheet, in order;
    ``sheets`` the planner's own sheets as cells, ``notes`` their comments."""

    name: str
    tables: Mapping[str, tuple[Row, ...]]
    own: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    sheets: Mapping[str, Cells] = field(default_factory=dict)
    notes: Mapping[str, Cells] = field(default_factory=dict)
    calendar: Calendar | None = None


def plain(value: Any) -> Any:
    """What a cell outside the schema means: a number however it is stored, a date, or text."""
    if isinstance(value, Broken):
        return value.shown
    if isinstance(value, str):
        return tidy(value) or None
    if isinstance(value, datetime) and value.time() == time():
        return value.date()
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value if isinstance(value, date | time | bool | int | float) or value is None else str(value)
