"""Branching on top of the dual: still above every plan, lower than the dual alone."""

from __future__ import annotations

import numpy as np
import pytest

from optimizer.domain.outcome import Options
from optimizer.engines.lagrangian.bound import tree as bound_tree
from optimizer.engines.lagrangian.bound.dual import Dual
from optimizer.engines.lagrangian.bound.tree import Tree
from optimizer.engines.lagrangian.tables.build import tables
from optimizer.engines.linear import solve
from tests.build import budget, case
from tests.engines.lagrangian.test_bound import mixed

SEEDS = range(24)


@pytest.fixture(autouse=True)
def soon(monkeypatch: pytest.MonkeyPatch) -> None:
    """Branch early and often, long before the dual is through."""
    monkeypatch.setattr(bound_tree, "ROOT", 40)
    monkeypatch.setattr(bound_tree, "CHILD", 12)


@pytest.mark.parametrize("seed", SEEDS)
def test_no_plan_beats_the_tree(seed: int) -> None:
    """HiGHS proves the optimum of the exact model; no stop of the tree falls below it."""
    made = mixed(seed)
    best = solve(made, Options(time_limit=120))
    score = -np.inf if best.score is None else best.score
    tree = Tree(made, tables(made))
    for _ in range(12):
        tree.run(30)
        assert tree.bound >= score - 1e-6
    bounds = [b for _, b in tree.trail]
    assert bounds == sorted(bounds, reverse=True)


def test_random_cases_branch() -> None:
    """So that the cases above say something about branching, on units and on exercises."""
    units = exercises = 0
    for seed in SEEDS:
        made = mixed(seed)
        tree = Tree(made, tables(made))
        tree.run(240)
        n = len(made.units)
        windows = [leaf.window for leaf in tree.leaves]
        units += any((w[:n] != (0, made.weeks)).any() for w in windows)
        exercises += any((w[n:] != (0, made.weeks)).any() for w in windows)
    assert units >= 8
    assert exercises >= 4


@pytest.mark.parametrize("seed", [2, 5, 11])
def test_leaves_part_all_choices(seed: int) -> None:
    """Any weeks of first arrivals and starts lie in exactly one leaf or open child, unless a
    leaf without a plan was dropped, which none of these cases has."""
    made = mixed(seed)
    tree = Tree(made, tables(made))
    r = np.random.default_rng(seed)
    tree.run(200)
    windows = [leaf.window for leaf in (*tree.leaves, *tree._open)]
    assert len(windows) > 1
    for _ in range(200):
        weeks = r.integers(0, made.weeks + 1, len(windows[0]))
        inside = [((w[:, 0] <= weeks) & (weeks <= w[:, 1])).all() for w in windows]
        assert sum(inside) == 1


def test_half_a_unit_is_not_enough() -> None:
    """Two like units and money for one and a half: the dual pays for a half, the tree does not."""
    units = {"U1": "TANK", "U2": "TANK"}
    made = case(8, units=units, budgets=(budget(5, "presence"),))
    best = solve(made, Options(time_limit=60))
    dual, tree = Dual(made, tables(made)), Tree(made, tables(made))
    dual.run(1000)
    tree.run(1000)
    assert best.score is not None
    assert best.score - 1e-6 <= tree.bound < dual.bound - 0.2 * (dual.bound - best.score)


def test_branching_ends_when_it_does_not_pay() -> None:
    """Two units and money for both: nothing to branch on lowers the bound below the optimum it reaches."""
    made = case(8, units={"U1": "TANK", "U2": "TANK"}, budgets=(budget(50, "presence"),))
    best = solve(made, Options(time_limit=60))
    assert best.score is not None
    tree = Tree(made, tables(made))
    tree.run(5000)
    assert tree.fruitless
    assert tree.made > 0
    assert 40 < tree.iterations < 5000
    assert best.score - 1e-6 <= tree.bound


def test_resuming_changes_nothing() -> None:
    made = mixed(2)
    whole, parts = Tree(made, tables(made)), Tree(made, tables(made))
    whole.run(120)
    for n in (1, 40, 20, 59):
        parts.run(n)
    assert whole.made > 0
    assert parts.trail == whole.trail
    assert parts.iterations == whole.iterations == 120
    asked = iter([False] * 3 + [True])
    parts.run(10, lambda: next(asked))
    assert parts.iterations == 123
