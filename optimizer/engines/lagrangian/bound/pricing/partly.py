"""Coverage rows that count some givers only beyond a reference (submodular rows, see docs/bound.md).

For an area, level and week with demand D let R be givers, each of ``copies`` elements with reference contribution q,
and P = Σ_R copies · q < D. As p ≤ q + (p − q)⁺ and min(D, P + z) ≤ P + min(D − P, z), what the elements e, each
giving p_e x_e in the week, supply together is at most

    Q ≤ P + Σ_{e ∈ R} min((p_e − q_e)⁺, D − P) x_e + Σ_{e ∉ R} min(p_e, D − P) x_e      (R = ∅: the row by element)
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from optimizer.engines.lagrangian.bound.parts.records import Grains
from optimizer.engines.lagrangian.kernels.arrays import Floats, Ints
from optimizer.engines.lagrangian.kernels.jit import kernel

LEAST = 1e-3  # of demand: what a row must cut off the solution at hand to be taken
SEEN = 0.02  # mean presence of a giver that may be in R


class Partly(NamedTuple):
    """M rows of any families F. The grains of a row's area, in the order of ``Grains.by_area``, are its entries."""

    family: np.ndarray  # [M]
    area: np.ndarray  # [M]
    level: np.ndarray  # [M]
    week: np.ndarray  # [M]
    sure: np.ndarray  # [M] P
    room: np.ndarray  # [M] D − P
    first: np.ndarray  # [M + 1] entries
    less: np.ndarray  # q of the grain's giver if it is in R, else 0


def no_rows() -> Partly:
    """Not a single row."""
    none, some = np.zeros(0, dtype=np.int64), np.zeros(0)
    return Partly(none, none, none, none, some, some, np.zeros(1, dtype=np.int64), some)


def together(rows: list[Partly]) -> Partly:
    """The rows of several families."""
    ends = np.cumsum([0, *(r.first[-1] for r in rows)])
    joined = [np.concatenate(parts) for parts in zip(*rows, strict=True)]
    joined[6] = np.concatenate([[0], *(r.first[1:] + e for r, e in zip(rows, ends, strict=False))]).astype(np.int64)
    return Partly(*joined)


@kernel
def partly_worth(g: Grains, rows: Partly, price: Floats, grain: Floats) -> None:
    """Add to ``grain[i, t]`` what it earns in the rows, ``price[f, a, l, t]``."""
    for m in range(rows.area.size):
        a, t = rows.area[m], rows.week[m]
        xi = price[rows.family[m], a, rows.level[m], t]
        if xi > 0.0:
            for j in range(g.area_first[a], g.area_first[a + 1]):
                i = g.by_area[j]
                more = g.amount[i] - rows.less[rows.first[m] + j - g.area_first[a]]
                if more > 0.0:
                    grain[i, t] += xi * min(more, rows.room[m])


@kernel
def partly_supplied(g: Grains, rows: Partly, count: Floats, out: Floats) -> None:
    """Add to ``out[f, a, l, t]`` what ``count[i, t]`` elements and sets contribute."""
    for m in range(rows.area.size):
        a, t, total = rows.area[m], rows.week[m], 0.0
        for j in range(g.area_first[a], g.area_first[a + 1]):
            i = g.by_area[j]
            if count[i, t] != 0.0:
                more = g.amount[i] - rows.less[rows.first[m] + j - g.area_first[a]]
                if more > 0.0:
                    total += count[i, t] * min(more, rows.room[m])
        out[rows.family[m], a, rows.level[m], t] += total


@kernel
def givers_of(g: Grains, count: Floats, a: int, t: int, share: Floats, mean: Floats, order: Ints) -> int:
    """Givers seen in an area and week, those most present first: fills ``order``, their presence per copy and mean
    contribution; returns how many."""
    n = 0
    for j in range(g.area_first[a], g.area_first[a + 1]):
        share[g.giver[g.by_area[j]]] = 0.0
        mean[g.giver[g.by_area[j]]] = 0.0
    for j in range(g.area_first[a], g.area_first[a + 1]):
        i = g.by_area[j]
        o = g.giver[i]
        if count[i, t] > 0.0 and g.copies[o] > 0:
            if share[o] == 0.0:
                order[n] = o
                n += 1
            share[o] += count[i, t]
            mean[o] += count[i, t] * g.amount[i]
    for k in range(n):
        o = order[k]
        mean[o] /= share[o]
        share[o] /= g.copies[o]
    for k in range(1, n):
        o, j = order[k], k
        while j > 0 and share[order[j - 1]] < share[o]:
            order[j] = order[j - 1]
            j -= 1
        order[j] = o
    return n


