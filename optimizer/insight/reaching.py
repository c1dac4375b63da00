"""The least money for a stated score or coverage: with so much a plan was found, with less than so much there is none.

Every line's money is multiplied alike. What force levels are required is asked of a case in which nothing but the
coverage of one level counts; the bound of that case is one on its coverage.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import numpy as np

from optimizer.domain import Case, Plan
from optimizer.domain.outcome import Options
from optimizer.domain.supply import area_prices, demand
from optimizer.errors import UsageError
from optimizer.insight.finding import Found
from optimizer.insight.frontier import Curve, curve, judged, money_of
from optimizer.report.frontier import Frontier, Point, Reach

TIGHTER = 10  # halvings in which a plan's own money is pinned down
CLOSER = 4  # budgets between the last that failed and the first that did at which one more search is made
PROVEN = 8  # halvings in which the least money is proven


def least_for_score(of: Curve, known: Frontier, target: float) -> Reach:
    """The least money for a score, from the points of a frontier."""
    points = [(Fraction(str(p.factor)), p) for p in known.points]
    return _least(of, points, target, "score", target, "")


def least_for_coverage(
    case: Case, start: Plan, options: Options, factors: list[Fraction], level: str, percent: float
) -> Reach:
    """The least money for a coverage of ``level``, in percent of its weighted demand, among ``factors``; ``start``
    holds the rules of the case."""
    if level not in {lv.id for lv in case.levels}:
        known = ", ".join(lv.id for lv in case.levels)
        raise UsageError(f"there is no level '{level}' to reach (known: {known}, or score)")
    if case.settings.weigh_scenarios:
        raise UsageError(
            "a level is reached in one scenario: with several weighed it is not one figure (--scenario ID)"
        )
    if not 0 < percent <= 100:
        raise UsageError(f"{percent:g} % of {level} is no coverage")
    alone, whole = only(case, level)
    if whole <= 0:
        raise UsageError(f"there is no demand of level '{level}'")
    of, tried = curve(alone, start, options), []
    top = start
    for f in sorted(factors, reverse=True):
        found = _best(judged(of.at(f), top), of.search(f, [top]))
        top = found.plan if found is not None else top
        tried.append((f, Point(float(f), 0.0, None if found is None else found.score, None,
                               plan=None if found is None else found.plan)))  # fmt: skip
        if found is None or found.score < percent / 100 * whole:
            break
    return _least(of, tried[::-1], percent / 100 * whole, f"coverage of {level}", percent, " %")


def only(case: Case, level: str) -> tuple[Case, float]:
    """The case in which nothing but the coverage of demand up to ``level`` counts, and the score of covering it all."""
    s = replace(
        case.settings, coverage_price=1.0, floor_price=0.0, over_length_price=0.0, cost_price=0.0,
        worst_country_price=0.0, worst_scenario_weight=0, change_price=0.0, change_price_event=0.0,
    )  # fmt: skip
    at = [lv.id for lv in case.levels].index(level)
    alone = replace(
        case, settings=s, levels=tuple(replace(lv, value=1.0 if i <= at else 0.0) for i, lv in enumerate(case.levels)),
        exercises=tuple(replace(x, value=0.0) for x in case.exercises),
        locks=tuple(k for k in case.locks if k.rule != "prefer"),
    )  # fmt: skip
    wanted = demand(alone).sum(axis=3)
    return alone, float((np.diff(wanted, axis=2, prepend=0) * area_prices(alone)).sum())


def _least(of: Curve, points: list[tuple[Fraction, Point]], target: float, what: str, told: float, unit: str) -> Reach:
    """``points`` in order of money, ``target`` in score points of the curve's case."""
    reached = [(f, p) for f, p in points if p.score is not None and p.score >= target and p.plan is not None]
    most = max(f for f, _ in points)
    low, high, plan = Fraction(0), most, None
    if reached:
        high, plan = reached[0][0], reached[0][1].plan
        low = max((f for f, _ in points if f < high), default=Fraction(0))
    if plan is not None:
        high = _enough(of, plan, low, high, target)
        for _ in range(CLOSER):
            middle = (low + high) / 2
            found = of.search(middle, [plan])
            if found is not None and found.score >= target:
                plan, high = found.plan, _enough(of, found.plan, low, middle, target)
            else:
                low = middle
    proven = _impossible(of, Fraction(0), high, target)
    money = {f: money_of(of.at(f)) for f in {high, proven} if f is not None}
    return Reach(what, told, None if plan is None else money[high], None if proven is None else money[proven], unit)


def _enough(of: Curve, plan: Plan, low: Fraction, high: Fraction, target: float) -> Fraction:
    """About the least money with which this very plan still holds the rules and scores enough."""
    for _ in range(TIGHTER):
        middle = (low + high) / 2
        found = judged(of.at(middle), plan)
        if found is not None and found.score >= target:
            high = middle
        else:
            low = middle
    return high


def _impossible(of: Curve, low: Fraction, high: Fraction, target: float) -> Fraction | None:
    """About the most money with which it is proven that no plan scores ``target``; ``None`` if that is not even
    proven of no money at all."""
    if of.bound(high) < target:
        return high
    known = None
    for _ in range(PROVEN):
        middle = (low + high) / 2
        if of.bound(middle) < target:
            known = low = middle
        else:
            high = middle
    return known


def _best(one: Found | None, other: Found | None) -> Found | None:
    if one is None or other is None:
        return one or other
    return other if other.score > one.score else one
