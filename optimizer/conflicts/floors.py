"""A hard floor of a country above the people that it can ever hold, or that there are."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from optimizer.conflicts.items import Item, during, reason, smallest
from optimizer.conflicts.room import most_in
from optimizer.domain import Case, Country, Plan
from optimizer.domain.presence import people, stands_for
from optimizer.domain.reasons import Place, Reason

ENOUGH = 10**12  # places beyond any force


def floor_reasons(case: Case) -> Iterator[Reason]:
    """One reason for each country whose floor, being hard, nobody can keep in some week.

    Beds are counted with every upgrade built as soon as may be; people under way count though they have none, for
    that is forgiven them.
    """
    for c in case.countries if case.settings.floor_hard else ():
        if c.floor > 0:
            yield from _judged(case, c)


def _judged(case: Case, c: Country) -> Iterator[Reason]:
    inside = np.array([s.country == c.id for s in case.sites], dtype=bool)
    force = sum(case.types[e.type].people for e in case.elements)
    out = people(case, Plan(case.underway))[1][inside].sum(axis=0)
    own = [s for s in case.sites if s.country == c.id]
    closed = dict.fromkeys(x.place for x in case.closures if any(stands_for(s, x.place) for s in own))
    roomy = tuple(replace(s, places=ENOUGH, handover_places=ENOUGH) if s in own else s for s in case.sites)

    def held(kept: frozenset[str]) -> np.ndarray:
        """The most people there by week, by the limits that are kept."""
        left = case if "closures" in kept else replace(case, closures=())
        beds = most_in(left if "sites" in kept else replace(left, sites=roomy), inside, None)[1]
        if "cap" in kept and c.handover_cap is not None:
            beds = np.minimum(beds, c.handover_cap)
        return np.minimum(np.maximum(beds, out), force)

    kept = smallest(["closures", "cap", "sites"], lambda names: bool((held(names) < c.floor).any()))
    if kept is not None:
        most = held(kept)
        week = int(np.argmin(most))
        sites = tuple(Place("Sites", s.id, "Hand-over places") for s in own)
        shut = tuple(Place("Closures", place, "From") for place in closed)
        text = f"its hard floor is {c.floor:,} people, and {during(case, week, week + 1)} {most[week]:,} can be there"
        items = [
            Item("floor", "presence-floor", (Place("Countries", c.id, "Presence floor"),), text),
            Item("sites", "site-capacity", sites, "its sites have no more hand-over places, upgrades built at once"),
            Item("cap", "host-cap", (Place("Countries", c.id, "People cap"),), "it caps who may be there"),
            Item("closures", "site-capacity", shut, "sites of it are closed for a time"),
        ]
        yield reason(c.id, items, {"floor", *kept}, (week, week + 1))
