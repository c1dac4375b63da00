"""Places, money and sets that rotations under way use, and the room left for what is decided."""

from __future__ import annotations

import numpy as np

from optimizer.domain import Case
from optimizer.domain.forces import MODES
from optimizer.engines.lagrangian.bound.parts.records import Room, Under
from optimizer.engines.lagrangian.tables.build import names
from optimizer.engines.lagrangian.tables.records import Tables


def under_way(case: Case, t: Tables) -> Under:
    """Fixed use of places, money and sets."""
    n = names(case)
    s_n, t_n = len(n.sites), t.weeks
    people, settled, brigades = (np.zeros((s_n, t_n)) for _ in range(3))
    spent, held = np.zeros(t_n), np.full((len(n.sets), t_n), -1)
    for r in case.underway:
        for p in r.postings:
            e, s = n.elements.index(p.element), n.sites.index(p.site)
            y = t.el_type[e]
            rsoi = t.rsoi[y, MODES.index(p.mode)]
            if p.set_id is not None:
                q = n.sets.index(p.set_id)
                rsoi = max(rsoi, t.draw[q])
                held[q, max(p.arrive, 0) : max(p.depart + t.reset[q], 0)] = s
            here = slice(max(p.arrive, 0), max(p.depart, 0))
            people[s, here] += t.people[y]
            settled[s, max(p.arrive + rsoi, 0) : max(p.depart, 0)] += t.people[y]
            brigades[s, here] += t.brigades[y]
            spent[here] += t.week_cost[y]
    return Under(people, settled, brigades, spent, held)


def room(t: Tables, under: Under) -> Room:
    """Capacities by site and week after closures, less what is under way (forgiven if more)."""

    def left(base: np.ndarray, used: np.ndarray, ups: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        open_ = np.minimum(base[:, None].astype(np.float64), t.closed_left)
        add = np.minimum(
            ups[:, None], np.maximum(t.closed_left[t.up_site] - base[t.up_site][:, None].astype(np.float64), 0)
        )
        return np.maximum(open_, used) - used, add

    settled, up_settled = left(t.places, under.settled, t.up_places)
    everyone, up_everyone = left(t.handover, under.people, t.up_handover)
    return Room(settled, everyone, up_settled, up_everyone)
