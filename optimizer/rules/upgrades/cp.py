"""Constraint-programming reading: one purchase at most, inside its window."""

from __future__ import annotations

from typing import Any

from optimizer.rules.literals import Literals


def post(model: Any, space: Literals) -> None:
    for u in space.case.upgrades:
        bought = space.purchases[u.id]
        model.add_at_most_one(bought.values()).with_name(u.id)
        for w, x in bought.items():
            if w != space.case.bought.get(u.id) and not max(u.earliest, 0) <= w <= min(u.latest, space.case.weeks - 1):
                model.add(x == 0).with_name(u.id)
