"""A unit's whole life: the best chain of rotations, rests and weeks at home."""

from __future__ import annotations

import numpy as np

from optimizer.engines.lagrangian.bound.parts.records import Cuts, Lives
from optimizer.engines.lagrangian.bound.pricing.booking import FLIGHT, POST, ROTATION, UNDER_WAY
from optimizer.engines.lagrangian.bound.pricing.paths import HOPELESS, NEG
from optimizer.engines.lagrangian.kernels.jit import kernel


@kernel
def stay(value, must, a, d, slack):
    """Best worth of an element in a rotation ``[a, d)`` of its unit, with its own interval;
    ``value[a, n]`` and ``must[t]`` are those of its kind."""
    t_n, longest = value.shape[0], value.shape[1] - 1
    end = min(d, t_n)
    best, at, until = NEG, -1, -1
    for i in range(a, min(a + slack, t_n - 1) + 1):
        if must[i] > must[a]:
            break
        for j in range(end, min(max(d - slack, i + 1), t_n) - 1, -1):
            if must[end] > must[j]:
                break
            if i < j <= i + longest and value[i, j - i] > best:
                best, at, until = value[i, j - i], i, j
    return best, at, until


@kernel
def absent(must, begun, a, d):
    """Worth of an optional element that stays home during a rotation of its unit."""
    end = min(d, must.size - 1)
    return NEG if must[end] > must[a] else begun[a, end]


@kernel
def at_home(lv: Lives, inside, begun, u, table):
    """Fill ``table[a, b]``: the worth of the unit at home during ``[a, b)``. By stagger its
    elements may be at home a little longer."""
    t_n, slack = table.shape[0] - 1, lv.stagger[u]
    table[:] = 0.0
    for e in range(lv.first[u], lv.first[u + 1]):
        must = lv.must[lv.kind[e]]
        worth = begun[lv.flier[e]] if lv.optional[e] else inside[lv.flier[e]]
        for a in range(t_n + 1):
            for b in range(a, t_n + 1):
                table[a, b] += NEG if must[b] > must[a] else worth[max(a - slack, 0), min(b + slack, t_n)]


@kernel
def counting(cu: Cuts, xi, u, table):
    """Fill ``table[a, d]``: what a rotation of the unit earns by counting in the cuts."""
    t_n = table.shape[0] - 1
    table[:] = 0.0
    for m in range(cu.first[u], cu.first[u + 1]):
        if cu.earliest[m] <= t_n:
            table[cu.latest[m], cu.earliest[m]] += xi[cu.row[m]] * cu.amount[m]
    for a in range(t_n, -1, -1):
        for d in range(t_n + 1):
            if a < t_n:
                table[a, d] += table[a + 1, d]
            if d > 0:
                table[a, d] += table[a, d - 1]
            if a < t_n and d > 0:
                table[a, d] -= table[a + 1, d - 1]


@kernel
def rotations(lv: Lives, value, begun, u, table, earned, rsoi, worth):
    """Fill ``worth[i]`` for every admissible interval of the unit; ``earned[t]``: what it
    earns as a whole before week t."""
    t_n = table.shape[0] - 1
    for i in range(lv.iv_first[u], lv.iv_first[u + 1]):
        d = min(lv.iv_d[i], t_n)
        worth[i] = table[lv.iv_a[i], d] + earned[d] - earned[min(lv.iv_a[i] + rsoi, d)]
        worth[i] -= lv.over_price * max(0, lv.iv_d[i] - lv.iv_a[i] - lv.std[u])
    for e in range(lv.first[u], lv.first[u + 1]):
        k, f = lv.kind[e], lv.flier[e]
        for i in range(lv.iv_first[u], lv.iv_first[u + 1]):
            best = stay(value[k], lv.must[k], lv.iv_a[i], lv.iv_d[i], lv.stagger[u])[0]
            if lv.optional[e]:
                best = max(best, absent(lv.must[k], begun[f], lv.iv_a[i], lv.iv_d[i]))
            worth[i] += best


@kernel
def note(jobs, n, what, i, a, d, last):
    """Write one job; return how many there are."""
    jobs[n, 0], jobs[n, 1], jobs[n, 2], jobs[n, 3], jobs[n, 4] = what, i, a, d, last
    return n + 1


@kernel
def note_home(lv: Lives, inside, begun, u, a, b, jobs, n):
    """Jobs behind ``at_home``."""
    t_n = inside.shape[1] - 1
    lo, hi = max(a - lv.stagger[u], 0), min(b + lv.stagger[u], t_n)
    for e in range(lv.first[u], lv.first[u + 1]):
        f = lv.flier[e]
        if lv.optional[e] and begun[f, lo, hi] > 0.0:
            n = note(jobs, n, FLIGHT, f, lo, t_n, hi - 1)
        elif not lv.optional[e] and inside[f, lo, hi] > 0.0:
            n = note(jobs, n, FLIGHT, f, lo, hi, hi)
    return n


