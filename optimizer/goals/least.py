"""The least any plan that holds the rules can score: a bound from below, by arithmetic on the inputs alone."""

from __future__ import annotations

from optimizer.domain import Case, Lock
from optimizer.quantities import MONEY
from optimizer.rosters import rest_weeks
from optimizer.rules.budget.limits import limits
from optimizer.rules.locks.truth import EVENTS, span


def least_score(case: Case) -> float:
    """No plan that holds every rule scores less. A proven upper bound below it is a proof that there is no plan.

    Term by term, each at its worst, as if the others did not matter:

    * coverage ≥ 0: points, credits, weights and values are not negative;
    * exercise value: every exercise of negative value held, no other;
    * preferences: a negative price in every week the line is about (once for an event), no positive one;
    * worst country: a share between 0 and 1 at its price;
    * floor shortfall: nobody anywhere in any week, nothing where floors are hard;
    * over-length: rotations of one unit that arrive in the plan and are longer than the standard lie apart by a
      length of standard + 1 and its rest at least, which says how many there can be, each as long as any may be;
    * changes, when replanning: every element and set elsewhere in every week, every event different;
    * cost: all the money there is (transfers move it, they make no more), or what everybody away all the time costs,
      whichever is less.
    """
    s = case.settings
    worst = sum(min(0.0, x.value) for x in case.exercises)
    worst += sum(_preference(case, lock) for lock in case.locks if lock.rule == "prefer" and lock.price < 0)
    worst += min(0.0, 100 * s.worst_country_price)
    if not s.floor_hard:
        worst -= max(0.0, s.floor_price) * case.weeks * sum(c.floor for c in case.countries)
    worst -= max(0.0, s.over_length_price) * sum(_over_length(case, u.id) for u in case.units)
    if s.replan:
        worst -= max(0.0, s.change_price) * case.weeks * (len(case.elements) + len(case.sets))
        worst -= max(0.0, s.change_price_event) * (len(case.exercises) + len(case.upgrades))
    return worst - max(0.0, s.cost_price) * min(_money(case), _bill(case)) / MONEY


def _preference(case: Case, lock: Lock) -> float:
    first, until = span(case, lock)
    return float(lock.price * (1 if lock.kind in EVENTS else until - first))


def _rotations(case: Case, unit: str, shortest: int) -> int:
    """The most rotations of at least so many weeks that can arrive in the plan."""
    apart = max(shortest, 1) + rest_weeks(case, unit, max(shortest, 1))
    return 1 + (case.weeks - 1) // apart


def _over_length(case: Case, unit: str) -> int:
    kind = case.unit_type(unit)
    beyond = kind.rotation_max - kind.rotation_std
    return beyond * _rotations(case, unit, max(kind.rotation_std + 1, kind.rotation_min)) if beyond > 0 else 0


def _money(case: Case) -> float:
    """All the money of the plan, endless if nothing limits it."""
    held = limits(case)
    total = float("inf") if held.total is None else float(held.total)
    if held.lines is not None:
        years = set(case.calendar.fiscal_years)
        total = min(total, float(sum(v for (year, _), v in held.lines.items() if year in years)))
    return max(total, 0.0)


def _bill(case: Case) -> float:
    """What everything at once would cost: everybody away in every week and brought in as often as can be, each
    exercise staffed from home at its dearest host, each set on the road all the time, each upgrade bought."""
    total = 0
    for e in case.elements:
        kind, dear = case.types[e.type], max((m.cost for m in case.types[e.type].modes.values()), default=0)
        often = _rotations(case, e.unit, case.unit_type(e.unit).rotation_min)
        total += kind.week_cost * case.weeks + dear * often
    dearest = max((m.cost for t in case.unit_types for m in t.modes.values()), default=0)
    weekly = max((t.week_cost for t in case.unit_types), default=0)
    for x in case.exercises:
        flown = sum(n.count for n in x.needs)
        total += x.cost + max((h.cost for h in x.hosts), default=0) + flown * (dearest + weekly * case.weeks)
    total += sum((q.week_cost + q.move_cost) * case.weeks for q in case.sets)
    return float(total + sum(u.cost for u in case.upgrades))


__all__ = ["least_score"]
