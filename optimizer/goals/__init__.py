"""The terms of the score, in the order of docs/model.md; each ``score`` is a signed contribution."""

from __future__ import annotations

from importlib import import_module
from types import ModuleType

from optimizer.domain import Case, Plan
from optimizer.errors import UsageError
from optimizer.goals import (
    cost_trace,
    coverage,
    exercise_value,
    floor_shortfall,
    over_length,
    plan_changes,
    preferences,
    worst_country,
)
from optimizer.rules.base import Goal

GOALS: dict[str, Goal] = {
    room.GOAL.id: room.GOAL
    for room in (
        coverage,
        exercise_value,
        preferences,
        worst_country,
        floor_shortfall,
        over_length,
        plan_changes,
        cost_trace,
    )
}
READINGS = ("linear", "cp")


def score_all(case: Case, plan: Plan) -> dict[str, float]:
    """Every term's contribution; their sum is the plan's score. Every id in the plan must exist in the case."""
    # adding zero turns −0.0 into 0.0
    return {name: goal.score(case, plan) + 0.0 for name, goal in GOALS.items()}


def reading(goal_id: str, kind: str) -> ModuleType:
    """The module with a goal's ``linear`` or ``cp`` reading, imported on demand.

    Raises ``UsageError`` for an unknown goal or kind and ``ModuleNotFoundError`` if the
    goal's folder has no such reading.
    """
    if goal_id not in GOALS or kind not in READINGS:
        raise UsageError(f"there is no {kind!r} reading of a goal called {goal_id!r}")
    return import_module(f"optimizer.goals.{goal_id.replace('-', '_')}.{kind}")


__all__ = ["GOALS", "READINGS", "Goal", "reading", "score_all"]