@kernel
def note_rotation(lv: Lives, value, choice, begun, u, i, jobs, n):
    """Jobs behind interval ``i``."""
    t_n, a, d = value.shape[1], lv.iv_a[i], lv.iv_d[i]
    n = note(jobs, n, ROTATION, u, a, d, 0)
    for e in range(lv.first[u], lv.first[u + 1]):
        k, f = lv.kind[e], lv.flier[e]
        best, start, end = stay(value[k], lv.must[k], a, d, lv.stagger[u])
        if lv.optional[e] and absent(lv.must[k], begun[f], a, d) >= best:
            n = note(jobs, n, FLIGHT, f, a, t_n, min(d, t_n) - 1)
        else:
            n = note(jobs, n, POST, choice[k, start, end - start], start, end, 0)
    return n


@kernel
def under_way(lv: Lives, begun, u, jobs, n):
    """Jobs of the rotation under way, the worth of whoever stayed home, the first week home."""
    t_n, worth = begun.shape[1] - 1, 0.0
    for j in range(lv.out_first[u], lv.out_first[u + 1]):
        n = note(jobs, n, UNDER_WAY, j, 0, 0, 0)
    home = end = min(lv.out_until[u], t_n)
    for e in range(lv.first[u], lv.first[u + 1]):
        f = lv.flier[e]
        if lv.home_from[e] > 0:
            home = min(home, lv.home_from[e])
        elif begun[f, 0, end] > 0.0:
            worth += begun[f, 0, end]
            n = note(jobs, n, FLIGHT, f, 0, t_n, end - 1)
    return n, worth, home


@kernel
def units(lv: Lives, cu: Cuts, xi, earned, rsoi, value, choice, inside, begun, worth, jobs):
    """(sum of the units' best lives without what is under way, number of ``jobs``).

    ``worth`` gets every interval's value. ``come[a]``: best from an arrival in week a on;
    ``next_[d, r]``: best from being home in week d on if the next arrival is in week r or
    later (``then``: that week, the number of weeks if none).
    """
    t_n, total, n = inside.shape[1] - 1, 0.0, 0
    come, by = np.zeros(t_n + 1), np.zeros(t_n + 1, np.int64)
    next_, then = np.zeros((t_n + 1, t_n + 1)), np.zeros((t_n + 1, t_n + 1), np.int64)
    home = np.zeros((t_n + 1, t_n + 1))
    for u in range(lv.first.size - 1):
        counting(cu, xi, u, home)
        rotations(lv, value, begun, u, home, earned[u], rsoi[u], worth)
        at_home(lv, inside, begun, u, home)
        i = lv.iv_first[u + 1] - 1
        for a in range(t_n, -1, -1):
            come[a], by[a] = NEG, -1
            while i >= lv.iv_first[u] and lv.iv_a[i] == a:
                if a < lv.since[u]:
                    i -= 1
                    continue
                d = lv.iv_d[i]
                sure = worth[i] + next_[min(d, t_n), min(d + lv.rest[u, d - a], t_n)]
                if sure > come[a] and worth[i] > HOPELESS:
                    come[a], by[a] = sure, i
                i -= 1
            next_[a, t_n], then[a, t_n] = home[a, t_n], t_n
            for r in range(t_n - 1, a - 1, -1):
                next_[a, r], then[a, r] = next_[a, r + 1], then[a, r + 1]
                if by[r] >= 0 and home[a, r] + come[r] > next_[a, r]:
                    next_[a, r], then[a, r] = home[a, r] + come[r], r
        at, rested = 0, 0
        if lv.out_until[u] >= 0:
            n, stayed, at = under_way(lv, begun, u, jobs, n)
            total += stayed
            rested = min(max(lv.out_rest[u], at), t_n)
        if lv.by[u] < t_n:
            next_[at, rested] = NEG
            for r in range(rested, lv.by[u] + 1):
                if by[r] >= 0 and home[at, r] + come[r] > next_[at, rested]:
                    next_[at, rested], then[at, rested] = home[at, r] + come[r], r
        total += next_[at, rested]
        while next_[at, rested] > HOPELESS:
            r = then[at, rested]
            n = note_home(lv, inside, begun, u, at, r, jobs, n)
            if r >= t_n:
                break
            n = note_rotation(lv, value, choice, begun, u, by[r], jobs, n)
            d = lv.iv_d[by[r]]
            at, rested = min(d, t_n), min(d + lv.rest[u, d - r], t_n)
    return total, n
