"""``docs/workbook.md`` from the schema: ``python -m optimizer.workbook.docs > docs/workbook.md``."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence

from optimizer.workbook.faults import CATALOGUE
from optimizer.workbook.schema import (
    ASK,
    CONFLICTS,
    INPUT_SHEETS,
    KINDS,
    LAST_SHEETS,
    PLAN_SHEETS,
    REMARKS,
    SETTINGS,
    WEEKS,
    Column,
    Sheet,
)

INTRODUCTION = """# The workbook

One workbook is one planning case. This page is made from the tables in
`optimizer/workbook/schema`; run `python -m optimizer.workbook.docs > docs/workbook.md` after a change.

Sheets and columns are found by name: case, blanks and hyphens do not count, order does not matter, and
titles above a table are skipped. Sheets and columns of your own are welcome; they are not read and are
listed as notes. A name that is nearly that of a missing sheet or column is a fault, never ignored.

A workbook is read whole, and all faults are listed at once, each with its cell. Numbers typed as text are
read when they can mean only one thing (`1 000,50` can, `1,000` cannot), dates likewise (`2 Oct 2017` can,
`01/02/2017` cannot); a lone dash is a blank. Every sheet but Settings may also have the columns
{remarks}; they are kept and not read.

Ids are yours: short, unique, stable, and written the same everywhere.

## Filling one in

`optimizer template my.xlsx` writes an empty workbook; its Read me sheet explains every step and column, drop-downs
offer what the tables hold, and the pale yellow cells are the planner's. The examples below make one sound case.
`--from BOOK` fills it with the input and Plan sheets of another workbook (a path, or the name of one in `inputs/`).
`--year N` moves it to another fiscal year: every date by the same whole number of weeks, the one that brings the
plan's first Monday nearest to its anniversary inside that year. So the plan's weeks and all that follows from them
stay, and exercises, closures and demands keep their season to within days; budget rows, and years in the plan's name,
move by years. What recurs in some years only must be seen to by hand.

`optimizer check my.xlsx` lists what is wrong; `--markup copy.xlsx` marks it in a copy. `optimizer unpack` and
`optimizer pack` turn a workbook into a folder of CSV files and back.
"""
FINDINGS = """## What is said about a workbook

*Faults* stop the reading: nothing is planned or written. *Warnings* deserve a look, *notes* are for the record; neither
stops anything. What several rows make together, such as an exercise that nobody can staff, is judged once the rows
themselves are without fault. `--json` gives the code of each finding.

| code | severity | what is said |
|---|---|---|"""
HEAD = "| {name} | type | unit | blank means | what it is |\n|---|---|---|---|---|"


def page() -> str:
    """The whole page as markdown."""
    parts = [INTRODUCTION.format(remarks=", ".join(c.header for c in REMARKS))]
    parts += ["## Types\n", *(f"* **{k}**: {v}" for k, v in KINDS.items()), ""]
    parts += ["Dates become plan weeks by the column's own rule:\n", *(f"* *{k}*: {v}" for k, v in WEEKS.items()), ""]
    parts += ["## Input sheets\n"]
    for sheet in INPUT_SHEETS:
        parts += _sheet(sheet)
    parts += [
        "## Plan sheets\n",
        "What an output writes, so that any output is a valid next input. Read to be solved, they are the plan in "
        "force so far: rotations under way on day one are fixed, and a filled Lock cell demands or forbids the "
        "decision of its row. Read to be verified, they are the plan to be judged.\n",
    ]
    for sheet in PLAN_SHEETS:
        parts += _sheet(sheet)
    names = ", ".join(s.name for s in LAST_SHEETS)
    parts += [
        "## Sheets of the last plan\n",
        f"{names}: the same columns, written beside a plan that replaced another; read only when the plan is verified.",
    ]
    parts += ["", "## Merged workbooks\n", *_sheet(CONFLICTS)]
    parts += ["", "## Questions to a plan\n", *_sheet(ASK)]
    marked = str.maketrans("{}", "‹›")
    parts += ["", FINDINGS]
    parts += [f"| {code} | {severity} | {text.translate(marked)} |" for code, (severity, text) in CATALOGUE.items()]
    return "\n".join(parts).rstrip() + "\n"


def _sheet(sheet: Sheet) -> Iterator[str]:
    yield f"### {sheet.name}\n"
    yield f"One row is {sheet.row}. {'Needed.' if sheet.required else 'Optional.'} {sheet.help}".rstrip()
    yield f"Key: {', '.join(sheet.key)}."
    yield ""
    settings = sheet.name == "Settings"
    yield from _columns("setting" if settings else "column", SETTINGS if settings else sheet.columns)
    yield ""


def _columns(name: str, columns: Sequence[Column]) -> Iterator[str]:
    yield HEAD.format(name=name)
    for c in columns:
        header = c.header.format(f"‹{c.family}›") if c.family else c.header
        kind = " / ".join(c.choices) or (" or ".join(c.refs) if c.refs else c.kind)
        kind += f" ({c.week})" if c.week else ""
        usual = f" More than {c.usual:,g} draws a warning." if c.usual is not None else ""
        example = f" Example: `{c.example}`." if c.example else ""
        yield f"| {header} | {kind} | {c.unit} | {c.meaning_of_blank} | {c.help}{usual}{example} |"


if __name__ == "__main__":
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(encoding="utf-8", newline="\n")
    sys.stdout.write(page())
