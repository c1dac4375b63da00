"""Purchases of upgrades."""

from __future__ import annotations

from collections import Counter

from optimizer.domain import Case, Plan
from optimizer.rules.audit import Audit, weeks
from optimizer.rules.base import Finding


def check(case: Case, plan: Plan) -> Finding:
    """Breaches by upgrade; size in weeks outside its window or in purchases too many."""
    audit = Audit(case, "upgrades")
    for b in plan.purchases:
        u = case.upgrade[b.upgrade]
        off = max(max(u.earliest, 0) - b.start, b.start - min(u.latest, case.weeks - 1))
        off = 0 if case.bought.get(u.id) == b.start else off
        text = f"upgrade {u.id} is bought {weeks(off)} outside its window or the plan"
        audit.test(off, b.start, (u.id,), "weeks", text)
    times = Counter(b.upgrade for b in plan.purchases)
    for name, n in times.items():
        again = sorted(b.start for b in plan.purchases if b.upgrade == name)[min(n, 2) - 1]
        audit.test(n - 1, again, (name,), "purchases", f"upgrade {name} is bought {n} times")
    return audit.finding()
