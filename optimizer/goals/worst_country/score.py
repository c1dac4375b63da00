"""The least covered country."""

from __future__ import annotations

import numpy as np

from optimizer.domain import Case, Plan
from optimizer.domain.supply import area_prices, covered, demand, supply
from optimizer.rosters import lenient


def score(case: Case, plan: Plan) -> float:
    """Percentage points of full demand covered in the worst country, priced; 0 without demand."""
    if not case.settings.worst_country_price:
        return 0.0
    return case.settings.worst_country_price * 100 * min(shares(case, plan).values(), default=0.0)


def shares(case: Case, plan: Plan) -> dict[str, float]:
    """Value covered over value of full demand, as planned, by country with any demand of value."""
    prices = area_prices(case) / (case.settings.coverage_price or 1.0)
    wanted = _value(demand(case), prices)
    got = _value(covered(case, supply(lenient(case, plan), plan)), prices)
    return {c.id: float(g / w) for c, g, w in zip(case.countries, got, wanted, strict=True) if w > 0}


def _value(points: np.ndarray, prices: np.ndarray) -> np.ndarray:
    """Value by country of cumulative points (countries, capabilities, levels, weeks)."""
    return (np.diff(points.sum(axis=3), axis=2, prepend=0) * prices).sum(axis=(1, 2))
