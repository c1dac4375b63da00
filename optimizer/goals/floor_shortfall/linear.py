"""Floor shortfall: ``("short", country, week)`` people missing."""

from __future__ import annotations

from collections.abc import Iterator

from optimizer.rules.rows import Row, Space, Terms, total


def rows(space: Space) -> Iterator[Row]:
    """People there and people missing make up the floor."""
    case = space.case
    for c in case.countries:
        if c.floor > 0:
            sites = [s.id for s in case.sites if s.country == c.id]
            for t in range(case.weeks):
                there = total(space.people(t, sites) + space.visitors(t, sites))
                yield Row((c.id,), t, {**there, ("short", c.id, t): 1}, ">=", c.floor)


def objective(space: Space) -> tuple[Terms, float]:
    """− price on each person-week missing."""
    case = space.case
    floors = (c.id for c in case.countries if c.floor > 0)
    return {("short", c, t): -case.settings.floor_price for c in floors for t in range(case.weeks)}, 0.0
