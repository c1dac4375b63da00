"""One sheet under construction."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from optimizer.workbook.sheets.style import NUMERIC, TABS, Styles

A3, A4 = 8, 9
HOME = "Summary"
LONGEST = 32_767  # letters a cell can hold
ROWS_OF_A_PAGE = 45  # of an A4 sheet on its side
PRINTED = "prints its first page; for all of it clear the print area"
LONGEST_MARKING = 60  # of the 255 letters of a header
LINE = 12.0  # height of a line of body text, in points
LETTERS = 1.25  # of body text that fit into one character of column width


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
            sheet.write_url(row, col, target, fmt, string="-", tip=f"to {value.sheet}, {value.cell}")
            put(sheet, row, col, value.text, fmt)  # the jump stays with the cell
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
        marking: str = "",
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
        print_setup(self.sheet, paper, marking=marking)

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
        self, columns: Sequence[Column], rows: Iterable[Sequence[Any]], *, filters: bool = False, named: str = ""
    ) -> tuple[int, int]:
        """A headed table; returns the first and the last row of its body (0-based; last < first if empty).

        ``filters`` gives it those; ``named`` makes it a table that spreadsheet programs know under that name, which has
        them too."""
        numeric, titles = [bool(NUMERIC & set(c.styles)) for c in columns], [c.title for c in columns]
        self.sheet.set_row(self.row, 26 if any(len(c.title) > c.width for c in columns) else 15)
        self.heads(titles, numeric)
        first = self.row
        apart = [not now and before for before, now in pairwise([False, *numeric])]  # text right after a number
        styles = [(*c.styles, *(["apart"] if after else [])) for c, after in zip(columns, apart, strict=True)]
        for values in rows:
            lines = (lines_of(v, c.width) for v, c in zip(values, columns, strict=True) if "wrap" in c.styles)
            self.sheet.set_row(self.row, LINE * max(1, *lines, 1) + 1.5)
            self.line(values, styles)
        last = self.row - 1
        if named:
            real_table(self.sheet, named, (first - 1, 0, max(first, last), len(columns) - 1), titles)
            self.row = first - 1
            self.heads(titles, numeric)  # the table has written plain ones
            self.row = last + 1
        elif filters:
            self.sheet.autofilter(first - 1, 0, max(first, last), len(columns) - 1)
        return first, last


def real_table(sheet: Worksheet, name: str, span: tuple[int, int, int, int], titles: Sequence[str]) -> None:
    """Make a range (``span``: first row, first column, last row, last column) a table of the spreadsheet program: it
    grows with what is typed below, has filters, and formulas can name its columns. Its headings come out plain.

    Headings that such a table cannot have, twice the same or of several lines, leave it a range with filters."""
    if len({t.lower() for t in titles}) < len(titles) or any("\n" in t for t in titles):
        sheet.autofilter(*span)
        return
    sheet.add_table(*span, {"name": name.replace(" ", "_"), "style": None, "columns": [{"header": t} for t in titles]})


def lines_of(value: Any, width: float) -> int:
    """How many lines a wrapped text takes in a column of so many characters."""
    return sum(max(1, math.ceil(len(part) / (width * LETTERS))) for part in str(value).split("\n"))


def first_page_only(page: Page, columns: int, last: int) -> None:
    """Print the first rows of a long list (``last`` row of its body, 0-based) and say how to print them all."""
    if last >= ROWS_OF_A_PAGE:
        page.sheet.print_area(0, 0, ROWS_OF_A_PAGE - 1, columns - 1)
        put(page.sheet, 2, 4, PRINTED, page.style("note"))


def print_setup(
    sheet: Worksheet, paper: int = A4, wide: int = 1, *, marking: str = "", left: str = "", right: str = ""
) -> None:
    """Landscape, fitted to the width of the paper, with page numbers; ``marking`` at the top and the bottom, ``left``
    and ``right`` beside it at the top."""
    sheet.set_landscape()
    sheet.set_paper(paper)
    sheet.fit_to_pages(wide, 0)
    sheet.set_margins(0.4, 0.4, 0.5, 0.6)
    mark = f'&C&8&"Arial,Bold"{in_margin(marking)}' if marking else ""
    top = (f'&L&"Arial,Bold"{left}' if left else "") + mark + (f'&R&"Arial,Regular"&8{right}' if right else "")
    if top:
        sheet.set_header(top)
    sheet.set_footer(f"&L&8&A{mark}&R&8Page &P of &N")


def in_margin(text: str) -> str:
    """A text as headers and footers take it: one line, no codes, no longer than they hold."""
    return " ".join(text.split())[:LONGEST_MARKING].replace("&", "&&")


__all__ = [
    "A3",
    "A4",
    "HOME",
    "Column",
    "Formula",
    "Link",
    "Page",
    "Sheet",
    "print_setup",
    "put",
]
