"""Locks, frozen weeks, mandatory exercises and change prices as gains per decision.

The search pays ``MUST`` for honouring what is hard, far above any score, and the final
plan is checked anyway. Gains are relative to not doing the thing at all.
"""

from __future__ import annotations

import numpy as np

from optimizer.domain import Case, Lock
from optimizer.domain.presence import sites_of
from optimizer.engines.lagrangian.tables.records import Wishes
from optimizer.rosters import must_be_held

MUST = 1e7


def wishes(case: Case, elements: tuple[str, ...]) -> Wishes:
    """All gains of ``case``; ``elements`` gives the order of the element index."""
    e_at = {e: i for i, e in enumerate(elements)}
    u_at = {u.id: i for i, u in enumerate(case.units)}
    s_at = {s.id: i for i, s in enumerate(case.sites)}
    q_at = {q.id: i for i, q in enumerate(case.sets)}
    b_at = {b.id: i for i, b in enumerate(case.upgrades)}
    hosts = [(x.id, h.site) for x in case.exercises for h in x.hosts]
    needs = [(x.id, n.id) for x in case.exercises for n in x.needs]
    t_n, s_n = case.weeks, len(case.sites)
    element = np.zeros((len(elements), s_n, t_n))
    set_at = np.zeros((len(q_at), s_n, t_n))
    run = np.zeros((len(hosts), t_n))
    join = np.zeros((len(needs), len(elements)))
    buy = np.zeros((len(b_at), t_n))
    units: list[tuple[int, np.ndarray, int, int, float]] = []

    for i, (x, _) in enumerate(hosts):
        run[i] += MUST * must_be_held(case, case.exercise[x])
    for lock in case.locks:
        price = {"must": MUST, "forbid": -MUST, "prefer": lock.price}[lock.rule]
        inside = sites_of(case, lock.place) if lock.place else list(range(s_n))
        start, end = span(case, lock)
        if lock.kind == "element":
            element[e_at[lock.subject], inside, start:end] += price
        elif lock.kind == "unit" and lock.rule == "forbid":
            for e in case.elements_of[lock.subject]:
                element[e_at[e.id], inside, start:end] += price
        elif lock.kind == "unit":
            mask = np.zeros(s_n, dtype=np.bool_)
            mask[inside] = True
            units.append((u_at[lock.subject], mask, start, end, price))
        elif lock.kind == "set":
            set_at[q_at[lock.subject], inside, start:end] += price
        elif lock.kind == "exercise":
            for i, (x, s) in enumerate(hosts):
                if x == lock.subject and s_at[s] in inside:
                    run[i, start:end] += price
        elif lock.kind == "participant":
            for i, (x, _) in enumerate(needs):
                if x == lock.exercise:
                    join[i, e_at[lock.subject]] += price
        else:
            buy[b_at[lock.subject], start:end] += price
    if case.settings.replan:
        _replanning(case, element, set_at, run, join, buy, e_at, s_at, q_at, b_at, hosts, needs)
    buy[[b_at[b] for b in case.bought]] = 0.0  # there already: nothing is won or lost by them

    def trim(a: np.ndarray) -> np.ndarray:
        return a if a.any() else np.zeros((0,) * a.ndim)

    return Wishes(
        trim(element),
        np.array([u[0] for u in units], dtype=np.int64),
        np.array([u[1] for u in units], dtype=np.bool_).reshape(len(units), s_n),
        np.array([u[2] for u in units], dtype=np.int64),
        np.array([u[3] for u in units], dtype=np.int64),
        np.array([u[4] for u in units], dtype=np.float64),
        trim(set_at),
        run,
        trim(join),
        buy,
    )


def span(case: Case, lock: Lock) -> tuple[int, int]:
    """The weeks a lock is about, inside the plan."""
    start = 0 if lock.start is None else max(lock.start, 0)
    end = case.weeks if lock.end is None else min(lock.end, case.weeks)
    return start, max(start, end)


def _replanning(case, element, set_at, run, join, buy, e_at, s_at, q_at, b_at, hosts, needs) -> None:
    """Change prices over the whole plan, and ``MUST`` in the frozen weeks."""
    s, t_n = case.settings, case.weeks
    price = np.full(t_n, s.change_price)
    price[: s.frozen_weeks] = MUST
    event = np.full(t_n, s.change_price_event)
    event[: s.frozen_weeks] = MUST
    based = np.full((len(e_at), t_n), -1)
    for r in case.last.rotations:
        for p in r.postings:
            based[e_at[p.element], max(p.arrive, 0) : max(p.depart, 0)] = s_at[p.site]
    for e in e_at.values():
        home = based[e] < 0
        element[e][:, home] -= price[home]
        away = np.flatnonzero(~home)
        element[e, based[e, away], away] += price[away]
    for stay in case.last.stays:
        weeks = np.arange(max(stay.start, 0), min(stay.end, t_n))
        set_at[q_at[stay.set_id], s_at[stay.site], weeks] += price[weeks]
    run -= event
    for old in case.last.runs:
        for i, (x, site) in enumerate(hosts):
            if x == old.exercise and site == old.site and 0 <= old.start < t_n:
                run[i, old.start] += 2 * event[old.start]
        if 0 <= old.start < s.frozen_weeks:
            kept = {(p.need, p.element) for p in old.participants}
            for i, (x, n) in enumerate(needs):
                for e, j in e_at.items():
                    if x == old.exercise:
                        join[i, j] += MUST if (n, e) in kept else -MUST
    buy -= event
    for b in case.last.purchases:
        if 0 <= b.start < t_n:
            buy[b_at[b.upgrade], b.start] += 2 * event[b.start]
