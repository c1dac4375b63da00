"""Constraint-programming reading: weeks of each rotation beyond the standard of its type."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from optimizer.rules.literals import Literals


def terms(model: Any, space: Literals) -> Iterator[tuple[float, Any]]:
    for slot in space.slots:
        kind = space.case.unit_type(slot.unit)
        longest = max(space.logic.domain(slot.depart)) - min(space.logic.domain(slot.arrive)) - kind.rotation_std
        if longest > 0:
            beyond = model.new_int_var(0, longest, f"beyond {slot.unit}")
            new = [slot.on, space.logic.no(slot.under)]
            model.add(beyond >= slot.depart - slot.arrive - kind.rotation_std).only_enforce_if(new)
            yield -space.case.settings.over_length_price, beyond
