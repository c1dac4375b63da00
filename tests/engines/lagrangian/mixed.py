"""Small cases that draw a few of all features."""

from __future__ import annotations

import random
from dataclasses import replace
from functools import cache
from math import inf
from typing import Any

from optimizer.domain import Case, Closure, Lock, Need, Plan, Scenario, Window
from optimizer.domain.outcome import Options, Status
from optimizer.engines import cpsat
from tests.build import COUNTRIES, UNIT_TYPES, budget, case, plan, rot, run, standing


def mixed(seed: int) -> Case:
    """A small case that draws a few of all features: every rule and every term now and then."""
    r = random.Random(seed)
    weeks = r.randint(6, 8)

    def maybe(share: float) -> bool:
        return r.random() < share

    units = {"U1": r.choice(["TANK ART?", "TANK", "INF INF?", "INF INF TANK"]), "U2": r.choice(["TANK", "ART", "INF"])}
    sets = {"S1": _set(r)} if maybe(0.7) else {}
    if maybe(0.25):
        sets["S2"] = _set(r)
    exercises: dict[str, dict[str, Any]] = {"X1": _exercise(r)} if maybe(0.8) else {}
    if maybe(0.4):
        exercises["X2"] = {**_exercise(r), "group": "G", "spacing": 1}
        exercises.setdefault("X1", {})["group"] = "G"
    upgrades = {"B1": {"cost": r.randint(1, 3) * 500_000, "range_echelon": r.choice(["none", "battalion"])}}
    settings: dict[str, Any] = {
        "release": r.choice([-52, -3, 0]),
        "floor_price": r.choice([0.0, 0.05]),
        "worst_country_price": r.choice([0.0, 1.0]),
        "founding_act": maybe(0.2),
        "founding_act_weeks": 4,
        "cost_price": r.choice([0.001, 0.3]),
    }
    more: dict[str, Any] = {}
    if maybe(0.3):
        settings |= {"weigh_scenarios": True, "worst_scenario_weight": r.choice([0, 300])}
        more["scenarios"] = (
            Scenario("L", "late", 200, late_units=frozenset({"U1"}), late_weeks=1, lost_sets=frozenset(sets)),
            Scenario("C", "corridor", 100, closed_routes=frozenset({"corridor"}), budget_factor=900),
        )
    if maybe(0.5):
        lines = ("presence", "exercises", "prepositioning", "infrastructure")
        more["budgets"] = tuple(budget(r.randint(1, 9), n) for n in lines)
    if maybe(0.2):
        settings["total_cap"] = r.randint(4, 12) * 1_000_000
    more["countries"] = tuple(
        replace(c, floor=r.choice([0, 100]), cap=r.choice([None, 150, 250]), handover_cap=r.choice([None, 220]))
        for c in (replace(c, brigade_cap=r.choice([None, 30, 60])) for c in COUNTRIES)
    )
    if maybe(0.4):
        more["closures"] = (Closure(r.choice(["DRA", "PL"]), 2, 4, r.choice(["places", "range", "all"]), 100),)
    more["unit_types"] = tuple(replace(y, brigades=25, stagger=r.choice([0, 0, 1])) for y in UNIT_TYPES)
    made = case(weeks, units=units, sets=sets, exercises=exercises, upgrades=upgrades, settings=settings, **more)
    if maybe(0.4):
        made = replace(made, windows=(Window("U1", -9, r.randint(3, weeks)), Window("U2", r.randint(0, 2), weeks + 9)))
    if maybe(0.35):
        made = _replanned(made, r)
    return replace(made, locks=tuple(_lock(made, r, i) for i in range(r.choice([0, 0, 1, 2]))))


@cache
def optimum(seed: int) -> tuple[float, Plan | None]:
    """The best score of ``mixed(seed)``, minus infinity where it has no plan, and a plan of it; proven by CP-SAT."""
    best = cpsat.solve(mixed(seed), Options(workers=1))
    assert best.status in (Status.optimal, Status.infeasible)
    return (-inf if best.score is None else best.score), best.plan


def _set(r: random.Random) -> dict[str, Any]:
    upkeep = {"interval": r.choice([0, 3, 6]), "maintenance_weeks": 1, "last_maintenance": r.choice([-4, 0])}
    return {"start_site": r.choice(["POZ", None]), "available": r.choice([0, 0, 2]), **upkeep}


def _exercise(r: random.Random) -> dict[str, Any]:
    return {
        "earliest": r.randint(0, 2),
        "value": float(r.randint(2, 20)),
        "echelon": r.choice(["none", "company", "battalion"]),
        "mandatory": r.random() < 0.1,
        "needs": tuple(
            Need(
                f"N{i}",
                r.choice(["TANK", "armour", "fires"]),
                r.choice([1, 1, 2]),
                r.choice(["theatre", "home", "either"]),
                r.choice([None, 3000]),
            )
            for i in range(r.choice([1, 1, 2]))
        ),
    }


def _replanned(made: Case, r: random.Random) -> Case:
    """The case with a last plan whose first rotation is under way."""
    kind = made.element["U1a"].type
    mode = "sea" if kind == "TANK" else "air"
    first = rot("U1", -3, r.randint(1, 3), f"U1a POZ {mode}")
    needy = [run(x.id, "DRA", 4) for x in made.exercises if not x.mandatory][:1]
    last = plan(first, *standing(made), *needy)
    settings = replace(
        made.settings,
        replan=True,
        frozen_weeks=r.choice([0, 1]),
        change_price=r.choice([0.0, 0.2]),
        change_price_event=0.5,
    )
    return replace(made, settings=settings, last=last)


def _lock(made: Case, r: random.Random, i: int) -> Lock:
    rule = r.choice(["prefer", "prefer", "forbid", "must"])
    start = r.randint(1, 3)
    options: list[tuple[str, str, str | None, str | None]] = [
        ("unit", "U1", r.choice([None, "PL"]), None),
        ("element", "U2a", r.choice([None, "POZ"]), None),
    ]
    options += [("set", q.id, "POZ", None) for q in made.sets]
    options += [("exercise", x.id, r.choice([None, "DRA"]), None) for x in made.exercises]
    options += [("participant", "U2a", None, x.id) for x in made.exercises]
    options += [("upgrade", b.id, None, None) for b in made.upgrades]
    kind, subject, place, exercise = r.choice(options)
    price = r.choice([1.5, 3.0, -1.0])
    return Lock(f"K{i}", rule, kind, subject, place, exercise, start, start + r.randint(1, 3), price)
