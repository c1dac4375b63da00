"""Over-length on rotations."""

from __future__ import annotations

from optimizer.domain import Rotation
from optimizer.rosters import is_underway
from optimizer.rules.rows import Space, Terms


def objective(space: Space) -> tuple[Terms, float]:
    """− price × weeks beyond the standard on each rotation that is not under way."""
    case = space.case
    out: Terms = {}
    for unit, spans in space.rotations.items():
        standard = case.unit_type(unit).rotation_std
        for a, d in spans:
            if d - a > standard and not is_underway(case, Rotation(unit, a, d, ())):
                out["rotate", unit, a, d] = -case.settings.over_length_price * (d - a - standard)
    return out, 0.0
