"""A page whose right-hand columns are the weeks of the plan: bars, marks, month band."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from optimizer.report.colours import PAPER
from optimizer.workbook.sheets.material import Material, cell
from optimizer.workbook.sheets.page import A3, Column, Page, put

WEEK_WIDTH = 2.7  # characters
LETTERS_PER_WEEK = 3.9  # of the small type bars are labelled in
WEEKS_PER_SHEET_OF_PAPER = 80


class Strip:
    """One row of weeks to paint: later layers cover earlier ones."""

    def __init__(self, weeks: int):
        self.weeks = weeks
        self.looks: list[dict[str, Any]] = [{} for _ in range(weeks)]
        self.texts: list[Any] = [None] * weeks
        self.labels: list[tuple[int, int, str]] = []

    def bar(self, start: int, end: int, colour: str, label: str = "", **more: Any) -> None:
        """Fill ``[start, end)``."""
        for w in range(max(start, 0), min(end, self.weeks)):
            self.looks[w] = {"bg_color": colour, **more}
        if label:
            self.label(start, end, label)

    def label(self, start: int, end: int, text: str) -> None:
        """Name ``[start, end)``: the text goes where no later label or mark stands."""
        self.labels.append((max(start, 0), min(end, self.weeks), text))

    def mark(self, week: int, text: Any, **more: Any) -> None:
        """Put a sign, number or formula into one week."""
        if 0 <= week < self.weeks:
            self.texts[week] = text
            self.looks[week] = self.looks[week] | more

    def labelled(self) -> list[Any]:
        """The text of every week: marks, and labels cut to the free cells they may run over."""
        out, taken = list(self.texts), [t is not None for t in self.texts]
        for a, b, label in reversed(self.labels):
            start, free = longest_free(taken, a, b)
            taken[a:b] = [True] * len(taken[a:b])
            room = int(free * LETTERS_PER_WEEK)
            if room >= 3:
                out[start] = label if len(label) <= room else label[: max(room - 1, 1)] + "…"
        return out


def longest_free(taken: Sequence[bool], a: int, b: int) -> tuple[int, int]:
    """Start and length of the longest stretch of ``[a, b)`` that is not taken, the first of equals."""
    best, start = (a, 0), a
    for w in range(a, b + 1):
        if w == b or taken[w]:
            if w - start > best[1]:
                best = (start, w - start)
            start = w + 1
    return best


class WeekGrid:
    """The week columns of a page: heading rows at once, then one ``row`` after another."""

    def __init__(
        self, m: Material, name: str, title: str, note: str, left: Sequence[Column], *, width: float = WEEK_WIDTH
    ):
        self.m, self.left, self.first = m, left, len(left)
        self.weeks = m.case.weeks
        widths = [*(c.width for c in left), *([width] * self.weeks)]
        self.page: Page = m.page(name, title, note, widths, paper=A3)
        self.page.sheet.outline_settings(True, False, True, False)  # a group's first row sums it up
        if self.weeks > WEEKS_PER_SHEET_OF_PAPER:
            self.page.sheet.fit_to_pages(-(-self.weeks // WEEKS_PER_SHEET_OF_PAPER), 0)
        self.week_row = 0
        self.starts_month = [w == 0 or m.day(w).month != m.day(w - 1).month for w in range(self.weeks)]

    def head(self, *, freeze: bool = True) -> None:
        """Fiscal quarters, months and Mondays above the weeks."""
        m, sheet, style = self.m, self.page.sheet, self.page.style
        top = self.page.row
        for row in range(top, top + 3):
            for col, c in enumerate(self.left):
                put(sheet, row, col, c.title if row == top + 2 else None, style("header", border=0))
        last: Any = None
        for w in range(self.weeks):
            year, quarter = m.case.calendar.fiscal(w)
            day, edge = m.day(w), {} if self.starts_month[w] else {"left": 0}
            text = f"FY{year} Q{quarter}" if (year, quarter) != last else None
            put(sheet, top, self.first + w, text, style("month", **({} if text else {"left": 0})))
            put(
                sheet, top + 1, self.first + w, f"{day:%b %y}" if self.starts_month[w] else None, style("month", **edge)
            )
            put(sheet, top + 2, self.first + w, day, style("week"))
            last = (year, quarter)
        self.week_row, self.page.row = top + 2, top + 3
        if freeze:
            sheet.freeze_panes(self.page.row, self.first)
            sheet.repeat_rows(0, self.page.row - 1)
            if self.weeks > WEEKS_PER_SHEET_OF_PAPER:
                sheet.repeat_columns(0, self.first - 1)

    def group(self, text: str) -> None:
        """A section row across the grid."""
        for col in range(self.first + self.weeks):
            put(self.page.sheet, self.page.row, col, text if col == 0 else None, self.page.style("group"))
        self.page.row += 1

    def row(
        self, values: Sequence[Any], strip: Strip, *looks: str, level: int = 0, height: float = 12.5, **more: Any
    ) -> None:
        """Left-hand cells and a painted strip; ``height`` in points."""
        sheet, style, row = self.page.sheet, self.page.style, self.page.row
        for col, (value, column) in enumerate(zip(values, self.left, strict=True)):
            apart = ("apart",) if "date" in column.styles else ()  # it may stand right after a figure
            put(sheet, row, col, value, style(*column.styles, *apart, *looks, **more))
        for w, (text, look) in enumerate(zip(strip.labelled(), strip.looks, strict=True)):
            plain = look.get("bg_color", PAPER) == PAPER
            edge = {} if self.starts_month[w] and plain else {"left": 0}
            put(sheet, row, self.first + w, text, style("grid", **edge, bottom=1, bottom_color="#EEF1F5", **look))
        sheet.set_row(row, height, None, {"level": level} if level else {})
        self.page.row += 1

    def legend(self, entries: Sequence[tuple[str | int, str, dict[str, Any]]]) -> None:
        """Swatches with their meaning, in the row under the band: (sign, meaning, look)."""
        col = self.first
        for sign, meaning, look in entries:
            span = 1 + max(1, round(len(meaning) / LETTERS_PER_WEEK) + 1)
            if col + span > self.first + max(self.weeks, 30):
                break
            put(self.page.sheet, 2, col, sign, self.page.style("grid", left=0, **look))
            put(self.page.sheet, 2, col + 1, meaning, self.page.style("grid", left=0, font_color="#6B7785"))
            col += span

    def cell(self, row: int, week: int) -> str:
        """The address of a week's cell."""
        return cell(row, self.first + week)

    def span(self, row: int) -> tuple[int, int, int, int]:
        """All weeks of a row: first row, first column, last row, last column."""
        return row, self.first, row, self.first + self.weeks - 1
