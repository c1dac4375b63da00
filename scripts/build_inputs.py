"""Builds the shipped workbooks in ``inputs/`` from the tables in ``data/``; the same data gives the same bytes.

python scripts/build_inputs.py [folder]
"""

from __future__ import annotations

import sys
from pathlib import Path

import data_later as later
import data_record as record
import data_year as year

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))  # also when the package is not installed

from optimizer.workbook.forms.folder import read_folder
from optimizer.workbook.forms.template import write_input

FISCAL_YEAR = 2017
NEWS = (2018, 2019)  # years that are opened from the one before, by their news
AS_TYPED = (
    "Levels",
    "Upgrades",
    "Unit types",
    "Units",
    "Elements",
    "Availability",
    "Set holdings",
    "Exercise needs",
    "Scenarios",
    "Plan rotations",
)
ON_RECORD = ("SILVER_ARROW", "IRON_SWORD")  # October and November 2016, by companies that were there
INPUTS = record.DATA.parent / "inputs"


def real_case(name: str, money: str) -> dict[str, list[record.Row]]:
    """All sheets of the real case under one of the budgets of ``data/choices/money.csv``."""
    settings = [{"Name": "Plan name", "Value": name}, *record.table("choices", "Settings")]
    return {
        "Settings": settings,
        "Countries": record.countries(),
        "Capabilities": record.capabilities(),
        "Sites": record.sites(),
        "Closures": record.closures(),
        "Travel": record.travel(),
        "Sets": record.sets(),
        "Exercises": year.exercises(FISCAL_YEAR),
        "Exercise hosts": year.exercise_hosts(FISCAL_YEAR),
        "Demand": year.demand(FISCAL_YEAR),
        "Budget": year.budget(money, FISCAL_YEAR),
        **{sheet: record.table("choices", sheet) for sheet in AS_TYPED},
    }


def posture(case: dict[str, list[record.Row]]) -> dict[str, list[record.Row]]:
    """``case`` with the posture of 2016 as its plan, and what is under way as the plan before it."""
    plan = {file.stem: record.table("posture", file.stem) for file in sorted((record.DATA / "posture").glob("*.csv"))}
    under_way = case["Plan rotations"]
    return {**case, **plan, "Plan rotations": under_way + plan["Plan rotations"], "Last rotations": under_way}


def executed(case: dict[str, list[record.Row]]) -> dict[str, list[record.Row]]:
    """``case`` with the rotations of FY2017 as the record has them, the sets where they stood, and of the exercises
    the two that companies under way were on record for."""
    under_way = case["Plan rotations"]
    sets = record.table("posture", "Plan sets")
    held = {sheet: [r for r in record.table("posture", sheet) if r["Exercise"] in ON_RECORD]
            for sheet in ("Plan exercises", "Plan participants")}  # fmt: skip
    rotations = under_way + record.table("executed", "Plan rotations")
    return {**case, **held, "Plan sets": sets, "Plan rotations": rotations, "Last rotations": under_way}


def build(folder: Path = INPUTS) -> list[Path]:
    """Write the workbooks into ``folder``; returns them."""
    folder.mkdir(parents=True, exist_ok=True)
    books = {
        "fy2017": real_case("FY2017", "fy2017"),
        "fy2016": real_case("FY2017 at FY2016 money", "fy2016"),
        "posture_2016": posture(real_case("Posture of 2016", "fy2016")),
        "executed_fy2017": executed(real_case("FY2017 as executed", "fy2017")),
        "teaching": read_folder(record.DATA / "teaching"),
    }
    for fiscal_year in NEWS:
        books[f"news_fy{fiscal_year}"] = later.news(fiscal_year)
        books[f"executed_fy{fiscal_year}"] = later.executed(real_case("FY2017", "fy2017"), fiscal_year)
    return [write_input(tables, folder / f"{name}.xlsx") for name, tables in books.items()]


if __name__ == "__main__":
    for path in build(Path(sys.argv[1]) if len(sys.argv) > 1 else INPUTS):
        print(path)
