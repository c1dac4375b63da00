"""Which rotations a better plan may still have, at given prices.

A plan's score is at most the Lagrangian less what its units' lives fall short of their best. So a rotation is in no
plan that scores more than some figure if the best life through it falls short by more than the Lagrangian lies above
that figure. The best life through an interval joins what comes before it to what ``units.link`` says comes after.
"""

from __future__ import annotations

import numpy as np

from optimizer.engines.lagrangian.bound.parts.decided import ONCE, Decided
from optimizer.engines.lagrangian.bound.parts.records import Cuts, Lives
from optimizer.engines.lagrangian.bound.pricing.arcs import HOPELESS, NEG
from optimizer.engines.lagrangian.bound.pricing.rotations import Worths, at_home, counting, rotations
from optimizer.engines.lagrangian.bound.pricing.units import Chains, after, link, under_way
from optimizer.engines.lagrangian.kernels.arrays import Floats
from optimizer.engines.lagrangian.kernels.jit import kernel


@kernel
def lives_through(
    lv: Lives, cu: Cuts, de: Decided, xi: Floats, w: Worths, first: Floats, later: Floats, best: Floats
) -> None:
    """Fill, at the worths of the last evaluation,

    first  [I] the best life of the unit whose next rotation is the interval (very negative: none)
    later  [I] … in which the interval comes after the next rotation
    best   [U] the best life at all
    """
    t_n = w.inside.shape[1] - 1
    square = (t_n + 1, t_n + 1)
    ch = Chains(
        np.zeros(t_n + 1),
        np.zeros(t_n + 1, np.int64),
        np.zeros(square),
        np.zeros(square, np.int64),
        np.zeros(square),
    )
    table, worth, limited = np.zeros(square), np.zeros(first.size), np.zeros(first.size)
    before = np.zeros(t_n + 1)  # by arrival: the best of all weeks before it, the next rotation among them
    jobs = np.zeros((lv.kind.size + lv.out_first[lv.first.size - 1] + 1, 6), np.int64)
    first[:], later[:], best[:] = NEG, NEG, NEG
    for u in range(lv.first.size - 1):
        counting(cu, xi, u, table)
        rotations(lv, de, w, u, False, table, worth)
        rotations(lv, de, w, u, True, table, limited)
        at_home(lv, w.inside, w.begun, u, ch.home)
        link(lv, u, worth, ch)
        at, rested = 0, 0
        if lv.out_until[u] >= 0:
            at = under_way(lv, w, u, jobs, 0)[2]
            rested = min(max(lv.out_rest[u], at), t_n)
        if de.by[u] >= t_n and de.again[u] <= ONCE:
            best[u] = ch.home[at, t_n]
        before[:] = NEG
        for i in range(lv.iv_first[u], lv.iv_first[u + 1]):
            a, d = lv.iv_a[i], lv.iv_d[i]
            if a < max(rested, de.since[u]) or a > de.by[u] or d < de.leave_since[u] or d > de.leave_by[u]:
                continue
            if limited[i] <= HOPELESS:
                continue
            home, free = min(d, t_n), min(d + lv.rest[u, d - a], t_n)
            so_far = ch.home[at, a] + limited[i]
            first[i] = so_far + after(ch, de.again[u], home, free)[0]
            best[u] = max(best[u], first[i])
            if de.again[u] != ONCE:
                for b in range(free, t_n):
                    before[b] = max(before[b], so_far + ch.home[home, b])
        for i in range(lv.iv_first[u], lv.iv_first[u + 1]):  # by arrival: all that comes before is known
            a, d = lv.iv_a[i], lv.iv_d[i]
            if before[a] <= HOPELESS or worth[i] <= HOPELESS:
                continue
            home, free = min(d, t_n), min(d + lv.rest[u, d - a], t_n)
            so_far = before[a] + worth[i]
            later[i] = so_far + ch.next[home, free]
            for b in range(free, t_n):
                before[b] = max(before[b], so_far + ch.home[home, b])
