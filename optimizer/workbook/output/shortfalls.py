"""Shortfalls: what the plan does not give, and by how much."""

from __future__ import annotations

from typing import Any

from optimizer.report.shortfalls import demand_gaps, exercises_missing, floor_gaps, needs_in_words
from optimizer.report.spending import money
from optimizer.workbook.sheets.material import Material, cell, on
from optimizer.workbook.sheets.page import Column, Formula, Page

NAME = "Shortfalls"
FLOORS = (
    Column("Country", 20),
    Column("From", 13, ("cell", "date")),
    Column("Until", 13, ("cell", "date")),
    Column("Weeks", 9, ("cell", "count")),
    Column("Floor", 10, ("cell", "count")),
    Column("Fewest there", 10, ("cell", "int")),
    Column("Person-weeks missing", 13, ("cell", "count")),
)
DEMANDS = (
    Column("Country", 20),
    Column("Capability", 13),
    Column("Level", 13),
    Column("Percent met", 9, ("cell", "tenth")),
    Column("Wanted, on average", 10, ("cell", "tenth")),
    Column("There, on average", 10, ("cell", "tenth")),
    Column("Point-weeks missing", 13, ("cell", "tenth")),
    Column("Weeks short", 9, ("cell", "count")),
    Column("Worst week", 12, ("cell", "date")),
    Column("Share of all missing", 12, ("cell", "percent")),
    Column("Wanted then", 10, ("cell", "tenth")),
    Column("There then", 10, ("cell", "tenth")),
)
EXERCISES = (
    Column("Exercise", 20),
    Column("Start from", 13, ("cell", "date")),
    Column("Start until", 13, ("cell", "date")),
    Column("Weeks", 9, ("cell", "count")),
    Column("Value", 10, ("cell", "tenth")),
    Column("Cost", 10, ("cell", "money")),
    Column("Mandatory", 13),
    Column("Hosts", 9, ("cell", "count")),
    Column("Needs", 12, ("open",)),
)
SPARE = (12.0,) * 4  # room for the needs to run on
MOST_ROWS = 2_000


def write(m: Material) -> None:
    """Presence floors, demand by level, exercises: only what falls short."""
    widths = [c.width for c in DEMANDS] + list(SPARE)
    page = m.page(NAME, "Shortfalls", "What is not met in this plan, and by how much. Largest first.", widths)
    floors = sorted(floor_gaps(m.case, m.plan), key=lambda g: (-g.missing, g.country, g.start))
    rows = [(g.country, m.day(g.start), m.day(g.end), g.end - g.start, g.floor, g.fewest, g.missing) for g in floors]
    m.places["floors"] = cell(page.row, 0)
    m.places["floors missing"] = _block(page, "Presence floors not held", FLOORS, rows, total=6)
    missing = sorted(exercises_missing(m.case, m.plan), key=lambda x: (not x.mandatory, -x.value, x.id))
    m.places["exercises missing"] = cell(page.row, 0)
    _block(page, "Exercises not held", EXERCISES, [
        (x.name, m.day(x.earliest), m.day(min(x.latest, m.case.weeks - x.weeks)), x.weeks, x.value, money(x.cost),
         x.mandatory, len(x.hosts), needs_in_words(x)) for x in missing
    ])  # fmt: skip
    gaps = [
        (
            g.country,
            g.capability,
            g.level,
            g.percent,
            g.wanted,
            g.there,
            g.missing,
            g.weeks,
            m.day(g.worst),
            g.share,
            g.wanted_then,
            g.there_then,
        )
        for g in demand_gaps(m.case, m.plan)
    ]
    note = f"The {MOST_ROWS} largest of {len(gaps)}." if len(gaps) > MOST_ROWS else ""
    m.places["gaps"] = cell(page.row + 2 + bool(note), 0)  # the first, under title and headings
    _block(page, "Demand not met in full", DEMANDS, gaps[:MOST_ROWS], total=6, note=note)
    page.sheet.freeze_panes(3, 1)


def _block(
    page: Page, title: str, columns: tuple[Column, ...], rows: list[Any], *, total: int = 0, note: str = ""
) -> str:
    """A headed table of what is missing, with the live sum of column ``total``, or a line saying all is met.

    Returns the address of that sum, empty where there is none."""
    at = ""
    page.section(f"{title} ({len(rows)})", len(columns), note)
    if rows:
        first, last = page.table(columns, rows)
        if total:
            text = f"=SUM({cell(first, total)}:{cell(last, total)})"
            whole = Formula(text, float(sum(r[total] for r in rows)))
            at = on(page.name, cell(page.row, total))
            page.line(["Together", *[None] * (total - 1), whole], [*[("total",)] * total, ("total", "number")])
    else:
        page.line(["All met."], [("good",)])
    page.row += 1
    return at
