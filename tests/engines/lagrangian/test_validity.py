"""No plan beats the bound, nor the tree of branches on top of it: small cases of all features, proven by CP-SAT."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

import pytest

from optimizer.engines.lagrangian.bound import tree as bound_tree
from optimizer.engines.lagrangian.bound.dual import Schedule
from optimizer.engines.lagrangian.bound.parts.decided import FREE, Decided
from optimizer.engines.lagrangian.bound.tree import Tree
from optimizer.engines.lagrangian.tables.build import tables
from tests.engines.lagrangian.mixed import mixed, optimum
from tests.engines.lagrangian.validity import look

SEEDS = range(24)
SOON = Schedule(first=40, each=10, again=10)


class Grown(NamedTuple):
    """A tree after 480 steps: its bound at every twelfth of them, all its bounds, and what its leaves decide."""

    stops: list[float]
    trail: list[float]
    leaves: list[Decided]


@cache
def grown(seed: int) -> Grown:
    """The tree of ``mixed(seed)``, with short descents, and branching that goes on without fruit."""
    with pytest.MonkeyPatch.context() as short:
        for name, value in (("CHILD", 12), ("SHORT", 3), ("FRUIT", -1.0)):
            short.setattr(bound_tree, name, value)
        made, stops = mixed(seed), []
        tree = Tree(made, tables(made), SOON)
        for _ in range(12):
            tree.run(40)
            stops.append(tree.bound)
        return Grown(stops, [b for _, b in tree.trail], [leaf.decided for leaf in tree.leaves()])


@pytest.mark.parametrize("seed", SEEDS)
def test_no_plan_beats_the_bound(seed: int) -> None:
    """Neither the bound after any number of steps, nor values at multipliers and with submodular rows drawn at
    random, nor leaves that the optimum lies in fall below the optimum."""
    found = look(seed)
    assert found.least >= -1e-6
    assert found.sharp >= -1e-6


@pytest.mark.parametrize("seed", SEEDS)
def test_no_plan_beats_the_tree(seed: int) -> None:
    """At no stop does it fall below the optimum."""
    best, _ = optimum(seed)
    tree = grown(seed)
    assert all(b >= best - 1e-6 for b in tree.stops)
    assert tree.trail == sorted(tree.trail, reverse=True)


def test_random_cases_branch_on_everything() -> None:
    """So that the cases above say something about every kind of decision."""
    units = runs = leaving = again = bases = 0
    for seed in SEEDS:
        weeks, decided = mixed(seed).weeks, grown(seed).leaves
        units += any((d.since > 0).any() or (d.by < weeks).any() for d in decided)
        runs += any((d.run_since > 0).any() or (d.run_by < weeks).any() for d in decided)
        leaving += any((d.leave_since > 0).any() for d in decided)
        again += any((d.again != FREE).any() for d in decided)
        bases += any(d.element.size for d in decided)
    assert units >= 8
    assert runs >= 4
    assert leaving >= 3
    assert again >= 1
    assert bases >= 3
