"""The value of exercises held."""

from __future__ import annotations

from optimizer.domain import Case, Plan


def score(case: Case, plan: Plan) -> float:
    """Each exercise counts once, however often it is held."""
    held = {run.exercise for run in plan.runs}
    return float(sum(x.value for x in case.exercises if x.id in held))
