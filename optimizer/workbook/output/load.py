"""Load: how long each element is away, and how much of that it exercises."""

from __future__ import annotations

from optimizer.report.lives import lives_of
from optimizer.workbook.sheets.material import Material, cell
from optimizer.workbook.sheets.page import Column, Formula, Link, put

NAME = "Load"
COLUMNS = (
    Column("Unit", 22),
    Column("Element", 20),
    Column("Type", 16),
    Column("Weeks on rotation", 10, ("cell", "count")),
    Column("Weeks brought in", 10, ("cell", "count")),
    Column("Exercises", 10, ("cell", "count")),
    Column("Weeks in exercises", 10, ("cell", "count")),
    Column("Share in exercises", 10, ("cell", "percent")),
    Column("Share of plan away", 10, ("cell", "percent")),
    Column("Countries", 10, ("cell", "count")),
    Column("Where", 50, ("cell", "wrap")),
)
BUSY = 0.25  # share of its weeks away in exercises from which an element stands out


def write(m: Material) -> None:
    """One row per element that goes, the busiest in exercises first."""
    case, lives = m.case, lives_of(m.case, m.plan)
    note = "Weeks inside the plan. Share: weeks in exercises of all weeks away. Whoever stays at home is not listed."
    page = m.page(NAME, "Load of each element", note, [c.width for c in COLUMNS])
    put(page.sheet, 2, 2, Link("Timeline by unit", "Timeline by unit →"), page.style("link"))
    first, rows = page.row + 1, []
    told = {e: (lives[e].weeks(case), lives[e].weeks_brought(case), lives[e].weeks_exercising(case)) for e in lives}
    for n, e in enumerate(sorted(lives, key=lambda e: (-_share(*told[e]), -told[e][2], e)), first):
        on_rotation, brought, exercising = told[e]
        away, life = on_rotation + brought, lives[e]
        countries = {case.site[s].country for s in life.sites()} - {None}
        at = {k: cell(n, i) for k, i in (("rotation", 3), ("brought", 4), ("exercising", 6))}
        total = f"({at['rotation']}+{at['brought']})"
        share = Formula(f'=IF({total}=0,"",{at["exercising"]}/{total})', exercising / away if away else "")
        part = Formula(f"={total}/{m.places['setting Weeks']}", away / case.weeks)
        rows.append((case.element[e].unit, e, case.element[e].type, on_rotation, brought, len(life.runs), exercising,
                     share, part, len(countries), ", ".join(case.site[s].name for s in life.sites())))  # fmt: skip
    first, last = page.table(COLUMNS, rows, named="Load")
    loud = page.style.bare(bold=True)
    page.sheet.conditional_format(first, 7, max(first, last), 7,
                                  {"type": "cell", "criteria": ">=", "value": BUSY, "format": loud})  # fmt: skip
    page.sheet.freeze_panes(4, 2)
    page.sheet.repeat_rows(3)


def _share(on_rotation: int, brought: int, exercising: int) -> float:
    return exercising / (on_rotation + brought) if on_rotation + brought else 0.0
