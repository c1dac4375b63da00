"""On tiny random cases the constraint-programming engine proves what looking at every plan finds."""

from __future__ import annotations

from dataclasses import replace

import pytest

from optimizer.domain import Case
from optimizer.domain.outcome import Options
from optimizer.engines import cpsat
from optimizer.rules import check_all
from tests.agreement import brute
from tests.build import UNIT_TYPES, case
from tests.chance import random_case

ALONE = {"weeks": 4, "units": 1}
PAIR = {"weeks": 4, "units": 2, "exercises": 0, "upgrades": 0}
CASES = [(n, ALONE) for n in (1, 6, 7, 8, 10, 12, 17, 25, 27, 31, 35, 39)] + [(n, PAIR) for n in (5, 6, 12, 34, 36)]


def test_every_plan_of_one_company_in_two_weeks() -> None:
    """One company, one site, two weeks, rotations of one or two: none, [0,1), [1,2), [0,2), [1,3), and
    [0,1) with [1,2), which rest forbids. Ready at once, the two weeks [0,2) are worth most."""
    kind = replace(UNIT_TYPES[3], rotation_min=1, rotation_std=2, rotation_max=2, dwell_ratio=1000, stagger=0)
    made = case(2, units={"U1": "INF"}, unit_types=(kind,))
    made = replace(made, sites=made.sites[:1], legs=(), settings=replace(made.settings, cost_price=0.0))
    # half a point of armour at 3 × 1.0 and 0.2 of fires at 3 × 0.5, for Poland alone
    best, count = brute.optimum(made)
    assert count == 5
    assert best == pytest.approx(2 * (0.5 * 3 + 0.2 * 3 * 0.5))


@pytest.mark.parametrize(("seed", "size"), CASES)
def test_the_proven_optimum_is_the_best_of_all_plans(seed: int, size: dict[str, int]) -> None:
    made: Case = random_case(seed, **size)
    best, count = brute.optimum(made)
    outcome = cpsat.solve(made, Options(workers=1))
    if best is None:
        assert (outcome.status, outcome.plan) == ("infeasible", None)
        return
    assert count > 0
    assert (outcome.status, outcome.stop_reason) == ("optimal", "proven")
    assert outcome.score == pytest.approx(best, abs=1e-9)
    assert outcome.bound == pytest.approx(best, rel=1e-6)
    assert outcome.plan is not None
    assert not any(f.breaches for f in check_all(made, outcome.plan))
