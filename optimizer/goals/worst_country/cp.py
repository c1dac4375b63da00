"""Constraint-programming reading: the smallest share of value covered among countries."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from optimizer.domain.supply import NOMINAL, area_prices, demand
from optimizer.goals.coverage.cp import covered
from optimizer.rules.literals import Literals


def terms(model: Any, space: Literals) -> Iterator[tuple[float, Any]]:
    case = space.case
    price = case.settings.worst_country_price * 100
    if not price:
        return
    prices = area_prices(case) / (case.settings.coverage_price or 1.0)
    full = (np.diff(demand(case).sum(axis=3), axis=2, prepend=0) * prices).sum(axis=(1, 2))
    found = covered(model, space, NOMINAL)
    shares = [
        [(float(prices[key] * unit / full[c]), x) for key, unit, x in found if key[0] == c]
        for c in range(len(case.countries))
        if full[c] > 0
    ]
    if shares:
        low, unit = space.lowest(shares)
        yield price * unit, low
