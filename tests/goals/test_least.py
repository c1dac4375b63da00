"""Nothing that holds the rules scores less than the least score: tried with plans made as costly as a solver can."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest

from optimizer.domain import Lock
from optimizer.domain.outcome import Options
from optimizer.engines.linear import drive, rules_of
from optimizer.engines.linear.encode import decode
from optimizer.goals import score_all
from optimizer.goals.least import least_score
from optimizer.rules import check_all
from tests.build import budget, case, plan, random_case, rot, setting, tweak

NEAR = 1e-6


def costly_plan(c, seed):
    """A plan that holds the rules, with as many and as long rotations, moves and purchases as chance likes."""
    model, rng = rules_of(c), Random(seed)
    for key, at in model.columns.items():
        if key[0] in ("rotate", "move", "buy", "run", "fly"):
            model.objective[at] = rng.random() * (key[3] - key[2] if key[0] == "rotate" else 3)
    answer = drive.solve(model, Options(workers=1, effort="quick"))
    return None if answer.x is None else decode(model.space, model.values(answer.x))


def test_no_plan_scores_less_and_bad_ones_come_near() -> None:
    tried, near = 0, 0
    for seed in range(60):
        c = random_case(seed, weeks=6)
        c = setting(c, cost_price=0.5, change_price=0.4)
        bad = costly_plan(c, seed)
        if bad is None or any(f.breaches for f in check_all(c, bad)):
            continue
        score, least = sum(score_all(c, bad).values()), least_score(c)
        assert score >= least - NEAR, seed
        tried += 1
        near += score < least / 3
    assert tried > 30
    assert near > 6  # the bound is not a figure from another world


def test_floors_over_length_and_cost_add_up() -> None:
    """Twelve weeks, a floor of 80 at 0.05; a company of standard 4 and longest 6: one rotation longer than four
    weeks and its rest of as many take ten, so two can arrive; each costs 2 a week beyond. Cost: 0.001 of the cap."""
    c = case(12, units={"U1": "TANK"}, settings={"floor_price": 0.05, "over_length_price": 2.0, "cost_price": 0.001})
    c = setting(tweak(c, "countries", "PL", floor=80), total_cap=3_000_000)
    kind = c.unit_type("U1")
    assert (kind.rotation_std, kind.rotation_max, kind.dwell_ratio) == (4, 6, 1000)
    assert least_score(c) == pytest.approx(-(12 * 80 * 0.05) - 2 * 2 * 2.0 - 0.001 * 3)
    assert least_score(setting(c, floor_hard=True)) == pytest.approx(-2 * 2 * 2.0 - 0.001 * 3)


def test_lines_that_discourage_count_at_their_worst() -> None:
    c = case(12, units={"U1": "TANK"}, settings={"cost_price": 0.0, "over_length_price": 0.0})
    bad = Lock("P", "prefer", "unit", "U1", "POZ", start=2, end=5, price=-3.0)
    good = replace(bad, id="G", price=7.0)
    once = Lock("E", "prefer", "upgrade", "B1", price=-2.0)
    assert least_score(replace(c, locks=(bad, good))) == pytest.approx(-9.0)
    assert least_score(replace(c, locks=(once,))) == pytest.approx(-2.0)


def test_without_limits_on_money_the_bill_is_the_limit() -> None:
    c = case(12, units={"U1": "TANK"}, settings={"cost_price": 1.0, "over_length_price": 0.0}, budgets=())
    stay = plan(rot("U1", 0, 6, "U1a POZ sea"), rot("U1", 12, 13, "U1a POZ sea"))
    spent = -score_all(c, stay)["cost-trace"]
    assert 0 < spent <= -least_score(c) < 1000
    assert least_score(replace(c, budgets=(budget(2),))) == pytest.approx(-2.0)
