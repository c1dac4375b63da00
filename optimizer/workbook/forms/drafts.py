"""Writing the drafted input of a year: what is asked for stands out, and is listed on a sheet of its own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

from openpyxl.utils import get_column_letter

from optimizer.workbook.forms.next_year import Asked
from optimizer.workbook.forms.rows import setting
from optimizer.workbook.merge.align import words
from optimizer.workbook.merge.content import Content, Row
from optimizer.workbook.merge.write import write_content
from optimizer.workbook.schema import ASKED, BY_NAME, SETTINGS
from optimizer.workbook.sheets.style import Styles

LOUD = "#FFE14D"  # planning waits for these cells
HEADS = ("Cell", "Row", "Column", "What", "Needed")


def open_asked(content: Content, asked: Sequence[Asked]) -> tuple[Asked, ...]:
    """What is still asked: proposals, and needed cells that are blank."""
    out = []
    for a in asked:
        row = _row(content, a)
        if row is not None and not (a.needed and a.column in row.raw):
            out.append(a)
    return tuple(out)


def assumed(content: Content, year: int) -> Content:
    """Money of years after ``year``, which only the look-ahead spends, at the rate of ``year`` where nobody says more:
    the share of the year that is planned, without ceilings by quarter; for sets no less than their upkeep."""
    assert content.calendar is not None
    weeks = Counter(content.calendar.fiscal(w)[0] for w in range(content.calendar.weeks))
    rows = list(content.tables.get("Budget", ()))
    sets = setting(content, "Line for sets")
    own = {r.values["Line"]: r for r in rows if r.values["Fiscal year"] == year and "Amount" in r.raw}
    for i, r in enumerate(rows):
        like = own.get(r.values["Line"])
        if r.values["Fiscal year"] > year and "Amount" not in r.raw and like is not None:
            planned = min(52, weeks[r.values["Fiscal year"]])
            amount = round(Decimal(like.values["Amount"]) * planned / 52, 3)
            if r.values["Line"] == sets:
                amount = max(amount, _upkeep(content, r.values["Fiscal year"]))
            cells = {"Amount": amount, "Last year": like.values["Amount"],
                     "Note": f"assumed for the look-ahead: FY{year} by the week"}  # fmt: skip
            rows[i] = r.but(values={**r.values, **cells}, raw={**r.raw, **cells})
    return replace(content, tables={**content.tables, "Budget": tuple(rows)})


def _upkeep(content: Content, year: int) -> Decimal:
    """What the upkeep of all sets comes to in the weeks of a fiscal year that are planned."""
    calendar, sets = content.calendar, content.tables.get("Sets", ())
    assert calendar is not None
    weeks = [calendar.monday(w) for w in range(calendar.weeks) if calendar.fiscal(w)[0] == year]
    there = (sum(r.values["Available"] is None or r.values["Available"] <= day for day in weeks) for r in sets)
    return sum((Decimal(r.values["Week cost"] or 0) * n for r, n in zip(sets, there, strict=True)), Decimal(0))


def write_draft(content: Content, asked: Sequence[Asked], path: Path) -> Path:
    """Write the draft; cells that are needed are blank and loud, all that is asked is listed on a sheet."""

    def more(book: Any, style: Styles, at: Mapping[tuple[str, str], int]) -> None:
        page = book.add_worksheet(ASKED)
        page.set_tab_color(LOUD)
        page.activate()
        for j, (head, width) in enumerate(zip(HEADS, (24, 40, 18, 70, 9), strict=True)):
            page.write_string(0, j, head, style("header"))
            page.set_column(j, j, width)
        for i, a in enumerate(asked, 1):
            cell = place(content, a, at)
            page.write_url(i, 0, f"internal:'{a.sheet}'!{cell}", style("link"), f"{a.sheet}!{cell}")
            for j, text in enumerate((a.row, a.column, a.what, "yes" if a.needed else ""), 1):
                page.write_string(i, j, text, style("cell", "wrap"))
            if a.needed:
                book.get_worksheet_by_name(a.sheet).write_blank(cell, None, style("planner", bg_color=LOUD))
        page.freeze_panes(1, 0)
        page.autofilter(0, 0, max(1, len(asked)), len(HEADS) - 1)

    return write_content(content, path, more)


def place(content: Content, asked: Asked, at: Mapping[tuple[str, str], int] | None = None) -> str:
    """The address of an asked cell in the draft as written."""
    columns = [c.header for c in BY_NAME[asked.sheet].columns]
    j = columns.index(asked.column) if at is None else at[asked.sheet, asked.column]
    if asked.sheet == "Settings":
        i = [s.header for s in SETTINGS].index(asked.row)
    else:
        rows = content.tables[asked.sheet]
        i = next((i for i, r in enumerate(rows) if words(BY_NAME[asked.sheet], r.values) == asked.row), len(rows))
    return f"{get_column_letter(j + 1)}{i + 2}"


def _row(content: Content, asked: Asked) -> Row | None:
    rows = content.tables.get(asked.sheet, ())
    return next((r for r in rows if words(BY_NAME[asked.sheet], r.values) == asked.row), None)
