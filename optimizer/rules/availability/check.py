"""Windows and lead times, checked interval by interval."""

from __future__ import annotations

from optimizer.domain import Case, Participant, Plan
from optimizer.domain.presence import deployments
from optimizer.rosters import first_arrival, is_underway, lenient
from optimizer.rules.audit import Audit, weeks
from optimizer.rules.base import Finding


def check(case: Case, plan: Plan) -> Finding:
    """Breaches by unit (window, week in the plan) and by element (mode, lead time)."""
    audit = Audit(case, "availability")
    for r in plan.rotations:
        if is_underway(case, r):
            continue
        outside = max(-r.arrive, r.arrive - case.weeks + 1)
        audit.test(outside, r.arrive, (r.unit,), "weeks", f"{r.unit} arrives {weeks(outside)} outside the plan")
        _window(audit, r.unit, r.unit, r.arrive, r.depart)
        for p in r.postings:
            kind, late = case.element_type(p.element), p.arrive - case.weeks + 1 if outside <= 0 else 0
            text = f"{p.element} arrives {weeks(late)} after the plan"
            audit.test(late, p.arrive, (r.unit, p.element), "weeks", text)
            if first_arrival(case, kind, p.mode) is None:
                text = f"{p.element} deploys by {p.mode}, which type {kind.id} does not offer"
                audit.test(1, p.arrive, (r.unit, p.element), "modes", text)
            else:
                _lead(audit, r.unit, p.element, p.mode, p.arrive)
    for d in deployments(lenient(case, plan), plan):
        unit = case.element[d.element].unit
        came = (d.exercise, d.site, d.ready, Participant(d.need, d.element, d.mode, d.set_id))
        early = 0 if came in case.flown_in else -d.arrive
        text = f"{d.element} is brought in for {d.exercise} {weeks(early)} before the plan"
        audit.test(early, d.arrive, (unit, d.element), "weeks", text)
        _window(audit, unit, d.element, d.arrive, d.depart)
        _lead(audit, unit, d.element, d.mode, d.arrive)
    return audit.finding()


def _window(audit: Audit, unit: str, who: str, start: int, end: int) -> None:
    """Size: the weeks outside the window that fits best; the whole interval without any."""
    windows = audit.case.windows_of[unit]
    missing = min((max(w.start - start, 0) + max(end - w.end, 0) for w in windows), default=max(end - start, 1))
    parties = (unit,) if who == unit else (unit, who)
    audit.test(missing, start, parties, "weeks", f"{who} is away {weeks(missing)} outside any one window of {unit}")


def _lead(audit: Audit, unit: str, element: str, mode: str, arrive: int) -> None:
    first = first_arrival(audit.case, audit.case.element_type(element), mode)
    if first is not None:
        early = first - arrive
        text = f"{element} arrives by {mode} {weeks(early)} before release and lead time allow"
        audit.test(early, arrive, (unit, element), "weeks", text)
