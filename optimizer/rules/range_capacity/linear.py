"""Ranges: whether they support an exercise, and how many at once."""

from __future__ import annotations

from collections.abc import Iterator

from optimizer.domain.places import ECHELONS
from optimizer.rules.rows import Row, Space, put, total


def rows(space: Space) -> Iterator[Row]:
    """By run that needs a better range: an upgrade in time; by site and week: how many at once."""
    case = space.case
    rank = {name: i for i, name in enumerate(ECHELONS)}
    for x in case.exercises:
        for s, w in space.runs[x.id]:
            if rank[case.site[s].range_echelon] >= rank[x.echelon]:
                continue
            helpful = [u.id for u in case.upgrades if u.site == s and rank[u.range_echelon] >= rank[x.echelon]]
            built = [pair for u in helpful for pair in space.finished(u, w)]
            yield Row((x.id, s), w, put({("run", x.id, s, w): 1}, built, -1), "<=", 0)
    for site in case.sites:
        upgrades = [u for u in case.upgrades if u.site == site.id and u.exercises_at_once]
        runs = [
            (w, w + x.weeks, ("run", x.id, s, w))
            for x in case.exercises
            if x.echelon != "none"
            for s, w in space.runs[x.id]
            if s == site.id
        ]
        for t in range(case.weeks):
            under = total((key, 1) for w, end, key in runs if w <= t < end)
            if under:
                for u in upgrades:
                    put(under, space.finished(u.id, t), -u.exercises_at_once)
                yield Row((site.id,), t, under, "<=", site.exercises_at_once)
