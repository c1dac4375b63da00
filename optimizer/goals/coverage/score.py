"""Weighted coverage of demand, as planned or over weighed scenarios."""

from __future__ import annotations

import numpy as np

from optimizer.domain import Case, Plan, Scenario
from optimizer.domain.supply import NOMINAL, area_prices, covered, supply
from optimizer.quantities import MILLI
from optimizer.rosters import lenient


def score(case: Case, plan: Plan) -> float:
    """Coverage of the plan; with scenarios weighed, expected and worst value mixed."""
    s = case.settings
    nominal = under(case, plan, NOMINAL)
    weighed = [x for x in case.scenarios if x.weight > 0] if s.weigh_scenarios else []
    if not weighed:
        return nominal
    values = [under(case, plan, x) for x in weighed]
    rest = MILLI - sum(x.weight for x in weighed)
    expected = (rest * nominal + sum(x.weight * v for x, v in zip(weighed, values, strict=True))) / MILLI
    return ((MILLI - s.worst_scenario_weight) * expected + s.worst_scenario_weight * min(nominal, *values)) / MILLI


def under(case: Case, plan: Plan, scenario: Scenario) -> float:
    """Coverage if ``scenario`` comes true: exact points summed over weeks, priced once."""
    reached = covered(case, supply(lenient(case, plan), plan, scenario)).sum(axis=3)
    return float((np.diff(reached, axis=2, prepend=0) * area_prices(case)).sum())
