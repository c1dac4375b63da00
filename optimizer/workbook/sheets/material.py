"""What every sheet of an answer is drawn from, and how one sheet names the cells of another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache, cached_property
from typing import Any, Protocol

import xlsxwriter
from xlsxwriter.utility import xl_col_to_name

from optimizer import __version__
from optimizer.domain import Case, Plan, Rotation
from optimizer.domain.certificate import Certificate
from optimizer.report.sources import Source, sources
from optimizer.workbook.sheets.page import A4, Page
from optimizer.workbook.sheets.style import Styles

MOST_SOURCES = 10_000  # rows that live sums over them are still quick with


class Claim(Protocol):
    """What an engine says of its plan (see ``optimizer.domain.outcome.Outcome``)."""

    @property
    def engine(self) -> str: ...
    @property
    def status(self) -> str: ...
    @property
    def stop_reason(self) -> str: ...
    @property
    def score(self) -> float | None: ...
    @property
    def bound(self) -> float | None: ...
    @property
    def seed(self) -> int: ...
    @property
    def effort(self) -> str: ...
    @property
    def repeatable(self) -> bool: ...
    @property
    def certificate(self) -> Certificate | None: ...
    @property
    def unproven(self) -> str: ...


@dataclass(frozen=True)
class Material:
    """Everything the sheets are drawn from.

    ``places`` are addresses, noted as sheets are written, of figures that other sheets lead to; ``columns`` the
    (column, rows) of every table's columns by sheet and heading; ``rows`` the first row (from 0) of what a table's
    sheet and an id name; ``present`` average and peak of people by row of the People sheet; ``rotation_ids`` what the
    rotations of the plan are called; ``source`` the file it was made from; ``ids`` what rows are called, by table,
    for drop-downs."""

    book: xlsxwriter.Workbook
    style: Styles
    case: Case
    plan: Plan
    claim: Claim
    verdict: Any
    figures: Any
    rotation_ids: Mapping[Rotation, str]
    places: dict[str, str] = field(default_factory=dict)
    columns: dict[tuple[str, str], tuple[int, int]] = field(default_factory=dict)
    rows: dict[tuple[str, str], int] = field(default_factory=dict)
    present: dict[str, tuple[float, int]] = field(default_factory=dict)
    source: str | None = None
    ids: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def page(self, name: str, title: str, note: str, widths: Sequence[float], *, paper: int = A4) -> Page:
        """A new sheet of this workbook."""
        return Page(self.book, self.style, name, title, note, widths, paper=paper, marking=self.marking)

    @property
    def marking(self) -> str:
        """What is printed at the top and the bottom of every page, empty for nothing."""
        return self.case.settings.marking or ""

    @property
    def cost_heading(self) -> str:
        """The heading of costs beside a table."""
        return f"Cost, {self.case.settings.money_unit}"

    @property
    def version(self) -> str:
        """The version of this program."""
        return __version__

    @cached_property
    def sources(self) -> list[Source] | None:
        """Where supply comes from, in the order of the Supply sheet; ``None`` if that is too much for a sheet."""
        return sources(self.case, self.plan, MOST_SOURCES)

    def at(self, sheet: str, heading: str, row: int) -> str:
        """The address of a table's cell, pinned; rows count from 0."""
        column, _ = self.columns[sheet, heading]
        return on(sheet, cell(row + 1, column, pin_row=True, pin_column=True))

    def beside(self, sheet: str, heading: str, row: int) -> str:
        """The address of a table's cell as formulas in the same sheet name it; rows count from 0."""
        return cell(row + 1, self.columns[sheet, heading][0])

    def span(self, sheet: str, heading: str) -> str | None:
        """The address of a table's column, pinned; ``None`` where it has no rows."""
        column, rows = self.columns.get((sheet, heading), (0, 0))
        if not rows:
            return None
        ends = (cell(row, column, pin_row=True, pin_column=True) for row in (1, rows))
        return on(sheet, ":".join(ends))

    def day(self, week: int) -> date:
        """The Monday of ``week``."""
        return self.case.calendar.monday(week)

    def period(self, start: int, end: int) -> str:
        """``[start, end)`` as first and last day."""
        return f"{self.day(start):%d %b %Y} – {self.day(end) - timedelta(days=1):%d %b %Y}"


def on(sheet: str, at: str) -> str:
    """An address on another sheet, as formulas name it."""
    return f"'{sheet}'!{at}"


def cell(row: int, column: int, *, pin_row: bool = False, pin_column: bool = False) -> str:
    """The address of a cell, pinned where asked."""
    return f"{'$' if pin_column else ''}{letters(column)}{'$' if pin_row else ''}{row + 1}"


@cache
def letters(column: int) -> str:
    """The name of a column."""
    return str(xl_col_to_name(column))
