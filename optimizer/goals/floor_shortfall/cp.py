"""Constraint-programming reading: people missing to each floor, week by week."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from optimizer.rules.literals import Literals


def terms(model: Any, space: Literals) -> Iterator[tuple[float, Any]]:
    case = space.case
    for c in case.countries:
        inside = [s.id for s in case.sites if s.country == c.id]
        for t in space.weeks if c.floor > 0 else ():
            missing = model.new_int_var(0, c.floor, f"missing {c.id} {t}")
            model.add(missing >= c.floor - sum(space.people(s, t, False) for s in inside))
            yield -case.settings.floor_price, missing
