"""When the lines that planners type are true of a plan."""

from __future__ import annotations

import numpy as np

from optimizer.domain import Case, Lock, Plan
from optimizer.domain.presence import stands_for
from optimizer.rules.audit import clip

EVENTS = ("exercise", "participant", "upgrade")


def span(case: Case, lock: Lock) -> tuple[int, int]:
    """The weeks of the plan a line is about."""
    inside = clip(case, 0 if lock.start is None else lock.start, case.weeks if lock.end is None else lock.end)
    return inside.start, max(inside.start, inside.stop)


def happens(case: Case, plan: Plan, lock: Lock) -> int | None:
    """The week in which the event of a line first happens, ``None`` if it does not."""
    start, end = span(case, lock)
    if lock.kind == "exercise":
        runs = (r for r in plan.runs if r.exercise == lock.subject and start <= r.start < end)
        found = [r.start for r in runs if stands_for(case.site[r.site], lock.place)]
    elif lock.kind == "participant":
        runs = (r for r in plan.runs if r.exercise == lock.exercise)
        found = [r.start for r in runs if any(p.element == lock.subject for p in r.participants)]
    else:
        found = [b.start for b in plan.purchases if b.upgrade == lock.subject and start <= b.start < end]
    return min(found, default=None)


def truth(case: Case, plan: Plan, lock: Lock) -> np.ndarray:
    """In which weeks of the plan a line about a unit, element or set is true: bool, shape (weeks,).

    Weeks the line is not about are false. A forbidding line on a unit is about any of its
    elements, every other one about all that are not optional.
    """
    if lock.kind == "set":
        there = np.zeros(case.weeks, dtype=bool)
        for stay in plan.stays:
            if stay.set_id == lock.subject and stands_for(case.site[stay.site], lock.place):
                there[clip(case, stay.start, stay.end)] = True
    elif lock.kind == "element":
        there = _based(case, plan, lock.subject, lock.place)
    elif lock.rule == "forbid":
        there = np.zeros(case.weeks, dtype=bool)
        for e in case.elements_of[lock.subject]:
            there |= _based(case, plan, e.id, lock.place)
    else:
        there = np.ones(case.weeks, dtype=bool)
        for e in case.elements_of[lock.subject]:
            if not e.optional:
                there &= _based(case, plan, e.id, lock.place)
    start, end = span(case, lock)
    out = np.zeros(case.weeks, dtype=bool)
    out[start:end] = there[start:end]
    return out


def _based(case: Case, plan: Plan, element: str, place: str | None) -> np.ndarray:
    out = np.zeros(case.weeks, dtype=bool)
    for r in plan.rotations:
        for p in r.postings:
            if p.element == element and stands_for(case.site[p.site], place):
                out[clip(case, p.arrive, p.depart)] = True
    return out