@kernel
def contributed(g: Grains, count: Floats, a: int, t: int, room: float, less: Floats) -> float:
    """The right-hand side's sum over elements with ``less[giver]`` taken off."""
    total = 0.0
    for j in range(g.area_first[a], g.area_first[a + 1]):
        i = g.by_area[j]
        if count[i, t] > 0.0:
            total += count[i, t] * min(max(g.amount[i] - less[g.giver[i]], 0.0), room)
    return total


@kernel
def separate(g: Grains, count: Floats, demand: Floats, taken: Floats, chosen: Ints, less: Floats) -> None:
    """For every area, level and week the R, among the sets of givers most present in ``count`` (a mean of
    solutions), that leaves least: ``chosen[a, l, t]`` how many givers, 0 for no row; ``less[i, l, t]`` q by grain;
    ``taken`` what the row cuts off."""
    givers = g.copies.size
    share, mean, order = np.zeros(givers), np.zeros(givers), np.zeros(givers, np.int64)
    own = np.zeros(givers)
    for a in range(demand.shape[0]):
        for t in range(demand.shape[2]):
            n = givers_of(g, count, a, t, share, mean, order)
            for k in range(demand.shape[1]):
                d = demand[a, k, t]
                if d <= 0.0:
                    continue
                own[:] = 0.0
                now = min(contributed(g, count, a, t, d, own), d)
                best, best_n, sure = now - LEAST * d, 0, 0.0
                for c in range(n):
                    o = order[c]
                    sure += g.copies[o] * mean[o]
                    if share[o] < SEEN or sure >= d:
                        break
                    own[o] = mean[o]
                    right = sure + contributed(g, count, a, t, d - sure, own)
                    if right < best:
                        best, best_n = right, c + 1
                chosen[a, k, t] = best_n
                if best_n == 0:
                    continue
                taken[a, k, t] = now - best
                own[:] = 0.0
                for c in range(best_n):
                    own[order[c]] = mean[order[c]]
                for j in range(g.area_first[a], g.area_first[a + 1]):
                    less[g.by_area[j], k, t] = own[g.giver[g.by_area[j]]]


def rows_at(g: Grains, demand: np.ndarray, count: np.ndarray, family: int) -> tuple[Partly, np.ndarray]:
    """Rows of ``family`` that cut off the mean solution ``count[G, T]``, and how much: [areas, levels, T]."""
    taken, chosen = np.zeros(demand.shape), np.zeros(demand.shape, dtype=np.int64)
    less = np.zeros((len(g.area), *demand.shape[1:]))
    separate(g, count, demand, taken, chosen, less)
    return made_of(g, demand, family, chosen > 0, less), taken


def made_of(g: Grains, demand: np.ndarray, family: int, where: np.ndarray, less: np.ndarray) -> Partly:
    """Rows ``where[A, L, T]`` with references ``less[G, L, T]`` (one and the same for all grains of a giver)."""
    area, level, week = np.nonzero(where)
    sizes = np.diff(g.area_first)[area]
    first = np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64)
    entry = np.arange(first[-1]) - np.repeat(first[:-1] - g.area_first[area], sizes)
    grain = g.by_area[entry]
    own = less[grain, np.repeat(level, sizes), np.repeat(week, sizes)]
    sure = np.zeros(len(area))
    row = np.repeat(np.arange(len(area)), sizes)
    # a giver counts once in P, however many of its grains lie in the area
    key = row * len(g.copies) + g.giver[grain]
    _, once = np.unique(key, return_index=True)
    np.add.at(sure, row[once], own[once] * g.copies[g.giver[grain[once]]])
    room = demand[area, level, week] - sure
    keep = np.flatnonzero(room > 0)
    if len(keep) < len(area):
        mask = np.zeros_like(where)
        mask[area[keep], level[keep], week[keep]] = True
        return made_of(g, demand, family, mask, less)
    return Partly(np.full(len(area), family), area, level, week, sure, room, first, own)
