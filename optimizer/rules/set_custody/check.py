"""Who holds a set, where and when."""

from __future__ import annotations

from collections import defaultdict
from itertools import combinations

import numpy as np

from optimizer.domain import Case, Plan
from optimizer.domain.beyond import overruns, stands_until
from optimizer.domain.presence import Hold, holds
from optimizer.rosters import lenient
from optimizer.rules.audit import Audit, clip, common, spells, weeks
from optimizer.rules.base import Finding


def check(case: Case, plan: Plan) -> Finding:
    """Breaches by set and holder; size in weeks, in sets for a wrong type."""
    audit = Audit(case, "set-custody")
    by_set: defaultdict[str, list[Hold]] = defaultdict(list)
    for h in holds(lenient(case, plan), plan):
        by_set[h.set_id].append(h)
    for x in overruns(case, plan):
        last = stands_until(case, x.set_id, x.site)
        over = 0 if last is None else x.until - last
        text = f"{x.element} holds set {x.set_id} at {x.site} for {weeks(over)} past the plan against its holdings"
        audit.test(over, last, (x.set_id, x.element), "weeks", text)
    for name, found in by_set.items():
        found.sort(key=lambda h: (h.start, h.end, h.element))
        for h in found:
            _alone(audit, plan, h)
        for a, b in combinations(found, 2):
            week, n = common((max(a.start, 0), min(a.end, case.weeks)), (b.start, b.end))
            text = f"set {name} is held by {a.element} and {b.element} for the same {weeks(n)}"
            audit.test(n, week, (name, *sorted({a.element, b.element})), "weeks", text)
    return audit.finding()


def _alone(audit: Audit, plan: Plan, h: Hold) -> None:
    """One hold against its own set: type, availability, place and maintenance."""
    case, who = audit.case, (h.set_id, h.element)
    q, kind = case.prepo[h.set_id], case.element_type(h.element)
    text = f"{h.element} of type {kind.id} falls in on set {q.id}, which equips {q.set_type}"
    audit.test(int(kind.set_type != q.set_type), h.start, who, "sets", text)
    first = q.available if h.start < 0 else case.drawable[q.id]  # whoever holds it on day one drew it in time
    early, why = first - max(h.start, 0), "it is ready again" if first > q.available else "it is available"
    audit.test(early, h.start, who, "weeks", f"{h.element} draws set {q.id} {weeks(early)} before {why}")
    missing = np.zeros(case.weeks, dtype=bool)
    missing[clip(case, max(h.start, q.available), h.end)] = True
    for stay in plan.stays:
        if stay.set_id == q.id and stay.site == h.site:
            missing[clip(case, stay.start, stay.end)] = False
    audit.tested += 1
    for first, until in spells(missing):
        text = f"{h.element} holds set {q.id} at {h.site}, where it does not stand for {weeks(until - first)}"
        audit.breach(until - first, first, who, "weeks", text)
    for m in plan.maintenance:
        if m.set_id == q.id:
            week, n = common((h.start, h.end), (m.start, m.end))
            audit.test(n, week, who, "weeks", f"{h.element} holds set {q.id} during {weeks(n)} of its maintenance")
