"""The price of long rotations."""

from __future__ import annotations

from optimizer.domain import Case, Plan
from optimizer.rosters import is_underway


def score(case: Case, plan: Plan) -> float:
    """Weeks beyond the standard of the unit's type, priced: never positive."""
    beyond = sum(
        max(0, r.depart - r.arrive - case.unit_type(r.unit).rotation_std)
        for r in plan.rotations
        if not is_underway(case, r)
    )
    return -case.settings.over_length_price * beyond
