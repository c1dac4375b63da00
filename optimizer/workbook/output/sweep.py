"""Sweeps as a workbook: heat maps of what was found and proven, and the table of all results."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

import xlsxwriter

from optimizer.report.colours import heat, on
from optimizer.report.sweeps import FOUND, Cell, Sweep, blocks, heads, rows
from optimizer.workbook.sheets.files import land, new_workbook
from optimizer.workbook.sheets.page import A3, HOME, Column, Link, Page, put
from optimizer.workbook.sheets.style import Styles

RESULTS = "Results"
MADE = datetime(2000, 1, 1)  # the same sweep gives the same bytes
OPTIONS = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
LEFT, WIDTH = 22, 11  # characters of the first column and of the others
MAPS: tuple[tuple[str, str, Callable[[Cell], float | None]], ...] = (
    ("Best score found", "the best plan of all seeds; another search may find a better one", lambda c: c.best),
    ("Proven bound", "no plan of that case scores more; the lowest of all seeds", lambda c: c.bound),
    ("Spread over seeds", "highest less lowest score found: differences between cases below this may be the search's",
     lambda c: c.spread),
)  # fmt: skip


def write_sweep(path: Path, name: str, money: str, sweep: Sweep) -> Path:
    """A workbook of two sheets; returns where it landed."""

    def write(temporary: Path) -> None:
        with new_workbook(temporary, OPTIONS) as book:
            book.set_properties({"created": MADE, "title": f"Sweep: {name}"})
            style = Styles(book)
            _front(book, style, name, money, sweep)
            titles = heads(sweep)
            texts = len(sweep.axes)
            looks = [("cell",)] * texts + [("cell", "int"), ("cell",)] + [("cell", "score")] * (len(titles) - texts - 2)
            looks[-1] = ("cell", "int")
            columns = [Column(t, max(WIDTH, len(t)), look) for t, look in zip(titles, looks, strict=True)]
            note = f"{len(sweep.results):,} solves of {name} · money in {money}"
            page = Page(book, style, RESULTS, "Every result", note, [c.width for c in columns], paper=A3)
            page.table(columns, rows(sweep), named="SweepResults")
            page.sheet.freeze_panes(4, texts)

    return land(path, write)


def _front(book: xlsxwriter.Workbook, style: Styles, name: str, money: str, sweep: Sweep) -> None:
    wide = max((len(b[2]) for b in blocks(sweep)), default=1)
    varied = ", ".join(sweep.axes) or "nothing but the seed"
    page = Page(
        book, style, HOME, f"Sweep: {name}", f"varied: {varied} · money in {money}", [LEFT, *[WIDTH] * max(wide, 5)]
    )
    done = f"{len(sweep.results):,} solves, {len(sweep.seeds)} seed{'s' if len(sweep.seeds) > 1 else ''} each"
    page.line(
        [Link(RESULTS, done if sweep.complete else f"{done}; NOT COMPLETE: the same command goes on")], [("link",)]
    )
    if (best := sweep.best) is not None:
        where = ", ".join(f"{a} {v}" for a, v in best.values.items())
        page.line(
            [f"highest score found: {best.score:,.2f} ({where + ', ' if where else ''}seed {best.seed})"], [("strong",)]
        )
    without = sum(r.status not in FOUND for r in sweep.results)
    if without:
        page.line([f"{without:,} without a plan: see {RESULTS}"], [("bad",)])
    page.row += 1
    for title, note, figure in MAPS:
        if figure is MAPS[2][2] and len(sweep.seeds) < 2:
            continue
        for fixed, down, across in blocks(sweep):
            told = ", ".join(f"{a} {v}" for a, v in fixed.items())
            page.section(f"{title}{f': {told}' if told else ''}", 1 + max(wide, 5), note)
            _map(page, style, sweep, fixed, down, across, figure)


def _map(
    page: Page, style: Styles, sweep: Sweep, fixed: dict[str, str], down: Sequence[str], across: Sequence[str],
    figure: Callable[[Cell], float | None]
) -> None:  # fmt: skip
    """One heat map: the deeper the colour the higher, from the lowest to the highest of this map."""
    first, second = [*sweep.axes, None, None][:2]
    corner = " by ".join(name for name in (first, second) if name)
    page.line([corner, *across], [("header",), *[("header", "right")] * len(across)])
    cells = {}
    for a in down:
        for b in across:
            values = fixed | ({first: a} if first else {}) | ({second: b} if second else {})
            cells[a, b] = sweep.cell(values)
    known = [v for c in cells.values() if (v := figure(c)) is not None]
    low, high = min(known, default=0.0), max(known, default=0.0)
    for a in down:
        put(page.sheet, page.row, 0, a or "as the workbook says", style("cell"))
        for col, b in enumerate(across, 1):
            value = figure(cells[a, b])
            if value is None:
                put(page.sheet, page.row, col, cells[a, b].status, style("note"))
                continue
            colour = heat((value - low) / (high - low) if high > low else 0.0)
            put(page.sheet, page.row, col, value, style("cell", "tenth", bg_color=colour, font_color=on(colour)))
        page.row += 1
    page.row += 1
