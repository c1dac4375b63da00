"""The workbook's tables as data: the one source of reader, template, documentation and writers.

``SHEETS`` are all tables in workbook order: the input sheets, the five plan sheets and the same
five of the last plan. ``SETTINGS`` are the rows of the Settings sheet.
"""

from __future__ import annotations

from optimizer.workbook.schema import forces, places, plans
from optimizer.workbook.schema.asking import ASK
from optimizer.workbook.schema.kinds import KINDS, REMARKS, WEEKS, Column, Sheet
from optimizer.workbook.schema.merging import CONFLICTS
from optimizer.workbook.schema.settings import SETTINGS, SETTINGS_SHEET
from optimizer.workbook.words import fold

INPUT_SHEETS: tuple[Sheet, ...] = (
    SETTINGS_SHEET,
    places.COUNTRIES,
    places.CAPABILITIES,
    places.LEVELS,
    places.SITES,
    places.CLOSURES,
    places.UPGRADES,
    places.TRAVEL,
    places.REACH,
    forces.UNIT_TYPES,
    forces.UNITS,
    forces.ELEMENTS,
    forces.AVAILABILITY,
    forces.SETS,
    forces.SET_HOLDINGS,
    forces.EXERCISES,
    forces.EXERCISE_HOSTS,
    forces.EXERCISE_NEEDS,
    places.DEMAND,
    places.BUDGET,
    places.SCENARIOS,
    places.LOCKS,
)
PLAN_SHEETS, LAST_SHEETS = plans.PLAN_SHEETS, plans.LAST_SHEETS
SHEETS: tuple[Sheet, ...] = (*INPUT_SHEETS, *PLAN_SHEETS, *LAST_SHEETS, CONFLICTS, ASK)
BY_NAME: dict[str, Sheet] = {s.name: s for s in SHEETS}
SHEET_NAMES: dict[str, str] = {fold(s.name): s.name for s in SHEETS}  # by folded name
SETTING: dict[str, Column] = {fold(s.header): s for s in SETTINGS}  # by folded name
GUIDE = "Read me"  # the sheet of a template that explains the others
CHOICES = "Choices"  # a hidden sheet of a template: drop-downs that draw on two tables
ASKED = "To fill in"  # the sheet of a drafted year that lists what only people know
OWN_SHEETS = frozenset((GUIDE, CHOICES, ASKED, "Faults"))  # sheets the program writes into inputs and does not read

__all__ = [
    "ASK",
    "ASKED",
    "BY_NAME",
    "CHOICES",
    "CONFLICTS",
    "GUIDE",
    "INPUT_SHEETS",
    "KINDS",
    "LAST_SHEETS",
    "OWN_SHEETS",
    "PLAN_SHEETS",
    "REMARKS",
    "SETTING",
    "SETTINGS",
    "SHEETS",
    "SHEET_NAMES",
    "WEEKS",
    "Column",
    "Sheet",
]
