"""What differs from the last plan."""

from __future__ import annotations

import numpy as np

from optimizer.domain import Case, Plan
from optimizer.rules.audit import clip


def score(case: Case, plan: Plan) -> float:
    """Changes priced: never positive; nothing unless replanning."""
    if not case.settings.replan:
        return 0.0
    places, events = changes(case, plan)
    return -case.settings.change_price * places - case.settings.change_price_event * events


def changes(case: Case, plan: Plan) -> tuple[int, int]:
    """(element-weeks and set-weeks at another place, exercises and upgrades placed or timed
    differently) against the last plan. Home, and the road for a set, are places too; events
    of the last plan that lie outside this one are past and do not count."""
    moved = int((_where(case, plan) != _where(case, case.last)).sum())
    old, new = _events(case, case.last), _events(case, plan)
    return moved, sum(old.get(key) != new.get(key) for key in {*old, *new})


def _where(case: Case, plan: Plan) -> np.ndarray:
    """Index of the site (-1 none) of every element, then every set, by week."""
    at = {s.id: i for i, s in enumerate(case.sites)}
    row = {("element", e.id): i for i, e in enumerate(case.elements)}
    row |= {("set", q.id): len(case.elements) + i for i, q in enumerate(case.sets)}
    out = np.full((len(row), case.weeks), -1, dtype=np.int64)
    for r in plan.rotations:
        for p in r.postings:
            out[row["element", p.element], clip(case, p.arrive, p.depart)] = at[p.site]
    for stay in plan.stays:
        out[row["set", stay.set_id], clip(case, stay.start, stay.end)] = at[stay.site]
    return out


def _events(case: Case, plan: Plan) -> dict[tuple[str, str], tuple[str | None, int]]:
    """(host, start) of exercises and upgrades that start inside the plan."""
    inside = range(case.weeks)
    found: dict[tuple[str, str], tuple[str | None, int]] = {}
    for run in plan.runs:
        if run.start in inside:
            found["exercise", run.exercise] = run.site, run.start
    for b in plan.purchases:
        if b.start in inside:
            found["upgrade", b.upgrade] = None, b.start
    return found
