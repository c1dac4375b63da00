"""The rules of a plan, in the order of docs/model.md.

``RULES`` lists them; ``check_all`` judges a plan by all of them without any solver;
``reading`` finds the solver reading of one. A new rule is one folder plus one line here.
"""

from __future__ import annotations

from importlib import import_module
from types import ModuleType

from optimizer.domain import Case, Plan
from optimizer.errors import UsageError
from optimizer.rules import (
    availability,
    budget,
    dwell,
    exercise_load,
    exercise_needs,
    exercise_window,
    host_cap,
    locks,
    one_place,
    presence_floor,
    range_capacity,
    rotation_length,
    set_custody,
    set_location,
    set_maintenance,
    site_capacity,
    together,
    turnaround,
    upgrades,
)
from optimizer.rules.base import Breach, Finding, Goal, Rule

RULES: dict[str, Rule] = {
    room.RULE.id: room.RULE
    for room in (
        availability,
        rotation_length,
        dwell,
        turnaround,
        together,
        one_place,
        site_capacity,
        host_cap,
        set_custody,
        set_location,
        set_maintenance,
        exercise_window,
        exercise_needs,
        exercise_load,
        range_capacity,
        budget,
        presence_floor,
        upgrades,
        locks,
    )
}
READINGS = ("linear", "cp")


def check_all(case: Case, plan: Plan) -> tuple[Finding, ...]:
    """Every rule's finding on the plan, in model order. Every id in the plan must exist in the case."""
    return tuple(rule.check(case, plan) for rule in RULES.values())


def reading(rule_id: str, kind: str) -> ModuleType:
    """The module with a rule's ``linear`` or ``cp`` reading, imported on demand.

    Raises ``UsageError`` for an unknown rule or kind and ``ModuleNotFoundError`` if the
    rule's folder has no such reading: a rule may not be left out of an engine.
    """
    if rule_id not in RULES or kind not in READINGS:
        raise UsageError(f"there is no {kind!r} reading of a rule called {rule_id!r}")
    return import_module(f"optimizer.rules.{rule_id.replace('-', '_')}.{kind}")


__all__ = ["READINGS", "RULES", "Breach", "Finding", "Goal", "Rule", "check_all", "reading"]
