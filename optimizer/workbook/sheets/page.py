"""One sheet under construction, and what every sheet is drawn from."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cache, cached_property
from itertools import pairwise
from typing import Any, Protocol

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from optimizer.domain import Case, Plan
from optimizer.report.sources import Source, sources
from optimizer.workbook.sheets.style import NUMERIC, TABS, Styles

A3, A4 = 8, 9
HOME = "Summary"
MOST_SOURCES = 10_000  # rows that live sums over them are still quick with
LONGEST = 32_767  # letters a cell can hold
LETTERS = 1.4  # of body text that fit into one character of column width


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


@dataclass(frozen=True)
class Formula:
    """A live formula and the value it has now."""

    text: str
    value: float | str


@dataclass(frozen=True)
class Link:
    """A jump to another sheet of the same workbook, on a text or a figure."""

    sheet: str
    text: str | float | Formula | None
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
            shown = value.text if isinstance(value.text, str) else "-"
            sheet.write_url(row, col, target, fmt, string=shown, tip=f"to {value.sheet}, {value.cell}")
            if not isinstance(value.text, str):  # the jump stays with the cell
                put(sheet, row, col, value.text, fmt)
        case bool():
            sheet.write_string(row, col, "yes" if value else "no", fmt)
        case datetime() | date():
            sheet.write_datetime(row, col, value, fmt)
        case int() | float():
            sheet.write_number(row, col, value, fmt)
        case _:
            text = str(value)
            sheet.write_string(row, col, text if len(text) <= LONGEST else text[: LONGEST - 1] + "…", fmt)


class Sheet(Worksheet):
    """A worksheet that takes formulas as they are. Ours use no function newer than Excel 2007; looking each of
    them over for the newer ones took as long as everything else together."""

    def _prepare_formula(self, formula: str, expand_future_functions: bool = False) -> str:
        return formula.removeprefix("=")


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
        self.sheet: Worksheet = book.add_worksheet(name, Sheet)
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
            indent = int(right or (col > 0 and numeric[col - 1]))
            look = self.style("header", *looks, align="right" if right else "left", indent=indent)
            put(self.sheet, self.row, col, title, look)
        self.row += 1

    def table(
        self, columns: Sequence[Column], rows: Iterable[Sequence[Any]], *, filters: bool = False
    ) -> tuple[int, int]:
        """A headed table; returns the first and the last row of its body (0-based; last < first if empty)."""
        self.sheet.set_row(self.row, 26 if any(len(c.title) > c.width for c in columns) else 15)
        numeric = [bool(NUMERIC & set(c.styles)) for c in columns]
        self.heads([c.title for c in columns], numeric)
        first = self.row
        apart = [not now and before for before, now in pairwise([False, *numeric])]  # text right after a number
        styles = [(*c.styles, *(["apart"] if after else [])) for c, after in zip(columns, apart, strict=True)]
        for values in rows:
            wrapped = (
                len(str(v)) / (c.width * LETTERS) for v, c in zip(values, columns, strict=True) if "wrap" in c.styles
            )
            self.sheet.set_row(self.row, 12.0 * max(1, *(math.ceil(x) for x in wrapped), 1) + 1.5)
            self.line(values, styles)
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
    """Everything the sheets are drawn from. ``places`` are addresses, noted as sheets are written, of figures that
    other sheets lead to; ``columns`` the (column, rows) of every table's columns by sheet and heading."""

    book: xlsxwriter.Workbook
    style: Styles
    case: Case
    plan: Plan
    claim: Claim
    verdict: Any
    figures: Any
    places: dict[str, str] = field(default_factory=dict)
    columns: dict[tuple[str, str], tuple[int, int]] = field(default_factory=dict)

    def page(self, name: str, title: str, note: str, widths: Sequence[float], *, paper: int = A4) -> Page:
        """A new sheet of this workbook."""
        return Page(self.book, self.style, name, title, note, widths, paper=paper)

    @cached_property
    def sources(self) -> list[Source] | None:
        """Where supply comes from, in the order of the Supply sheet; ``None`` if that is too much for a sheet."""
        return sources(self.case, self.plan, MOST_SOURCES)

    def at(self, sheet: str, heading: str, row: int) -> str:
        """The address of a table's cell, pinned; rows count from 0."""
        column, _ = self.columns[sheet, heading]
        return on(sheet, cell(row + 1, column, pin_row=True, pin_column=True))

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
    "Sheet",
    "cell",
    "on",
    "print_setup",
    "put",
]
