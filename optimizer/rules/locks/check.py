"""Rotations under way, must and forbid lines, frozen weeks."""

from __future__ import annotations

from optimizer.domain import Case, Lock, Plan
from optimizer.rules.audit import Audit, spells, weeks
from optimizer.rules.base import Finding
from optimizer.rules.locks.frozen import frozen
from optimizer.rules.locks.truth import EVENTS, happens, span, truth


def check(case: Case, plan: Plan) -> Finding:
    """Breaches by line and subject, or by what is frozen; size in weeks or in events."""
    audit = Audit(case, "locks")
    kept = {(r.unit, r.arrive, r.depart, frozenset(r.postings)) for r in plan.rotations}
    for r in case.underway:
        gone = int((r.unit, r.arrive, r.depart, frozenset(r.postings)) not in kept)
        audit.test(gone, 0, (r.unit,), "rotations", f"the rotation of {r.unit} that is under way is not in the plan")
    for upgrade, week in case.bought.items():
        gone = int(all((b.upgrade, b.start) != (upgrade, week) for b in plan.purchases))
        audit.test(gone, 0, (upgrade,), "purchases", f"upgrade {upgrade}, bought before the plan, is not in the plan")
    for lock in case.locks:
        if lock.rule == "prefer":
            continue
        if lock.kind in EVENTS:
            _event(audit, plan, lock)
        else:
            _weekly(audit, plan, lock)
    if case.settings.replan:
        frozen(audit, plan)
    return audit.finding()


def _event(audit: Audit, plan: Plan, lock: Lock) -> None:
    week = happens(audit.case, plan, lock)
    what = lock.exercise if lock.kind == "participant" else lock.place
    subject = f"{lock.kind} {lock.subject}{f' ({what})' if what else ''}"
    if lock.rule == "must":
        text = f"line {lock.id}: {subject} must happen and does not"
        audit.test(int(week is None), span(audit.case, lock)[0], (lock.id, lock.subject), "events", text)
    else:
        text = f"line {lock.id}: {subject} is forbidden and happens"
        audit.test(int(week is not None), week, (lock.id, lock.subject), "events", text)


def _weekly(audit: Audit, plan: Plan, lock: Lock) -> None:
    start, end = span(audit.case, lock)
    there = truth(audit.case, plan, lock)[start:end]
    audit.tested += len(there)
    verb, where = ("is not", ~there) if lock.rule == "must" else ("is", there)
    for first, until in spells(where):
        text = f"line {lock.id} ({lock.rule}): {lock.kind} {lock.subject} {verb} in {lock.place or 'theatre'}"
        text += f" for {weeks(until - first)}"
        audit.breach(until - first, start + first, (lock.id, lock.subject), "weeks", text)
