"""What the Lagrangian bound does; that no plan beats it is ``test_validity``'s."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from optimizer.domain import Demand, Lock, Need
from optimizer.domain.outcome import Options
from optimizer.engines.lagrangian.bound.carry import carried
from optimizer.engines.lagrangian.bound.dual import Dual
from optimizer.engines.lagrangian.bound.parts import classes
from optimizer.engines.lagrangian.bound.travel import of_tree
from optimizer.engines.lagrangian.bound.tree import Tree
from optimizer.engines.lagrangian.tables.build import tables
from optimizer.engines.linear import solve
from optimizer.verify.bound.judge import prove
from tests.build import budget, case
from tests.engines.lagrangian.mixed import mixed, optimum
from tests.engines.lagrangian.rows import noisy, theta_near

SEEDS = range(24)


def test_random_cases_have_submodular_rows() -> None:
    """So that the cases above say something about them."""
    found = 0
    for seed in SEEDS[:8]:
        made = mixed(seed)
        dual, r = Dual(made, tables(made)), np.random.default_rng(seed)
        dual.run(20)
        found += noisy(dual, 0, r) > 0
    assert found >= 4


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
    cuts = dual.rows.view(dual.best, "cuts")
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
        active += bool(
            dual.rows.view(dual.best, "whole").max(initial=0.0)
            > 0.01 * dual.rows.view(dual.best, "cover").max(initial=1e-9)
        )
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


@pytest.mark.parametrize("seed", [2, 5, 11])
def test_a_bound_sets_out_from_one_found_before(seed: int) -> None:
    """With few steps it is where the other ended, and its certificate proves it; anew it takes many."""
    made = mixed(seed)
    first, anew, again = (Tree(made, tables(made)) for _ in range(3))
    while not first.root.settled:
        first.run(1)
    carrying = of_tree(made, first)
    assert carrying is not None
    again.begin(carried(carrying.certificate, made, again.root.lagrangian))
    again.run(20)
    anew.run(20)
    assert optimum(seed)[0] - 1e-6 <= again.bound <= first.root.bound + 0.01 < anew.bound
    told = of_tree(made, again)
    assert told is not None
    assert prove(made, told.certificate).certified == pytest.approx(again.bound, abs=0.01)


def test_elements_of_which_the_same_is_said_share_their_prices(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever takes part in a frozen exercise stands alone, all others of a type together: the same bound as with
    everybody alone. Where units are told apart anyway (small cases) that is switched off."""
    monkeypatch.setattr(classes, "SMALL", 0)
    fewer = 0
    for seed in range(40):
        made = mixed(seed)
        if not made.settings.replan:
            continue
        made = replace(made, settings=replace(made.settings, frozen_weeks=5))
        shared = Dual(made, tables(made))
        with monkeypatch.context() as alone:
            alone.setattr(classes.Classes, "_joins", lambda self: np.arange(len(self.t.el_type)))
            apart = Dual(made, tables(made))
        fewer += len(shared.lagrangian.parts.profiles) < len(apart.lagrangian.parts.profiles)
        r = np.random.default_rng(seed)
        for _ in range(3):
            theta = theta_near(shared, r)
            assert shared.lagrangian.evaluate(theta)[0] == pytest.approx(apart.lagrangian.evaluate(theta)[0], abs=1e-6)
    assert fewer >= 5


def test_money_has_a_price_where_it_is_short() -> None:
    made = case(8, units={"U1": "TANK", "U2": "ART"}, budgets=(budget(3, "presence"),))
    dual = Dual(made, tables(made))
    dual.run(400)
    price = dual.money_price() * 1e6
    assert price.shape == (4, 1)
    assert price[0, 0] > 0.5  # score per unit of money
    assert dual.rows.view(dual.best, "needs").shape == (0, 8)
