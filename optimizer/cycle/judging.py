"""Years judged as one plan: every rule over all weeks at once, and money by fiscal year.

Money is a matter of each year: what was signed up to then, whichever year signed it, is counted at that year's prices
and held against that year's rows. So a year that is within its money by itself is so among the others, unless something
runs into it that it does not know of.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from optimizer.cycle.glue import Year, first_of_each, glue
from optimizer.domain import Case, Plan
from optimizer.domain.differences import later
from optimizer.rules import RULES, Finding, check_all

MONEY = "budget"  # the rule's id


def judge(years: Sequence[Year]) -> tuple[Case, tuple[Finding, ...]]:
    """The years as one case, and what every rule finds in their plans; weeks count from the first one's start."""
    case, plan = glue(years)
    money = _money(years, case, plan)
    return case, tuple(money if f.rule == MONEY else f for f in check_all(case, plan))


def _money(years: Sequence[Year], whole: Case, plan: Plan) -> Finding:
    found = []
    for y in years:
        offset = (y.case.calendar.start - whole.calendar.start).days // 7
        made = RULES[MONEY].check(_terms(y, whole), later(plan, -offset))
        moved = (replace(b, week=None if b.week is None else b.week + offset) for b in made.breaches)
        found.append(replace(made, breaches=tuple(moved)))
    return Finding(MONEY, sum(f.tested for f in found), tuple(b for f in found for b in f.breaches))


def _terms(y: Year, whole: Case) -> Case:
    """The case by which a year's money is judged: its signed weeks, its money, its prices; of the other years only what
    it does not have itself. A set costs its upkeep from when the year has it; a set that it does not have costs none.
    """
    own = y.case
    absent = (replace(q, available=y.weeks) for q in whole.sets)
    return replace(
        whole,
        settings=replace(own.settings, calendar=replace(own.calendar, weeks=y.weeks)),
        unit_types=first_of_each((*own.unit_types, *whole.unit_types)),
        units=first_of_each((*own.units, *whole.units)),
        elements=first_of_each((*own.elements, *whole.elements)),
        upgrades=first_of_each((*own.upgrades, *whole.upgrades)),
        sets=first_of_each((*own.sets, *absent)),
        budgets=own.budgets,
        scenarios=own.scenarios,
        cr=own.cr,
    )
