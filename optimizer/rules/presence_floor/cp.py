"""Constraint-programming reading: people in a country at least its floor, where floors are hard."""

from __future__ import annotations

from typing import Any

from optimizer.rules.literals import Literals


def post(model: Any, space: Literals) -> None:
    if not space.case.settings.floor_hard:
        return
    for c in space.case.countries:
        inside = [s.id for s in space.case.sites if s.country == c.id]
        for t in space.weeks if c.floor > 0 else ():
            model.add(sum(space.people(s, t, False) for s in inside) >= c.floor).with_name(c.id)
