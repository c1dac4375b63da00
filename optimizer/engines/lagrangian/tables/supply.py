"""Tables of what is wanted and who supplies it: areas, levels, prices, unit types."""

from __future__ import annotations

from typing import Any

import numpy as np

from optimizer.domain import Case
from optimizer.domain.forces import MODES, MOVEMENTS
from optimizer.domain.network import credits
from optimizer.domain.supply import NOMINAL, area_prices, demand, points_vector
from optimizer.domain.wants import Scenario
from optimizer.engines.lagrangian.kernels.arrays import first, floats, ints
from optimizer.quantities import MILLI


def blocks(case: Case) -> list[tuple[float, Scenario]]:
    """(probability, scenario) blocks whose coverage counts: nominal first."""
    if not case.settings.weigh_scenarios:
        return [(1.0, NOMINAL)]
    weighed = [s for s in case.scenarios if s.weight > 0]
    rest = MILLI - sum(s.weight for s in weighed)
    return [(rest / MILLI, NOMINAL)] + [(s.weight / MILLI, s) for s in weighed]


def areas(case: Case) -> dict[str, Any]:
    found = blocks(case)
    c, k, t = len(case.countries), len(case.capabilities), case.weeks
    d = demand(case).astype(np.float64)
    price = area_prices(case)
    omega = case.settings.worst_scenario_weight / MILLI if len(found) > 1 else 0.0
    share = floats(p * (1.0 - omega) for p, _ in found)
    raw = np.tile(price.reshape(c * k, len(case.levels)), (len(found), 1))
    n_l = len(case.levels)
    full = (np.diff(d, axis=2, prepend=0.0) * price[..., None]).sum(axis=(1, 2, 3))
    return {
        "demand": np.ascontiguousarray(np.tile(d.reshape(c * k, n_l, t), (len(found), 1, 1))),
        "price": raw * np.repeat(share, c * k)[:, None],
        "raw": raw,
        "share": share,
        "omega": omega,
        "area_block": np.repeat(np.arange(len(found)), c * k),
        "area_country": np.tile(np.repeat(np.arange(c), k), len(found)),
        "full": full,
    }


def types(case: Case) -> dict[str, Any]:
    types, modes = case.unit_types, len(MODES)
    n_c, n_k, s_n = len(case.countries), len(case.capabilities), len(case.sites)
    found = blocks(case)
    owned = [np.flatnonzero(points_vector(case, y)) for y in types]
    width = max([len(o) * n_c * len(found) for o in owned], default=1) or 1
    reach = np.zeros((len(types), width), dtype=np.int64)
    give = np.zeros((len(types), s_n, width))
    reach_n = ints(len(o) * n_c * len(found) for o in owned)
    for y, kind in enumerate(types):
        points = points_vector(case, kind)
        at = 0
        for b, (_, scenario) in enumerate(found):
            credit = credits(case, kind.movement, scenario.closed_routes)
            for c in range(n_c):
                for k in owned[y]:
                    reach[y, at] = (b * n_c + c) * n_k + k
                    give[y, :, at] = credit[:, c] * points[k]
                    at += 1
    ok = np.zeros((len(types), modes), dtype=np.bool_)
    lead, rsoi = (np.zeros((len(types), modes), dtype=np.int64) for _ in range(2))
    cost = np.zeros((len(types), modes))
    for y, kind in enumerate(types):
        for m, name in enumerate(MODES):
            if name in kind.modes:
                mode = kind.modes[name]
                ok[y, m], rsoi[y, m], cost[y, m] = True, mode.rsoi_weeks, mode.cost
                lead[y, m] = case.settings.release + mode.lead_weeks
    return {
        "people": ints(y.people for y in types),
        "week_cost": floats(y.week_cost for y in types),
        "back": np.where(ok, lead - case.settings.release, 0) * case.settings.turnaround,
        "past_end": case.settings.look_past_end,
        "turnaround": case.settings.turnaround,
        "load": ints(-1 if y.exercise_load is None else y.exercise_load for y in types),
        "loaded": any(y.exercise_load is not None for y in types),
        "mode_ok": ok,
        "lead": lead,
        "rsoi": rsoi,
        "mode_cost": cost,
        "movement": ints(MOVEMENTS.index(y.movement) for y in types),
        "brigades": ints(y.brigades for y in types),
        "reach": reach,
        "reach_n": reach_n,
        "give": give,
    }


def grains(reach: np.ndarray, reach_n: np.ndarray, give: np.ndarray) -> dict[str, Any]:
    """What the types give, sorted by distinct (area, amount): gains are computed once for each."""
    known_of, cells = [], []
    for y, n in enumerate(reach_n):
        known: dict[tuple[int, float], int] = {}
        for s in range(give.shape[1]):
            pairs = zip(reach[y, :n].tolist(), give[y, s, :n].tolist(), strict=True)
            cells.append([known.setdefault(pair, len(known)) for pair in pairs if pair[1] > 0])
        known_of.append(known)
    return {
        "gr_first": first([len(k) for k in known_of]),
        "gr_area": ints(a for k in known_of for a, _ in k),
        "gr_amount": floats(x for k in known_of for _, x in k),
        "gs_first": first([len(c) for c in cells]),
        "gs": ints(g for c in cells for g in c),
        "most_grains": max([len(k) for k in known_of], default=0),
    }
