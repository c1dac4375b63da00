"""Worth of a unit's weeks: every admissible rotation, every stay at home."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from optimizer.engines.lagrangian.bound.parts.decided import Decided
from optimizer.engines.lagrangian.bound.parts.records import Cuts, Lives
from optimizer.engines.lagrangian.bound.pricing.arcs import NEG
from optimizer.engines.lagrangian.kernels.arrays import Floats, Ints
from optimizer.engines.lagrangian.kernels.jit import kernel


class Worths(NamedTuple):
    """What elements are worth, and units as wholes; rows: kinds, then elements whose bases are limited."""

    value: np.ndarray  # [rows, T, weeks] in theatre, by arrival and length
    choice: np.ndarray  # [rows, T, weeks] the post that gives it
    inside: np.ndarray  # [F, T + 1, T + 1] at home: deployments that lie inside
    begun: np.ndarray  # [F, T + 1, T + 1] those that begin inside
    earned: np.ndarray  # [U, T + 1] sums of what a unit earns as a whole
    rsoi: np.ndarray  # [U] weeks from arrival until it may do so


@kernel
def stay(value: Floats, must: Ints, a: int, d: int, slack: int) -> tuple[float, int, int]:
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
def absent(must: Ints, begun: Floats, a: int, d: int) -> float:
    """Worth of an optional element that stays home during a rotation of its unit."""
    end = min(d, must.size - 1)
    return NEG if must[end] > must[a] else begun[a, end]


@kernel
def at_home(lv: Lives, inside: Floats, begun: Floats, u: int, table: Floats) -> None:
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
def counting(cu: Cuts, xi: Floats, u: int, table: Floats) -> None:
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
def row_of(lv: Lives, de: Decided, w: Worths, e: int, next_one: bool) -> int:
    """Row of an element's worths in its unit's next rotation, or in others."""
    if next_one and de.limited[e] >= 0:
        return w.value.shape[0] - de.element.size + de.limited[e]
    return lv.kind[e]


@kernel
def rotations(lv: Lives, de: Decided, w: Worths, u: int, next_one: bool, table: Floats, worth: Floats) -> None:
    """Fill ``worth[i]`` for every admissible interval of the unit; ``table``: what it earns in cuts."""
    t_n = table.shape[0] - 1
    earned = w.earned[u]
    for i in range(lv.iv_first[u], lv.iv_first[u + 1]):
        d = min(lv.iv_d[i], t_n)
        worth[i] = table[lv.iv_a[i], d] + earned[d] - earned[min(lv.iv_a[i] + w.rsoi[u], d)]
        worth[i] -= lv.over_price * max(0, lv.iv_d[i] - lv.iv_a[i] - lv.std[u])
    for e in range(lv.first[u], lv.first[u + 1]):
        k, f, row = lv.kind[e], lv.flier[e], row_of(lv, de, w, e, next_one)
        for i in range(lv.iv_first[u], lv.iv_first[u + 1]):
            best = stay(w.value[row], lv.must[k], lv.iv_a[i], lv.iv_d[i], lv.stagger[u])[0]
            if lv.optional[e]:
                best = max(best, absent(lv.must[k], w.begun[f], lv.iv_a[i], lv.iv_d[i]))
            worth[i] += best
