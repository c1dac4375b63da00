"""Lengths of rotations."""

from __future__ import annotations

from optimizer.domain import Case, Plan
from optimizer.rosters import is_underway
from optimizer.rules.audit import Audit, weeks
from optimizer.rules.base import Finding


def check(case: Case, plan: Plan) -> Finding:
    """One condition per rotation that is not under way; size in weeks too short or too long."""
    audit = Audit(case, "rotation-length")
    for r in plan.rotations:
        if not is_underway(case, r):
            kind, length = case.unit_type(r.unit), r.depart - r.arrive
            off = max(kind.rotation_min - length, length - kind.rotation_max)
            text = f"{r.unit} stays {weeks(length)}; {kind.rotation_min} to {kind.rotation_max} are allowed"
            audit.test(off, r.arrive, (r.unit,), "weeks", text)
    return audit.finding()
