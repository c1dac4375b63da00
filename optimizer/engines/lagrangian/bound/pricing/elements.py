"""Worths at given prices: supply by week, bases by interval, deployments by weeks at home."""

from __future__ import annotations

import numpy as np

from optimizer.engines.lagrangian.bound.parts.records import Fliers, Grains, Posts, Visits
from optimizer.engines.lagrangian.bound.pricing.paths import NEG, Prices, flights, new_arcs, visits, walk
from optimizer.engines.lagrangian.kernels.jit import kernel


@kernel
def weekly(g: Grains, lam, whole, demand, on, late, store, grain):
    """Fill prefix sums of the worth of profiles (``on``, ``late``), the worth of stored sets
    and of grains; ``lam[a, l, t]`` is the worth of a point of coverage, ``whole`` what it
    earns besides in the rows by unit."""
    n_s, n_l, t_n = on.shape[1], demand.shape[1], demand.shape[2]
    for i in range(g.area.size):
        a, amount = g.area[i], g.amount[i]
        for t in range(t_n):
            total = 0.0
            for k in range(n_l):
                price = lam[a, k, t] + whole[a, k, t] if g.alone[i] else lam[a, k, t]
                total += price * min(amount, demand[a, k, t])
            grain[i, t] = total
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
def coverage(g: Grains, demand, on, late, stored, out, whole):
    """Add what elements and stored sets contribute to the coverage rows, ``out[a, l, t]``, and
    what those that count alone contribute to the rows by unit, ``whole[a, l, t]``."""
    n_s, n_l, t_n = on.shape[1], demand.shape[1], demand.shape[2]
    count = np.zeros((g.area.size, t_n))
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
    for i in range(g.area.size):
        for k in range(n_l):
            for t in range(t_n):
                given = count[i, t] * min(g.amount[i], demand[g.area[i], k, t])
                out[g.area[i], k, t] += given
                if g.alone[i]:
                    whole[g.area[i], k, t] += given


@kernel
def posts(po: Posts, v: Visits, pr: Prices, width, value, choice):
    """``value[k, a, n]``: the best worth of an element of kind k being out during
    ``[a, a + n)``; ``choice`` the post that gives it."""
    t_n, longest = value.shape[1], value.shape[2] - 1
    value[:] = NEG
    choice[:] = -1
    arcs = new_arcs(t_n, width)
    path, start_of = np.zeros((t_n + 1, t_n + 1)), np.zeros(t_n + 2, np.int64)
    base, here, held = np.zeros(t_n + 1), np.zeros(t_n + 1), np.zeros(t_n + 1)
    for c in range(po.cell_profile.size):
        f, s = po.cell_profile[c], po.cell_site[c]
        visits(v, pr.on, pr.late, pr.nu, f, s, arcs)
        any_arc = arcs.n.max() > 0
        if any_arc:
            # paths from a week are those from the first week on in which an arc starts
            start_of[:] = t_n
            for d in range(t_n + 1):
                for i in range(arcs.n[d]):
                    start_of[arcs.start[d, i]] = arcs.start[d, i]
            for a in range(t_n - 1, -1, -1):
                if start_of[a] > a:
                    start_of[a] = start_of[a + 1]
                    continue
                end = min(t_n, a + longest)
                walk(arcs, a, end, end)
                for d in range(a, end + 1):
                    path[a, d] = arcs.v1[d]
        known = -1
        for i in range(po.cell_first[c], po.cell_first[c + 1]):
            k, q, reset = po.kind[i], po.set[i], po.reset[i]
            if k != known:
                known = k
                for t in range(t_n):
                    week = -po.people[k] * (pr.present[s, t + 1] - pr.present[s, t])
                    week -= po.brigades[k] * (pr.brigade[s, t + 1] - pr.brigade[s, t])
                    week -= po.week_cost[k] * pr.money[po.line, t]
                    if po.soft[k] >= 0:
                        week += po.gain[po.soft[k], s, t]
                    here[t + 1] = here[t] + week
                for t in range(t_n + 1):
                    base[t] = here[t] - po.people[k] * pr.settled[s, t] + pr.on[f, s, t]
            for t in range(t_n + 1):
                held[t] = pr.hold[q, s, min(t + reset, t_n)] if q >= 0 else 0.0
            for a in range(t_n):
                stop, start = min(po.stop[i, a], a + longest), min(a + po.shortest[k], t_n)
                if stop < start or stop <= a:
                    continue
                ready = min(a + po.rsoi[i], t_n)
                fixed = -po.cost[i] * pr.money[po.line, a] - here[a]
                if q >= 0:
                    fixed += pr.hold[q, s, a]
                for d in range(start, min(ready, stop) + 1):
                    worth = fixed + here[d] - held[d]
                    if worth > value[k, a, d - a]:
                        value[k, a, d - a] = worth
                        choice[k, a, d - a] = i
                fixed += here[ready] - base[ready]
                counts = ready + v.late[f]
                for d in range(max(ready + 1, start), stop + 1):
                    worth = fixed + base[d] - held[d]
                    if any_arc and d > start_of[ready]:
                        worth += path[start_of[ready], d]
                    if v.has_late[f] and d > counts:
                        worth += pr.late[f, s, d] - pr.late[f, s, counts]
                    if worth > value[k, a, d - a]:
                        value[k, a, d - a] = worth
                        choice[k, a, d - a] = i


@kernel
def homes(fl: Fliers, v: Visits, pr: Prices, width, inside, begun):
    """Worth of exercise deployments of a flier at home from a to b: those that lie inside
    (``inside[f, a, b]``) and those that begin inside (``begun[f, a, b]``)."""
    t_n = inside.shape[1] - 1
    inside[:] = 0.0
    begun[:] = 0.0
    arcs = new_arcs(t_n, width)
    for f in range(inside.shape[0]):
        flights(v, fl, pr, f, arcs)
        if arcs.n.max() == 0:
            continue
        for a in range(t_n + 1):
            walk(arcs, a, t_n, t_n)
            for d in range(a, t_n + 1):
                inside[f, a, d] = arcs.v1[d]
                begun[f, a, d] = max(begun[f, a, d], arcs.v1[d])
                for i in range(arcs.n[d]):
                    w, x = arcs.start[d, i], arcs.exercise[d, i]
                    if w < a:
                        continue
                    worth = (arcs.v1[w] if arcs.x1[w] != x else arcs.v2[w]) + arcs.worth[d, i]
                    for b in range(w + 1, d):
                        begun[f, a, b] = max(begun[f, a, b], worth)
            for b in range(a + 1, t_n + 1):
                begun[f, a, b] = max(begun[f, a, b], begun[f, a, b - 1])
