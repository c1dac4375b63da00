"""Coverage by whole units: a second row for every level of every area.

Element by element, a fifth of a unit of five fills a level that one element alone would fill.
As one, a unit on rotation gives a level no more than min(points of all its elements, D), so a
fifth of it gives no more than a fifth of D. Elements that are their whole unit, elements
flown in for an exercise and stored sets count as in the rows by element.
"""

from __future__ import annotations

import numpy as np

from optimizer.engines.lagrangian.bound.parts.classes import Classes
from optimizer.engines.lagrangian.bound.parts.records import Whole
from optimizer.engines.lagrangian.kernels.arrays import first, floats, ints


def whole(cl: Classes) -> Whole:
    """Entries of every unit of several elements, wherever they may be."""
    t = cl.t
    entries: list[list[tuple[int, float]]] = []
    rsoi = np.zeros(len(t.el_first) - 1, dtype=np.int64)
    for u in range(len(rsoi)):
        own = range(t.el_first[u], t.el_first[u + 1])
        sums: dict[int, float] = {}
        for e in own if len(own) > 1 else ():
            y = t.el_type[e]
            for j in range(t.reach_n[y]):
                area = int(t.reach[y, j])
                sums[area] = sums.get(area, 0.0) + float(t.give[y, :, j].max(initial=0.0))
        rsoi[u] = min((cl.rsoi(e) for e in own), default=0)
        entries.append([(a, x) for a, x in sorted(sums.items()) if x > 0])
    already = np.zeros(t.demand.shape)
    for r in cl.case.underway:
        u = next(i for i, x in enumerate(cl.case.units) if x.id == r.unit)
        for a, x in entries[u]:
            days = slice(max(r.arrive + int(rsoi[u]), 0), max(r.depart, 0))
            already[a, :, days] += np.minimum(x, t.demand[a, :, days])
    flat = [x for xs in entries for x in xs]
    return Whole(first(len(x) for x in entries), ints(a for a, _ in flat), floats(x for _, x in flat), rsoi, already)
