"""Whether units go as one."""

from __future__ import annotations

from collections import Counter

from optimizer.domain import Case, Plan, Rotation
from optimizer.rules.audit import Audit, weeks
from optimizer.rules.base import Finding


def check(case: Case, plan: Plan) -> Finding:
    """Breaches by unit and element: missing, twice, foreign, out of stagger, set without mode."""
    audit = Audit(case, "together")
    for r in plan.rotations:
        _members(audit, r)
        _stagger(audit, r)
        for p in r.postings:
            who = (r.unit, p.element)
            wrong = int((p.mode == "set") != (p.set_id is not None))
            text = f"{p.element} deploys by {p.mode} with {f'set {p.set_id}' if p.set_id else 'no set named'}"
            audit.test(wrong, r.arrive, who, "sets", text)
    return audit.finding()


def _members(audit: Audit, r: Rotation) -> None:
    case, posted = audit.case, Counter(p.element for p in r.postings)
    audit.test(int(not posted), r.arrive, (r.unit,), "elements", f"{r.unit} deploys without any element")
    for e in case.elements_of[r.unit]:
        who = (r.unit, e.id)
        audit.test(
            posted[e.id] - 1, r.arrive, who, "elements", f"{e.id} is posted {posted[e.id]} times in one rotation"
        )
        missing = int(bool(posted) and not posted[e.id] and not e.optional)
        audit.test(missing, r.arrive, who, "elements", f"{e.id} stays at home while {r.unit} deploys")
    for name in posted:
        foreign = int(case.element[name].unit != r.unit)
        text = f"{name} deploys with {r.unit} but is not part of it"
        audit.test(foreign, r.arrive, (r.unit, name), "elements", text)


def _stagger(audit: Audit, r: Rotation) -> None:
    """First each element against its unit, then whether anyone opens and closes the rotation."""
    stagger = audit.case.unit_type(r.unit).stagger
    early = late = False
    for p in r.postings:
        who = (r.unit, p.element)
        off = max(r.arrive - p.arrive, p.arrive - r.arrive - stagger)
        early |= off > 0
        text = f"{p.element} arrives {weeks(off)} too early or late for the arrival of {r.unit}"
        audit.test(off, r.arrive, who, "weeks", text)
        off = max(p.depart - r.depart, r.depart - stagger - p.depart)
        late |= off > 0
        text = f"{p.element} leaves {weeks(off)} too early or late for the departure of {r.unit}"
        audit.test(off, r.arrive, who, "weeks", text)
        short = p.arrive - p.depart + 1
        audit.test(short, r.arrive, who, "weeks", f"{p.element} leaves before it has been there for a week")
    if r.postings:
        gap = 0 if early else min(p.arrive for p in r.postings) - r.arrive
        audit.test(
            gap, r.arrive, (r.unit,), "weeks", f"{r.unit} arrives but its first element comes {weeks(gap)} later"
        )
        gap = 0 if late else r.depart - max(p.depart for p in r.postings)
        audit.test(gap, r.arrive, (r.unit,), "weeks", f"{r.unit} leaves but its last element went {weeks(gap)} before")
