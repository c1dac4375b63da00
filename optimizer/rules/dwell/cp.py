"""Constraint-programming reading: distance between successive intervals of a unit."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from optimizer.quantities import MILLI
from optimizer.rosters import rest_weeks
from optimizer.rules.literals import Literals


def post(model: Any, space: Literals) -> None:
    """``1000 (a' − d) ≥ ratio (d − a)``; weeks are whole, so this is the rounded-up rest."""
    logic = space.logic
    for unit, slots in space.slots_of.items():
        ratio = space.case.unit_type(unit).dwell_ratio
        if unit in space.case.returned:
            home, length = space.case.returned[unit]
            rested = home + rest_weeks(space.case, unit, length)
            for slot in slots:
                new = [slot.on, logic.no(slot.under)]
                model.add(slot.arrive >= rested).with_name(unit).only_enforce_if(new)
        for before, after in pairwise(slots):
            new, length = [after.on, logic.no(after.under)], before.depart - before.arrive
            rest = MILLI * (after.arrive - before.depart)
            model.add(rest >= ratio * length).with_name(unit).only_enforce_if(new)
