"""Burn: running totals by line against the money of the fiscal years begun, with a chart of each."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from optimizer.report.colours import ACCENT, FULL
from optimizer.report.spending import ALL, ceiling, money, year_of
from optimizer.workbook.output.postings import Sums
from optimizer.workbook.sheets.charts import Line, line_chart
from optimizer.workbook.sheets.material import Material, cell
from optimizer.workbook.sheets.page import Formula, Page

SHEET = "Money"
MOST_CHARTS = 9
ACROSS, WIDE, HIGH, ROWS = 3, 405, 225, 12  # charts side by side, their size in pixels, rows they take


def write(page: Page, m: Material, first: int, lines: Sequence[str], months: Sequence[date], sums: Sums) -> None:
    """Below a table of spending by line × month that begins in row ``first``: totals so far, ceilings, charts."""
    n, head = len(months), first - 1
    look = [("cell",), *[("cell", "money")] * n]
    page.section("Spent so far", n + 2)
    spent_at, years = page.row, [year_of(m.case, x) for x in months]
    for i, line in enumerate(lines):
        so_far, row, cells = 0, page.row, []
        for j, month in enumerate(months, 1):
            so_far += sum(p.amount for p in sums.posted if p.month == month and line in (p.line, ALL))
            before = "" if j == 1 else f"{cell(row, j - 1)}+"
            cells.append(Formula(f"={before}{cell(first + i, j)}", money(so_far)))
        page.line([line, *cells], look)
    page.row += 1
    page.section("Money of the fiscal years begun", n + 2)
    money_at = page.row
    for line in lines:
        page.line([line, *(ceiling(m.case, line, year) for year in years)], look)
    page.row += 1
    days = (SHEET, head, 1, head, n)
    drawn = [len(lines) - 1, *range(len(lines) - 1)][:MOST_CHARTS]
    for place, i in enumerate(drawn):
        made = [Line("spent so far", (SHEET, spent_at + i, 1, spent_at + i, n), FULL)]
        if ceiling(m.case, lines[i], years[0]) is not None:
            made.append(Line("money there is", (SHEET, money_at + i, 1, money_at + i, n), ACCENT, dashed=True))
        chart = line_chart(m.book, f"{lines[i]}, {m.case.settings.money_unit}", days, made)
        chart.set_size({"width": WIDE, "height": HIGH})
        at = {"object_position": 3, "x_offset": 4 + place % ACROSS * (WIDE + 10), "y_offset": 4}
        page.sheet.insert_chart(page.row + place // ACROSS * ROWS, 0, chart, at)
    page.row += ROWS * -(-len(drawn) // ACROSS)
