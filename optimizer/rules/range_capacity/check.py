"""What ranges can take."""

from __future__ import annotations

import numpy as np

from optimizer.domain import Case, Plan
from optimizer.domain.places import ECHELONS
from optimizer.rules.audit import Audit, clip, spells, weeks
from optimizer.rules.base import Finding


def check(case: Case, plan: Plan) -> Finding:
    """Breaches by exercise and site; size in echelons or in exercises too many at once."""
    audit = Audit(case, "range-capacity")
    for run in plan.runs:
        x, best = case.exercise[run.exercise], ECHELONS.index(case.site[run.site].range_echelon)
        for b in plan.purchases:
            u = case.upgrade[b.upgrade]
            if u.site == run.site and b.start + u.weeks <= run.start:
                best = max(best, ECHELONS.index(u.range_echelon))
        short = ECHELONS.index(x.echelon) - best
        text = f"{run.site} supports {ECHELONS[best]} level, {x.id} needs {x.echelon}"
        audit.test(short, run.start, (x.id, run.site), "echelons", text)
    for site in {run.site: None for run in plan.runs}:
        _at_once(audit, plan, site)
    return audit.finding()


def _at_once(audit: Audit, plan: Plan, site: str) -> None:
    case = audit.case
    room = np.full(case.weeks, case.site[site].exercises_at_once)
    for b in plan.purchases:
        u = case.upgrade[b.upgrade]
        if u.site == site:
            room[clip(case, b.start + u.weeks, case.weeks)] += u.exercises_at_once
    using = np.zeros(case.weeks, dtype=np.int64)
    spans = [
        (x.id, run.start, run.start + x.weeks)
        for run in plan.runs
        if run.site == site and (x := case.exercise[run.exercise]).echelon != "none"
    ]
    for _, start, end in spans:
        using[clip(case, start, end)] += 1
    over = using - room
    audit.tested += case.weeks
    for first, until in spells(over):
        there = sorted({x for x, start, end in spans if max(start, first) < min(end, until)})
        n = int(over[first:until].max())
        text = f"the range of {site} takes {n} too many of {', '.join(there)} at once for {weeks(until - first)}"
        audit.breach(n, first, (site, *there), "exercises", text)
