"""Where everybody is in a plan, and what starts when: the facts that replanning compares.

One reading for the goal, the rule and the engines. ``weeks`` are those looked at, by default every week of the case;
an element at home or on the road, and a set on the move, is nowhere and has no entry.
"""

from __future__ import annotations

import numpy as np

from optimizer.domain.case import Case
from optimizer.domain.plan import Plan, Run

ELSEWHERE = -1  # the index of no site: home, or the road


def bases(plan: Plan, weeks: range) -> dict[tuple[str, int], str]:
    """The site of each element on rotation, by element and week."""
    return {
        (p.element, w): p.site
        for r in plan.rotations
        for p in r.postings
        for w in range(max(p.arrive, weeks.start), min(p.depart, weeks.stop))
    }


def stands(plan: Plan, weeks: range) -> dict[tuple[str, int], str]:
    """The site at which each set stands, by set and week; sets in maintenance stand where they are."""
    return {(s.set_id, w): s.site for s in plan.stays for w in range(max(s.start, weeks.start), min(s.end, weeks.stop))}


def serviced(plan: Plan, weeks: range) -> set[tuple[str, int]]:
    """(set, week) of every week in maintenance, blocks begun before week 0 left out: they are history."""
    return {
        (m.set_id, w)
        for m in plan.maintenance
        if m.start >= 0
        for w in range(m.start, min(m.end, weeks.stop))
        if w in weeks
    }


def runs_starting(plan: Plan, weeks: range) -> dict[tuple[str, int], Run]:
    """The exercises that start, by exercise and week."""
    return {(r.exercise, r.start): r for r in plan.runs if r.start in weeks}


def purchases_starting(plan: Plan, weeks: range) -> set[tuple[str, int]]:
    """(upgrade, week) of every purchase whose building starts."""
    return {(b.upgrade, b.start) for b in plan.purchases if b.start in weeks}


def sites_by_week(case: Case, plan: Plan) -> tuple[np.ndarray, np.ndarray]:
    """Site indices (``ELSEWHERE`` for none) of (elements, sets): int64, shape (elements or sets, weeks of the case)."""
    site = {s.id: i for i, s in enumerate(case.sites)}
    element = {e.id: i for i, e in enumerate(case.elements)}
    own = {q.id: i for i, q in enumerate(case.sets)}
    there = np.full((len(element), case.weeks), ELSEWHERE, dtype=np.int64)
    stood = np.full((len(own), case.weeks), ELSEWHERE, dtype=np.int64)
    for r in plan.rotations:
        for p in r.postings:
            there[element[p.element], max(p.arrive, 0) : max(p.depart, 0)] = site[p.site]
    for stay in plan.stays:
        stood[own[stay.set_id], max(stay.start, 0) : max(stay.end, 0)] = site[stay.site]
    return there, stood
