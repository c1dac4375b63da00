"""Coverage rows at given prices: worth of supply by week, and what the chosen supply contributes."""

from __future__ import annotations

from optimizer.engines.lagrangian.bound.parts.records import Grains
from optimizer.engines.lagrangian.kernels.arrays import Floats
from optimizer.engines.lagrangian.kernels.jit import kernel


@kernel
def grain_worth(g: Grains, cover: Floats, whole: Floats, demand: Floats, grain: Floats) -> None:
    """Fill ``grain[i, t]``: what a grain earns in the rows by element, ``cover[a, l, t]``, and where it counts
    by itself also in those by unit, ``whole[a, l, t]``."""
    n_l, t_n = demand.shape[1], demand.shape[2]
    for i in range(g.area.size):
        a, amount = g.area[i], g.amount[i]
        for t in range(t_n):
            total = 0.0
            for k in range(n_l):
                price = cover[a, k, t] + whole[a, k, t] if g.alone[i] else cover[a, k, t]
                total += price * min(amount, demand[a, k, t])
            grain[i, t] = total


@kernel
def supply_worth(g: Grains, grain: Floats, on: Floats, late: Floats, store: Floats) -> None:
    """Fill prefix sums of the worth of profiles (``on``, ``late``: [P, S, T + 1]) and the worth of stored sets."""
    n_s, t_n = on.shape[1], grain.shape[1]
    for i in range(on.shape[0] * n_s):
        p, s = i // n_s, i % n_s
        for t in range(t_n):
            a, b = on[p, s, t], late[p, s, t]
            for j in range(g.on_first[i], g.on_first[i + 1]):
                a += grain[g.on[j], t]
            for j in range(g.late_first[i], g.late_first[i + 1]):
                b += grain[g.late[j], t]
            on[p, s, t + 1], late[p, s, t + 1] = a, b
    for i in range(store.shape[0] * n_s):
        for t in range(t_n):
            c = 0.0
            for j in range(g.store_first[i], g.store_first[i + 1]):
                c += grain[g.store[j], t]
            store[i // n_s, i % n_s, t] = c


@kernel
def grain_count(g: Grains, on: Floats, late: Floats, stored: Floats, count: Floats) -> None:
    """Fill ``count[i, t]``: how many elements and stored sets give each grain."""
    n_s, t_n = on.shape[1], count.shape[1]
    count[:] = 0.0
    for i in range(on.shape[0] * n_s):
        p, s = i // n_s, i % n_s
        for t in range(t_n):
            if on[p, s, t] != 0.0:
                for j in range(g.on_first[i], g.on_first[i + 1]):
                    count[g.on[j], t] += on[p, s, t]
            if late[p, s, t] != 0.0:
                for j in range(g.late_first[i], g.late_first[i + 1]):
                    count[g.late[j], t] += late[p, s, t]
    for i in range(stored.shape[0] * n_s):
        for t in range(t_n):
            if stored[i // n_s, i % n_s, t] != 0.0:
                for j in range(g.store_first[i], g.store_first[i + 1]):
                    count[g.store[j], t] += 1.0


@kernel
def coverage(g: Grains, demand: Floats, count: Floats, cover: Floats, whole: Floats) -> None:
    """Add what ``count`` contributes to the coverage rows, ``cover[a, l, t]``, and what those that count alone
    contribute to the rows by unit, ``whole[a, l, t]``."""
    n_l, t_n = demand.shape[1], demand.shape[2]
    for i in range(g.area.size):
        for k in range(n_l):
            for t in range(t_n):
                given = count[i, t] * min(g.amount[i], demand[g.area[i], k, t])
                cover[g.area[i], k, t] += given
                if g.alone[i]:
                    whole[g.area[i], k, t] += given
