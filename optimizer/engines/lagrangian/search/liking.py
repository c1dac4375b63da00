"""What it is worth to keep a plan as it was: prices at which the best response is the one most like it."""

from __future__ import annotations

import numpy as np

from optimizer.domain import Case, Plan
from optimizer.engines.lagrangian.search.seat import Index
from optimizer.engines.lagrangian.tables.records import Tables

KEEP = 4.0  # what an element-week kept in its place is worth, in the dearest element-weeks of the case
ELSEWHERE = 8  # weeks by which it is better to hold an exercise at another time than at another place


def far(tb: Tables, h: int, weeks: np.ndarray | int, site: int, start: int) -> np.ndarray | int:
    """How far an exercise at host row ``h`` in ``weeks`` is from ``site`` and ``start``, in weeks."""
    return np.abs(weeks - start) + ELSEWHERE * (tb.host_site[h] != site)


def liking(case: Case, tb: Tables, at: Index, plan: Plan) -> Tables:
    """The tables of ``case`` with gains for elements based, and exercises held, as in ``plan``."""
    best = np.zeros(len(tb.people))
    for y in range(len(tb.people)):
        for j in range(tb.reach_n[y]):
            best[y] += tb.give[y, :, j].max(initial=0.0) * tb.price[tb.reach[y, j]].max(initial=0.0)
    worth = KEEP * max(float(best.max(initial=0.0)), 1e-3)
    shape = (len(tb.el_unit), len(tb.places), tb.weeks)
    element = tb.wish_element.copy() if tb.wish_element.size else np.zeros(shape)
    for r in plan.rotations:
        for p in r.postings:
            if p.element in at.element:
                element[at.element[p.element], at.site[p.site], max(p.arrive, 0) : max(p.depart, 0)] += worth
    run = tb.wish_run.copy()
    for old in plan.runs:
        x = at.exercise[old.exercise]
        for h in range(tb.host_first[x], tb.host_first[x + 1]):
            run[h] += worth * tb.weeks / (1.0 + far(tb, h, np.arange(tb.weeks), at.site[old.site], old.start))
    return tb._replace(wish_element=element, wish_run=run)
