"""One CP-SAT model of a case: the space, the readings of rules and goals posted into it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from optimizer.domain import Case, Plan
from optimizer.engines.cpsat.objective import Objective, maximise
from optimizer.engines.cpsat.space import Space
from optimizer.engines.cpsat.timeline import tighten
from optimizer.goals import GOALS
from optimizer.goals import reading as goal_reading
from optimizer.rules import RULES
from optimizer.rules import reading as rule_reading


@dataclass(frozen=True)
class Built:
    """A model; ``objective`` is ``None`` for a question of feasibility."""

    model: Any
    space: Space
    objective: Objective | None


def build(
    case: Case,
    rules: Iterable[str] = tuple(RULES),
    goals: Iterable[str] = tuple(GOALS),
    told: Plan | None = None,
    stop: Callable[[], bool] = lambda: False,
) -> Built:
    """A model with these rules and goals (none: no objective); ``told``: a plan that it must be able to represent.

    Raises ``Stopped`` once ``stop`` says so.
    """
    from ortools.sat.python import cp_model

    model, wanted = cp_model.CpModel(), list(rules)
    space = Space(case, model, frozenset(wanted), told, stop)
    for name in wanted:
        rule_reading(name, "cp").post(model, space)
    tighten(space)
    chosen = list(goals)
    terms = (term for name in chosen for term in goal_reading(name, "cp").terms(model, space))
    objective = maximise(model, space.top, terms) if chosen else None
    return Built(model, space, objective)
