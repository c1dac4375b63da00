"""Two models written apart prove the same optimum, and every rule is one that matters to it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from optimizer.domain import Case, Need
from optimizer.domain.outcome import Options
from optimizer.engines import cpsat, linear
from optimizer.engines.cpsat.model import build
from optimizer.engines.cpsat.search import run
from optimizer.rules import RULES
from tests.build import case, setting
from tests.chance import random_case

SEEDS = tuple(s for s in range(25) if s not in (9, 10))  # which take seconds


@pytest.mark.parametrize("seed", SEEDS)
def test_both_engines_prove_the_same_optimum(seed: int) -> None:
    made = random_case(seed, weeks=6)
    first, second = (engine.solve(made, Options(workers=1)) for engine in (linear, cpsat))
    assert (first.status, second.status) == ("optimal", "optimal")
    assert first.score == pytest.approx(second.score, rel=1e-6)
    assert first.bound == pytest.approx(second.bound, rel=2e-6)


def _hard_floor() -> Case:
    """Ten people of a floor cost more than they are worth, unless they must be there."""
    made = case(6, units={"U1": "INF"}, demands=(), settings={"floor_hard": True, "floor_price": 0.0})
    return replace(made, countries=tuple(replace(c, floor=10 if c.id == "LT" else 0) for c in made.countries[1:]))


def _late_upgrade() -> Case:
    """Rukla has no place for anyone before it is built up, which may begin in week 3."""
    made = case(8, units={"U1": "INF"}, upgrades={"B1": {"earliest": 3, "cost": 10_000}})
    return replace(made, sites=tuple(replace(s, places=0, handover_places=0) for s in made.sites))


def _hasty_return() -> Case:
    """Two weeks after its rotation the company would be flown in for an exercise that is worth more than it."""
    needs = (Need("N1", "TANK", 1, "home"),)
    exercise = {"earliest": 8, "latest": 8, "value": 90.0, "needs": needs}
    return case(10, units={"U1": "TANK"}, exercises={"X1": exercise}, settings={"turnaround": True})


def _loaded() -> Case:
    """Two exercises of two weeks in a stay of six at most are worth it, but more than half of its weeks."""
    needs = (Need("N1", "INF", 1, "theatre"),)
    worth = {"weeks": 2, "value": 20.0, "needs": needs}
    made = case(8, units={"U1": "INF"}, exercises={"X1": worth, "X2": worth})
    return replace(made, unit_types=tuple(replace(y, exercise_load=500) for y in made.unit_types))


BINDING = {
    **dict.fromkeys(("availability", "together", "set-location", "set-maintenance"), lambda: random_case(3)),
    **dict.fromkeys(("exercise-needs", "locks"), lambda: random_case(3)),
    **dict.fromkeys(("rotation-length", "one-place", "site-capacity", "set-custody"), lambda: random_case(4)),
    **dict.fromkeys(("exercise-window", "budget"), lambda: random_case(4)),
    "dwell": lambda: random_case(1),
    "host-cap": lambda: random_case(7),
    "range-capacity": lambda: random_case(12),
    "presence-floor": _hard_floor,
    "upgrades": _late_upgrade,
    "turnaround": _hasty_return,
    "exercise-load": _loaded,
}


@pytest.mark.parametrize("rule", RULES)
def test_without_a_rule_the_best_plan_breaks_it(rule: str) -> None:
    made = BINDING[rule]()
    found = run(build(made, [r for r in RULES if r != rule]), Options(workers=1), 20.0)
    assert found.status == "OPTIMAL"
    assert found.plan is not None
    assert RULES[rule].check(made, found.plan).breaches


def test_scenarios_weighed_and_the_worst_country() -> None:
    """Terms that are a minimum of sums are proven as sharply as the rest."""
    made = setting(random_case(12, extras=False), worst_country_price=0.3)
    first, second = (engine.solve(made, Options(workers=1)) for engine in (linear, cpsat))
    assert (first.status, second.status) == ("optimal", "optimal")
    assert first.score == pytest.approx(second.score, rel=1e-6)
