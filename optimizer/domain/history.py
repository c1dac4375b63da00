"""What the last plan says of the time before day one: done, never planned again, and binding still.

Pure functions of a case, asked by way of ``Case`` (``case.returned``, ``case.maintained``,
``case.drawable``, ``case.past_runs``, ``case.held_before``, ``case.bought``), so that every rule and engine reads
the same history.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from optimizer.domain.plan import Participant, Plan, Run

if TYPE_CHECKING:
    from optimizer.domain.case import Case


def past(plan: Plan) -> Plan:
    """What was over or had begun before week 0 and is history: rotations and stays that ended,
    maintenance blocks and exercises that started."""
    return Plan(
        rotations=tuple(r for r in plan.rotations if r.depart <= 0),
        stays=tuple(s for s in plan.stays if s.end <= 0),
        maintenance=tuple(m for m in plan.maintenance if m.start < 0),
        runs=tuple(r for r in plan.runs if r.start < 0),
    )


def present(plan: Plan) -> Plan:
    """The rest of it: what a plan from week 0 on can still decide, or finds under way. Stays begin
    in week 0 at the earliest."""
    return Plan(
        rotations=tuple(r for r in plan.rotations if r.depart > 0),
        stays=tuple(replace(s, start=max(s.start, 0)) for s in plan.stays if s.end > 0),
        maintenance=tuple(m for m in plan.maintenance if m.start >= 0),
        runs=tuple(r for r in plan.runs if r.start >= 0),
        purchases=plan.purchases,
    )


def joined(plan: Plan, before: Plan) -> Plan:
    """``plan`` with the history of ``before``: whatever it does not tell already."""
    old = past(before)
    return Plan(
        rotations=(*plan.rotations, *(r for r in old.rotations if r not in plan.rotations)),
        stays=(*plan.stays, *(s for s in old.stays if s not in plan.stays)),
        maintenance=(*plan.maintenance, *(m for m in old.maintenance if m not in plan.maintenance)),
        runs=(*plan.runs, *(r for r in old.runs if r not in plan.runs)),
        purchases=plan.purchases,
    ).tidy()


def returned(case: Case) -> dict[str, tuple[int, int]]:
    """By unit: the week from which it has been home since its last rotation before the plan, and
    the weeks that lasted. The planner's ``Last return`` or the last plan, whichever is later."""
    found: dict[str, tuple[int, int]] = {}
    for u in case.units:
        if u.last_return is not None:
            found[u.id] = u.last_return, u.last_weeks
    for r in case.last.rotations:
        if r.depart <= 0:
            found[r.unit] = max(found.get(r.unit, (r.depart, 0)), (r.depart, r.depart - r.arrive))
    return found


def maintained(case: Case) -> dict[str, int]:
    """By set: the week its last maintenance block begun before week 0 ends, by the planner's ``Last
    maintenance`` or the last plan, whichever is later; week 0, or when it becomes available, if neither tells."""
    ends: dict[str, int] = {}
    for m in case.last.maintenance:
        if m.start < 0:
            ends[m.set_id] = max(m.end, ends.get(m.set_id, m.end))
    found = {}
    for q in case.sets:
        known = [week for week in (q.last_maintenance, ends.get(q.id)) if week is not None]
        found[q.id] = max(known, default=max(q.available, 0))
    return found


def drawable(case: Case) -> dict[str, int]:
    """By set: the first week in which it may be drawn: available, out of a maintenance block begun before
    the plan, and reset after whoever held it until then, or for an exercise that had begun."""
    found = {q.id: q.available for q in case.sets}
    for m in case.last.maintenance:
        if m.start < 0 and m.set_id in found:
            found[m.set_id] = max(found[m.set_id], m.end)
    for r in case.last.rotations:
        for p in r.postings if r.depart <= 0 else ():
            if p.set_id in found:
                found[p.set_id] = max(found[p.set_id], p.depart + case.prepo[p.set_id].reset_weeks)
    for run in case.past_runs:
        for who in run.participants:
            if who.set_id in found:
                end = run.start + case.exercise[run.exercise].weeks
                found[who.set_id] = max(found[who.set_id], end + case.prepo[who.set_id].reset_weeks)
    return found


def past_runs(case: Case) -> tuple[Run, ...]:
    """Exercises of the last plan that had begun before week 0."""
    return tuple(r for r in case.last.runs if r.start < 0)


def flown_in(case: Case) -> frozenset[tuple[str, str, int, Participant]]:
    """Whom the last plan flew in before week 0 for an exercise that starts later: (exercise, host,
    start, participant). They alone may arrive before the plan."""
    found = set()
    for run in case.last.runs:
        for who in run.participants if run.start >= 0 else ():
            terms = None if who.mode is None else case.element_type(who.element).modes.get(who.mode)
            if terms is not None:
                early = max(terms.rsoi_weeks, case.prepo[who.set_id].draw_weeks if who.set_id is not None else 0)
                if run.start < early:
                    found.add((run.exercise, run.site, run.start, who))
    return frozenset(found)


def bought(case: Case) -> dict[str, int]:
    """By upgrade: the week before the plan in which the last plan bought it. Built or building, such
    purchases are under way: in every plan unchanged, paid already, of use from when they are built."""
    return {b.upgrade: b.start for b in reversed(case.last.purchases) if b.start < 0}


def held_before(case: Case) -> frozenset[str]:
    """Exercises held already: begun before week 0, inside their own window. (One begun before its
    window was an earlier occurrence: it counts for the spacing of its group alone.)"""
    return frozenset(r.exercise for r in case.past_runs if r.start >= case.exercise[r.exercise].earliest)
