"""Plans held against single readings: the linear rows of a rule or goal, alone."""

from __future__ import annotations

from collections.abc import Iterable

from optimizer.domain import Case, Plan
from optimizer.domain.outcome import Options
from optimizer.engines.linear import drive
from optimizer.engines.linear.build import model_of_plan


def keeps(case: Case, plan: Plan, rules: Iterable[str]) -> bool:
    """Whether the plan, fixed, satisfies the rows and filters of these rules."""
    model = model_of_plan(case, plan, rules)
    return model is not None and drive.solve(model, Options()).status == "optimal"


def worth(case: Case, plan: Plan, goals: Iterable[str]) -> float:
    """The score that the rows of these goals give the plan, fixed; −∞ if they give it none."""
    model = model_of_plan(case, plan, (), goals)
    answer = None if model is None else drive.solve(model, Options())
    return float("-inf") if answer is None or answer.bound is None else answer.bound
