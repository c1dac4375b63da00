"""What units could have in place, were money and places no matter: where a demand may be met at all."""

from __future__ import annotations

import numpy as np

from optimizer.domain import Case, Plan
from optimizer.domain.network import credits
from optimizer.domain.supply import demand, points_vector, supply
from optimizer.rosters import intervals

AMPLE = 3.0  # times what is wanted that could be there: then to meet it is a matter of choice


def able(case: Case) -> np.ndarray:
    """Micro-points that all units together could have ready for each country, each as often and as early as it may go
    and wherever it counts most: [countries, capabilities, weeks]. Sets in store and whoever is flown in for exercises
    are left out: it says where to look, and proves nothing."""
    out = np.zeros((len(case.countries), len(case.capabilities), case.weeks), dtype=np.int64)
    most = {m: credits(case, m).max(axis=0, initial=0) for m in {y.movement for y in case.unit_types}}
    sets = {q.set_type for q in case.sets}
    for unit in case.units:
        spans = intervals(case, unit.id)
        for e in case.elements_of[unit.id]:
            kind, there = case.types[e.type], np.zeros(case.weeks, dtype=bool)
            modes = (m for name, m in kind.modes.items() if name != "set" or kind.set_type in sets)
            soonest = min((m.rsoi_weeks for m in modes), default=case.weeks)
            for arrive, depart in spans:
                there[max(arrive + soonest, 0) : max(depart, 0)] = True
            for r in case.underway:
                for p in r.postings:
                    if p.element == e.id:
                        there[max(p.arrive, 0) : max(p.depart, 0)] = True
            out[:, :, there] += np.multiply.outer(most[kind.movement], points_vector(case, kind))[:, :, None]
    return out


class Lacking:
    """What a plan lacks of each demand, and in which week it had best be asked about."""

    def __init__(self, case: Case, plan: Plan):
        self.wanted, self.there, self.able = demand(case), supply(case, plan), able(case)

    def week(self, country: int, capability: int, level: int) -> int:
        """Of the weeks that lack at least half as much as the worst, those in which units could supply most of what is
        wanted (or amply so); of these the one that lacks most."""
        wanted = self.wanted[country, capability, level]
        missing = np.maximum(wanted - self.there[country, capability], 0)
        possible = np.minimum(self.able[country, capability] / np.maximum(wanted, 1), AMPLE)
        possible[2 * missing < missing.max()] = -1.0
        return int(np.lexsort((-missing, -possible))[0])
