"""Alternatives as a workbook: the plans, how unlike they are, and what they share."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import xlsxwriter

from optimizer.domain import Case
from optimizer.report.alternatives import Alternatives, spots, unlike
from optimizer.report.colours import heat, on
from optimizer.workbook.sheets.files import land, new_workbook
from optimizer.workbook.sheets.page import HOME, Column, Page, put
from optimizer.workbook.sheets.style import Styles

SHARED = "Shared"
MADE = datetime(2000, 1, 1)
OPTIONS = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
NOTE = "found: by search, more such plans exist · proven: holds for every plan that scores this much"
PLANS = (
    Column("Plan", 10, ("cell", "int")),
    Column("Score", 12, ("cell", "score")),
    Column("Share of the first %", 12, ("cell", "score")),
    Column("Unlike the likest other %", 14, ("cell", "score")),
    Column("Element-weeks", 12, ("cell", "int")),
)


def write_alternatives(path: Path, case: Case, found: Alternatives) -> Path:
    """A workbook of two sheets; returns where it landed."""

    def write(temporary: Path) -> None:
        with new_workbook(temporary, OPTIONS) as book:
            book.set_properties({"created": MADE, "title": f"Alternatives: {case.settings.name}"})
            style = Styles(book)
            _plans(book, style, case, found)
            _shared(book, style, found)

    return land(path, write)


def _plans(book: xlsxwriter.Workbook, style: Styles, case: Case, found: Alternatives) -> None:
    widths = [*(c.width for c in PLANS), *[8] * max(0, len(found.plans) - len(PLANS) + 1)]
    page = Page(book, style, HOME, f"Alternatives: {case.settings.name}", NOTE, widths)
    number = len(found.plans)
    page.line([f"{number} plans that score {found.floor:,.2f} or more, each unlike each other in "
               f"{100 * found.wanted:g} % of the element-weeks or more (found)"], [("strong",)])  # fmt: skip
    if number < found.asked:
        page.line([f"{found.asked} were asked for; no more were found"], [("note",)])
    if found.spends is not None:
        unit = case.settings.money_unit
        page.line(
            [f"every plan that scores this much spends {unit} {found.spends:,.1f} or more (proven)"], [("strong",)]
        )
    page.row += 1
    own = [spots(case, a.plan) for a in found.plans]
    page.table(PLANS, [
        [i, a.score, 100 * a.share, 100 * a.unlike, len(own[i - 1])] for i, a in enumerate(found.plans, 1)
    ])  # fmt: skip
    page.row += 1
    page.section("How unlike each two are, %", len(widths))
    page.line(["Plan", *range(1, number + 1)], [("header",), *[("header", "right")] * number])
    for i, one in enumerate(own, 1):
        put(page.sheet, page.row, 0, i, style("cell", "int"))
        for j, other in enumerate(own, 1):
            share = unlike(one, other)
            colour = heat(share)
            put(page.sheet, page.row, j, 100 * share, style("cell", "tenth", bg_color=colour, font_color=on(colour)))
        page.row += 1


def _shared(book: xlsxwriter.Workbook, style: Styles, found: Alternatives) -> None:
    columns = (
        Column("Kind", 16),
        Column("Who", 22),
        Column("Decision", 40),
        Column("In how many plans (found)", 13, ("cell", "int")),
        Column("In every such plan (proven)", 14),
    )
    page = Page(book, style, SHARED, "What the plans share", NOTE, [c.width for c in columns])
    page.table(columns, [
        [s.kind, s.subject, s.text, s.count, "proven" if s.proven else "not proven"] for s in found.shared
    ], named="Shared")  # fmt: skip
    page.sheet.freeze_panes(4, 0)
