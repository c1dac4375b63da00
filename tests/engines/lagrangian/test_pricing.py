"""The compiled pricing of the bound agrees with a slow one by enumeration."""

from __future__ import annotations

import random
from dataclasses import replace

import numpy as np
import pytest

from optimizer.domain import Case, Closure, Need
from optimizer.engines.lagrangian.bound.dual import Dual
from optimizer.engines.lagrangian.tables.build import tables
from tests.build import COUNTRIES, budget, case
from tests.engines.lagrangian.rows import cuts_of, noisy, subs_of, theta_near
from tests.engines.lagrangian.slow import Slow


def small(seed: int) -> Case:
    """All parts at once, without stagger, optional elements, locks or scenarios: nothing that
    the bound treats more loosely than the rules do."""
    r = random.Random(seed)
    lines = ("presence", "exercises", "prepositioning", "infrastructure")
    kept = {"interval": 3, "maintenance_weeks": 1, "last_maintenance": -1}
    return case(
        6,
        units={"U1": "TANK ART", "U2": r.choice(["TANK", "INF"])},
        sets={"S1": {"start_site": None, **kept}, "S2": {"available": 1}},
        exercises={
            "X1": {"value": 9.0, "group": "G", "spacing": 1, "echelon": "battalion"},
            "X2": {
                "group": "G",
                "latest": 3,
                "weeks": 1,
                "needs": (Need("N2", "armour", 2, "theatre", 3000), Need("N3", "TANK", 1, "either")),
            },
        },
        upgrades={"B1": {"site": "POZ", "slots": 500, "range_echelon": "brigade", "exercises_at_once": 1}},
        settings={"worst_country_price": 1.0, "total_cap": 9_000_000, "founding_act": True, "release": -4},
        countries=tuple(replace(c, floor=50, cap=180, handover_cap=250, brigade_cap=40) for c in COUNTRIES),
        budgets=tuple(budget(r.randint(2, 6), n, quarters=(3_000_000, None, None, None)) for n in lines),
        closures=(Closure("DRA", 2, 3, "all", 90),),
    )


@pytest.mark.parametrize("seed", range(3))
def test_value_by_enumeration(seed: int) -> None:
    """At multipliers on and off the path of the steps, with submodular rows about random solutions."""
    c = small(seed)
    dual = Dual(c, tables(c))
    of, r = dual.lagrangian, np.random.default_rng(seed)
    for n in (0, 30, 300):
        dual.run(n - dual.iterations)
        theta = dual.theta.copy()
        if n == 30:  # all families awake
            for family in range(2):
                noisy(dual, family, r)
            theta = theta_near(dual, r, share=1.0, much=0.2)
            dual.rows.view(theta, "country")[:] = (0.25, 0.75)
            dual.rows.view(theta, "block")[:] = 1.0
            cover = dual.rows.view(theta, "cover")
            np.minimum(cover, of.steps(theta)[:, :, None], out=cover)
            assert (dual.rows.view(theta, "partly") * of._active).any()
        assert n < 30 or dual.rows.view(theta, "whole").any()
        families = {name: dual.rows.view(theta, name) for name in dual.rows.families}
        value, _, _ = of.evaluate(theta)
        slow = Slow(c, families, cuts_of(dual), subs_of(c, dual))
        assert value == pytest.approx(slow.value(), rel=1e-9, abs=1e-6)
        assert any(cut.out for cut in slow.rows)
        assert any(len(cut.needs) > 1 for cut in slow.rows)


def test_slopes_are_those_of_the_value() -> None:
    """Between kinks the value is linear: stepping along the slope changes it by just that much."""
    c = small(0)
    dual = Dual(c, tables(c))
    r = np.random.default_rng(0)
    dual.run(40)
    noisy(dual, 0, r)
    theta = theta_near(dual, r, share=1.0, much=0.3)
    value, _, slope = dual.lagrangian.evaluate(theta)
    exact = 0
    for name in dual.rows.families:
        way = np.zeros(theta.size)
        if name in ("country", "block"):  # weights sum to 1
            continue
        dual.rows.view(way, name)[:] = 1e-6 * r.random(dual.rows.families[name].shape)
        way *= dual.rows.scale * (dual.rows.high > 0)
        after, _, _ = dual.lagrangian.evaluate(theta + way)
        assert after >= value + slope @ way - 1e-9 * abs(value)  # convex
        exact += after == pytest.approx(value + slope @ way, abs=1e-9 * abs(value))
    assert exact >= 12
