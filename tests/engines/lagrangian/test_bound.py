"""The Lagrangian bound lies above every plan, from the first multipliers on."""

from __future__ import annotations

import random
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from optimizer.domain import Case, Closure, Demand, Lock, Need, Scenario, Window
from optimizer.domain.outcome import Options
from optimizer.engines.lagrangian.bound.dual import Dual
from optimizer.engines.lagrangian.tables.build import tables
from optimizer.engines.linear import solve
from tests.build import COUNTRIES, UNIT_TYPES, budget, case, plan, rot, run, standing

SEEDS = range(24)


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


@pytest.mark.parametrize("seed", SEEDS)
def test_no_plan_beats_the_bound(seed: int) -> None:
    """HiGHS proves the optimum of the exact model; neither the bound after any number of steps
    nor the value at multipliers drawn at random falls below it."""
    made = mixed(seed)
    best = solve(made, Options(time_limit=120))
    score = -np.inf if best.score is None else best.score
    dual = Dual(made, tables(made))
    r = np.random.default_rng(seed)
    for _ in range(8):
        dual.run(40)
        assert dual.bound >= score - 1e-6
        theta = dual.theta + dual.rows.scale * r.exponential(0.5, dual.theta.size) * (r.random(dual.theta.size) < 0.3)
        theta = np.clip(theta, dual.rows.low, dual.rows.high)
        for name in ("country", "block"):
            view = dual.rows.view(theta, name)
            view[:] = r.dirichlet(np.ones(view.size)) if view.size else view
        assert dual.lagrangian.evaluate(theta)[0] >= score - 1e-6


def test_tight_where_nothing_is_shared() -> None:
    """One unit, no budget: one path, so the bound is the optimum up to convergence."""
    made = case(8, units={"U1": "TANK"})
    best = solve(made, Options(time_limit=60))
    dual = Dual(made, tables(made))
    dual.run(600)
    assert best.score is not None
    assert best.score - 1e-6 <= dual.bound <= best.score * 1.01


def test_a_third_of_a_unit_does_not_serve() -> None:
    """A unit of three, a need of one: serving takes the whole unit, which costs more than
    the exercise is worth, so that the cut brings the bound down to the empty plan's 0."""
    settings = {"coverage_price": 0.0, "cost_price": 1.0}
    needs = (Need("N1", "INF", 1, "theatre"),)
    made = case(
        6, units={"U1": "INF INF INF"}, exercises={"X1": {"needs": needs, "value": 3.1, "cost": 0}}, settings=settings
    )
    dual = Dual(made, tables(made))
    dual.run(600)
    assert 0.0 <= dual.bound < 0.05
    cuts = dual.guidance()["cuts"]
    assert cuts.max() > 0.1


def test_a_third_of_a_unit_does_not_cover() -> None:
    """Three batteries, of which any one fills all demand, and money for a third of their unit:
    element by element a third of the unit covers what the whole does; as one it covers at
    most a third of the weeks' demand."""
    demands = (Demand("PL", "fires", "assure", 0, 8, 1000),)
    made = case(8, units={"U1": "ART ART ART"}, demands=demands, budgets=(budget(2, "presence"),))
    whole, loose = Dual(made, tables(made)), Dual(made, tables(made))
    loose.rows.view(loose.rows.high, "whole")[:] = 0.0
    for dual in (whole, loose):
        dual.run(600)
    best = solve(made, Options(time_limit=60))
    assert best.score is not None
    assert best.score - 1e-6 <= whole.bound < 0.6 * loose.bound


def test_rows_by_unit_are_active_at_random() -> None:
    """So that the random cases above say something about them."""
    active = 0
    for seed in SEEDS:
        made = mixed(seed)
        dual = Dual(made, tables(made))
        dual.run(100)
        active += bool(dual.guidance()["whole"].max(initial=0.0) > 0.01 * dual.guidance()["cover"].max(initial=1e-9))
    assert active >= len(SEEDS) // 3


def test_no_plan_at_all() -> None:
    """A unit that must be in Poland in week 0 and cannot arrive before week 2."""
    made = case(
        6, units={"U1": "ART"}, settings={"release": 1}, locks=(Lock("K", "must", "unit", "U1", "PL", None, 0, 1),)
    )
    dual = Dual(made, tables(made))
    dual.run(5)
    assert dual.bound == -np.inf
    assert dual.iterations == 1


def test_resuming_changes_nothing() -> None:
    made = mixed(2)
    whole, parts = Dual(made, tables(made)), Dual(made, tables(made))
    whole.run(90)
    for n in (1, 40, 49):
        parts.run(n)
    asked = iter([False] * 3 + [True])
    parts.run(10, lambda: next(asked))
    whole.run(3)
    assert parts.iterations == whole.iterations == 93
    assert parts.bound == whole.bound
    np.testing.assert_array_equal(parts.theta, whole.theta)
    assert [b for _, b in whole.trail] == sorted((b for _, b in whole.trail), reverse=True)


def test_money_has_a_price_where_it_is_short() -> None:
    made = case(8, units={"U1": "TANK", "U2": "ART"}, budgets=(budget(3, "presence"),))
    dual = Dual(made, tables(made))
    dual.run(400)
    price = dual.money_price() * 1e6
    assert price.shape == (4, 1)
    assert price[0, 0] > 0.5  # score per unit of money
    assert dual.guidance()["needs"].shape == (0, 8)
