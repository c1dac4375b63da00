"""Which weeks a unit may still be away, and which of them a response looks at."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from optimizer.engines.lagrangian.kernels.arrays import Bools, Floats, Ints, Words
from optimizer.engines.lagrangian.kernels.chance import uniform
from optimizer.engines.lagrangian.kernels.jit import kernel
from optimizer.engines.lagrangian.search.insert.ways import dues, least_fare
from optimizer.engines.lagrangian.search.state.arrays import State
from optimizer.engines.lagrangian.tables.records import Tables

SAMPLE = 200.0  # intervals valued per response, about
NEAR = 2  # weeks within which an interval counts as near another


class Open(NamedTuple):
    """What a further rotation of a unit has to fit into. K pots of money, each for the weeks [from, to): a
    quarter, a fiscal year, a continuing resolution, the whole plan."""

    out: Ints  # [T + 1] weeks before t in which some element of it exercises or is flown in
    upkeep: float  # of the elements that must go, a week
    fare: float  # that bringing them costs at least
    start: Ints  # [K]
    end: Ints  # [K]
    left: Floats  # [K] money for rotations, micro-money
    shortest: int  # weeks of the unit's shortest rotation


@kernel
def openings(tb: Tables, st: State, u: int) -> Open:
    """What leaves unit ``u`` room for a further rotation: a quick test that every one has to pass."""
    first, last, weeks = tb.el_first[u], tb.el_first[u + 1], tb.weeks
    out, away = np.zeros(weeks + 1, np.int64), st.away
    for e in range(first, last):
        for t in range(weeks):
            if away[e, t] != 0:
                out[t + 1] = 1
    fare, upkeep = dues(tb, u)
    if tb.el_optional[first:last].all():  # one of them goes at least
        fare, upkeep = 1e18, 1e18
        for y in tb.el_type[first:last]:
            fare, upkeep = min(fare, least_fare(tb, y)), min(upkeep, tb.week_cost[y])
    for t in range(weeks):
        out[t + 1] += out[t]
    start, end, left = pots(tb, st, tb.line[0])
    shortest = weeks
    for i in range(tb.iv_first[u], tb.iv_first[u + 1]):
        shortest = min(shortest, tb.iv_d[i] - tb.iv_a[i])
    return Open(out, upkeep, fare, start, end, left, shortest)


@kernel
def spare_money(free: Open, a: int) -> float:
    """What is left of the money if a unit comes in week ``a`` at the least cost: for dearer ways of coming."""
    spare = 1e18
    for k in range(free.left.size):
        if free.start[k] <= a < free.end[k]:
            weeks = min(a + free.shortest, free.end[k]) - a
            spare = min(spare, free.left[k] - free.fare - weeks * free.upkeep)
    return spare + 0.5


@kernel
def pots(tb: Tables, st: State, line: int) -> tuple[Ints, Ints, Floats]:
    """Money still there for budget line ``line``, by pot: ``start``, ``end`` and ``left`` of ``Open``."""
    n_q, n_y, n_r = tb.ceiling.shape[1], tb.amount.shape[1], tb.cr_until.size
    n = n_q + n_y + n_r + 1
    start, end, left = np.full(n, tb.weeks), np.zeros(n, np.int64), np.full(n, 1e18)
    spent = np.zeros((tb.amount.shape[0], n_y))
    for t in range(tb.weeks):
        for k in (tb.quarter[t], n_q + tb.year[t]):
            start[k], end[k] = min(start[k], t), t + 1
        spent[:, tb.year[t]] += st.spend[:, t]
    for k in range(n_q):
        if tb.ceiling[line, k] < 1e17:
            left[k] = tb.ceiling[line, k] - st.spend[line, start[k] : end[k]].sum()
    for k in range(n_y):  # what other lines may give, less what they need
        if tb.amount[line, k] < 1e17:
            given = 0.0
            for i in range(spent.shape[0]):
                over = spent[i, k] - tb.amount[i, k]
                if i != line:
                    given += -over if over > 0.0 else min(-over, tb.transfer * tb.amount[i, k])
            left[n_q + k] = tb.amount[line, k] - spent[line, k] + given
    for k in range(n_r):
        i = n_q + n_y + k
        start[i], end[i] = 0, min(tb.cr_until[k], tb.weeks)
        if tb.cr_cap[k, line] < 1e17:
            left[i] = tb.cr_cap[k, line] - st.spend[line, : end[i]].sum()
    start[n - 1], end[n - 1] = 0, tb.weeks
    if tb.total_cap < 1e17:
        left[n - 1] = tb.total_cap - st.spend.sum()
    return start, end, left


@kernel
def leaves_room(tb: Tables, st: State, u: int, a: int, d: int, free: Open) -> bool:
    """Whether the unit's other rotations, their dwell, its fly-ins and the money leave [a, d) free, everyone being
    there from ``a`` to ``d``."""
    n_r = st.rot_n[u]
    if free.out[min(d, tb.weeks)] > free.out[a]:
        return False
    for r in range(n_r):
        if st.rot_a[u, r] < a:
            if a < st.rot_d[u, r] + tb.rest[u, st.rot_d[u, r] - st.rot_a[u, r]]:
                return False
        elif st.rot_a[u, r] < d + tb.rest[u, d - a]:
            return False
    for k in range(free.left.size):
        weeks = min(d, free.end[k]) - max(a, free.start[k])
        if weeks > 0:
            cost = weeks * free.upkeep + (free.fare if free.start[k] <= a else 0.0)
            if cost > free.left[k] + 0.5:
                return False
    return True


@kernel
def has_time(tb: Tables, st: State, u: int, a: int, d: int) -> bool:
    """Whether the rest of the plan leaves unit ``u`` time for the rotation [a, d), admissible by itself; money apart,
    for some may come later and leave earlier than their unit."""
    free = openings(tb, st, u)
    free.left[:] = 1e18
    return leaves_room(tb, st, u, a, d, free)


@kernel
def open_intervals(
    tb: Tables, st: State, rng: Words, u: int, free: Open, core: Bools, others: float, span: Ints, found: Ints
) -> int:
    """List the unit's open intervals, all of the core and a sample of the others; return how many.

    core    [I] see ``Desk``
    others  size of the sample, times the usual
    span    [2] weeks in which they have to lie
    found   [intervals of the unit] filled: numbers of intervals
    """
    keep, n = others * SAMPLE / max(1.0, float(tb.iv_first[u + 1] - tb.iv_first[u])), 0
    arrive, depart = tb.iv_a, tb.iv_d
    for i in range(tb.iv_first[u], tb.iv_first[u + 1]):
        if arrive[i] < span[0] or min(depart[i], tb.weeks) > span[1]:
            continue
        if (core[i] or keep >= 1.0 or uniform(rng) < keep) and leaves_room(tb, st, u, arrive[i], depart[i], free):
            found[n] = i
            n += 1
    return n


@kernel
def near_intervals(tb: Tables, st: State, u: int, centre: int, free: Open, span: Ints, found: Ints) -> int:
    """List the open intervals that begin and end within ``NEAR`` weeks of interval ``centre``; return how many.
    ``span``, ``found``: see ``open_intervals``."""
    n, a, d, arrive, depart = 0, tb.iv_a[centre], tb.iv_d[centre], tb.iv_a, tb.iv_d
    for i in range(tb.iv_first[u], tb.iv_first[u + 1]):
        near = abs(arrive[i] - a) <= NEAR and abs(depart[i] - d) <= NEAR
        inside = arrive[i] >= span[0] and min(depart[i], tb.weeks) <= span[1]
        if near and inside and i != centre and leaves_room(tb, st, u, arrive[i], depart[i], free):
            found[n] = i
            n += 1
    return n


@kernel
def insert_top(top: Floats, top_i: Ints, luck: Floats, v: float, i: int, factor: float) -> None:
    """Put interval ``i`` among the best so far where its value ``v`` times ``factor`` belongs, if it does.

    top    [most] values, falling, changed in place
    top_i  [most] intervals, -1 none, changed in place
    luck   [most] factors, changed in place
    """
    for k in range(top.size):
        if v * factor > top[k]:
            for m in range(top.size - 1, k, -1):
                top[m], top_i[m], luck[m] = top[m - 1], top_i[m - 1], luck[m - 1]
            top[k], top_i[k], luck[k] = v * factor, i, factor
            break
