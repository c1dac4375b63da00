"""One sheet under construction, and what every sheet is drawn from."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Protocol

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from optimizer.domain import Case, Plan
from optimizer.workbook.output.style import NUMERIC, TABS, Styles

A3, A4 = 8, 9
HOME = "Summary"
LETTERS = 1.4  # of body text that fit into one character of column width


class Claim(Protocol):
    """What an engine says of its plan (see ``optimizer.engines.outcome.Outcome``)."""

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
    def gap(self) -> float | None: ...
    @property
    def seed(self) -> int: ...
    @property
    def effort(self) -> str: ...
    @property
    def repeatable(self) -> bool: ...


@dataclass(frozen=True)
class Formula:
    """A live formula and the value it has now."""

    text: str
    value: float | str


@dataclass(frozen=True)
class Link:
    """A jump to another sheet of the same workbook."""

    sheet: str
    text: str
    cell: str = "A1"


@dataclass(frozen=True)
class Column:
    """A table column: its heading, width in characters and named styles of its cells."""

    title: str
    width: float
    styles: tuple[str, ...] = ("cell",)


def put(sheet: Worksheet, row: int, col: int, value: Any, fmt: Format) -> None:
    """Write ``value`` as what it is: text is never taken for a formula, a number or a link."""
    match value:
        case None:
            sheet.write_blank(row, col, None, fmt)
        case Formula():
            sheet.write_formula(row, col, value.text, fmt, value.value)
        case Link():
            target = f"internal:'{value.sheet}'!{value.cell}"
            sheet.write_url(row, col, target, fmt, string=value.text)
        case bool():
            sheet.write_string(row, col, "yes" if value else "no", fmt)
        case datetime() | date():
            sheet.write_datetime(row, col, value, fmt)
        case int() | float():
            sheet.write_number(row, col, value, fmt)
        case _:
            sheet.write_string(row, col, str(value), fmt)


class Page:
    """A sheet with a dark title band; content is written from ``row`` (0-based) downwards."""

    def __init__(
        self,
        book: xlsxwriter.Workbook,
        style: Styles,
        name: str,
        title: str,
        note: str,
        widths: Sequence[float],
        *,
        paper: int = A4,
    ):
        self.name, self.style, self.row = name, style, 3
        self.sheet: Worksheet = book.add_worksheet(name)
        self.sheet.hide_gridlines(2)
        self.sheet.set_tab_color(TABS["answer"])
        for col, width in enumerate(widths):
            self.sheet.set_column(col, col, width)
        for row, height, look in ((0, 24, "title"), (1, 16, "subtitle")):
            self.sheet.set_row(row, height)
            for col in range(len(widths)):
                self.sheet.write_blank(row, col, None, style(look))
        put(self.sheet, 0, 0, title, style("title"))
        put(self.sheet, 1, 0, note, style("subtitle"))
        if name != HOME:
            put(self.sheet, 2, 0, Link(HOME, "← Summary"), style("link"))
        print_setup(self.sheet, paper)

    def section(self, text: str, columns: int, note: str = "") -> None:
        """A heading across ``columns`` columns."""
        for col in range(columns):
            self.sheet.write_blank(self.row, col, None, self.style("section"))
        put(self.sheet, self.row, 0, text, self.style("section"))
        self.row += 1
        if note:
            self.line([note], [("note",)])

    def line(self, values: Iterable[Any], styles: Sequence[tuple[str, ...]], first: int = 0, **more: Any) -> None:
        """One row of cells."""
        for col, (value, look) in enumerate(zip(values, styles, strict=True), first):
            put(self.sheet, self.row, col, value, self.style(*look, **more))
        self.row += 1

    def heads(self, titles: Sequence[Any], numeric: Sequence[bool], *looks: str) -> None:
        """Headings, on the right over numbers."""
        for col, (title, right) in enumerate(zip(titles, numeric, strict=True)):
            look = self.style("header", *looks, align="right" if right else "left", indent=int(right))
            put(self.sheet, self.row, col, title, look)
        self.row += 1

    def table(
        self, columns: Sequence[Column], rows: Iterable[Sequence[Any]], *, filters: bool = False
    ) -> tuple[int, int]:
        """A headed table; returns the first and the last row of its body (0-based; last < first if empty)."""
        self.sheet.set_row(self.row, 26 if any(len(c.title) > c.width for c in columns) else 15)
        self.heads([c.title for c in columns], [bool(NUMERIC & set(c.styles)) for c in columns])
        first = self.row
        for values in rows:
            wrapped = (
                len(str(v)) / (c.width * LETTERS) for v, c in zip(values, columns, strict=True) if "wrap" in c.styles
            )
            self.sheet.set_row(self.row, 12.0 * max(1, *(math.ceil(x) for x in wrapped), 1) + 1.5)
            self.line(values, [c.styles for c in columns])
        if filters:
            self.sheet.autofilter(first - 1, 0, max(first, self.row - 1), len(columns) - 1)
        return first, self.row - 1


def print_setup(sheet: Worksheet, paper: int = A4, wide: int = 1) -> None:
    """Landscape, fitted to the width of the paper, with page numbers."""
    sheet.set_landscape()
    sheet.set_paper(paper)
    sheet.fit_to_pages(wide, 0)
    sheet.set_margins(0.4, 0.4, 0.5, 0.6)
    sheet.set_footer("&L&8&A&C&8Notional, public-record data&R&8Page &P of &N")


@dataclass(frozen=True)
class Material:
    """Everything the sheets are drawn from."""

    book: xlsxwriter.Workbook
    style: Styles
    case: Case
    plan: Plan
    claim: Claim
    verdict: Any
    figures: Any

    def page(self, name: str, title: str, note: str, widths: Sequence[float], *, paper: int = A4) -> Page:
        """A new sheet of this workbook."""
        return Page(self.book, self.style, name, title, note, widths, paper=paper)

    def day(self, week: int) -> date:
        """The Monday of ``week``."""
        return self.case.calendar.monday(week)

    def period(self, start: int, end: int) -> str:
        """``[start, end)`` as first and last day."""
        return f"{self.day(start):%d %b %Y} – {self.day(end) - timedelta(days=1):%d %b %Y}"


def cell(row: int, column: int, *, pin_row: bool = False, pin_column: bool = False) -> str:
    """The address of a cell, pinned where asked."""
    return str(xl_rowcol_to_cell(row, column, row_abs=pin_row, col_abs=pin_column))


__all__ = [
    "A3",
    "A4",
    "HOME",
    "Claim",
    "Column",
    "Formula",
    "Link",
    "Material",
    "Page",
    "cell",
    "print_setup",
    "put",
]
