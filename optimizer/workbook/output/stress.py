"""One plan in every scenario as a workbook: the Stress sheet."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from optimizer.report.stress import HEADS, StressTest, lines
from optimizer.workbook.sheets.files import land, new_workbook
from optimizer.workbook.sheets.page import A3, HOME, Column, Page
from optimizer.workbook.sheets.style import Styles

MADE = datetime(2000, 1, 1)
OPTIONS = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
NOTE = "found: by search from this plan, a better one may exist · proven: holds for every plan"
MEANINGS = (
    "This plan as is: the score it would have without whoever falls in on a lost set; with rules broken it cannot be.",
    "Mended: changed as little as it takes to hold the rules. Replanned: the best plan found by a search from there.",
    "Effect: replanned under the scenario less replanned without one; all searches began here and made the same moves.",
    "Value of knowing: replanned less mended; at most what the bound leaves.",
)


def write_stress(path: Path, name: str, found: StressTest) -> Path:
    """A workbook of one sheet; returns where it landed."""
    number = ("cell", "score")
    looks = [("cell",), ("cell", "wrap"), number, ("cell", "int"), *[number] * 6, ("cell", "int"), ("cell", "wrap")]
    widths = (14, 28, 11, 9, 11, 11, 12, 11, 12, 11, 10, 50)
    columns = [
        Column(h or "rules broken by the plan as is", w, look) for h, w, look in zip(HEADS, widths, looks, strict=True)
    ]

    def write(temporary: Path) -> None:
        with new_workbook(temporary, OPTIONS) as book:
            book.set_properties({"created": MADE, "title": f"Stress: {name}"})
            page = Page(book, Styles(book), HOME, f"Stress: {name}", NOTE, widths, paper=A3)
            page.table(columns, lines(found), named="Stress")
            page.row += 1
            for text in MEANINGS:
                page.line([text], [("note",)])

    return land(path, write)
