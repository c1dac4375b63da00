"""People against places, by site and week, with upgrades and closures."""

from __future__ import annotations

from collections.abc import Iterator

from optimizer.domain import Plan
from optimizer.domain.presence import people, sites_of
from optimizer.rules.rows import Row, Space, capped


def rows(space: Space) -> Iterator[Row]:
    """``settled ≤ places``, ``all ≤ hand-over places``; a closure is a second bound."""
    case = space.case
    given = people(case, Plan(rotations=case.underway))
    closed: dict[tuple[int, int], int] = {}
    for c in case.closures:
        if c.closes in ("places", "all"):
            for i in sites_of(case, c.place):
                for t in range(max(c.start, 0), min(c.end, case.weeks)):
                    closed[i, t] = min(c.left, closed.get((i, t), c.left))
    for i, s in enumerate(case.sites):
        upgrades = [u for u in case.upgrades if u.site == s.id]
        for t in range(case.weeks):
            for what, cap, adds, fixed in zip(
                ("ready", "present"),
                (s.places, s.handover_places),
                ([u.places for u in upgrades], [u.handover_places for u in upgrades]),
                given,
                strict=True,
            ):
                load = space.people(t, [s.id], what)
                if what == "present":
                    load += space.visitors(t, [s.id])
                more = [
                    (key, n) for u, n in zip(upgrades, adds, strict=True) if n for key, _ in space.finished(u.id, t)
                ]
                who = (s.id, "settled" if what == "ready" else what)
                yield from capped(who, t, load, cap, more, int(fixed[i, t]))
                if (i, t) in closed:
                    yield from capped(who, t, load, closed[i, t], [], int(fixed[i, t]))
