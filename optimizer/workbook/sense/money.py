"""Sense of the budget: every line that something costs must have money in every fiscal year of the plan."""

from __future__ import annotations

from collections.abc import Iterator

from optimizer.domain.forces import MODES
from optimizer.quantities import Calendar
from optimizer.workbook.faults import did_you_mean, fault
from optimizer.workbook.reading.tables import Row, Tables
from optimizer.workbook.schema.forces import MODE_WORDS
from optimizer.workbook.words import nearest

LINES = ("line_rotation", "line_exercise", "line_set", "line_upgrade")
DEPLOYING = ("Week cost", *(f"{MODE_WORDS[m]} cost" for m in MODES))


def check(tables: Tables, calendar: Calendar | None) -> None:
    table = tables["Budget"]
    if not table.rows or calendar is None:
        return
    lines = {tables.settings[a] for a in LINES if tables.settings.get(a)}
    there = {(r["Line"], r["Fiscal year"]) for r in table.rows}
    unused = [r for r in table.rows if r.sound("Line") and r["Line"] not in lines]
    free = {line for line in lines if line not in {k for k, _ in there}}
    for row in unused:
        tables.say("line-unused", table, row, "Line", did_you_mean(nearest(row["Line"], free)))
    guesses = {g: r["Line"] for r in unused if (g := nearest(r["Line"], free))}
    for line, what in sorted(_costly(tables)):
        for year in calendar.fiscal_years:
            if (line, year) not in there:
                hint = f"is it the line called {guesses[line]}?" if line in guesses else "add a row, 0 if there is none"
                tables.faults.append(fault("line-missing", table.title, "", "", hint, line=line, year=year, what=what))
    if tables.settings.get("cr_weeks"):
        for row in table.rows:
            if row["Last year"] is None and row["Fiscal year"] == calendar.fiscal(0)[0] and "Last year" not in row.bad:
                tables.say("cr-base", table, row, "Last year")


def _costly(tables: Tables) -> Iterator[tuple[str, str]]:
    """(line, what costs it) for each line to which some decision posts a cost."""
    line = tables.settings
    deploying = any(_some(r, *DEPLOYING) for r in tables.rows("Unit types"))
    if line["line_rotation"] and deploying:
        yield line["line_rotation"], "rotations"
    exercising = any(_some(r, "Cost") for n in ("Exercises", "Exercise hosts") for r in tables.rows(n))
    if line["line_exercise"] and tables.rows("Exercises") and (exercising or deploying):
        yield line["line_exercise"], "exercises"
    if line["line_set"] and any(_some(r, "Week cost", "Move cost") for r in tables.rows("Sets")):
        yield line["line_set"], "sets"
    if line["line_upgrade"] and any(_some(r, "Cost") for r in tables.rows("Upgrades")):
        yield line["line_upgrade"], "upgrades"


def _some(row: Row, *headers: str) -> bool:
    return any(row.sound(h) and row[h] > 0 for h in headers)
