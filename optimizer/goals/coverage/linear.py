"""Coverage: ``("cover", c, k, l, t, scenario)`` points of demand met on one level's increment.

Each level has its own supply row, in which no element counts more than the whole demand up to
that level: in whole numbers this says the same as one supply row, and its relaxation is far tighter.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

import numpy as np

from optimizer.domain import Scenario
from optimizer.domain.network import credits
from optimizer.domain.supply import NOMINAL, area_prices, demand, points_vector
from optimizer.goals.coverage.counts import Counts
from optimizer.quantities import MICRO, MILLI
from optimizer.rules.rows import Key, Row, Space, Terms, put, total


def rows(space: Space) -> Iterator[Row]:
    """Counting rows, supply rows by area, level and week, and the worst scenario's value."""
    counts = Counts(space)
    yield from counts.rows()
    for scenario in [NOMINAL, *(s for _, s in space.scenarios() if counts.matters(s))]:
        yield from _supply(space, counts, scenario)
    if space.scenarios() and space.case.settings.worst_scenario_weight:
        yield Row((), None, {("least",): 1}, "<=", sum(full for _, full in by_country(space).values()))
        for tag in {"": None, **{tag: None for _, tag in _weights(space)}}:
            value = _value(space, tag)
            yield Row((tag,), None, put({("least",): 1}, value.items(), -1), "<=", 0)


def objective(space: Space) -> tuple[Terms, float]:
    """The value of each increment times the probability of its scenario, and of the worst one."""
    worst = space.case.settings.worst_scenario_weight / MILLI if space.scenarios() else 0.0
    terms: Terms = {}
    for probability, tag in _weights(space):
        put(terms, _value(space, tag).items(), probability * (1 - worst))
    return put(terms, [(("least",), worst)] if worst else []), 0.0


def by_country(space: Space) -> dict[str, tuple[Terms, float]]:
    """Per country with demand of value: its share of the value of full demand, as planned."""
    prices, wanted = area_prices(space.case) * MICRO, _increments(space)
    out: dict[str, tuple[Terms, float]] = {}
    for i, c in enumerate(space.case.countries):
        full = float((wanted[i].sum(axis=2) / MICRO * prices[i]).sum())
        if full > 0:
            out[c.id] = ({key: v for key, v in _value(space, "").items() if key[1] == c.id}, full)
    return out


def _weights(space: Space) -> list[tuple[float, str]]:
    """(probability, scenario id), "" where nothing differs from the plan as it is."""
    counts, found = Counts(space), space.scenarios()
    rest = 1 - sum(p for p, _ in found)
    return [(rest, ""), *((p, s.id if counts.matters(s) else "") for p, s in found)]


def _increments(space: Space) -> np.ndarray:
    """Demand each level adds, micro-points: (countries, capabilities, levels, weeks)."""
    return np.diff(demand(space.case), axis=2, prepend=0)


def _value(space: Space, tag: str) -> Terms:
    case, prices = space.case, area_prices(space.case) * MICRO
    ids = [[x.id for x in rows] for rows in (case.countries, case.capabilities, case.levels)]
    found = np.argwhere(_increments(space) > 0).tolist()
    return {
        ("cover", ids[0][c], ids[1][k], ids[2][lv], t, tag): float(prices[c, k, lv])
        for c, k, lv, t in found
        if prices[c, k, lv]
    }


def _supply(space: Space, counts: Counts, scenario: Scenario) -> Iterator[Row]:
    case, wanted, steps = space.case, demand(space.case), _increments(space)
    at = {s.id: i for i, s in enumerate(case.sites)}
    gives: defaultdict[tuple[int, int, int], list[tuple[int, Key]]] = defaultdict(list)

    def give(key: Key, t: int, credit: np.ndarray, points: np.ndarray, share: int = MILLI) -> None:
        for c in np.flatnonzero(credit).tolist():
            for k in np.flatnonzero(points).tolist():
                micro = int(credit[c]) * int(points[k])
                gives[c, k, t].append((micro * share // MILLI if share != MILLI else micro, key))

    for kind, site, t, key in counts.counted(scenario):
        credit = credits(case, case.types[kind].movement, scenario.closed_routes)[at[site]]
        give(key, t, credit, points_vector(case, case.types[kind]))
    for q, site, t, key in counts.stored(scenario):
        credit = credits(case, "heavy", scenario.closed_routes)[at[site]]
        give(key, t, credit, points_vector(case, dict(case.prepo[q].worth)), case.settings.set_credit)
    for c, k, t in np.argwhere((steps > 0).any(axis=2)).tolist():
        who, parties = gives.get((c, k, t), []), (case.countries[c].id, case.capabilities[k].id)
        covered: Terms = {}
        for lv, level in enumerate(case.levels):
            if steps[c, k, lv, t] <= 0:
                continue
            key, most = ("cover", *parties, level.id, t, scenario.id), int(wanted[c, k, lv, t])
            covered[key] = 1
            yield Row((*parties, level.id), t, {key: 1}, "<=", int(steps[c, k, lv, t]) / MICRO)
            supplied = total((name, min(micro, most) / MICRO) for micro, name in who if micro > 0)
            yield Row((*parties, level.id), t, put(dict(covered), supplied.items(), -1), "<=", 0)
