"""In which range of a price or weight a decision stays: how much that could change before another plan found is better.

With all else as it is the score of a plan is linear in the weight of a country, in the value of an exercise and in the
price of money. Where two plans score alike is therefore exact, from what each scores now. What is not found is not
compared: a plan that nobody met may be better within the range.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import numpy as np

from optimizer.domain import Case, Plan
from optimizer.domain.supply import NOMINAL, area_prices, covered, supply
from optimizer.goals import cost_trace
from optimizer.insight.finding import Found
from optimizer.quantities import MILLI, same
from optimizer.report.answers import COST, VALUE, WEIGHT, Range

FLAT = 1e-9  # difference of two slopes that is rounding


class Ranges:
    """Of ``found``, a plan in hand of ``case`` with its score. Weights of countries are left out where the worst
    scenario counts for itself: coverage is not linear in them then."""

    def __init__(self, case: Case, found: Found):
        s = case.settings
        weigh = not (s.weigh_scenarios and s.worst_scenario_weight)
        self.prices: list[tuple[str, str, float]] = [(WEIGHT, c.id, c.weight) for c in case.countries if weigh]
        self.prices += [(VALUE, x.id, x.value) for x in case.exercises] + [(COST, "", s.cost_price)]
        ones = tuple(replace(c, weight=1.0) for c in case.countries)
        self.unit = replace(case, countries=ones, settings=replace(s, cost_price=1.0))
        self.found, self._known = found, dict[Plan, np.ndarray]()

    def stays(self, others: Iterable[Found]) -> tuple[Range, ...]:
        """Where none of ``others`` scores more than the plan in hand, each price taken alone: those with a limit, the
        nearest first; nothing where one scores more as it is."""
        low, high = np.full(len(self.prices), -np.inf), np.full(len(self.prices), np.inf)
        for other in others:
            ahead = self.found.score - other.score
            if ahead < 0 and not same(self.found.score, other.score):
                return ()
            gains = self._slopes(self.found.plan) - self._slopes(other.plan)  # over the other plan, for one more
            with np.errstate(divide="ignore", invalid="ignore"):
                meet = -max(ahead, 0.0) / gains
            low = np.where(gains > FLAT, np.maximum(low, meet), low)
            high = np.where(gains < -FLAT, np.minimum(high, meet), high)
        made = [
            Range(kind, of, now, float(now + a) if now + a > 0 else None, float(now + b) if b < np.inf else None)
            for (kind, of, now), a, b in zip(self.prices, low, high, strict=True)
        ]
        return tuple(sorted((r for r in made if r.low is not None or r.high is not None), key=_nearness))

    def _slopes(self, plan: Plan) -> np.ndarray:
        """What the score gains for one more of each price."""
        if plan not in self._known:
            held = {r.exercise for r in plan.runs}
            of: dict[str, dict[str, float]] = {
                WEIGHT: self._coverage(plan),
                VALUE: {x.id: float(x.id in held) for x in self.unit.exercises},
                COST: {"": cost_trace.GOAL.score(self.unit, plan)},
            }
            self._known[plan] = np.array([of[kind][name] for kind, name, _ in self.prices])
        return self._known[plan]

    def _coverage(self, plan: Plan) -> dict[str, float]:
        """Coverage of each country at a weight of one, as expected where scenarios are weighed."""
        case, prices = self.unit, area_prices(self.unit)
        weighed = [x for x in case.scenarios if x.weight > 0] if case.settings.weigh_scenarios else []
        shares = [(MILLI - sum(x.weight for x in weighed), NOMINAL), *((x.weight, x) for x in weighed)]
        value = np.zeros(len(case.countries))
        for share, scenario in shares:
            reached = covered(case, supply(case, plan, scenario)).sum(axis=3)
            value += share / MILLI * (np.diff(reached, axis=2, prepend=0) * prices).sum(axis=(1, 2))
        return {c.id: float(v) for c, v in zip(case.countries, value, strict=True)}


def _nearness(r: Range) -> float:
    """By how much of itself a price may change before a limit is met."""
    return min(abs(limit - r.now) for limit in (r.low, r.high) if limit is not None) / max(abs(r.now), FLAT)
