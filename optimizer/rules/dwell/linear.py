"""Dwell: every rotation keeps its unit busy until it has rested; one at a time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from optimizer.domain import Case, Rotation
from optimizer.rosters import is_underway, rest_weeks
from optimizer.rules.rows import Row, Space, Terms


def rotate(case: Case, unit: str, arrive: int, depart: int) -> bool:
    if unit not in case.returned or is_underway(case, Rotation(unit, arrive, depart, ())):
        return True
    home, length = case.returned[unit]
    return arrive >= home + rest_weeks(case, unit, length)


ADMITS = {"rotate": rotate}


def rows(space: Space) -> Iterator[Row]:
    """At most one rotation or its rest per unit and week."""
    case = space.case
    for unit, spans in space.rotations.items():
        weeks: defaultdict[int, Terms] = defaultdict(dict)
        for a, d in spans:
            rested = max(d + rest_weeks(case, unit, d - a), a + 1)
            for t in range(max(a, 0), min(rested, case.weeks)):
                weeks[t]["rotate", unit, a, d] = 1
        for t, terms in sorted(weeks.items()):
            yield Row((unit,), t, terms, "<=", 1)
