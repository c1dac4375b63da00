"""Cuts that tie an exercise to whole rotations.

A need of ``n`` participants takes at most ``n`` of one unit, however many elements the unit
has. For need i and a range A of start weeks therefore

    n · Σ_{w ∈ A} runs starting in w  ≤  Σ_rotations min(n, elements that may serve) + flown in

over the rotations long enough in theatre to hold a run of A. Without it a third of a brigade
with three suitable battalions would do for every exercise.
"""

from __future__ import annotations

import numpy as np

from optimizer.engines.lagrangian.bound.parts.classes import Classes
from optimizer.engines.lagrangian.bound.parts.records import HOME, Cuts
from optimizer.engines.lagrangian.kernels.arrays import first, floats, ints


def cuts(cl: Classes) -> Cuts:
    """Every need that may be met from theatre, over all its starts and over halves of them
    down to single weeks."""
    t = cl.t
    rows: list[tuple[int, int, int]] = []
    for n in range(len(t.need_count)):
        starts = np.flatnonzero(np.any([cl.run_ok[h] for i, h in cl.pairs if i == n], axis=0))
        if t.need_origin[n] != HOME and starts.size:
            rows += [(n, lo, hi) for lo, hi in _halves(int(starts[0]), int(starts[-1]))]
    exercise = np.searchsorted(t.need_first, np.arange(len(t.need_count)), side="right") - 1
    entries: list[list[tuple[int, float, int, int]]] = []
    already = np.zeros(len(rows))
    for u in range(len(t.el_first) - 1):
        entries.append([])
        own = range(t.el_first[u], t.el_first[u + 1])
        for i, (n, lo, hi) in enumerate(rows):
            able = [e for e in own if t.need_type[n, t.el_type[e]] and cl.limit.join_ok[n, e]]
            if able:
                rsoi = min(cl.rsoi(e) for e in able)
                amount = float(min(len(able), t.need_count[n]))
                entries[u].append((i, amount, hi - rsoi, lo + int(t.x_weeks[exercise[n]])))
    for r in cl.case.underway:
        u = next(i for i, x in enumerate(cl.case.units) if x.id == r.unit)
        for i, amount, latest, earliest in entries[u]:
            already[i] += amount * (r.arrive <= latest and r.depart >= earliest)
    flat = [x for xs in entries for x in xs if x[2] >= 0]
    return Cuts(
        need=ints(r[0] for r in rows),
        start=ints(r[1] for r in rows),
        end=ints(r[2] + 1 for r in rows),
        already=already,
        first=first(sum(x[2] >= 0 for x in xs) for xs in entries),
        row=ints(x[0] for x in flat),
        amount=floats(x[1] for x in flat),
        latest=ints(min(x[2], t.weeks - 1) for x in flat),
        earliest=ints(x[3] for x in flat),
    )


def _halves(lo: int, hi: int) -> list[tuple[int, int]]:
    """``[lo, hi]``, its halves, their halves, …"""
    if lo == hi:
        return [(lo, hi)]
    middle = (lo + hi) // 2
    return [(lo, hi), *_halves(lo, middle), *_halves(middle + 1, hi)]
