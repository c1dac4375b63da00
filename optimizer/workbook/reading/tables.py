"""The workbook's sheets as typed tables, every value knowing its cell."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from optimizer.workbook.faults import Fault, fault
from optimizer.workbook.reading.grid import address
from optimizer.workbook.schema import Column, Sheet


@dataclass
class Row:
    """Values by header; ``None`` for a blank without default and for what could not be read
    (``bad``)."""

    number: int
    values: dict[str, Any] = field(default_factory=dict)
    bad: set[str] = field(default_factory=set)
    typed: frozenset[str] = frozenset()  # headers of the cells that are not blank

    def __getitem__(self, header: str) -> Any:
        return self.values.get(header)

    def sound(self, *headers: str) -> bool:
        """Whether all these have a value."""
        return all(self.values.get(h) is not None for h in headers)


@dataclass
class Table:
    """One sheet as read: ``at`` gives the column number of each header that is there, ``units`` the cell of a header
    and the unit that it states for the column."""

    sheet: Sheet
    title: str
    columns: tuple[Column, ...]
    at: dict[str, int] = field(default_factory=dict)
    rows: list[Row] = field(default_factory=list)
    present: bool = True
    units: dict[str, tuple[str, str]] = field(default_factory=dict)

    def cell(self, row: Row, header: str) -> str:
        """The address of a value, or of its row's first column where the header is not in the sheet."""
        return address(row.number, self.at.get(header, min(self.at.values(), default=1)))


@dataclass
class Tables:
    """All tables of a workbook by sheet name, and what was found wrong so far."""

    by_name: dict[str, Table]
    faults: list[Fault] = field(default_factory=list)
    settings: dict[str, Any] = field(default_factory=dict)  # by attribute, defaults included
    setting_cells: dict[str, str] = field(default_factory=dict)  # address of the value, by attribute
    doubtful: set[str] = field(default_factory=set)  # sheets whose ids are not known, for a fault noted already

    def __getitem__(self, name: str) -> Table:
        return self.by_name[name]

    def rows(self, name: str) -> list[Row]:
        """The rows of a sheet, none if it is not there."""
        return self.by_name[name].rows if name in self.by_name else []

    def say(self, code: str, table: Table, row: Row, header: str, suggestion: str = "", **words: object) -> None:
        """Add a fault at a value of a table."""
        read = _shown(row[header]) if row.sound(header) else ""
        self.faults.append(fault(code, table.title, table.cell(row, header), read, suggestion, **words))


def _shown(value: Any) -> str:
    return "; ".join(map(str, value)) if isinstance(value, tuple) else str(value)
