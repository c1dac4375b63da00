"""The score as an integer objective, and back.

CP-SAT maximises integers. Prices are multiplied by a power of ten and rounded, variable by
variable; what the rounding can amount to in all is known and widens every bound, so that a
bound stated in score points holds for the unrounded score.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np

from optimizer.domain import Case
from optimizer.domain.supply import area_prices, demand

LARGEST = 2**58  # what the sum of |coefficient| × |value| may reach


@dataclass(frozen=True)
class Objective:
    """``score = value / scale + constant``, give or take ``slack`` score points."""

    scale: int
    constant: float
    slack: float

    def score(self, value: float) -> float:
        return value / self.scale + self.constant

    def bound(self, value: float) -> float:
        """An upper bound on the score from an upper bound on the integer objective."""
        return self.score(value) + self.slack


def maximise(model: Any, top: Any, terms: Iterable[tuple[float, Any]]) -> Objective:
    """Set the objective: the sum of price × variable. ``top`` gives a variable's largest value."""
    constant = 0.0
    prices: dict[int, float] = {}
    found: dict[int, Any] = {}
    for price, x in terms:
        if isinstance(x, int):
            constant += price * x
            continue
        if x.index < 0:  # a negated literal is one minus its variable
            constant, price, x = constant + price, -price, ~x
        prices[x.index] = prices.get(x.index, 0.0) + price
        found[x.index] = x
    tops = {i: top(x) for i, x in found.items()}
    scale = _scale([(price, tops[i]) for i, price in prices.items()])
    whole = {i: round(price * scale) for i, price in prices.items()}
    slack = sum(abs(prices[i] * scale - whole[i]) * tops[i] for i in whole) / scale
    # and what floating point itself may have lost on the way
    slack += 1e-12 * sum(abs(prices[i]) * tops[i] for i in whole)
    model.maximize(sum(n * found[i] for i, n in whole.items() if n))
    return Objective(scale, constant, slack)


def _scale(terms: list[tuple[float, int]]) -> int:
    """The smallest power of ten that rounds next to nothing away, as far as integers reach."""
    size = sum(abs(price) * top for price, top in terms)
    scale = 1
    while size * scale * 10 < LARGEST:
        if sum(abs(price * scale - round(price * scale)) * top for price, top in terms) <= 1e-9 * scale:
            break
        scale *= 10
    return scale


def ceiling(case: Case) -> float:
    """A score no plan can exceed: every demand met, every exercise held, every wish granted."""
    met = float((np.diff(demand(case).sum(axis=3), axis=2, prepend=0) * area_prices(case)).sum())
    wishes = sum(
        max(x.price, 0.0) * (case.weeks if x.kind in ("unit", "element", "set") else 1)
        for x in case.locks
        if x.rule == "prefer"
    )
    held = sum(max(x.value, 0.0) for x in case.exercises)
    return met + held + wishes + 100 * case.settings.worst_country_price
