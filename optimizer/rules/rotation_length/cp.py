"""Constraint-programming reading: bounds on the length of an interval."""

from __future__ import annotations

from typing import Any

from optimizer.rules.literals import Literals


def post(model: Any, space: Literals) -> None:
    for slot in space.slots:
        kind, new = space.case.unit_type(slot.unit), [slot.on, space.logic.no(slot.under)]
        model.add(slot.depart - slot.arrive >= kind.rotation_min).with_name(slot.unit).only_enforce_if(new)
        model.add(slot.depart - slot.arrive <= kind.rotation_max).with_name(slot.unit).only_enforce_if(new)
