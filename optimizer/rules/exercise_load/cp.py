"""Constraint-programming reading: weeks in exercises against weeks on rotation, in thousandths."""

from __future__ import annotations

from typing import Any

from optimizer.quantities import MILLI
from optimizer.rules.literals import Literals


def post(model: Any, space: Literals) -> None:
    case = space.case
    for e in case.elements:
        load = case.types[e.type].exercise_load
        parts = [p for p in space.parts_of[e.id] if p.who.mode is None]
        if load is not None and parts:
            busy = sum(p.run.exercise.weeks * p.on for p in parts)
            there = sum(space.weekly.here(p, t) for p in space.posts_of[e.id] for t in space.weeks)
            model.add(MILLI * busy <= load * there).with_name(e.id)
