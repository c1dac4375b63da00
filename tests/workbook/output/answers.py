"""A case with one of everything, a plan for it that holds the rules, and the answer workbook."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from optimizer.domain import Case, Closure, Lock, Maintenance, Plan, Purchase, Reach, Scenario, Stay
from optimizer.domain.outcome import Outcome
from optimizer.quantities import MONEY
from optimizer.report import figures
from optimizer.verify import verify
from optimizer.workbook.output import Made, write_plan
from optimizer.workbook.reading.tables import Tables
from tests import build

WEEKS = 20  # from 2 October 2017: two fiscal quarters


def full_case(**settings: Any) -> Case:
    """Three units, a set with maintenance, two exercises, an upgrade, money by quarter, a last plan, a lock."""
    c = build.case(
        WEEKS,
        units={"U1": "TANK ART?", "U2": "INF", "U3": "INF"},
        sets={"S1": {"interval": 30, "maintenance_weeks": 2, "last_maintenance": -20, "reset_weeks": 1}},
        exercises={"X1": {}, "X2": {"mandatory": False, "value": 3.0, "group": "spring", "spacing": 2}},
        upgrades={"B1": {}},
        settings={"floor_price": 0.01, **settings},
        budgets=(
            build.budget(40, quarters=(30 * MONEY, 35 * MONEY, None, None), last_year=30 * MONEY),
            *(build.budget(10, line) for line in ("exercises", "prepositioning", "infrastructure")),
        ),
        closures=(Closure("RUK", 12, 13, "range"),),
        reach=(Reach("DEP", "LT", 100),),
        scenarios=(Scenario("S", "Corridor closed", 250, frozenset({"corridor"}), frozenset({"S1"})),),
        locks=(Lock("L1", "prefer", "unit", "U1", "PL", start=2, end=6, price=0.5),),
    )
    last = build.plan(build.rot("U2", -2, 2, "U2a RUK air"), Stay("S1", "POZ", 0, WEEKS))
    return replace(c, last=last, countries=(replace(c.countries[0], floor=90, cap=1500), c.countries[1]))


def full_plan() -> Plan:
    """U2 comes home, U1 goes on the set, exercises and leaves, the set rests, moves and is maintained."""
    return build.plan(
        build.rot("U2", -2, 2, "U2a RUK air"),
        build.rot("U1", 3, 8, "U1a POZ set:S1", "U1b POZ air"),
        build.rot("U3", 6, 10, "U3a POZ air"),
        Stay("S1", "POZ", 0, 14),
        Stay("S1", "DRA", 15, WEEKS),
        Maintenance("S1", 9, 11),
        build.run("X1", "POZ", 5, "N1 U1a"),
        Purchase("B1", 4),
    )


def outcome(case: Case, plan: Plan, **changes: Any) -> Outcome:
    """An engine's honest claim about the plan."""
    score = verify(case, plan).score
    return replace(Outcome("search", "feasible", "effort", plan, score, score + 0.1 * abs(score), 12.5), **changes)


def answer(path: Path, case: Case, plan: Plan, inputs: Tables | None = None, **info: Any) -> Path:
    """The answer workbook of a plan."""
    verdict, made = verify(case, plan), Made(inputs, run=info)
    return write_plan(path, case, plan, outcome(case, plan), verdict, figures(case, plan, verdict), made)
