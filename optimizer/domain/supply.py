"""Supply and demand of points: what coverage is computed from (exact integers)."""

from __future__ import annotations

import numpy as np

from optimizer.domain.case import Case
from optimizer.domain.forces import UnitType
from optimizer.domain.network import credits
from optimizer.domain.plan import Plan
from optimizer.domain.presence import deployments, holds, ready_from
from optimizer.domain.wants import Scenario
from optimizer.quantities import MICRO, MILLI

NOMINAL = Scenario("", "as planned", weight=0)


def points_vector(case: Case, points: dict[str, int] | UnitType) -> np.ndarray:
    """Milli-points by capability, in the order of ``case.capabilities``."""
    by_id = points.points if isinstance(points, UnitType) else points
    return np.array([by_id.get(k.id, 0) for k in case.capabilities], dtype=np.int64)


def demand(case: Case) -> np.ndarray:
    """Cumulative demand in micro-points: shape (countries, capabilities, levels, weeks).

    Where rows overlap the largest holds; a level never asks less than the one below it.
    """
    c_at = {c.id: i for i, c in enumerate(case.countries)}
    k_at = {k.id: i for i, k in enumerate(case.capabilities)}
    l_at = {lv.id: i for i, lv in enumerate(case.levels)}
    shape = (len(c_at), len(k_at), len(l_at), case.weeks)
    out = np.zeros(shape, dtype=np.int64)
    for d in case.demands:
        span = (c_at[d.country], k_at[d.capability], l_at[d.level], slice(max(d.start, 0), max(d.end, 0)))
        out[span] = np.maximum(out[span], d.points * MILLI)
    return np.maximum.accumulate(out, axis=2)


def supply(case: Case, plan: Plan, scenario: Scenario = NOMINAL) -> np.ndarray:
    """Micro-points present for each country: shape (countries, capabilities, weeks).

    Ready elements count where they are based, or at the exercise site while they
    exercise; stored, ready, undrawn sets count at the set credit. Under ``scenario``
    credits are computed with its routes closed, lost sets and whoever fell in on them
    count nothing, and rotations of late units become ready ``late_weeks`` later (an
    exercise they take part in meanwhile loses their points too); whoever of a late unit is
    flown in for an exercise misses it.
    """
    out = np.zeros((len(case.countries), len(case.capabilities), case.weeks), dtype=np.int64)
    at = {s.id: i for i, s in enumerate(case.sites)}
    away: dict[str, list[tuple[int, int, int]]] = {}
    for run in plan.runs:
        end = run.start + case.exercise[run.exercise].weeks
        for who in run.participants:
            if who.mode is None:
                away.setdefault(who.element, []).append((run.start, end, at[run.site]))

    def add(kind: UnitType, site: int, start: int, end: int) -> None:
        if max(start, 0) < end:
            credit = credits(case, kind.movement, scenario.closed_routes)[site]
            out[:, :, max(start, 0) : end] += np.multiply.outer(credit, points_vector(case, kind))[:, :, None]

    for r in plan.rotations:
        late = scenario.delay(r.unit)
        for p in r.postings:
            if p.set_id in scenario.lost_sets:
                continue
            kind, week = case.element_type(p.element), ready_from(case, p) + late
            for start, end, site in sorted(away.get(p.element, ())):
                if not (p.arrive <= start < p.depart):
                    continue
                add(kind, at[p.site], week, min(start, p.depart))
                add(kind, site, max(start, week), min(end, p.depart))
                week = max(week, end)
            add(kind, at[p.site], week, p.depart)
    for d in deployments(case, plan):
        if d.set_id not in scenario.lost_sets and not scenario.delay(case.element[d.element].unit):
            add(case.element_type(d.element), at[d.site], d.ready, d.depart)
    busy = busy_sets(case, plan)
    for stay in plan.stays:
        s = case.prepo[stay.set_id]
        if s.id in scenario.lost_sets:
            continue
        idle = [w for w in range(max(stay.start, 0), min(stay.end, case.weeks)) if not busy[s.id][w]]
        worth = np.multiply.outer(
            credits(case, "heavy", scenario.closed_routes)[at[stay.site]], points_vector(case, dict(s.worth))
        )
        out[:, :, idle] += (worth * case.settings.set_credit // MILLI)[:, :, None]
    return out


def busy_sets(case: Case, plan: Plan) -> dict[str, np.ndarray]:
    """Per set, the weeks in which it is held, resetting, in maintenance or not yet there."""
    busy = {s.id: np.zeros(case.weeks, dtype=bool) for s in case.sets}
    for s in case.sets:
        busy[s.id][: max(s.available, 0)] = True
    for h in holds(case, plan):
        busy[h.set_id][max(h.start, 0) : max(h.end, 0)] = True
    for m in plan.maintenance:
        busy[m.set_id][max(m.start, 0) : max(m.end, 0)] = True
    return busy


def covered(case: Case, supplied: np.ndarray) -> np.ndarray:
    """min(supply, demand up to each level), micro-points: (countries, capabilities, levels, weeks)."""
    least: np.ndarray = np.minimum(supplied[:, :, None, :], demand(case))
    return least


def area_prices(case: Case) -> np.ndarray:
    """Score per micro-point covered, by country and capability and level increment."""
    s = case.settings
    c = np.array([x.weight for x in case.countries])
    k = np.array([x.weight for x in case.capabilities])
    v = np.array([x.value for x in case.levels])
    prices: np.ndarray = s.coverage_price / MICRO * c[:, None, None] * k[None, :, None] * v[None, None, :]
    return prices
