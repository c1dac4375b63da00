"""Rotation length as a filter on rotations."""

from __future__ import annotations

from optimizer.domain import Case, Rotation
from optimizer.rosters import is_underway


def rotate(case: Case, unit: str, arrive: int, depart: int) -> bool:
    kind = case.unit_type(unit)
    allowed = kind.rotation_min <= depart - arrive <= kind.rotation_max
    return allowed or is_underway(case, Rotation(unit, arrive, depart, ()))


ADMITS = {"rotate": rotate}
