"""People present against a country's floor, where the planner makes it hard."""

from __future__ import annotations

from collections.abc import Iterator

from optimizer.rules.rows import Row, Space, total


def rows(space: Space) -> Iterator[Row]:
    """By country and week: people on rotations and exercise deployments at least the floor."""
    case = space.case
    for c in case.countries if case.settings.floor_hard else ():
        sites = [s.id for s in case.sites if s.country == c.id]
        for t in range(case.weeks):
            if c.floor > 0:
                there = total(space.people(t, sites) + space.visitors(t, sites))
                yield Row((c.id,), t, there, ">=", c.floor)
