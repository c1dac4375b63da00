"""People and brigades against the caps of host countries."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from optimizer.domain import Case, Plan, Rotation
from optimizer.domain.presence import people
from optimizer.rosters import is_underway
from optimizer.rules.rows import Row, Space, capped


def rotate(case: Case, unit: str, arrive: int, depart: int) -> bool:
    longest = case.settings.founding_act_weeks if case.settings.founding_act else depart - arrive
    return depart - arrive <= longest or is_underway(case, Rotation(unit, arrive, depart, ()))


ADMITS = {"rotate": rotate}


def rows(space: Space) -> Iterator[Row]:
    """By country and week: settled, all, and brigades while the founding-act switch is on."""
    case = space.case
    settled, everyone = people(case, Plan(rotations=case.underway))
    for c in case.countries:
        inside = [i for i, s in enumerate(case.sites) if s.country == c.id]
        sites = [case.sites[i].id for i in inside]
        brigades = _underway_brigades(case, set(sites))
        for t in range(case.weeks):
            if c.cap is not None:
                load = space.people(t, sites, "ready")
                yield from capped((c.id, "settled"), t, load, c.cap, [], int(settled[inside, t].sum()))
            if c.handover_cap is not None:
                load = space.people(t, sites) + space.visitors(t, sites)
                yield from capped((c.id, "present"), t, load, c.handover_cap, [], int(everyone[inside, t].sum()))
            if case.settings.founding_act and c.brigade_cap is not None:
                load = [(("present", k.id, s, t), k.brigades) for k in case.unit_types if k.brigades for s in sites]
                yield from capped((c.id, "brigades"), t, load, c.brigade_cap, [], int(brigades[t]))


def _underway_brigades(case: Case, sites: set[str]) -> np.ndarray:
    out = np.zeros(case.weeks, dtype=np.int64)
    for r in case.underway:
        for p in r.postings:
            if p.site in sites:
                out[max(p.arrive, 0) : max(p.depart, 0)] += case.element_type(p.element).brigades
    return out
