"""A small case that is planned year after year in seconds."""

from __future__ import annotations

from copy import deepcopy
from pathlib import Path

from optimizer.workbook.forms.template import write_input
from tests.workbook.books import SOUND, Tables, table

LINES = ("presence", "exercises", "prepositioning", "infrastructure")
FAST = ("--engine", "linear", "--effort", "quick", "--look-ahead", "8")


def first(path: Path, change=None) -> Path:
    """The book of the first year, fiscal year 2018; exercise X1 comes every year, X2 every second one."""
    tables: Tables = deepcopy(SOUND)
    for row, every in zip(tables["Exercises"], (1, 2), strict=True):
        row["Every"] = every
    for row in tables["Exercises"]:
        row["Mandatory"] = "no"
    if change:
        change(tables)
    return write_input(tables, path)


def news(path: Path, year: int, amount: str = "100") -> Path:
    """What only people know of a year: its money."""
    rows = [f"{year}|{line}|{amount}" for line in LINES]
    return write_input({"Budget": table("Fiscal year|Line|Amount", *rows)}, path)


def tiny(path: Path, change=None) -> Path:
    """A first year of one unit and one exercise: planned in a moment."""

    def less(tables: Tables) -> None:
        for sheet in ("Units", "Unit types"):
            tables[sheet] = [r for r in tables[sheet] if r[next(iter(r))] in ("C", "GUNS")]
        for sheet in ("Exercises", "Exercise hosts", "Exercise needs"):
            tables[sheet] = [r for r in tables[sheet] if r["Exercise"] == "X2"]
        for sheet in ("Elements", "Availability", "Sets", "Set holdings", "Upgrades", "Scenarios", "Locks", "Reach"):
            del tables[sheet]
        tables["Capabilities"] = [r for r in tables["Capabilities"] if r["Capability"] == "fires"]
        tables["Demand"] = [r for r in tables["Demand"] if r["Capability"] == "fires"]
        for row in tables["Unit types"]:
            del row["Points armor"]
        if change:
            change(tables)

    return first(path, less)
