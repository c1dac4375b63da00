"""Constraint-programming reading: points covered up to each level, week by week."""

from __future__ import annotations

from collections.abc import Iterator
from math import gcd
from typing import Any

import numpy as np

from optimizer.domain.network import credits
from optimizer.domain.supply import NOMINAL, area_prices, demand, points_vector
from optimizer.quantities import MILLI

Supply = dict[tuple[int, int, int], list[tuple[int, Any]]]  # (country, capability, week): (micro-points, literal)


def terms(model: Any, space: Any) -> Iterator[tuple[float, Any]]:
    s = space.case.settings
    weighed = [x for x in space.case.scenarios if x.weight > 0] if s.weigh_scenarios else []
    if not weighed:
        yield from priced(model, space, NOMINAL)
        return
    worst = s.worst_scenario_weight / MILLI
    cases = [(MILLI - sum(x.weight for x in weighed), NOMINAL), *((x.weight, x) for x in weighed)]
    for weight, scenario in cases:
        for price, x in priced(model, space, scenario):
            yield (1 - worst) * weight / MILLI * price, x
    if worst:
        low, unit = space.lowest([list(priced(model, space, scenario)) for _, scenario in cases])
        yield worst * unit, low


def priced(model: Any, space: Any, scenario: Any) -> Iterator[tuple[float, Any]]:
    """Coverage under a scenario as (score per unit, variable)."""
    prices = area_prices(space.case)
    for (c, k, level), unit, x in covered(model, space, scenario):
        yield float(prices[c, k, level]) * unit, x


def covered(model: Any, space: Any, scenario: Any) -> list[tuple[tuple[int, int, int], int, Any]]:
    """((country, capability, level), micro-points per unit, variable) for what is covered of each
    level's increment in each week. Points are counted in their greatest common unit."""
    key = ("covered", scenario.id)
    if key not in space.memo:
        found, wanted = [], demand(space.case)
        for (c, k, t), given in supply(model, space, scenario).items():
            steps = [int(x) for x in wanted[c, k, :, t]]
            unit = gcd(*steps, *(n for n, _ in given))
            if steps and steps[-1] and unit:
                made = _levels(model, [x // unit for x in steps], [(n // unit, x) for n, x in given])
                found += [((c, k, level), unit, x) for level, x in made]
        space.memo[key] = found
    return space.memo[key]


def _levels(model: Any, steps: list[int], given: list[tuple[int, Any]]) -> list[tuple[int, Any]]:
    """One variable per level. Up to each level nobody is worth more than the level asks."""
    made: list[tuple[int, Any]] = []
    most = sum(n for n, _ in given)
    for level, (low, high) in enumerate(zip([0, *steps], steps, strict=False)):
        if high > low and most > low:
            made.append((level, model.new_int_var(0, min(high, most) - low, "covered")))
            if any(n > high for n, _ in given):
                model.add(sum(x for _, x in made) <= sum(min(n, high) * x for n, x in given))
    model.add(sum(x for _, x in made) <= sum(n * x for n, x in given))
    return made


def supply(model: Any, space: Any, scenario: Any) -> Supply:
    """Micro-points by country, capability and week under a scenario."""
    found: Supply = {}
    for worth, t, x in _elements(space, scenario):
        _add(found, worth, t, x)
    for worth, t, x in _stored(model, space, scenario):
        _add(found, worth, t, x)
    return found


def _add(found: Supply, worth: np.ndarray, t: int, x: Any) -> None:
    if isinstance(x, int) and not x:
        return
    for c, k in np.argwhere(worth > 0):
        found.setdefault((int(c), int(k), t), []).append((int(worth[c, k]), x))


def _worth(space: Any, movement: str, points: np.ndarray, site: str, scenario: Any) -> np.ndarray:
    at = [s.id for s in space.case.sites].index(site)
    return np.multiply.outer(credits(space.case, movement, scenario.closed_routes)[at], points)


def _elements(space: Any, scenario: Any) -> Iterator[tuple[np.ndarray, int, Any]]:
    case = space.case
    for p in space.posts:
        late = scenario.late_weeks if p.slot.unit in scenario.late_units else 0
        points = points_vector(case, p.kind)
        for t in space.weeks:
            for site, x in space.located(p, t, late, scenario.lost_sets).items():
                yield _worth(space, p.kind.movement, points, site, scenario), t, x
    for part in space.parts:
        who = part.who
        if (
            who.mode is None
            or who.set_id in scenario.lost_sets
            or case.element[who.element].unit in scenario.late_units
        ):
            continue
        kind = case.element_type(who.element)
        for (site, w), x in part.takes.items():
            worth = _worth(space, kind.movement, points_vector(case, kind), site, scenario)
            for t in range(max(w, 0), min(w + part.run.exercise.weeks, case.weeks)):
                yield worth, t, x


def _stored(model: Any, space: Any, scenario: Any) -> Iterator[tuple[np.ndarray, int, Any]]:
    """Sets that stand somewhere, neither held nor in maintenance."""
    case = space.case
    for q in case.sets:
        if q.id in scenario.lost_sets:
            continue
        worth = {
            s.id: _worth(space, "heavy", points_vector(case, dict(q.worth)), s.id, scenario)
            * case.settings.set_credit
            // MILLI
            for s in case.sites
        }
        life = space.lives[q.id]
        for t in range(max(q.available, 0), case.weeks):
            idle = space.idle(q.id, t)
            for site in dict.fromkeys(b.site for b in life.bays):
                here = space.logic.total(x for (b, w), x in life.stand_in(t) if b.site == site)
                if worth[site].any():
                    yield worth[site], t, space.logic.both(here, idle)
