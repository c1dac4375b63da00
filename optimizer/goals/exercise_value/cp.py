"""Constraint-programming reading: each exercise's value if it is held."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from optimizer.rules.literals import Literals


def terms(model: Any, space: Literals) -> Iterator[tuple[float, Any]]:
    for x in space.case.exercises:
        held = [lit for run in space.runs if run.exercise is x for lit in run.at.values()]
        yield x.value, space.logic.either(*held)
