"""Constraint-programming reading: points covered up to each level, week by week."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from itertools import chain
from math import gcd
from typing import Any

import numpy as np

from optimizer.domain.network import credits
from optimizer.domain.supply import NOMINAL, area_prices, demand, points_vector
from optimizer.quantities import MILLI
from optimizer.rules.literals import Literals

Supply = dict[tuple[int, int, int], list[tuple[int, Any]]]  # (country, capability, week): (micro-points, literal)


MANY = 4  # equals from which on they are counted by a variable of their own


def terms(model: Any, space: Literals) -> Iterator[tuple[float, Any]]:
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


def priced(model: Any, space: Literals, scenario: Any) -> Iterator[tuple[float, Any]]:
    """Coverage under a scenario as (score per unit, variable)."""
    prices = area_prices(space.case)
    for (c, k, level), unit, x in covered(model, space, scenario):
        yield float(prices[c, k, level]) * unit, x


def covered(model: Any, space: Literals, scenario: Any) -> list[tuple[tuple[int, int, int], int, Any]]:
    """((country, capability, level), micro-points per unit, variable) for what is covered of each
    level's increment in each week. Points are counted in their greatest common unit."""
    key = ("covered", scenario.id)
    if key not in space.memo:
        found, wanted = [], demand(space.case)
        for (c, k, t), given in supply(model, space, scenario).items():
            steps = [int(x) for x in wanted[c, k, :, t]]
            unit = gcd(*steps, *(n for n, _ in given))
            if steps and steps[-1] and unit:
                made = _levels(model, space.top, [x // unit for x in steps], [(n // unit, x) for n, x in given])
                found += [((c, k, level), unit, x) for level, x in made]
        space.memo[key] = found
    return space.memo[key]


def _levels(model: Any, top: Any, steps: list[int], given: list[tuple[int, Any]]) -> list[tuple[int, Any]]:
    """One variable per level. Up to each level nobody is worth more than the level asks."""
    made: list[tuple[int, Any]] = []
    most = sum(n * (1 if isinstance(x, int) else top(x)) for n, x in given)
    for level, (low, high) in enumerate(zip([0, *steps], steps, strict=False)):
        if high > low and most > low:
            made.append((level, model.new_int_var(0, min(high, most) - low, "covered")))
            if any(n > high for n, _ in given):
                model.add(sum(x for _, x in made) <= sum(min(n, high) * x for n, x in given))
    model.add(sum(x for _, x in made) <= sum(n * x for n, x in given))
    return made


def supply(model: Any, space: Literals, scenario: Any) -> Supply:
    """Micro-points by country, capability and week under a scenario."""
    alike: dict[tuple[bytes, int], list[Any]] = {}
    for worth, t, x in chain(_elements(space, scenario), _stored(space, scenario)):
        if not (isinstance(x, int) and not x):
            alike.setdefault((worth.tobytes(), t), []).append(x)
    shape = (len(space.case.countries), len(space.case.capabilities))
    where: dict[bytes, list[tuple[int, int, int]]] = {}
    for key, _ in alike:
        if key not in where:
            table = np.frombuffer(key, dtype=np.int64).reshape(shape)
            where[key] = [(int(c), int(k), int(table[c, k])) for c, k in np.argwhere(table > 0)]
    found: Supply = {}
    for (key, t), lits in alike.items():
        counted = _together(model, lits) if where[key] else []
        for c, k, n in where[key]:
            found.setdefault((c, k, t), []).extend((n, x) for x in counted)
    return found


def _together(model: Any, lits: list[Any]) -> list[Any]:
    """Many of the same worth are counted once for all sums they enter."""
    if len(lits) < MANY:
        return lits
    number = model.new_int_var(0, len(lits), "alike")
    model.add(number == sum(lits))
    return [number]


@lru_cache(maxsize=1024)
def _worth(case: Any, kind: Any, site: str, routes: frozenset[str]) -> np.ndarray:
    """Micro-points of an element of a type at a site, by country and capability."""
    at = [s.id for s in case.sites].index(site)
    worth = np.multiply.outer(
        credits(case, case.types[kind].movement, routes)[at], points_vector(case, case.types[kind])
    )
    return np.ascontiguousarray(worth, dtype=np.int64)


def _elements(space: Literals, scenario: Any) -> Iterator[tuple[np.ndarray, int, Any]]:
    case, routes = space.case, scenario.closed_routes
    for p in space.posts:
        late = scenario.delay(p.slot.unit)
        for t in space.weeks:
            for site, x in space.located(p, t, late, scenario.lost_sets).items():
                yield _worth(case, p.kind.id, site, routes), t, x
    for part in space.parts:
        who = part.who
        if who.mode is None or who.set_id in scenario.lost_sets or scenario.delay(case.element[who.element].unit):
            continue
        for (site, w), x in part.takes.items():
            worth = _worth(case, case.element[who.element].type, site, routes)
            for t in range(max(w, 0), min(w + part.run.exercise.weeks, case.weeks)):
                yield worth, t, x


def _stored(space: Literals, scenario: Any) -> Iterator[tuple[np.ndarray, int, Any]]:
    """Sets that stand somewhere, neither held nor in maintenance."""
    case = space.case
    at, credit = {s.id: i for i, s in enumerate(case.sites)}, credits(case, "heavy", scenario.closed_routes)
    for q in case.sets:
        if q.id in scenario.lost_sets:
            continue
        life, points = space.lives[q.id], points_vector(case, dict(q.worth))
        worth = {
            s: np.multiply.outer(credit[at[s]], points) * case.settings.set_credit // MILLI
            for s in dict.fromkeys(b.site for b in life.bays)
        }
        for t in range(max(q.available, 0), case.weeks):
            idle = space.idle(q.id, t)
            for site in worth:
                here = space.logic.total(x for (b, _), x in life.stand_in(t) if b.site == site)
                yield worth[site], t, space.logic.both(here, idle)
