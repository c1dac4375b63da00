"""When and where exercises take place."""

from __future__ import annotations

from collections import defaultdict
from itertools import combinations

import numpy as np

from optimizer.domain import Case, Plan, Run
from optimizer.domain.presence import stands_for
from optimizer.rosters import must_be_held
from optimizer.rules.audit import Audit, clip, spells, weeks
from optimizer.rules.base import Finding


def check(case: Case, plan: Plan) -> Finding:
    """Breaches by exercise (and site, or both of a group); size in weeks or in times."""
    audit = Audit(case, "exercise-window")
    runs: defaultdict[str, list[Run]] = defaultdict(list)
    for run in sorted(plan.runs, key=lambda r: (r.start, r.exercise)):
        runs[run.exercise].append(run)
        _window(audit, run)
        _range_open(audit, run)
    for x in case.exercises:
        held = runs[x.id]
        week = held[1].start if len(held) > 1 else None
        audit.test(len(held) - 1, week, (x.id,), "times", f"{x.id} is held {len(held)} times")
        if x.id in case.held_before:
            first = held[0].start if held else None
            audit.test(len(held), first, (x.id,), "times", f"{x.id} is held again; it was held before the plan")
        elif must_be_held(case, x):
            audit.test(1 - len(held), max(x.earliest, 0), (x.id,), "times", f"{x.id} is mandatory and not held")
    _spacing(audit, plan)
    return audit.finding()


def _window(audit: Audit, run: Run) -> None:
    case, x = audit.case, audit.case.exercise[run.exercise]
    host = int(all(h.site != run.site for h in x.hosts))
    audit.test(host, run.start, (x.id, run.site), "sites", f"{run.site} does not host {x.id}")
    first, last = max(x.earliest, 0), min(x.latest, case.weeks - x.weeks)
    off = max(first - run.start, run.start - last)
    audit.test(off, run.start, (x.id,), "weeks", f"{x.id} starts {weeks(off)} outside its window or the plan")


def _range_open(audit: Audit, run: Run) -> None:
    case, site = audit.case, audit.case.site[run.site]
    closed = np.zeros(case.weeks, dtype=bool)
    for c in case.closures:
        if c.closes in ("range", "all") and stands_for(site, c.place):
            closed[clip(case, c.start, c.end)] = True
    days = clip(case, run.start, run.start + case.exercise[run.exercise].weeks)
    audit.tested += 1
    for first, until in spells(closed[days]):
        text = f"the range of {site.id} is closed during {weeks(until - first)} of {run.exercise}"
        audit.breach(until - first, days.start + first, (run.exercise, site.id), "weeks", text)


def _spacing(audit: Audit, plan: Plan) -> None:
    case = audit.case
    runs = sorted((*case.past_runs, *plan.runs), key=lambda r: (r.start, r.exercise))
    for a, b in combinations(runs, 2):
        x, y = case.exercise[a.exercise], case.exercise[b.exercise]
        before = a in case.past_runs  # of the same exercise: an earlier occurrence
        if x.group and x.group == y.group and (x.id != y.id or before) and b not in case.past_runs:
            gap, wanted = b.start - a.start - x.weeks, max(x.spacing, y.spacing)
            text = f"{y.id} starts {gap} weeks after {x.id} ends; group {x.group} keeps {weeks(wanted)} between them"
            audit.test(wanted - gap, b.start, tuple(sorted({x.id, y.id})), "weeks", text)
