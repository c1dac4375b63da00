"""Weeks at home between rotations."""

from __future__ import annotations

from collections import defaultdict
from itertools import pairwise

from optimizer.domain import Case, Plan, Rotation
from optimizer.quantities import MILLI
from optimizer.rosters import is_underway
from optimizer.rules.audit import Audit, weeks
from optimizer.rules.base import Finding


def check(case: Case, plan: Plan) -> Finding:
    """One condition per arrival with something to rest from; size in weeks too early."""
    audit = Audit(case, "dwell")
    by_unit: defaultdict[str, list[Rotation]] = defaultdict(list)
    for r in plan.rotations:
        by_unit[r.unit].append(r)
    for name, rotations in by_unit.items():
        rotations.sort(key=lambda r: (r.arrive, r.depart))
        if name in case.returned:
            for r in rotations:
                if not is_underway(case, r):
                    _test(audit, name, *case.returned[name], r.arrive)
                    break
        for before, after in pairwise(rotations):
            if not is_underway(case, after):
                _test(audit, name, before.depart, before.depart - before.arrive, after.arrive)
    return audit.finding()


def _test(audit: Audit, unit: str, home: int, length: int, arrive: int) -> None:
    ratio = audit.case.unit_type(unit).dwell_ratio
    due = home + -(-ratio * max(length, 0) // MILLI)
    text = f"{unit} arrives after {weeks(arrive - home)} at home; {weeks(length)} away call for {weeks(due - home)}"
    audit.test(due - arrive, arrive, (unit,), "weeks", text)
