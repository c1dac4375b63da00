"""The columns of the Summary and the small tables set into them: two halves side by side."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from optimizer.workbook.sheets.page import Formula, Link, Page, put

NARROW, BROAD = 7.0, 9.0  # columns of the left and the right half
WIDTHS = (21.0, *[NARROW] * 7, 1.5, 23.0, *[BROAD] * 5)
LEFT, RIGHT = 0, 9
SPAN = {LEFT: 8, RIGHT: 6}  # columns of a half


def heading(page: Page, first: int, titles: Sequence[str], left: int = 1) -> None:
    """A band of headings from column ``first``; the first ``left`` of them over text."""
    for col, title in enumerate(titles):
        align = "left" if col < left else "right"
        put(page.sheet, page.row, first + col, title, page.style("header", border=0, text_wrap=False, align=align))
    page.row += 1


def pairs(page: Page, first: int, title: str, rows: Sequence[tuple[str | Link, Any, bool]]) -> None:
    """A headed list of (what, value, whether to point it out)."""
    last = first + SPAN[first] - 1
    heading(page, first, [title, *[""] * (SPAN[first] - 1)])
    for what, value, loud in rows:
        for col in range(first, last):
            put(page.sheet, page.row, col, None, page.style("cell"))
        put(page.sheet, page.row, first, what, page.style("cell", *(["link"] if isinstance(what, Link) else [])))
        looks = ["cell", "right", *_look(value), *(["bad"] if loud else [])]
        put(page.sheet, page.row, last, value, page.style(*looks))
        page.row += 1
    page.row += 1


def _look(value: Any) -> list[str]:
    """Whole numbers as such, shares as percentages."""
    shown = value.value if isinstance(value, Formula) else value
    return ["whole"] if isinstance(shown, int) else ["share"] if isinstance(shown, float) else []
