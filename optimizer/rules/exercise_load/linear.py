"""Weeks in exercises against weeks on rotation: one row per element with a limit."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from optimizer.quantities import MILLI
from optimizer.rules.rows import Join, Row, Space, put, total


def rows(space: Space) -> Iterator[Row]:
    """``Σ weeks × join ≤ load × Σ at`` over the weeks of the plan."""
    case = space.case
    joins: defaultdict[str, list[Join]] = defaultdict(list)
    for j in space.joins:
        joins[j.element].append(j)
    for element, found in joins.items():
        load = case.element_type(element).exercise_load
        if load is not None:
            there = [pair for t in range(case.weeks) for pair in space.based(element, t)]
            spent = total((j.key, j.end - j.start) for j in found)
            yield Row((element,), None, put(spent, there, -load / MILLI), "<=", 0)
