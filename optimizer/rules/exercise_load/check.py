"""Weeks in exercises against weeks on rotation, element by element."""

from __future__ import annotations

from collections import Counter

from optimizer.domain import Case, Plan
from optimizer.quantities import MILLI
from optimizer.rules.audit import Audit, amount, clip, weeks
from optimizer.rules.base import Finding


def check(case: Case, plan: Plan) -> Finding:
    """One condition per element with a limit that exercises, at its first exercise; size in weeks too many."""
    audit = Audit(case, "exercise-load")
    there: Counter[str] = Counter()
    busy: Counter[str] = Counter()
    first: dict[str, int] = {}
    for r in plan.rotations:
        for p in r.postings:
            inside = clip(case, p.arrive, p.depart)
            there[p.element] += max(inside.stop - inside.start, 0)
    for run in sorted(plan.runs, key=lambda r: r.start):
        for who in run.participants:
            if who.mode is None:
                busy[who.element] += case.exercise[run.exercise].weeks
                first.setdefault(who.element, run.start)
    for element, spent in busy.items():
        load = case.element_type(element).exercise_load
        if load is not None:
            over = (MILLI * spent - load * there[element]) / MILLI
            text = (
                f"{element} is in exercises for {weeks(spent)} of {there[element]} on rotation; "
                f"{amount(load * there[element] / MILLI)} are allowed"
            )
            audit.test(over, first[element], (element,), "weeks", text)
    return audit.finding()
