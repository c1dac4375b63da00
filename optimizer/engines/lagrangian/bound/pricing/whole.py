"""Units in the rows by whole units: what they earn there, and what they supply."""

from __future__ import annotations

from optimizer.engines.lagrangian.bound.parts.records import Whole
from optimizer.engines.lagrangian.bound.pricing.booking import FROM, ROTATION, UNTIL, WHAT, WHOSE
from optimizer.engines.lagrangian.kernels.arrays import Floats, Ints
from optimizer.engines.lagrangian.kernels.jit import kernel


@kernel
def earned(w: Whole, price: Floats, demand: Floats, out: Floats) -> None:
    """Fill ``out[u, t]``: what unit u earns in the rows by unit in the weeks before t in
    which it is ready; ``price[area, level, week]``."""
    n_l, t_n = demand.shape[1], demand.shape[2]
    for u in range(w.first.size - 1):
        for t in range(t_n):
            total = 0.0
            for i in range(w.first[u], w.first[u + 1]):
                for k in range(n_l):
                    total += price[w.area[i], k, t] * min(w.amount[i], demand[w.area[i], k, t])
            out[u, t + 1] = out[u, t] + total


@kernel
def supplied(w: Whole, demand: Floats, jobs: Ints, n: int, out: Floats) -> None:
    """Add what the rotations among ``n`` jobs supply as whole units: ``out[area, level, week]``."""
    n_l, t_n = demand.shape[1], demand.shape[2]
    for job in jobs[:n]:
        if job[WHAT] != ROTATION:
            continue
        u = job[WHOSE]
        for i in range(w.first[u], w.first[u + 1]):
            for k in range(n_l):
                for t in range(min(job[FROM] + w.rsoi[u], t_n), min(job[UNTIL], t_n)):
                    out[w.area[i], k, t] += min(w.amount[i], demand[w.area[i], k, t])
