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
            "X2": {"group": "G", "latest": 3, "weeks": 1, "needs": (Need("N2", "armour", 2, "theatre", 3000),)},
        },
        upgrades={"B1": {"site": "POZ", "slots": 500, "range_echelon": "brigade", "exercises_at_once": 1}},
        settings={"worst_country_price": 1.0, "total_cap": 9_000_000, "founding_act": True, "release": -4},
        countries=tuple(replace(c, floor=50, cap=180, handover_cap=250, brigade_cap=40) for c in COUNTRIES),
        budgets=tuple(budget(r.randint(2, 6), n, quarters=(3_000_000, None, None, None)) for n in lines),
        closures=(Closure("DRA", 2, 3, "all", 90),),
    )


@pytest.mark.parametrize("seed", range(3))
def test_value_by_enumeration(seed: int) -> None:
    c = small(seed)
    dual = Dual(c, tables(c))
    r = np.random.default_rng(seed)
    for n in (0, 30, 300):
        dual.run(n - dual.iterations)
        theta = dual.theta.copy()
        if n == 30:  # somewhere off the path of the steps, all families awake
            theta += dual.rows.scale * r.random(theta.size) * 0.2
            theta = np.clip(theta, dual.rows.low, dual.rows.high)
            dual.rows.view(theta, "country")[:] = (0.25, 0.75)
            dual.rows.view(theta, "block")[:] = 1.0
            cover = dual.rows.view(theta, "cover")
            np.minimum(cover, dual.lagrangian.steps(theta)[:, :, None], out=cover)
        assert n < 30 or dual.rows.view(theta, "whole").any()
        families = {name: dual.rows.view(theta, name) for name in dual.rows.families}
        cuts = dual.lagrangian.parts.cuts
        rows = list(zip(cuts.need.tolist(), cuts.start.tolist(), cuts.end.tolist(), strict=True))
        value, _, _ = dual.lagrangian.evaluate(theta)
        assert value == pytest.approx(Slow(c, families, rows).value(), rel=1e-9, abs=1e-6)
